import type { Document, Node, Pair, Scalar } from "yaml";
import { yamlLibrary } from "../format/yaml.ts";

/** A field of a head. Offsets are in the file's text. */
export interface Field {
  readonly key: string;
  /** Its first line in the file, from 1. */
  readonly line: number;
  /** Where it begins and ends, the end of its last line included. */
  readonly start: number;
  readonly end: number;
  /** What stands between these is replaced by another value: all from the colon on, without a comment behind it. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** What the format reads. Where it refuses, the text as it stands. */
  readonly value: unknown;
  /** A single value as it is spelled, quotes and escapes resolved: `1.0` stays `1.0`. Undefined for lists and maps. */
  readonly text: string | undefined;
  /** How the value is written. */
  readonly style: "plain" | "quoted" | "block" | "flow" | "raw";
  /** Why the format refuses the value, which then stands as it is. */
  readonly refused?: string;
}

/** What YAML makes of a head. */
export type YamlHead =
  | { readonly kind: "fields"; readonly fields: readonly Field[] }
  | { readonly kind: "no-map"; readonly what: string }
  | { readonly kind: "refused"; readonly cause: string; readonly at: number };

/**
 * How much the library is given: beyond, it takes minutes for a few hundred characters (`{{{{`, `? ? ?`) or ends the process. The
 * largest real head has 6,000 characters and 20 brackets.
 */
const MOST = { characters: 32_000, brackets: 64, questions: 16 };

/** Whether the library reads a text in time that grows with its length. */
function isBounded(yaml: string): boolean {
  if (yaml.length > MOST.characters) return false;
  let [brackets, questions] = [0, 0];
  for (let index = 0; index < yaml.length; index++) {
    const code = yaml.charCodeAt(index);
    if (code === 0x5b || code === 0x7b) brackets++;
    else if (code === 0x3f && !/[\w)]/.test(yaml[index - 1] ?? " ")) questions++;
  }
  return brackets <= MOST.brackets && questions <= MOST.questions;
}

/** Reads a text with the library; undefined where it is too much, or where the library fails on it. */
function parse(yaml: string): Document.Parsed | undefined {
  if (!isBounded(yaml)) return undefined;
  try {
    // The library does not know a carriage return alone as a line end; a line feed is as long.
    const text = yaml.replace(/\r(?!\n)/g, "\n");
    return yamlLibrary().parseDocument(text, { version: "1.2", uniqueKeys: false, prettyErrors: false });
  } catch {
    return undefined;
  }
}

/** How often an alias may be used: lists of lists of aliases grow beyond any memory. */
const aliases = { maxAliasCount: 100 };

/** Reads a whole head as YAML 1.2. `start` and `line` say where it stands in the file. */
export function readYaml(yaml: string, start: number, line: number): YamlHead {
  const document = parse(yaml);
  if (document === undefined) return { kind: "refused", cause: "it is too long or too deep", at: 0 };
  const problem = problemOf(document);
  if (problem !== undefined) return { kind: "refused", ...problem };
  const { isMap, isSeq } = yamlLibrary();
  const { contents } = document;
  if (contents === null) return { kind: "fields", fields: [] };
  if (!isMap(contents)) return { kind: "no-map", what: isSeq(contents) ? "a list" : "a sentence" };
  try {
    const lines = lineCounter(yaml, line);
    const fields = contents.items.map((pair) => fieldOf(pair as Pair<Node, Node>, document, yaml, start, lines));
    return { kind: "fields", fields };
  } catch (error) {
    return { kind: "refused", cause: sentence((error as Error).message), at: 0 };
  }
}

