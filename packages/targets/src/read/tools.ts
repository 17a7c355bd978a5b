import type { Capability } from "@personakit/core";
import { CAPABILITIES, SERVER_NAME, toolName } from "@personakit/core/internal";
import { namesIn } from "../features/exact-tools.ts";
import type { Features, Named, Vocabulary } from "../features/features.ts";

/** What a file says of tools, in the persona's words. */
export interface ToolsRead {
  /** Absent: not restricted, or only by exact names. */
  readonly tools?: readonly Capability[];
  /** Set where capabilities are too coarse for it. */
  readonly exact?: readonly string[];
  readonly servers: readonly string[];
  /** Names that the tool is known to have, each once, where the file lists them. */
  readonly known: readonly string[];
  /** Names that the tool is not known to have. */
  readonly unknown: readonly string[];
}

type WithNames = Extract<Features["tools"], { readonly tools: Vocabulary }>;

/** Names of tools in a value: a list, or one text with commas or spaces; a pattern in brackets belongs to its name. */
export function namesOf(value: unknown): readonly string[] | undefined {
  if (value === null) return undefined;
  if (typeof value === "string") return splitNames(value);
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) return undefined;
  return value.map((item: string) => item.trim()).filter((item) => item !== "");
}

function splitNames(text: string): string[] {
  const names = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth++;
    if (character === ")") depth = Math.max(0, depth - 1);
    if (depth === 0 && /[\s,]/.test(character)) names.push("");
    else names.push(`${names.pop()}${character}`);
  }
  // The mark of a list that YAML refused is no name.
  return names.filter((name) => name !== "" && name !== "-");
}

/** What a list of the tools that are left says. */
export function readAllowed(
  names: readonly string[],
  way: WithNames,
  { mcpServers }: Pick<Features, "mcpServers">,
  renamed: { readonly [name: string]: string },
): ToolsRead {
  const words = [...new Set(names.map((name) => rename(name, way, renamed)))];
  if (words.includes("*")) return { servers: serversIn(words, mcpServers, way).servers, known: [], unknown: [] };
  const { servers, whole } = serversIn(words, mcpServers, way);
  const known = namesIn(way);
  const isKnown = (word: string) => known.includes(word) || whole.has(word) || isTool(word, mcpServers, way);
  const unknown = words.filter((word) => !toolName().test(word) || (!isKnown(word) && !isPattern(word, way, known)));
  const exact = words.filter((word) => !unknown.includes(word));
  const tools = CAPABILITIES.filter((each) => isWhole(way.tools[each], exact));
  const said = new Set([...tools.flatMap((each) => way.tools[each]), ...whole.keys()]);
  // Capabilities say it all where no name is left over, and there is one.
  const isSaid = tools.length > 0 && exact.every((word) => said.has(word));
  return { ...(isSaid ? { tools } : { exact }), servers, known: exact, unknown };
}

/** What a list of the tools that are taken away says; undefined where a persona cannot say it. */
export function readDenied(
  names: readonly string[],
  way: WithNames,
  renamed: { readonly [name: string]: string },
): Omit<ToolsRead, "servers" | "known" | "unknown"> | undefined {
  const words = [...new Set(names.map((name) => rename(name, way, renamed)))];
  const all = [...new Set(CAPABILITIES.flatMap((each) => way.tools[each]))];
  if (!words.every((word) => all.includes(word))) return undefined;
  const left = all.filter((word) => !words.includes(word));
  const tools = CAPABILITIES.filter((each) => isWhole(way.tools[each], left));
  const said = new Set(tools.flatMap((each) => way.tools[each]));
  return tools.length > 0 && left.every((word) => said.has(word)) ? { tools } : { exact: left };
}

function isWhole(words: readonly string[], names: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => names.includes(word));
}

function rename(name: string, way: WithNames, renamed: { readonly [name: string]: string }): string {
  if (Object.hasOwn(renamed, name)) return renamed[name] as string;
  const word = name.toLowerCase();
  // Most tools do not mind how their words are spelled.
  return namesIn(way).find((known) => known.toLowerCase() === word) ?? name;
}

/** A name with a pattern, such as `Bash(git log *)`. */
function isPattern(word: string, { patterns }: WithNames, known: readonly string[]): boolean {
  const [, name = ""] = /^([^()]+)\([^()]+\)$/.exec(word) ?? [];
  return patterns === true && known.includes(name);
}

/** The servers among some names, and the names that stand for a server as a whole. */
function serversIn(
  words: readonly string[],
  way: Features["mcpServers"],
  { tools }: WithNames,
): { readonly servers: readonly string[]; readonly whole: ReadonlyMap<string, string> } {
  if (way.kind !== "named") return { servers: [], whole: new Map() };
  const whole = new Map<string, string>();
  const servers = words.flatMap((word) => {
    const server = serverOf(word, way, tools, whole);
    return server === undefined ? [] : [server];
  });
  return { servers: [...new Set(servers)], whole };
}

function serverOf(
  word: string,
  { template, tool }: Named,
  tools: Vocabulary,
  whole: Map<string, string>,
): string | undefined {
  const one = tool === undefined ? undefined : patternOf(tool).exec(word)?.groups;
  if (one?.server !== undefined && isServer(one.server, tools)) {
    if (one.tool === "*") whole.set(word, one.server);
    return one.server;
  }
  const server = patternOf(template).exec(word)?.groups?.server;
  if (server === undefined || !isServer(server, tools)) return undefined;
  whole.set(word, server);
  return server;
}

/** What stands in front of a slash may be one of the tool's own words: `edit/editFiles`. */
function isServer(name: string, tools: Vocabulary): boolean {
  return SERVER_NAME.test(name) && !Object.values(tools).some((words) => words.includes(name));
}

function isTool(word: string, way: Features["mcpServers"], { tools }: WithNames): boolean {
  if (way.kind !== "named") return false;
  return (
    serverOf(word, way, tools, new Map()) !== undefined || (way.tool !== undefined && patternOf(way.tool).test(word))
  );
}

const patterns = new Map<string, RegExp>();

function patternOf(template: string): RegExp {
  const known = patterns.get(template);
  if (known !== undefined) return known;
  const source = template
    .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    .replace("<server>", "(?<server>[\\w-]+?)")
    .replace("<tool>", "(?<tool>[\\w.*-]+)");
  const pattern = new RegExp(`^${source}$`);
  patterns.set(template, pattern);
  return pattern;
}
