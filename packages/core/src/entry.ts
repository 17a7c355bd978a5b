import { type Issue, isRecord } from "./errors.ts";
import { collapse } from "./text.ts";

/** RFC 2119: `must` has no exception, `should` yields to a project that decides otherwise, `may` is an offer. */
export type Strength = (typeof STRENGTHS)[number];

/** Every strength, hardest first. */
export const STRENGTHS = ["must", "should", "may"] as const;

/** A published text that a rule rests on. Shown in the fragment's README, never in the prompt. */
export interface Evidence {
  /** Standard and clause, as one would cite it: "OWASP ASVS 5.0 V11.4.2". */
  readonly source: string;
  readonly url: string;
}

/** What is known about a rule besides its text. None of it is rendered into the prompt. */
export interface RuleNotes {
  /** Why the rule holds, for the reader who wants to drop it. */
  readonly why?: string;
  /** What enforces it: a linter rule, a test, a permission. */
  readonly enforcedBy?: string;
  readonly evidence?: readonly Evidence[];
}

/** One instruction. `text` is inline Markdown on one line. */
export interface Rule extends RuleNotes {
  readonly kind: "rule";
  readonly strength: Strength;
  readonly text: string;
}

/** Paragraphs between rules, separated by blank lines. */
export interface Prose {
  readonly kind: "prose";
  readonly text: string;
}

/** A table whose cells are inline Markdown. */
export interface Table {
  readonly kind: "table";
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A fenced code example. */
export interface Example {
  readonly kind: "example";
  /** The info string of the fence: "ts", "sh", "dockerfile". */
  readonly language: string;
  readonly code: string;
}

/** What a fragment is made of. */
export type Entry = Rule | Prose | Table | Example;

/** An entry, or a function that makes it from the fragment's parameters. */
export type EntrySource<Params> = Entry | ((params: Params) => Entry);

/** A rule that a user takes out, and why. */
export interface Drop {
  readonly kind: "drop";
  readonly reason: string;
}

/** A rule without exception. `text` is inline Markdown; line breaks in it become spaces. */
export function must(text: string, notes?: RuleNotes): Rule {
  return rule("must", text, notes);
}

/** A rule that holds unless the project decides otherwise. `text` as for `must`. */
export function should(text: string, notes?: RuleNotes): Rule {
  return rule("should", text, notes);
}

/** An option worth knowing. `text` as for `must`. */
export function may(text: string, notes?: RuleNotes): Rule {
  return rule("may", text, notes);
}

function rule(strength: Strength, text: string, notes: RuleNotes | undefined): Rule {
  return { ...notes, kind: "rule", strength, text: collapse(text) };
}

/** Paragraphs; a blank line separates two, a single line break becomes a space. */
export function prose(text: string): Prose {
  const paragraphs = text.split(/\n[^\S\n]*\n/).map(collapse);
  return { kind: "prose", text: paragraphs.filter((paragraph) => paragraph !== "").join("\n\n") };
}

/** A table. Every row must have as many cells as there are columns; compilation says so otherwise. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): Table {
  return { kind: "table", columns: columns.map(collapse), rows: rows.map((cells) => cells.map(collapse)) };
}

/** A code example. Blank lines around it and the indentation that all its lines share are taken off. */
export function example(language: string, code: string): Example {
  // A space or a backtick in the info string could end the fence.
  return { kind: "example", language: collapse(language).replace(/[\s`].*/, ""), code: dedent(code) };
}

/** Takes a rule or a whole fragment out of a persona. The reason is kept in the compiled document. */
export function drop(reason: string): Drop {
  return { kind: "drop", reason };
}

function dedent(code: string): string {
  const lines = code
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd()
    .split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const shared = Math.min(...indents);
  return lines.map((line) => line.slice(shared).trimEnd()).join("\n");
}

/** What is wrong with a value that should be an entry, or a function that makes one. */
export function sourceIssues(place: string, source: unknown): Issue[] {
  return typeof source === "function" ? [] : entryIssues(place, source);
}

/** What is wrong with a value that should be an entry. */
export function entryIssues(place: string, entry: unknown): Issue[] {
  const hint = 'Expected must("..."), should("..."), may("..."), prose, table or example.';
  if (!isRecord(entry)) return [{ place, problem: "this is not a rule", hint }];
  const { kind, text, strength, columns, rows, code, language } = entry;
  if (kind === "rule" && !STRENGTHS.includes(strength as Strength)) {
    return [{ place, problem: `there is no strength "${strength}"`, hint: `Known: ${STRENGTHS.join(", ")}.` }];
  }
  if (kind === "rule" || kind === "prose") {
    if (typeof text !== "string" || text.trim() === "") return [{ place, problem: "the text is empty" }];
    return kind === "rule" && /[\n\r]/.test(text) ? [{ place, problem: "the text has line breaks" }] : [];
  }
  if (kind === "example") {
    return typeof code === "string" && typeof language === "string"
      ? []
      : [{ place, problem: "the example has no code" }];
  }
  if (kind !== "table") return [{ place, problem: "this is not a rule", hint }];
  if (!Array.isArray(columns) || !Array.isArray(rows) || !rows.every(Array.isArray)) {
    return [{ place, problem: "the table has no columns or rows" }];
  }
  const ragged = rows.findIndex((row) => row.length !== columns.length);
  if (ragged === -1) return [];
  return [{ place, problem: `row ${ragged + 1} has ${rows[ragged]?.length} cells, not ${columns.length}` }];
}