/** Reads one field by itself; a message where YAML refuses it. */
export function readAlone(yaml: string): Pick<Field, "value" | "text" | "style"> | string {
  const document = parse(yaml);
  if (document === undefined) return "it is too long or too deep";
  const problem = problemOf(document);
  if (problem !== undefined) return problem.cause;
  const { isMap } = yamlLibrary();
  const pair =
    isMap(document.contents) && document.contents.items.length === 1 ? document.contents.items[0] : undefined;
  if (pair === undefined) return "it is not a field";
  try {
    return readValue(pair as Pair<Node, Node>, document);
  } catch (error) {
    return sentence((error as Error).message);
  }
}

function problemOf({ errors, warnings }: Document.Parsed): { readonly cause: string; readonly at: number } | undefined {
  // A tag that nobody knows is only a warning, but the text loses a word by it.
  const problem = errors[0] ?? warnings[0];
  return problem && { cause: sentence(problem.message), at: problem.pos[0] };
}

/** The library's message as the end of a sentence. */
function sentence(message: string): string {
  const [line = ""] = message.split("\n", 1);
  return line.replace(/ at line \d+, column \d+:?$/, "").replace(/[.:]$/, "");
}

function readValue({ value }: Pair<Node, Node | null>, document: Document): Pick<Field, "value" | "text" | "style"> {
  const { isScalar, isAlias, isCollection } = yamlLibrary();
  const data: unknown = value?.toJS(document, aliases) ?? null;
  if (value === null || isAlias(value)) return { value: data, text: textOf(data), style: "plain" };
  if (isScalar(value)) return { value: data, text: scalarText(value, data), style: styleOf(value) };
  return { value: data, text: undefined, style: isCollection(value) && value.flow ? "flow" : "block" };
}

/** A plain number or date as it is spelled: `1.0` is a version, and no number. */
function scalarText({ source, type }: Scalar, data: unknown): string | undefined {
  return type === "PLAIN" && source !== undefined && data !== null ? source : textOf(data);
}

function textOf(data: unknown): string | undefined {
  return typeof data === "object" ? undefined : String(data);
}

function styleOf({ type }: Scalar): Field["style"] {
  if (type === "PLAIN") return "plain";
  return type?.startsWith("QUOTE") ? "quoted" : "block";
}

type Lines = (offset: number) => number;

/** Counts the lines up to an offset; offsets only grow. */
export function lineCounter(text: string, first: number): Lines {
  let [line, from] = [first, 0];
  return (offset) => {
    for (const _ of text.slice(from, offset).matchAll(/\r\n|\n|\r/g)) line++;
    from = Math.max(from, offset);
    return line;
  };
}

function fieldOf(
  pair: Pair<Node, Node | null>,
  document: Document,
  yaml: string,
  offset: number,
  lineOf: Lines,
): Field {
  const { isScalar } = yamlLibrary();
  const [keyStart = 0, keyEnd = 0] = pair.key.range ?? [];
  const key = isScalar(pair.key) ? String(pair.key.value) : yaml.slice(keyStart, keyEnd);
  const read = readValue(pair, document);
  const colon = keyEnd + (/^\s*:/.exec(yaml.slice(keyEnd, keyEnd + 200))?.[0].length ?? 0);
  const [, valueEnd = colon] = pair.value?.range ?? [];
  // A block ends with its last line, a single value before the comment behind it.
  const end = Math.max(colon, keyEnd, trimmedEnd(yaml, colon, valueEnd));
  const lineStart = startOfLine(yaml, keyStart);
  const isAlone = /^[ \t]*$/.test(yaml.slice(lineStart, keyStart));
  const [rest = ""] = /^[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|$)/.exec(yaml.slice(end, end + 10_000)) ?? [];
  return {
    key,
    line: lineOf(keyStart),
    start: offset + (isAlone ? lineStart : keyStart),
    end: offset + end + rest.length,
    valueStart: offset + Math.max(colon, keyEnd),
    valueEnd: offset + end,
    ...read,
  };
}

function startOfLine(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !/[\r\n]/.test(text[at - 1] as string)) at--;
  return at;
}

/** The end of a value without the line ends and spaces behind it. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] as string)) at--;
  return at;
}
