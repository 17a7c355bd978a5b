import { checkInline, checkKeptLines, keptLines, unwrapped } from "../markdown/inline.ts";
import type { EntryKind, Spaced } from "./kind.ts";

/** How prose stands on the page. */
export interface ProseLook extends Spaced {
  /** Keeps the line breaks inside of paragraphs. Default: a paragraph becomes one line. */
  readonly breaks?: boolean;
}

/** Paragraphs between rules, separated by blank lines. */
export interface Prose extends ProseLook {
  readonly kind: "prose";
  readonly text: string;
}

/**
 * Paragraphs of inline Markdown. A blank line separates two; within one, a line may be wrapped as in any Markdown file. With
 * `breaks: true`, lines stay as they are.
 *
 * @example
 * ```ts
 * import { must, prose, section } from "@personakit/core";
 *
 * export const release = section({
 *   id: "release",
 *   title: "Release",
 *   rules: {
 *     intro: prose("Every release is cut from the main branch.\n\nA hotfix takes the same steps."),
 *     tag: must("Tag the commit with the version."),
 *   },
 * });
 * ```
 */
export function prose(text: string, look?: ProseLook): Prose {
  if (typeof text !== "string") return { ...look, kind: "prose", text };
  const paragraphs = text.split(/\n[^\S\n]*\n/).map(look?.breaks === true ? keptLines : unwrapped);
  return { ...look, kind: "prose", text: paragraphs.filter((paragraph) => paragraph !== "").join("\n\n") };
}

const PARAGRAPHS = "Put a blank line between paragraphs, and neither two spaces nor a backslash at the end of a line.";

export const proseKind: EntryKind<Prose> = {
  keys: ["kind", "text", "breaks", "blank"],
  check(issues, { text, breaks }) {
    if (breaks !== undefined && typeof breaks !== "boolean") issues.add("wrong-type", "breaks is not true or false");
    if (typeof text !== "string" || text.trim() === "") issues.add("missing-text", "the text is empty");
    else if (!issues.atMost("text", "the text", text.length)) return;
    else if (breaks === true) text.split("\n\n").every((each) => checkKeptLines(issues, "a paragraph", each));
    else text.split("\n\n").every((paragraph) => checkInline(issues, "a paragraph", paragraph, PARAGRAPHS));
  },
  label: () => "prose",
  headline: () => "prose",
  state: ({ text }) => `prose: ${text}`,
  content: ({ text }) => text,
  isProse: true,
  instructs: false,
  since: ({ breaks }) => (breaks === undefined ? 1 : 2),
  render(page, run, { blanks }) {
    for (const { text, origin, blank = blanks, breaks = false } of run) {
      for (const [index, paragraph] of text.split("\n\n").entries()) {
        page.paragraph(paragraph, origin, index === 0 ? blank : 1, breaks);
      }
    }
  },
};
