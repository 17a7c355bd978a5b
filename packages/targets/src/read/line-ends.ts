import type { LineEnd } from "@personakit/core";

/** The line ends of a text: one for all lines, or one for each where they differ. */
export type LineEnds = LineEnd | readonly LineEnd[];

/** A text with line feeds only, and the line ends that it had. */
export interface Unified {
  readonly text: string;
  readonly eol: LineEnds;
}

const END = /\r\n|\n|\r/g;

/** Unifies line ends. A text of one line has none of its own and takes those of `around`. */
export function unify(text: string, around: string): Unified {
  if (!text.includes("\r")) return { text, eol: text.includes("\n") ? "\n" : firstEnd(around) };
  const ends = text.match(END) as LineEnd[];
  const [first = "\n"] = ends;
  return { text: text.replace(/\r\n?/g, "\n"), eol: ends.every((end) => end === first) ? first : ends };
}

/** The first line end of a text; a line feed where it has none. */
export function firstEnd(text: string): LineEnd {
  return (/\r\n|\n|\r/.exec(text)?.[0] ?? "\n") as LineEnd;
}

/** Puts line ends back. Lines beyond those that had one of their own take the last. */
export function withLineEnds(text: string, eol: LineEnds): string {
  if (typeof eol === "string") return eol === "\n" ? text : text.replaceAll("\n", eol);
  let line = 0;
  return text.replace(/\n/g, () => eol[Math.min(line++, eol.length - 1)] ?? "\n");
}
