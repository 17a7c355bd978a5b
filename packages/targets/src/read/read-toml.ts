import type { Issue, SourceFile } from "@personakit/core";
import { isRecord, own } from "@personakit/core/internal";
import { readToml } from "../format/toml.ts";
import { failure } from "../issues/issue.ts";
import { type Field, lineCounter } from "./read-yaml.ts";
import { BOM, withoutMark } from "./split-head.ts";
import { type Body, bodyOf } from "./verbatim.ts";

/** A field and, for a text, where it stands without its quotes. */
interface Scanned {
  readonly key: string;
  readonly start: number;
  end: number;
  readonly valueStart: number;
  valueEnd: number;
  readonly content?: { readonly start: number; readonly end: number } | undefined;
}

/**
 * Reads a file of TOML with the place of each field; its text stands under the key `body`. Throws a PersonaKitError for what does not
 * parse: tools drop such a file.
 */
export function readTomlHead(
  path: string,
  text: string,
  body: string,
): { readonly fields: readonly Field[]; readonly body: Body; readonly issues: readonly Issue[] } {
  const data = parse(path, text);
  const lineOf = lineCounter(text, 1);
  let content: Scanned["content"];
  const fields: Field[] = [];
  for (const scanned of scan(text)) {
    const { key, start, end, valueStart, valueEnd } = scanned;
    if (key === body) {
      content = scanned.content;
      continue;
    }
    const value = own(data, key);
    const single = typeof value === "object" || value === undefined ? undefined : String(value);
    fields.push({ key, line: lineOf(start), start, end, valueStart, valueEnd, value, text: single, style: "quoted" });
  }
  const value = own(data, body);
  if (content === undefined || typeof value !== "string")
    return { fields, body: bodyOf(text, text.length, text.length), issues: [] };
  return { fields, body: spelledBody(text, content, value), issues: [] };
}

function parse(path: string, text: string): { readonly [key: string]: unknown } {
  try {
    const data = readToml(withoutMark(text));
    return isRecord(data) ? data : {};
  } catch (error) {
    const [cause = ""] = (error as Error).message.split("\n");
    throw failure("unparsable-file", path, `the file does not parse as TOML, so its tool drops it: ${cause}`);
  }
}

/** A body as it is written between its quotes, where it may have escapes. */
function spelledBody(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  value: string,
): Body {
  const plain = bodyOf(text, start, end);
  const said = value
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
  if (plain.text === said) return plain;
  const head = text.slice(0, start);
  return { head, text: said, eol: "\n", tail: text.slice(end), raw: text.slice(start, end) };
}

const QUOTES = ['"""', "'''", '"', "'"] as const;

/** The fields of a file that parses, and each table as one, at the offsets where they stand. */
function scan(text: string): Scanned[] {
  const fields: Scanned[] = [];
  let table: Scanned | undefined;
  for (let at = text.startsWith(BOM) ? BOM.length : 0; ; ) {
    at = skipGap(text, at);
    if (at >= text.length) return fields;
    const start = at;
    if (text[at] === "[") {
      at = endOfLine(text, at);
      const [, key = ""] = /^\[+\s*(?:"([^"]*)"|'[^']*'|[\w-]+)/.exec(text.slice(start, at)) ?? [];
      const bare = /^\[+\s*["']?([\w-]*)/.exec(text.slice(start, at))?.[1] ?? "";
      table = { key: key || bare, start, end: at, valueStart: start, valueEnd: at };
      fields.push(table);
      continue;
    }
    const keyEnd = endOfKey(text, at);
    const valueStart = keyEnd + 1;
    const value = skipSpaces(text, valueStart);
    const { end: valueEnd, content } = endOfValue(text, value);
    at = endOfLine(text, valueEnd);
    if (table !== undefined) {
      [table.end, table.valueEnd] = [at, at];
      continue;
    }
    const key = firstKey(text.slice(start, keyEnd));
    fields.push({ key, start, end: at, valueStart, valueEnd, content });
  }
}

function firstKey(key: string): string {
  const [, bare, double, single] = /^\s*(?:([\w-]+)|"([^"]*)"|'([^']*)')/.exec(key) ?? [];
  return bare ?? double ?? single ?? key.trim();
}

/** Blank lines and comments. */
function skipGap(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text[at] === "#") at = endOfLine(text, at);
    else if (/\s/.test(text[at] as string)) at++;
    else break;
  }
  return at;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at++;
  return at;
}

