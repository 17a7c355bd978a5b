import { swallowsWhatFollows } from "../read/open-end.ts";
import type { EntryKind, Spaced } from "./kind.ts";

/** Markdown that is written as it stands. */
export interface Markdown extends Spaced {
  readonly kind: "markdown";
  readonly text: string;
}

/**
 * Markdown as it stands: any blocks, never escaped, never changed. Use it for what no other entry says: a quote, a nested list
 * with code in it, HTML. Only blank lines around it are taken off. What stands below must stay outside of it, so that a code
 * fence, a comment or a block of HTML that is left open is refused.
 *
 * @example
 * ```ts
 * import { markdown } from "@personakit/core";
 *
 * export const layout = markdown(`
 * > Keep each package to one job.
 *
 * 1. Read \`docs/map.md\`.
 *    - It names every package.
 * `);
 * ```
 */
export function markdown(text: string, look?: Spaced): Markdown {
  // From JavaScript it may be anything; what checks it says so.
  if (typeof text !== "string") return { ...look, kind: "markdown", text };
  return { ...look, kind: "markdown", text: withoutBlankEnds(text.replace(/\r\n?/g, "\n")) };
}

/** A text without the blank lines at its start and at its end. */
function withoutBlankEnds(text: string): string {
  const start = text.lastIndexOf("\n", text.search(/\S/)) + 1;
  const end = text.indexOf("\n", text.trimEnd().length);
  return text.slice(text.trim() === "" ? text.length : start, end === -1 ? text.length : end);
}

export const markdownKind: EntryKind<Markdown> = {
  keys: ["kind", "text", "blank"],
  check(issues, { text }) {
    if (typeof text !== "string" || text.trim() === "") issues.add("missing-text", "the text is empty");
    else if (!issues.atMost("text", "the text", text.length)) return;
    else if (text.includes("\r")) issues.add("line-break", "the text has line ends other than LF");
    else if (/^[^\S\n]*\n|\n[^\S\n]*$/.test(text)) issues.add("line-break", "the text has blank lines around it");
    else {
      const open = swallowsWhatFollows(text);
      if (open === undefined) return;
      issues.add(
        "open-block",
        `${open.what} is left open, and would take in what stands below`,
        "Close it in the same entry.",
      );
    }
  },
  label: () => "markdown",
  headline: () => "markdown",
  state: ({ text }) => `markdown: ${text}`,
  content: ({ text }) => text,
  isProse: true,
  instructs: true,
  since: () => 2,
  render(page, run, { blanks }) {
    for (const { text, origin, blank = blanks } of run) page.verbatim(text, origin, blank);
  },
};
