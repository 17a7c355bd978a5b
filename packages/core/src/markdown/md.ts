import { PersonaKitError } from "../issues/issue.ts";
import { said } from "../issues/values.ts";
import { escapeInline, oneLine } from "./escape.ts";

/** A value that `md` inserts as it stands, because its author vouches for its Markdown. */
export interface Raw {
  readonly kind: "raw";
  readonly markdown: string;
}

/** What may stand in an `md` template. A list is joined with commas. */
export type Value = string | number | boolean | readonly string[] | Raw;

/**
 * Marks Markdown that `md` must not escape. The author answers for it: never pass a parameter through it unchecked.
 *
 * @example
 * ```ts
 * import { md, must, raw } from "@personakit/core";
 *
 * const guide = raw("[the style guide](https://example.com/style)");
 * export const style = must(md`Name endpoints as ${guide} says.`);
 * ```
 */
export function raw(markdown: string): Raw {
  return { kind: "raw", markdown };
}

/**
 * Inline Markdown with values that stay data: each reads back as exactly its own text.
 * Line breaks in values become spaces. Throws on a value that no escape can save where it stands: one that is empty or has a
 * backtick in a code span, and one with a space or a bracket in a link's address.
 *
 * @example
 * ```ts
 * import { md, must } from "@personakit/core";
 *
 * export const releaseFrom = (branch: string) => must(md`Release from ${branch} only.`);
 * ```
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
  const text = oneLine(typeof value === "string" ? value : value.join(", "));
  if (inCode && text === "") throw refused(text, "leaves a code span empty", "Leave the code span out.");
  if (inCode && text.includes("`")) throw refused(text, "has a backtick in a code span", "Take the backtick out.");
  if (inAddress && /[\s()<>]/.test(text)) throw refused(text, "is no address for a link", "Encode it first.");
  return inCode || inAddress ? text : escapeInline(text);
}

function refused(value: unknown, problem: string, hint: string): PersonaKitError {
  return new PersonaKitError([
    {
      code: "unsafe-value",
      place: `md, value ${typeof value === "string" ? JSON.stringify(said(value)) : said(value)}`,
      problem: `it ${problem}`,
      hint,
    },
  ]);
}
