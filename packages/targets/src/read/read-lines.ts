import { type Field, readAlone, trimmedEnd } from "./read-yaml.ts";

/** A key at the start of a line, and what follows its colon. */
const KEY = /^(?:([A-Za-z_][\w.-]*)|"([^"]*)"|'([^']*)')[ \t]*:(?=\s|$)/;

const LINE = /([^\r\n]*)(\r\n|\n|\r|$)/y;

interface Line {
  readonly text: string;
  readonly start: number;
  /** Behind its line end. */
  readonly end: number;
  readonly number: number;
}

/** A field while its lines are read. */
interface Open {
  readonly key: string;
  readonly first: Line;
  /** How long the key is, the colon included. */
  readonly colon: number;
  /** The end of the last line that says something. */
  end: number;
  /** `<example>` without its end. */
  examples: number;
  /** The quote that the value began with and that is not closed yet. */
  quote: string;
  /** Whether text goes on at the start of lines, where only a known name can be a key. */
  isLoose: boolean;
}

/**
 * Reads a head that YAML refuses, field by field. A key is a word at the start of a line with a colon behind it; not inside an
 * `<example>` that ends further down, and only a known one after text that goes on without indentation, or in an open quote.
 * Each field is YAML if it is that by itself, else the text that stands there.
 */
export function readLines(
  text: string,
  start: number,
  end: number,
  firstLine: number,
  isKnown: (key: string) => boolean,
): Field[] {
  const head = text.slice(start, end);
  const lastExample = head.lastIndexOf("</example>");
  const fields: Field[] = [];
  const keys = new Set<string>();
  let open: Open | undefined;
  const close = (field: Open) => {
    fields.push(fieldOf(field, head, start, keys.has(field.key)));
    keys.add(field.key);
  };
  for (const line of linesOf(head, firstLine)) {
    const key = keyIn(line.text);
    if (key !== undefined && isKey(key.name, line, open, lastExample, isKnown)) {
      if (open !== undefined) close(open);
      open = { key: key.name, first: line, colon: key.length, end: line.end, examples: 0, quote: "", isLoose: false };
      const value = line.text.slice(key.length).trim();
      open.quote = openQuote(value);
      count(open, value);
    } else if (open !== undefined) goOn(open, line);
  }
  if (open !== undefined) close(open);
  return fields;
}

function* linesOf(head: string, first: number): Generator<Line> {
  LINE.lastIndex = 0;
  for (let [at, number] = [0, first]; at < head.length; number++) {
    LINE.lastIndex = at;
    const [whole, text = ""] = LINE.exec(head) ?? [""];
    yield { text, start: at, end: at + whole.length, number };
    at += whole.length;
  }
}

function keyIn(line: string): { readonly name: string; readonly length: number } | undefined {
  // A key is short; what is quoted may be anything.
  const [found, bare, double, single] = KEY.exec(line.slice(0, 200)) ?? [];
  const name = bare ?? double ?? single;
  return found === undefined || name === undefined ? undefined : { name, length: found.length };
}

function isKey(
  name: string,
  line: Line,
  open: Open | undefined,
  lastExample: number,
  isKnown: (key: string) => boolean,
): boolean {
  if (open === undefined) return true;
  if (open.examples > 0 && line.start < lastExample) return false;
  return (!open.isLoose && open.quote === "" && open.examples === 0) || isKnown(name);
}

function goOn(open: Open, { text, end }: Line): void {
  // Half of a merge is no text of anybody's.
  if (/^\s*$/.test(text) || /^(?:<{7}|={7}$|>{7})/.test(text)) return;
  // A comment between fields belongs to none.
  if (text.startsWith("#") && !open.isLoose && open.examples === 0 && open.quote === "") return;
  open.end = end;
  if (/^[^\s\-\]}]/.test(text)) open.isLoose = true;
  if (open.quote !== "" && text.trimEnd().endsWith(open.quote)) open.quote = "";
  count(open, text);
}

/** The quote that a value begins with, where no other one follows. */
function openQuote(value: string): string {
  const quote = value[0] ?? "";
  if (quote !== '"' && quote !== "'") return "";
  return value.includes(quote, 1) ? "" : quote;
}

function count(open: Open, text: string): void {
  for (const [tag] of text.matchAll(/<\/?example>/g)) open.examples += tag === "<example>" ? 1 : -1;
  open.examples = Math.max(0, open.examples);
}

/** A key that is there again is not read: its value says nothing. */
function fieldOf({ key, first, colon, end }: Open, head: string, offset: number, isAgain: boolean): Field {
  const valueStart = first.start + colon;
  const valueEnd = trimmedEnd(head, valueStart, end);
  const place = {
    key,
    line: first.number,
    start: offset + first.start,
    end: offset + end,
    valueStart: offset + valueStart,
    valueEnd: offset + valueEnd,
  };
  const raw = head.slice(valueStart, valueEnd).trim().replace(/\r\n?/g, "\n");
  const asItStands = { ...place, value: raw, text: raw, style: "raw" } as const;
  if (isAgain) return asItStands;
  const read = readAlone(head.slice(first.start, end));
  return typeof read === "string" ? { ...asItStands, refused: read } : { ...place, ...read };
}
