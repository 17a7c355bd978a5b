import type { ContextTool } from "@personakit/targets/context";
import { type Assembly, alwaysOn, type MeasuredPart, sumOf } from "./assembly.ts";
import type { Page } from "./one-tool.ts";
import { table } from "./table.ts";
import { KINDS, nameOfTool } from "./words.ts";

/** What one file, or list, takes in what a tool always puts before its model. */
export interface ChangedFile {
  /** The file's path, or what the list is called. */
  readonly name: string;
  /** In tokens. */
  readonly before: number;
  readonly after: number;
}

/** What has changed of what a tool always puts before its model. */
export interface Change {
  readonly tool: ContextTool;
  readonly before: Assembly;
  readonly after: Assembly;
  /** Those that changed, the largest change first. */
  readonly files: readonly ChangedFile[];
}

/** Compares what each tool always puts before its model: both lists have the same tools. */
export function compareAssemblies(before: readonly Assembly[], after: readonly Assembly[], { shown }: Page): Change[] {
  return after.flatMap((now) => {
    const was = before.find(({ tool }) => tool.id === now.tool.id);
    return was === undefined ? [] : [{ tool: now.tool, before: was, after: now, files: changedFiles(was, now, shown) }];
  });
}

function changedFiles(before: Assembly, after: Assembly, shown: Page["shown"]): ChangedFile[] {
  const [was, is] = [byName(before, shown), byName(after, shown)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name)?.text !== is.get(name)?.text)
    .map((name) => ({ name, before: was.get(name)?.tokens ?? 0, after: is.get(name)?.tokens ?? 0 }))
    .sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1));
}

function size({ before, after }: ChangedFile): number {
  return Math.abs(after - before);
}

function nameOf({ kind, sources, items }: MeasuredPart, shown: Page["shown"]): string {
  return items === undefined && kind !== "frame" ? sources.map(shown).join(", ") : KINDS[kind];
}

/** What each file, or list, puts there, and its tokens. */
function byName(assembly: Assembly, shown: Page["shown"]): Map<string, Pick<MeasuredPart, "text" | "tokens">> {
  const sums = new Map<string, Pick<MeasuredPart, "text" | "tokens">>();
  for (const part of alwaysOn(assembly)) {
    const name = nameOf(part, shown);
    const { text, tokens } = sums.get(name) ?? { text: "", tokens: 0 };
    sums.set(name, { text: text + part.text, tokens: tokens + part.tokens });
  }
  return sums;
}

/** How many changed files are named for a tool. */
const MOST_FILES = 5;

/** The change for each tool as lines: a table, in Markdown for a pull request. */
export function linesOfChanges(
  changes: readonly Change[],
  revision: string,
  { cwd }: Page,
  markdown: boolean,
): string[] {
  const code = (text: string) => (markdown ? `\`${text.replaceAll("`", "'")}\`` : text);
  const rows = changes.map(({ tool, before, after, files }) => {
    const [was, is] = [sumOf(alwaysOn(before)).tokens, sumOf(alwaysOn(after)).tokens];
    const named = files.slice(0, MOST_FILES).map((each) => `${code(each.name)} ${difference(each)}`);
    const more = files.length > MOST_FILES ? [`${files.length - MOST_FILES} more`] : [];
    const change = files.length === 0 ? "none" : difference({ before: was, after: is });
    return [nameOfTool(tool), String(was), String(is), change, [...named, ...more].join(", ")];
  });
  const headings = ["Tool", "Before", "After", "Change", "Because of"];
  const title = `Tokens that are always on in ${cwd}, compared with ${code(revision)}:`;
  if (!markdown) return [title, "", ...table([headings.map((each) => each.toUpperCase()), ...rows], [1, 2, 3])];
  const lines = [
    headings,
    ["---", "---:", "---:", "---:", "---"],
    ...rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|"))),
  ];
  return [
    "### What agents always read",
    "",
    title,
    "",
    ...lines.map((row) => `| ${row.join(" | ")} |`),
    "",
    "Token counts are estimates.",
  ];
}

function difference({ before, after }: Pick<ChangedFile, "before" | "after">): string {
  const by = after - before;
  return by === 0 ? "reworded" : `${by > 0 ? "+" : ""}${by}`;
}
