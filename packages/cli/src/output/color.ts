import { fstatSync } from "node:fs";
import { createRequire } from "node:module";
// Node's own: no package to load for a few escapes.
import { styleText } from "node:util";

/** Where a line goes. */
export type Stream = "stdout" | "stderr";

type Style = Parameters<typeof styleText>[0];

/**
 * Whether to use colours: never with NO_COLOR, always with FORCE_COLOR, otherwise in a terminal.
 *
 * @param mayBeSeen Whether the stream may be a terminal. That is cheap to ask; to ask the stream opens it, which takes 3 ms.
 */
export function hasColors(stream: Stream, mayBeSeen = isDevice(stream === "stdout" ? 1 : 2)): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  if (!mayBeSeen || TERM === "dumb") return false;
  return (stream === "stdout" ? process.stdout.isTTY : process.stderr.isTTY) === true;
}

/** Whether output may go to a terminal, which takes text in its own way. */
export function isDevice(file: 1 | 2): boolean {
  try {
    return fstatSync(file).isCharacterDevice();
  } catch {
    return true;
  }
}

/** Text in a style. Make the text safe first: making it safe later would show these escapes. */
export function paint(style: Style, text: string): string {
  // The caller has checked the stream; left alone, styleText would check stdout.
  return styleText(style, text, { validateStream: false });
}

const LABELS = { "error:": ["red", "bold"], "warning:": ["yellow", "bold"] } as const;

/** A safe line with the label that it begins with in colour. */
export function paintLabel(line: string): string {
  const label = Object.keys(LABELS).find((each) => line.startsWith(each)) as keyof typeof LABELS | undefined;
  return label === undefined ? line : paint([...LABELS[label]], label) + line.slice(label.length);
}

/** Colours safe lines of a unified diff, and marks the words that differ between matching lines. */
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

/** Colours two wordings red and green, and marks the words that differ after the first `label` characters. */
export function paintPair(before: string, after: string, label: number): [before: string, after: string] {
  // jsdiff: maintained, typed, no dependencies. Loaded where there is a difference to show.
  const { diffWordsWithSpace }: typeof import("diff") = createRequire(import.meta.url)("diff");
  const parts = diffWordsWithSpace(before.slice(label), after.slice(label));
  const shared = parts.filter((part) => !part.added && !part.removed).reduce((sum, { value }) => sum + value.length, 0);
  // If little is the same, marking words would only confuse.
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

/** Colours safe lines about changes, and marks the words that differ between `before` and `after`. */
export function paintWordings(lines: readonly string[]): string[] {
  const painted = [...lines];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1] ?? "";
    if (!BEFORE.test(line) || !AFTER.test(next)) continue;
    [painted[index], painted[index + 1]] = paintPair(line, next, LABEL);
  }
  return painted;
}
