import type { RuleFormat, RuleMode, RulesEntry, ToolDescription } from "./description.ts";
import type { ContextFile, ContextStart } from "./files.ts";
import { agreesToImports, withMovedHome } from "./home.ts";
import type { ContextNote, ContextPart, LeftOut, LeftOutCode } from "./parts.ts";
import { chainOf } from "./paths.ts";
import { bytesOf } from "./text.ts";
import type { Topic } from "./tool.ts";

/** What is to be sent: a part that does not know yet what stands around it. */
export interface Piece extends Omit<ContextPart, "role" | "place" | "when" | "bytes" | "known"> {
  readonly spot: string;
  readonly topic: Topic;
  /** What stands between the piece above and this one, where it is not what the spot says. */
  readonly after?: string | undefined;
}

/** A file of rules. */
export interface Rule {
  /** As the tool writes it. */
  readonly path: string;
  readonly file: ContextFile;
  readonly entry: RulesEntry;
  readonly format: RuleFormat;
  readonly mode: RuleMode | "bad" | "outside";
  readonly globs: readonly string[];
  /** The globs as a tool writes them in a list. */
  readonly written: string;
  /** The folder that the globs are relative to. */
  readonly base: string;
  readonly description: string;
}

/** A tool at work in a folder: what it found so far. */
export interface Assembly {
  readonly tool: ToolDescription;
  readonly start: ContextStart;
  /** The folders in which it looks for instructions, the outermost first. */
  readonly chain: readonly string[];
  readonly leftOut: LeftOut[];
  readonly notes: ContextNote[];
  /** Real paths, or texts, that were sent. */
  readonly sent: Map<string, string>;
  /** Rules that were found at the start. */
  readonly rules: Rule[];
  /** Which kind of files counts, by step. */
  readonly kinds: Map<number, number>;
}

export function newAssembly(described: ToolDescription, given: ContextStart): Assembly {
  const tool = withMovedHome(described, given);
  const isAgreed = given.approvals === undefined && agreesToImports(tool, given);
  const start: ContextStart = isAgreed ? { ...given, approvals: ["trust", "external-imports"] } : given;
  const { folders, above } = chainOf(tool, start);
  const notes: ContextNote[] = [];
  const outermost = above[0];
  if (outermost !== undefined) {
    const text = `${tool.name} also reads folders above ${folders[0] ?? start.cwd}, up to ${outermost}. They were not looked at.`;
    notes.push({ code: "not-asked", text });
  }
  return { tool, start, chain: folders, leftOut: [], notes, sent: new Map(), rules: [], kinds: new Map() };
}

export function leave(assembly: Assembly, path: string, code: LeftOutCode, reason: string, by?: string): void {
  assembly.leftOut.push({ path, code, reason, ...(by === undefined ? {} : { by }) });
}

/** Pieces with what their places in the request put around them. */
export function frame({ tool, start }: Assembly, pieces: readonly Piece[]): ContextPart[] {
  const parts: ContextPart[] = [];
  for (const [index, { spot: name, topic, after, ...piece }] of pieces.entries()) {
    const spot = tool.spots[name];
    if (spot === undefined) continue;
    const { role, place, when = "start", open = "", between = "", close = "" } = spot;
    const known = tool.known[topic] ?? "documented";
    const add = (each: Omit<ContextPart, "role" | "place" | "when" | "bytes" | "known">) =>
      parts.push({ ...each, role, place, when, bytes: bytesOf(each.text), known });
    const around = (text: string) => {
      if (text !== "")
        add({ kind: "frame", sources: [], text: text.replaceAll("{cwd}", () => start.cwd), order: "defined" });
    };
    const isFirst = pieces[index - 1]?.spot !== name;
    if (isFirst) around(open);
    add(isFirst ? piece : { ...piece, text: (after ?? between) + piece.text });
    if (pieces[index + 1]?.spot !== name) around(close);
  }
  return parts;
}
