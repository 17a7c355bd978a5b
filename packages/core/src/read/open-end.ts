import { split } from "./split.ts";

/** What a text opens and does not close. */
export interface OpenEnd {
  /** In words: "a code fence". */
  readonly what: "a code fence" | "an HTML comment" | "an HTML tag" | "HTML";
  /** The line that opens it, counted from 1. */
  readonly line: number;
}

/**
 * What a text of Markdown leaves open at its end, so that it would swallow whatever stands below, blank lines or not: a code
 * fence, a comment, or HTML that only its own end ends. Undefined where the next line at the left margin starts anew.
 */
export function swallowsWhatFollows(text: string): OpenEnd | undefined {
  const last = split(text).blocks.at(-1);
  if (last === undefined || !last.isOpen) return undefined;
  return {
    what: last.kind === "fence" ? "a code fence" : nameOfHtml(text.slice(last.start).trimStart()),
    line: last.first,
  };
}

function nameOfHtml(html: string): OpenEnd["what"] {
  if (html.startsWith("<!--")) return "an HTML comment";
  return /^<[A-Za-z]/.test(html) ? "an HTML tag" : "HTML";
}
