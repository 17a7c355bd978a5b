import { createRequire } from "node:module";
// Node's own: no package to load for a few escapes.
import { styleText } from "node:util";

/** Where a line goes. */
export type Stream = "stdout" | "stderr";

type Style = Parameters<typeof styleText>[0];

/** Whether a stream takes colours: NO_COLOR refuses them, FORCE_COLOR asks for them, and else a terminal has them. */
export function hasColors(stream: Stream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  const isTerminal = stream === "stdout" ? process.stdout.isTTY : process.stderr.isTTY;
  return isTerminal === true && TERM !== "dumb";
}

/** Text in a style. It must be safe to show already: escapes that come later would be shown, not obeyed. */
export function paint(style: Style, text: string): string {
  // Whether the stream takes colours has been asked; by itself, styleText would ask stdout.
  return styleText(style, text, { validateStream: false });
}

const LABELS = { "error:": ["red", "bold"], "warning:": ["yellow", "bold"] } as const;

/** A safe line with the label that it begins with in colour. */
export function paintLabel(line: string): string {
  const label = Object.keys(LABELS).find((each) => line.startsWith(each)) as keyof typeof LABELS | undefined;
  return label === undefined ? line : paint([...LABELS[label]], label) + line.slice(label.length);
}

/** Safe lines of a unified diff, in colour: where a line has a counterpart, the words that differ stand out. */
export function paintDiff(lines: readonly string[]): string[] {
  const painted: string[] = [];
  const first = lines.findIndex((line) => line.startsWith("@@"));
  const start = first === -1 ? lines.length : first;
  for (const line of lines.slice(0, start)) painted.push(paint("bold", line));
  for (let index = start; index < lines.length; ) {
    const removed = runOf("-", lines, index);
    const added = runOf("+", lines, index + removed.length);
    if (removed.length + added.length === 0) {
      const line = lines[index++] ?? "";
      painted.push(line.startsWith("@@") ? paint("cyan", line) : line);
      continue;
    }
    painted.push(...paintRuns(removed, added));
    index += removed.length + added.length;
  }
  return painted;
}

function runOf(sign: string, lines: readonly string[], from: number): readonly string[] {
  const end = lines.findIndex((line, index) => index >= from && !line.startsWith(sign));
  return lines.slice(from, end === -1 ? lines.length : end);
}

function paintRuns(removed: readonly string[], added: readonly string[]): string[] {
  if (removed.length !== added.length) {
    return [...removed.map((line) => paint("red", line)), ...added.map((line) => paint("green", line))];
  }
  const pairs = removed.map((line, index) => paintPair(line, added[index] ?? "", 1));
  return [...pairs.map(([before]) => before), ...pairs.map(([, after]) => after)];
}

/** Two wordings in red and green; their first `label` characters say which is which, and are not compared. */
export function paintPair(before: string, after: string, label: number): [before: string, after: string] {
  // jsdiff: maintained, typed, no dependencies. Loaded where there is a difference to show.
  const { diffWordsWithSpace }: typeof import("diff") = createRequire(import.meta.url)("diff");
  const parts = diffWordsWithSpace(before.slice(label), after.slice(label));
  const shared = parts.filter((part) => !part.added && !part.removed).reduce((sum, { value }) => sum + value.length, 0);
  // Where little is the same, words would only flicker.
  const isReworded = shared * 2 >= Math.min(before.length, after.length) - label;
  const side = (text: string, color: "red" | "green", other: "added" | "removed") =>
    isReworded
      ? parts
          .filter((part) => !part[other])
          .map(({ value, added, removed }) => paint(added || removed ? [color, "inverse"] : color, value))
          .reduce((line, part) => line + part, paint(color, text.slice(0, label)))
      : paint(color, text);
  return [side(before, "red", "added"), side(after, "green", "removed")];
}

const BEFORE = /^ {6}before /;
const AFTER = /^ {6}after {2}/;
const LABEL = 13;

/** Safe lines about changes, in colour: where a text before stands above the one after, the words that differ stand out. */
export function paintWordings(lines: readonly string[]): string[] {
  const painted = [...lines];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1] ?? "";
    if (!BEFORE.test(line) || !AFTER.test(next)) continue;
    [painted[index], painted[index + 1]] = paintPair(line, next, LABEL);
  }
  return painted;
}
