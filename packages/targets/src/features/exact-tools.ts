import type { Capability, Document, Issue } from "@personakit/core";
import { CAPABILITIES, hintFor, own } from "@personakit/core/internal";
import { issue } from "../issues/issue.ts";
import { fill } from "../model/template.ts";
import type { Features, Named, Vocabulary } from "./features.ts";
import { knownTarget } from "./known.ts";

// A tool that is finer than a capability has a name in one target only.

/** A way to treat tools that has names for them. */
type WithNames = Extract<Features["tools"], { readonly tools: Vocabulary }>;

/** The tools that a persona names for a target: for it, or for one that calls all tools the same. */
export function exactToolsFor(
  { tools: way }: Features,
  { exactTools = {} }: Document,
  target: string,
): { readonly names: readonly string[]; readonly of: string } | undefined {
  const exact = own(exactTools, target);
  if (exact !== undefined) return { names: exact, of: target };
  if (!("tools" in way)) return undefined;
  const alike = Object.entries(exactTools).find(([id]) => vocabularyOf(id) === way.tools);
  return alike && { names: alike[1], of: alike[0] };
}

function vocabularyOf(target: string): Vocabulary | undefined {
  const way = knownTarget(target)?.features.tools;
  return way !== undefined && "tools" in way ? way.tools : undefined;
}

/** A capability that a target is given in part. */
export interface Part {
  readonly capability: Capability | "mcpServers";
  readonly target: string;
  readonly has: readonly string[];
  readonly lacks: readonly string[];
}

/** The capabilities that the exact tools of all targets cover, and those that one of them has in part. */
export function covered({ exactTools = {}, mcpServers }: Pick<Document, "exactTools" | "mcpServers">): {
  readonly whole: readonly Capability[];
  readonly parts: readonly Part[];
} {
  const parts: Part[] = [];
  const gone = new Set<Capability>();
  for (const [target, names] of Object.entries(exactTools)) {
    const vocabulary = vocabularyOf(target);
    for (const capability of CAPABILITIES) {
      const words = vocabulary?.[capability] ?? [];
      const has = words.filter((word) => names.includes(word));
      const inPart = names.filter((name) => words.some((word) => name.startsWith(`${word}(`)));
      // What a tool has no name for, its list says nothing of.
      if (words.length > 0 && has.length === words.length) continue;
      gone.add(capability);
      if (has.length + inPart.length === 0) continue;
      const lacks = words.filter((word) => !has.includes(word));
      parts.push({ capability, target, has: [...has, ...inPart], lacks });
    }
    parts.push(...serversInPart(target, names, mcpServers));
  }
  return { whole: CAPABILITIES.filter((capability) => !gone.has(capability)), parts };
}

/** The servers of a persona of which a target may use single tools. */
function serversInPart(target: string, names: readonly string[], servers: readonly string[]): Part[] {
  const way = knownTarget(target)?.features.mcpServers;
  if (way?.kind !== "named") return [];
  return servers.flatMap((server) => {
    if (isWholeServer(way, server, names)) return [];
    const has = toolsOfServer(way, server, names);
    return has.length === 0
      ? []
      : [{ capability: "mcpServers" as const, target, has, lacks: [`the rest of ${server}`] }];
  });
}

function isWholeServer({ template, tool }: Named, server: string, names: readonly string[]): boolean {
  const all = tool === undefined ? [] : [fill(tool, { server, tool: "*" })];
  return [fill(template, { server }), ...all].some((word) => names.includes(word));
}

function toolsOfServer({ tool }: Named, server: string, names: readonly string[]): string[] {
  if (tool === undefined) return [];
  const start = fill(tool, { server, tool: "" });
  return names.filter((name) => name.startsWith(start) && name !== start);
}

/** The servers of a persona that a list of exact tools does not name at all. */
export function unreached(
  { mcpServers: way }: Features,
  servers: readonly string[],
  names: readonly string[],
): string[] {
  if (way.kind !== "named") return [];
  return servers.filter(
    (server) => !isWholeServer(way, server, names) && toolsOfServer(way, server, names).length === 0,
  );
}

/** Every name of a tool that a target knows. */
export function namesIn(way: WithNames): string[] {
  return [...new Set([...CAPABILITIES.flatMap((capability) => way.tools[capability]), ...(way.others ?? [])])];
}

/** The names of a target's list that are to be checked. */
export function checked(
  { uncheckedTools }: Pick<Document, "uncheckedTools">,
  target: string,
  names: readonly string[],
): readonly string[] {
  const unchecked = own(uncheckedTools, target);
  return unchecked === undefined ? names : names.filter((name) => !unchecked.includes(name));
}

/** Files each exact tool that the target does not know, with the nearest. */
export function checkExactTools(
  { tools: way, mcpServers }: Features,
  names: readonly string[],
  place: string,
): Issue[] {
  if (!("tools" in way)) return [];
  const known = namesIn(way);
  const forms = mcpServers.kind === "named" ? [mcpServers.template, mcpServers.tool ?? []].flat().map(asPattern) : [];
  return names.flatMap((name) => {
    const plain = name.replace(/\(.*\)$/, "");
    const isKnown = plain === name ? forms.some((form) => form.test(name)) : way.patterns === true;
    if (known.includes(name) || (isKnown && (plain === name || known.includes(plain)))) return [];
    const problem = `the tool has no tool "${name}"`;
    return [{ ...issue("unknown-tool", place, problem, hintFor(name, known)), subject: name }];
  });
}

function asPattern(template: string): RegExp {
  const literal = template.replace(/<\w+>|[^<\w]/g, (part) => (part.length === 1 ? `\\${part}` : part));
  return new RegExp(`^${fill(literal, { server: "[\\w-]+", tool: "[\\w.*-]+" })}$`);
}
