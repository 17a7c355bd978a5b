import { countTokens } from "@personakit/targets";
import { contextTools } from "@personakit/targets/context";
import { loadPlace } from "./checks/load-place.ts";
import type { Facts } from "./model/facts.ts";
import type { Finding } from "./model/finding.ts";
import { groupOf } from "./model/groups.ts";

/** What a repository's instructions come to, on one screen. */
export interface Summary {
  /** The tools that it shows signs of. */
  readonly tools: readonly ToolSummary[];
  /** How many instruction files there are. */
  readonly files: number;
  /** The files that a tool should read and does not, by path. */
  readonly dropped: readonly string[];
  /** How many findings there are of each severity. */
  readonly errors: number;
  /** Warnings. */
  readonly warnings: number;
  /** Notes. */
  readonly notes: number;
}

/** A tool, and what it always puts before its model. */
export interface ToolSummary {
  /** Its id, such as `claude-code`. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** The version that is known. */
  readonly version: string;
  /** How many files it reads when it starts at the root. */
  readonly files: number;
  /** How many tokens it always sends, as an estimate. */
  readonly tokens: number;
}

/**
 * Sums up what was found in a repository. Returns the tools with what they always send, and the files that one of them drops.
 *
 * @example
 * ```ts
 * import { type Diagnosis, summaryOf } from "@personakit/checks";
 *
 * export const tokens = (diagnosis: Diagnosis): number[] => summaryOf(diagnosis).tools.map((tool) => tool.tokens);
 * ```
 */
export function summaryOf({
  facts,
  findings,
}: {
  readonly facts: Facts;
  readonly findings: readonly Finding[];
}): Summary {
  const tools = facts.tools.map((tool): ToolSummary => {
    const { parts } = facts.contextIn(tool, "");
    const always = parts.filter(({ when }) => when === "start");
    const files = new Set(
      always.flatMap(({ sources, imports = [] }) => [...sources, ...imports.map((each) => each.source)]),
    );
    const tokens = always.reduce((sum, { text }) => sum + countTokens(text), 0);
    const { id, name, version } = tool;
    return { id, name, version, files: files.size, tokens };
  });
  // Where nothing shows which tools are in use, those that read nothing here are none of yours.
  const used = facts.tools.length < contextTools.length ? tools : tools.filter((tool) => tool.files > 0);
  const isLost = ({ check, severity }: Finding) =>
    // Where no tool looks, nothing is read, however bad that is.
    (severity === "error" && groupOf(check) === "load") || check === loadPlace.id;
  const dropped = findings.filter(isLost);
  const ofSeverity = (severity: Finding["severity"]) => findings.filter((each) => each.severity === severity).length;
  return {
    tools: used,
    files: facts.files.length,
    dropped: [...new Set(dropped.map(({ path }) => path))].sort(),
    errors: ofSeverity("error"),
    warnings: ofSeverity("warning"),
    notes: ofSeverity("note"),
  };
}
