import type { ContextPart, ContextTool, LeftOut, ListItem, PartKind } from "@personakit/targets/context";
import { count } from "../output/terminal.ts";

/** What a part is called. */
export const KINDS: { readonly [Kind in PartKind]: string } = {
  frame: "around them",
  memory: "memory",
  import: "import",
  rule: "rule",
  scoped: "scoped rule",
  outputStyle: "output style",
  skills: "skill list",
  agents: "agent list",
  skill: "skill",
  agent: "agent",
};

/** What a part is made of, in one line. */
export function describeSources(part: ContextPart, shown: (path: string) => string): string {
  const { kind, sources, by, cut, imports = [], items } = part;
  if (items !== undefined) return describeItems(items, NOUNS[kind] ?? "rule");
  const inside = [...new Set(imports.map(({ source }) => shown(source)))];
  const main = sources.map(shown).filter((path) => !inside.includes(path));
  const more = [
    ...(by === undefined ? [] : [`imported by ${shown(by)}`]),
    ...(inside.length === 0 ? [] : [`with ${inside.join(", ")}`]),
    ...(cut === undefined ? [] : [`cut: ${cut.kept} of ${cut.of} ${cut.unit}`]),
  ];
  return `${main.join(", ")}${more.length === 0 ? "" : ` (${more.join("; ")})`}`;
}

/** What a list is made of. */
const NOUNS: { readonly [Kind in PartKind]?: string } = { skills: "skill", agents: "agent" };

/** How many of a list are named. */
const MOST_NAMES = 8;

function describeItems(items: readonly ListItem[], noun: string): string {
  const shortened = items.filter(({ shown }) => shown === "shortened").length;
  const named = items.filter(({ shown }) => shown === "name").length;
  const more = [
    ...(shortened === 0 ? [] : [`${shortened} shortened`]),
    ...(named === 0 ? [] : [`${named} by name only`]),
  ];
  const names = items.slice(0, MOST_NAMES).map(({ name }) => name);
  const rest = items.length - names.length;
  const all = [...names, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
  return `${count(items.length, noun)}: ${all}${more.length === 0 ? "" : ` (${more.join(", ")})`}`;
}

/** A tool and its version. */
export function nameOfTool({ name, version }: ContextTool): string {
  return `${name} ${version}`;
}

/** How what is said of a tool is known. */
export function describeKnowledge({ observed, documented, known }: ContextTool): string {
  const topics = Object.entries(known);
  const only = topics.filter(([, knowledge]) => knowledge === "documented").map(([topic]) => topic);
  if (observed === undefined || only.length === topics.length) return `as documented on ${documented.date}`;
  const rest = only.length === 0 ? "" : `; ${only.join(" and ")} as documented`;
  return `observed on ${observed}${rest}`;
}

/** Why a file is left out, with the file because of which it is. */
export function describeLeftOut({ reason, by }: LeftOut, shown: (path: string) => string): string {
  const text = reason.replace(/\.$/, "");
  return by === undefined || text.includes(shown(by)) ? `${text}.` : `${text} (${shown(by)}).`;
}
