import { PersonaKitError } from "./errors.ts";

/** A value that `md` inserts as it stands, because its author vouches for its Markdown. */
export interface Raw {
  readonly kind: "raw";
  readonly markdown: string;
}

/** What may stand in an `md` template. A list is joined with commas. */
export type Value = string | number | boolean | readonly string[] | Raw;

/** Marks Markdown that `md` must not escape. The author answers for it: never pass a parameter through it unchecked. */
export function raw(markdown: string): Raw {
  return { kind: "raw", markdown };
}

/**
 * Inline Markdown with values that stay data: each reads back as exactly its own text.
 * Line breaks in values become spaces. Throws when a value with a backtick stands in a code span, where nothing can escape it.
 */
export function md(strings: TemplateStringsArray, ...values: readonly Value[]): string {
  let text = strings[0] as string;
  let inCode = opensCode(text, false);
  for (let i = 0; i < values.length; i++) {
    const literal = strings[i + 1] as string;
    text += interpolate(values[i] as Value, inCode) + literal;
    inCode = opensCode(literal, inCode);
  }
  return text;
}

/** Whether a code span is open after a literal part. */
function opensCode(literal: string, open: boolean): boolean {
  for (let i = literal.indexOf("`"); i !== -1; i = literal.indexOf("`", i + 1)) {
    if (literal[i - 1] !== "\\" || open) open = !open;
  }
  return open;
}

function interpolate(value: Value, inCode: boolean): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "object" && "kind" in value) return value.markdown;
  const text = collapse(typeof value === "string" ? value : value.join(", "));
  if (!inCode) return escapeInline(text);
  if (text.includes("`")) {
    throw new PersonaKitError([
      {
        place: `value ${JSON.stringify(text)}`,
        problem: "a backtick cannot stand in a code span",
        hint: "Take the backtick out of the value.",
      },
    ]);
  }
  return text;
}

/** Space other than single blanks between words. */
const UNEVEN = /[^\S ]|\p{Cc}| {2}|^ | $/u;

/** One line: runs of white space and control characters become a space. */
export function collapse(text: string): string {
  return UNEVEN.test(text) ? text.replace(/[\s\p{Cc}]+/gu, " ").trim() : text;
}

const SPECIAL = /[\\`*_[<&~]/;
const ESCAPES =
  /\\(?=[!-/:-@[-`{-~]|$)|`|\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\[|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)|~/gu;

/** Escapes what would be inline markup, and nothing else: `node-fetch` and `snake_case` stay as they are. */
function escapeInline(text: string): string {
  return SPECIAL.test(text) ? text.replace(ESCAPES, "\\$&") : text;
}

const BLOCK_START =
  /^(?:#{1,6}(?:\s|$)|[-+*](?:\s|$)|>|[-*_=](?:\s*[-*_=])*\s*$|`{3}|~{3}|\||<|\[[^\]]*\]:|\[[ xX]\]\s)/;
const ORDERED_START = /^(\d{1,9})([.)])(?=\s|$)/;

/** Text that opens no block when it starts a line: no heading, list, quote, fence, table, HTML or definition. */
export function startSafely(text: string): string {
  const first = text.charCodeAt(0);
  // Letters start most lines and never a block.
  if ((first >= 65 && first <= 90) || (first >= 97 && first <= 122)) return text;
  if (BLOCK_START.test(text)) return `\\${text}`;
  return text.replace(ORDERED_START, "$1\\$2");
}
