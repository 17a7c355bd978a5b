import type { Issues } from "../issues/issue.ts";
import { split } from "../read/split.ts";
import { type Block, blockOpenedBy, startSafely } from "./escape.ts";

/** A text as an author meant it: without the space around it, which template literals bring. */
export function trimmed(text: string): string {
  // From JavaScript it may be anything; what checks it says so.
  return typeof text === "string" ? text.trim() : text;
}

/** A paragraph whose lines were only wrapped, as one line. Where a line means more, it stays as it is, to be refused. */
export function unwrapped(paragraph: string): string {
  const text = paragraph.trim();
  if (!text.includes("\n")) return text;
  const lines = text.split("\n").map((line) => line.trim());
  return HARD_BREAK.test(text) || lines.some((line) => blockIn(line, false)) ? text : lines.join(" ");
}

/** A paragraph whose lines stay, without the space before each. */
export function keptLines(paragraph: string): string {
  return paragraph
    .replace(/\r\n?/g, "\n")
    .trim()
    .replace(/\n[^\S\n]+/g, "\n");
}

const HARD_BREAK = /(?: {2}|\\)\r?\n/;

/** What an author writes instead of a block in a text. */
const INSTEAD: { readonly [Each in Block]: string } = {
  "a heading": "Give it a section of its own: section({ id, title, rules }).",
  "a dividing line": "Leave it out: sections have headings.",
  "a list": 'Write each item as a rule of its own, in a section with list: "bullets" or "checklist".',
  "a numbered list": 'Write each step as a rule of its own, in a section with list: "steps".',
  "a quote": "Leave out the quotation sign.",
  "a code fence": 'Put the code into an entry of its own: example("ts", "...").',
  "a table": 'Use an entry of its own: table(["Column"], [["cell"]]).',
  "an HTML tag": "Put it into a code span.",
  "a link definition": "Write the address where the link stands: [text](https://...).",
};

const ONE_LINE =
  'Write it on one line. Another paragraph is an entry of its own, prose("..."); a longer text belongs in a reference.';

const LINE_BREAK = /\r\n?|\n/;

/** Whether a text has line breaks. A pattern would take ten times as long to find none. */
function hasLineBreaks(text: string): boolean {
  return text.includes("\n") || text.includes("\r");
}

/** Files line breaks, and Markdown that would open a block, in a text that is one line of inline Markdown. False where there are. */
export function checkInline(issues: Issues, what: string, text: string, oneLine = ONE_LINE): boolean {
  const isAlone = !hasLineBreaks(text);
  // Nearly all texts are so, and nothing is made for them.
  if (isAlone && blockIn(text.trim(), isAlone) === undefined) return true;
  for (const line of text.split(LINE_BREAK)) {
    const block = blockIn(line.trim(), isAlone);
    if (block === undefined) continue;
    const literal = isAlone ? " To show the sign itself, write a backslash before it." : "";
    issues.add("block-in-text", `${what} has ${block} in it`, INSTEAD[block] + literal);
    return false;
  }
  issues.add("line-break", `${what} has line breaks`, oneLine);
  return false;
}

const KEPT = "Paragraphs and lists are entries of their own.";

/** Files blank lines, and Markdown that would open a block, in a text whose line breaks stay. False where there are. */
export function checkKeptLines(issues: Issues, what: string, text: string): boolean {
  const lines = text.split("\n");
  if (/\r|\n[^\S\n]|^\s|\s$|\n\n/.test(text)) {
    issues.add("line-break", `${what} has blank lines, indented ones, or line ends other than LF`, KEPT);
    return false;
  }
  const found = lines.map((line) => blockIn(line.trim(), lines.length === 1)).find((block) => block !== undefined);
  const block = found ?? (isParagraph(lines) ? undefined : "a table");
  if (block !== undefined) issues.add("block-in-text", `${what} has ${block} in it`, INSTEAD[block]);
  return block === undefined;
}

/** Whether lines are one paragraph, once the first of them opens no block. */
function isParagraph([first = "", ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return true;
  const { blocks } = split([startSafely(first), ...rest].join("\n"));
  return blocks.length === 1 && blocks[0]?.kind === "paragraph";
}

/** What startSafely escapes to be sure, and what is text all the same unless it goes on like this. */
const SURELY: { readonly [Each in Block]?: RegExp } = {
  "an HTML tag": /^<[A-Za-z/!?]/,
  "a link definition": /^\[(?:\\.|[^[\]\\])+\]:\s*\S+(?:\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?$/,
};

/** The block that an author meant a line to open. Alone, `===` underlines nothing and a row is no table: they are text. */
function blockIn(line: string, isAlone: boolean): Block | undefined {
  const block = blockOpenedBy(line);
  if (block === undefined || (isAlone && (block === "a table" || line.startsWith("=")))) return undefined;
  return SURELY[block]?.test(line) === false ? undefined : block;
}

/** Files line breaks in texts that take none, by name. */
export function checkLines(issues: Issues, texts: { readonly [name: string]: unknown }): void {
  for (const name in texts) {
    const text = texts[name];
    if (typeof text === "string" && hasLineBreaks(text.trim())) {
      issues.add("line-break", `${name} has line breaks`, "Write it on one line.");
    }
  }
}