/** Behind the line's end. */
function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end + 1;
}

/** The equals sign behind a key, whose quotes may hold one. */
function endOfKey(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "=") {
    at = text[at] === '"' || text[at] === "'" ? endOfValue(text, at).end : at + 1;
  }
  return at;
}

function endOfValue(text: string, from: number): { readonly end: number; readonly content?: Scanned["content"] } {
  const quote = QUOTES.find((each) => text.startsWith(each, from));
  if (quote !== undefined) return endOfText(text, from, quote);
  if (text[from] !== "[" && text[from] !== "{") {
    let at = from;
    while (at < text.length && !/[\s,\]}#]/.test(text[at] as string)) at++;
    // A date may have a space before its time.
    if (text[at] === " " && /^ \d\d:/.test(text.slice(at, at + 4))) return endOfValue(text, at + 1);
    return { end: Math.max(at, from + (at === from ? 1 : 0)) };
  }
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const character = text[at] as string;
    if (character === "#") at = endOfLine(text, at);
    else if (character === '"' || character === "'") at = endOfValue(text, at).end;
    else {
      if (character === "[" || character === "{") depth++;
      if (character === "]" || character === "}") depth--;
      at++;
      if (depth === 0) return { end: at };
    }
  }
  return { end: text.length };
}

function endOfText(text: string, from: number, quote: (typeof QUOTES)[number]): ReturnType<typeof endOfValue> {
  const hasEscapes = quote.startsWith('"');
  let at = from + quote.length;
  while (at < text.length && !text.startsWith(quote, at)) at += hasEscapes && text[at] === "\\" ? 2 : 1;
  // One or two quotes in front of the end belong to the text.
  const mark = quote[0] as string;
  if (quote.length === 3) for (let more = 0; more < 2 && text[at + 3] === mark; more++) at++;
  const first = from + quote.length;
  const [newline = ""] = quote.length === 3 ? (/^\r?\n/.exec(text.slice(first, first + 2)) ?? []) : [];
  return { end: Math.min(text.length, at + quote.length), content: { start: first + newline.length, end: at } };
}

/** A text between the quotes that stand at the end of `head`. Throws a PersonaKitError where it cannot stand there. */
export function spellToml({ head, raw }: Pick<SourceFile, "head" | "raw">, body: string, place: string): string {
  const [, quote = "'''"] = /("""|'''|"|')\s*$/.exec(head.slice(-200)) ?? [];
  if (raw !== undefined && decode(quote, raw) === body) return raw;
  if (quote === '"') return JSON.stringify(body).slice(1, -1);
  if (quote === '"""') return escapeLines(body);
  if (!body.includes(quote) && (quote === "'''" || !body.includes("\n"))) return body;
  const hint = 'Put the text between """ instead.';
  throw failure("not-read-back", place, `the text cannot stand between ${quote}, which has no escapes`, hint);
}

function decode(quote: string, raw: string): string | undefined {
  try {
    const { text } = readToml(`text = ${quote}${quote.length === 3 ? "\n" : ""}${raw}${quote}\n`) as { text?: unknown };
    return typeof text === "string"
      ? text
          .replace(/\r\n?/g, "\n")
          .replace(/^(?:[^\S\n]*\n)+/, "")
          .trimEnd()
      : undefined;
  } catch {
    return undefined;
  }
}

function escapeLines(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"""', '""\\"')
    .replace(/(?![\t\n])\p{Cc}/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
