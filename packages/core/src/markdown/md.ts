import { PersonaKitError } from "../issues/issue.ts";
import { said } from "../issues/values.ts";
import { codeSpans, type Stretch } from "./code-spans.ts";
import { blockOpenedBy, escapeInline, oneLine, startSafely } from "./escape.ts";

/** A value that `md` inserts as it stands, because its author vouches for its Markdown. */
export interface Raw {
  readonly kind: "raw";
  readonly markdown: string;
}

/** What you can put into an `md` template. A list is joined with commas. */
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
  let probe = strings[0] as string;
  const places = values.map((value, index) => {
    const start = probe.length;
    probe += isRaw(value) ? value.markdown : PLACEHOLDER;
    const end = probe.length;
    probe += strings[index + 1] as string;
    return { start, end };
  });
  const { spans, strays } = codeSpans(probe);
  const edits: (Stretch & { readonly text: string })[] = strays.map(({ start, end }) => ({
    ...{ start, end },
    text: "\\`".repeat(end - start),
  }));
  for (const [index, { start, end }] of places.entries()) {
    const value = values[index] as Exclude<Value, Raw>;
    if (isRaw(value)) continue;
    const inCode = spans.some((span) => span.start < start && end < span.end);
    edits.push({ start, end, text: interpolate(value, inCode, !inCode && probe.endsWith("](", start)) });
  }
  return keptInLine(withEdits(probe, edits), probe);
}

/** A text in which no line opens a block that only its values make. What the template opens is the author's, and refused later. */
function keptInLine(text: string, probe: string): string {
  if (!text.includes("\n")) return blockOpenedBy(probe) === undefined ? startSafely(text) : text;
  const probes = probe.split("\n");
  return text
    .split("\n")
    .map((line, index) => keptInLine(line, probes[index] as string))
    .join("\n");
}

/** Stands for a value while code is looked for: any character that is not markup. */
const PLACEHOLDER = "x";

function isRaw(value: Value): value is Raw {
  return typeof value === "object" && value !== null && "kind" in value;
}

function withEdits(text: string, edits: (Stretch & { readonly text: string })[]): string {
  let edited = "";
  let from = 0;
  for (const { start, end, text: instead } of edits.sort((a, b) => a.start - b.start)) {
    edited += text.slice(from, start) + instead;
    from = end;
  }
  return edited + text.slice(from);
}

function interpolate(value: Exclude<Value, Raw>, inCode: boolean, inAddress: boolean): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
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
