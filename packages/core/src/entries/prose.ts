import { oneLine } from "../markdown/escape.ts";
import type { EntryKind } from "./kind.ts";

/** Paragraphs between rules, separated by blank lines. */
export interface Prose {
  readonly kind: "prose";
  readonly text: string;
}

/**
 * Paragraphs; a blank line separates two, a single line break becomes a space.
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
export function prose(text: string): Prose {
  const paragraphs = text.split(/\n[^\S\n]*\n/).map(oneLine);
  return { kind: "prose", text: paragraphs.filter((paragraph) => paragraph !== "").join("\n\n") };
}

export const proseKind: EntryKind<Prose> = {
  check(issues, { text }) {
    if (typeof text !== "string" || text.trim() === "") issues.add("missing-text", "the text is empty");
    else if (!issues.atMost("text", "the text", text.length)) return;
    else if (/\r|(?<!\n)\n(?!\n)|\n{3}/.test(text)) {
      issues.add("line-break", "a paragraph has line breaks", "Separate paragraphs by one blank line.");
    }
  },
  label: () => "prose",
  headline: () => "prose",
  state: ({ text }) => `prose: ${text}`,
  content: ({ text }) => text,
  isProse: true,
  instructs: false,
  render(page, run) {
    for (const { text, origin } of run) {
      for (const paragraph of text.split("\n\n")) page.paragraph(paragraph, origin);
    }
  },
};
