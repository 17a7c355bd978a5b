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
 * Line breaks in values become spaces. Throws on a value that no escape can save where it stands: with a backtick or empty in a code span, with a space or a
 * bracket in a link's address.
 */
export function md(strings: TemplateStringsArray, ...values: readonly Value[]): string {
  let text = strings[0] as string;
  let fence = codeFence(text, "");
  for (let i = 0; i < values.length; i++) {
    const literal = strings[i + 1] as string;
    const before = strings[i] as string;
    text += interpolate(values[i] as Value, fence !== "", fence === "" && before.endsWith("](")) + literal;
    fence = codeFence(literal, fence);
  }
  return text;
}

/** The run of backticks that a code span was opened with and that is still open after a literal part; "" for none. */
function codeFence(literal: string, open: string): string {
  if (!literal.includes("`")) return open;
  for (const { 0: run, index } of literal.matchAll(/`+/g)) {
    if (open === "") open = literal[index - 1] === "\\" ? run.slice(1) : run;
    else if (run === open) open = "";
  }
  return open;
}

function interpolate(value: Value, inCode: boolean, inAddress: boolean): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "object" && value !== null && "kind" in value) return value.markdown;
  if (typeof value !== "string" && !Array.isArray(value)) {
    throw refused(value, "is no text, number, boolean or list of texts", "Pass a value that can be written.");
  }
  const text = collapse(typeof value === "string" ? value : value.join(", "));
  if (inCode && text === "") throw refused(text, "leaves a code span empty", "Leave the code span out.");
  if (inCode && text.includes("`")) throw refused(text, "has a backtick in a code span", "Take the backtick out.");
  if (inAddress && /[\s()<>]/.test(text)) throw refused(text, "is no address for a link", "Encode it first.");
  return inCode || inAddress ? text : escapeInline(text);
}

function refused(value: unknown, problem: string, hint: string): PersonaKitError {
  return new PersonaKitError([{ place: `md, value ${JSON.stringify(value)}`, problem: `it ${problem}`, hint }]);
}

/** Space other than single blanks between words. */
const UNEVEN = /[^\S ]|\p{Cc}| {2}|^ | $/u;

/** One line: runs of white space and control characters become a space. */
export function collapse(text: string): string {
  return UNEVEN.test(text) ? text.replace(/[\s\p{Cc}]+/gu, " ").trim() : text;
}

const SPECIAL = /[\\`*_[\]<&~]/;
const ESCAPES =
  /\\(?=[!-/:-@[-`{-~]|$)|`|\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|[[\]]|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)|~/gu;

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

/** A fence of backticks that nothing in a text can close. */
export function fenceAround(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return "`".repeat(longest + 1);
}

/** A link to a reference: `[title](ref:id)`. A value cannot make one, because `md` escapes its brackets. */
export const REFERENCE_LINK = /(?<!\\)\]\(ref:([^)]*)\)/g;
