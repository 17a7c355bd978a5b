import { fenceAround, oneLine } from "../markdown/escape.ts";
import { split } from "../read/split.ts";
import type { EntryKind, Spaced } from "./kind.ts";

/** How a code example stands on the page. */
export interface ExampleLook extends Spaced {
  /** Leaves the code as it stands: its indentation, and blank lines around it. The language may be any info string of a fence. */
  readonly exact?: boolean;
  /** Another fence: tildes, or a longer one. Default: as many backticks as the code needs. */
  readonly fence?: string;
}

/** A fenced code example. */
export interface Example extends ExampleLook {
  readonly kind: "example";
  /** The info string of the fence: "ts", "sh", "dockerfile". */
  readonly language: string;
  readonly code: string;
}

/**
 * A code example. Blank lines around it and the indentation that all its lines share are taken off; with `exact: true`, it is
 * left as it stands.
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
export function example(language: string, code: string, look?: ExampleLook): Example {
  if (look?.exact === true) return { ...look, kind: "example", language, code: code.replace(/\r\n?/g, "\n") };
  return { ...look, kind: "example", language: oneLine(language).replace(/[\s`].*/, ""), code: dedent(code) };
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

const LONGEST_FENCE = 100;

function isFence(fence: unknown): fence is string {
  return typeof fence === "string" && fence.length <= LONGEST_FENCE && /^(?:`{3,}|~{3,})$/.test(fence);
}

/** Whether no line of some code closes a fence. */
function staysIn(fence: string, code: string): boolean {
  return split(`${fence}\n${code}`).blocks[0]?.isOpen === true;
}

export const exampleKind: EntryKind<Example> = {
  keys: ["kind", "language", "code", "exact", "fence", "blank"],
  check(issues, { language, code, exact, fence }) {
    if (exact !== undefined && typeof exact !== "boolean") issues.add("wrong-type", "exact is not true or false");
    if (typeof language === "string") issues.atMost("cell", "the example's language", language.length);
    // A space or a backtick in the info string could end the fence.
    const isInfo = typeof language === "string" && !(exact === true ? /[`\n\r]|^\s|\s$/ : /[\s`]/).test(language);
    if (!isInfo) issues.add("wrong-type", "the example's language is not one word", 'Expected a form such as "ts".');
    if (typeof code !== "string") issues.add("wrong-type", "the example has no code");
    else if (!issues.atMost("text", "the example", code.length)) return;
    else if (code.includes("\r")) issues.add("line-break", "the code has line ends other than LF");
    else if (fence !== undefined && !(isFence(fence) && staysIn(fence, code))) {
      issues.add(
        "wrong-type",
        "the fence is none, or the code would close it",
        'Expected a form such as "~~~", and longer.',
      );
    }
  },
  label: () => "example",
  headline: () => "example",
  state: ({ language, code }) => `example: ${language}\n${code}`,
  content: ({ code }) => code,
  isProse: false,
  instructs: true,
  since: ({ exact, fence }) => ((exact ?? fence) === undefined ? 1 : 2),
  render(page, run, { blanks }) {
    for (const { language, code, origin, blank = blanks, exact = false, fence = fenceAround(code) } of run) {
      page.blank(origin, blank);
      page.line(fence + language, origin);
      const lines = exact && code === "" ? [] : code.split("\n");
      for (const each of lines) page.line(each, origin);
      page.line(fence, origin);
    }
  },
};
