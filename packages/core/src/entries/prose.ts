import { checkInline, unwrapped } from "../markdown/inline.ts";
import type { EntryKind } from "./kind.ts";

/** Paragraphs between rules, separated by blank lines. */
export interface Prose {
  readonly kind: "prose";
  readonly text: string;
}

/**
 * Paragraphs of inline Markdown. A blank line separates two; within one, a line may be wrapped as in any Markdown file.
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
  if (typeof text !== "string") return { kind: "prose", text };
  const paragraphs = text.split(/\n[^\S\n]*\n/).map(unwrapped);
  return { kind: "prose", text: paragraphs.filter((paragraph) => paragraph !== "").join("\n\n") };
}

const PARAGRAPHS = "Put a blank line between paragraphs, and neither two spaces nor a backslash at the end of a line.";

export const proseKind: EntryKind<Prose> = {
  check(issues, { text }) {
    if (typeof text !== "string" || text.trim() === "") issues.add("missing-text", "the text is empty");
    else if (!issues.atMost("text", "the text", text.length)) return;
    else text.split("\n\n").every((paragraph) => checkInline(issues, "a paragraph", paragraph, PARAGRAPHS));
  },
  label: () => "prose",
  headline: () => "prose",
  state: ({ text }) => `prose: ${text}`,
  content: ({ text }) => text,
  isProse: true,
  instructs: false,
  since: () => 1,
  render(page, run) {
    for (const { text, origin } of run) {
      for (const paragraph of text.split("\n\n")) page.paragraph(paragraph, origin);
    }
  },
};
