import type { Issue } from "@personakit/core";
import { hintFor } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import type { ContextPart, ContextStart, ContextTool, ToolContext } from "@personakit/targets/context";
import { CommandError, issue } from "../issues/command-error.ts";
import type { Engine } from "./engine.ts";
import { type FromPersonas, Ours } from "./ours.ts";
import type { Place } from "./place.ts";
import type { Problem, ScopedFiles } from "./scoped-files.ts";

/** What is asked of each tool. */
export interface Asked {
  /** A file that the tool reads after the start: an absolute path. */
  readonly reads?: string | undefined;
  /** An agent that is called. */
  readonly agent?: string | undefined;
  /** A skill that is called. */
  readonly skill?: string | undefined;
}

/** A part, with what it takes. */
export interface MeasuredPart extends ContextPart {
  readonly tokens: number;
  readonly fromPersonas: FromPersonas;
}

/** What parts take together. */
export interface Sum {
  readonly tokens: number;
  readonly bytes: number;
  readonly fromPersonas: FromPersonas;
}

/** What a tool puts before its model. */
export interface Assembly extends Omit<ToolContext, "parts"> {
  readonly tool: ContextTool;
  readonly parts: readonly MeasuredPart[];
  /** What the agent that is called gets; absent where none is, or the tool lists none of this name. */
  readonly agent?: readonly MeasuredPart[];
}

/** What all tools put before their models, and what came up on the way. */
export interface Assemblies {
  readonly assemblies: readonly Assembly[];
  /** What is there and could not be read. */
  readonly unread: readonly Problem[];
  /** What was asked for and lies outside of what may be read. */
  readonly outside: readonly string[];
  /** What is wrong with lockfiles. */
  readonly issues: readonly Issue[];
}

/** Puts together what each tool sends. Throws a CommandError where no tool lists the agent or the skill that is asked for. */
export function assemble(
  { contextOf }: Engine,
  tools: readonly ContextTool[],
  { root, cwd, gitRoot, home }: Place,
  files: ScopedFiles,
  { reads, agent, skill }: Asked = {},
): Assemblies {
  const ours = new Ours(root, files);
  // Variables say where files of yours are, so they count only where those are read.
  const open = home === undefined ? { upTo: root } : { variables: process.env };
  const start: ContextStart = { cwd, gitRoot, home, files, ...open };
  const measured = (parts: readonly ContextPart[]): MeasuredPart[] =>
    parts.map((part) => {
      const tokens = countTokens(part.text);
      return { ...part, tokens, fromPersonas: ours.in(part, tokens) };
    });
  const contextIn = (tool: ContextTool, more: Partial<ContextStart>): ToolContext =>
    contextOf(tool.id, { ...start, ...more }) ?? { parts: [], leftOut: [], notes: [] };
  const assemblies = tools.map((tool): Assembly => {
    const context = contextIn(tool, { reads, skill });
    const called = agent !== undefined && names(context, "agents").includes(agent);
    return {
      ...context,
      tool,
      parts: measured(context.parts),
      ...(called ? { agent: measured(contextIn(tool, { agent }).parts) } : {}),
    };
  });
  if (agent !== undefined) refuseUnknown(assemblies, "agent", agent);
  if (skill !== undefined) refuseUnknown(assemblies, "skill", skill);
  return { assemblies, unread: files.unread, outside: files.outside, issues: ours.issues };
}

/** What parts take together. */
export function sumOf(parts: readonly MeasuredPart[]): Sum {
  const total = (measure: (part: MeasuredPart) => number) => parts.reduce((sum, part) => sum + measure(part), 0);
  return {
    tokens: total(({ tokens }) => tokens),
    bytes: total(({ bytes }) => bytes),
    fromPersonas: {
      tokens: total(({ fromPersonas }) => fromPersonas.tokens),
      personas: [...new Set(parts.flatMap(({ fromPersonas }) => fromPersonas.personas))].sort(),
    },
  };
}

/** What a tool always puts before its model: what it sends at the start. */
export function alwaysOn({ parts }: Assembly): readonly MeasuredPart[] {
  return parts.filter(({ when }) => when === "start");
}

function names({ parts }: Pick<ToolContext, "parts">, kind: "agents" | "skills"): string[] {
  return parts.flatMap((part) => (part.kind === kind ? (part.items ?? []) : [])).map(({ name }) => name);
}

function refuseUnknown(assemblies: readonly Assembly[], what: "agent" | "skill", name: string): void {
  const known = [...new Set(assemblies.flatMap((each) => names(each, `${what}s`)))].sort();
  if (known.includes(name)) return;
  const hint = hintFor(name, known);
  throw new CommandError([
    issue(
      "not-listed",
      `--${what} ${name}`,
      `no tool here has ${what === "agent" ? "an agent" : "a skill"} of this name`,
      {
        hint,
        subject: name,
      },
    ),
  ]);
}
