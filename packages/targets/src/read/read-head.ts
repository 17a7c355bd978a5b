import type { Issue } from "@personakit/core";
import { issue } from "../issues/issue.ts";
import { readLines } from "./read-lines.ts";
import { type Field, readYaml } from "./read-yaml.ts";
import { quoted } from "./spell.ts";
import { type HeadRows, type NoHead, splitHead } from "./split-head.ts";

/** A file's head: its front matter, with the place of everything in it. */
export interface Head {
  /** Where the rows of dashes stand; undefined for a file without front matter. */
  readonly rows: HeadRows | undefined;
  /** In the order in which they stand. A key that is there twice is in it twice. */
  readonly fields: readonly Field[];
  /** Where the body begins. */
  readonly body: number;
  /** What is wrong, as data; none of it keeps the file from being read. */
  readonly issues: readonly Issue[];
}

const NO_HEAD: { readonly [Reason in Exclude<NoHead["reason"], "none">]: readonly [problem: string, hint: string] } = {
  open: ["the front matter never closes, so all of it is text", "Write --- on a line of its own below the last field."],
  language: [
    "front matter in another language than YAML is not read, and never run",
    "Write it as YAML, below --- alone.",
  ],
  plus: ["front matter between +++ is not read", "Write it as YAML, between rows of ---."],
  late: ["front matter is not on the first line, so tools take it for text", "Remove what stands above it."],
};

/** What is known of the fields of a tool. */
export interface KnownNames {
  isKnown(key: string): boolean;
  /** Keys whose values the tool reads as they stand. */
  readonly plain?: readonly string[] | undefined;
}

/** Names that stand in the front matter of many tools. */
const COMMON = [
  ...[
    "name",
    "title",
    "description",
    "model",
    "tools",
    "allowed-tools",
    "color",
    "version",
    "author",
    "license",
    "tags",
  ],
  ...["globs", "applyTo", "alwaysApply", "paths", "metadata", "argument-hint", "category"],
];

/** Whether many tools have a field of that name. */
export function isCommonField(name: string): boolean {
  return COMMON.includes(name);
}

/**
 * Reads the front matter of a file: as YAML 1.2, and where YAML refuses it, field by field with the text as it stands. It throws
 * nothing, and runs nothing.
 */
export function readHead(path: string, text: string, known: KnownNames): Head {
  const split = splitHead(text, (start, end) => isFields(text.slice(start, end)));
  if ("reason" in split) {
    const { reason } = split;
    const issues = reason === "none" ? [] : [issue("unread-front-matter", `${path}:1`, ...NO_HEAD[reason])];
    return { rows: undefined, fields: [], body: 0, issues };
  }
  const { fields, issues } = readFields(path, text, split, known);
  return {
    rows: split,
    fields,
    body: split.body,
    issues: [...(split.isLong ? [longRow(path, text, split)] : []), ...issues, ...duplicatesIn(path, fields)],
  };
}

function isFields(yaml: string): boolean {
  return readYaml(yaml, 0, 1).kind === "fields";
}

function readFields(
  path: string,
  text: string,
  { start, end }: HeadRows,
  { isKnown, plain = [] }: KnownNames,
): { readonly fields: readonly Field[]; readonly issues: readonly Issue[] } {
  // The row above it is the file's first line.
  const line = 2;
  const yaml = readYaml(text.slice(start, end), start, line);
  if (yaml.kind === "fields") return { fields: yaml.fields, issues: [] };
  if (yaml.kind === "no-map") {
    const problem = `the front matter is ${yaml.what}, not fields, so no tool reads a name or a description from it`;
    return {
      fields: [],
      issues: [issue("no-fields", `${path}:${line}`, problem, "Write fields such as name: value.")],
    };
  }
  const fields = readLines(text, start, end, line, isKnown);
  const refused = fields.filter((field) => field.refused !== undefined);
  const issues = refused.filter(({ key }) => !plain.includes(key)).map((field) => refusal(path, field));
  if (refused.length > 0) return { fields, issues };
  const at = line + lineEndsIn(text.slice(start, start + yaml.at));
  const problem = "YAML refuses the front matter, so it is read field by field";
  return { fields, issues: [{ ...issue("invalid-yaml", `${path}:${at}`, problem), cause: yaml.cause }] };
}

function lineEndsIn(text: string): number {
  return [...text.matchAll(/\r\n|\n|\r/g)].length;
}

function refusal(path: string, { key, line, text = "", refused = "" }: Field): Issue {
  const problem = `YAML refuses the field "${key}", so its text is read as it stands`;
  // In quotes, a list would be one text.
  const hint = /\n[ ]*\t/.test(text) ? "Indent with spaces, not with tabs." : `Write: ${key}: ${quoted(text)}`;
  return { ...issue("invalid-yaml", `${path}:${line}`, problem, hint), cause: refused };
}

function longRow(path: string, text: string, { end }: HeadRows): Issue {
  const line = 1 + lineEndsIn(text.slice(0, end));
  const problem =
    "the row that closes the front matter has more than three dashes, which some tools do not take for it";
  return issue("long-closing-row", `${path}:${line}`, problem, "Write: ---");
}

/** One finding for each key, however often it is there. */
function duplicatesIn(path: string, fields: readonly Field[]): Issue[] {
  const places = new Map<string, number[]>();
  for (const { key, line } of fields) {
    const lines = places.get(key);
    if (lines === undefined) places.set(key, [line]);
    else lines.push(line);
  }
  return [...places].flatMap(([key, [first, second, ...more]]) => {
    if (second === undefined) return [];
    const problem =
      more.length === 0
        ? `the field "${key}" is on line ${first} already, and that one is read`
        : `the field "${key}" is there ${more.length + 2} times, and the one on line ${first} is read`;
    return [issue("duplicate-field", `${path}:${second}`, problem, "Keep one of them.")];
  });
}
