import { fenceAround, oneLine } from "../markdown/escape.ts";
import type { EntryKind } from "./kind.ts";

/** A fenced code example. */
export interface Example {
  readonly kind: "example";
  /** The info string of the fence: "ts", "sh", "dockerfile". */
  readonly language: string;
  readonly code: string;
}

/**
 * A code example. Blank lines around it and the indentation that all its lines share are taken off.
 *
 * @example
 * ```ts
 * import { example } from "@personakit/core";
 *
 * export const install = example(
 *   "sh",
 *   `
 *     npm ci
 *     npm test
 *   `,
 * );
 * ```
 */
export function example(language: string, code: string): Example {
  return { kind: "example", language: oneLine(language).replace(/[\s`].*/, ""), code: dedent(code) };
}

function dedent(code: string): string {
  const lines = code
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd()
    .split("\n");
  const indents = lines.filter((each) => each.trim() !== "").map((each) => each.length - each.trimStart().length);
  const shared = indents.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return lines.map((each) => each.slice(shared).trimEnd()).join("\n");
}

export const exampleKind: EntryKind<Example> = {
  check(issues, { language, code }) {
    if (typeof language === "string") issues.atMost("cell", "the example's language", language.length);
    // A space or a backtick in the info string could end the fence.
    if (typeof language !== "string" || /[\s`]/.test(language)) {
      issues.add("wrong-type", "the example's language is not one word", 'Expected a form such as "ts".');
    }
    if (typeof code !== "string") issues.add("wrong-type", "the example has no code");
    else if (!issues.atMost("text", "the example", code.length)) return;
    else if (code.includes("\r")) issues.add("line-break", "the code has line ends other than LF");
  },
  label: () => "example",
  headline: () => "example",
  state: ({ language, code }) => `example: ${language}\n${code}`,
  content: ({ code }) => code,
  isProse: false,
  instructs: true,
  since: () => 1,
  render(page, run) {
    for (const { language, code, origin } of run) {
      const fence = fenceAround(code);
      page.blank(origin);
      page.line(fence + language, origin);
      for (const each of code.split("\n")) page.line(each, origin);
      page.line(fence, origin);
    }
  },
};
