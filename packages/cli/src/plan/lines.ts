import type { Phrases } from "@personakit/core";
import { strengthOfLead } from "@personakit/core/internal";

/** A line of Markdown that says something, whatever its marker and the space in it. */
export interface Line {
  /** By which it is compared: two lines of one key mean the same. */
  readonly key: string;
  /** Without the marker of a list. */
  readonly text: string;
  /** Set for a point of a list that is no list within a list. */
  readonly item?: "point" | "step";
  readonly isHeading: boolean;
  /** Whether it is data before the text, or code: it stands for itself. */
  readonly isVerbatim: boolean;
  /** The first and the last line of the text that it stands in, from 1: a hand may have wrapped it. */
  readonly first: number;
  readonly last: number;
}

const MARKER = /^(?:[-*+]\s+(?:\[[ xX]\]\s+)?|(\d{1,9})[.)]\s+)/;
const FENCE = /^(`{3,}|~{3,})/;
/** What begins a line that does not go on with the one above. */
const OPENS = /^(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|`{3}|~{3}|>|\||<)/;

/** Into so many lines nobody wraps a paragraph: it would be put together again and again. */
const MOST_WRAPPED = 200;

/** The lines of a text that say something, those of a wrapped paragraph as one. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const frontMatterEnd = text.startsWith("---\n") ? text.split("\n").indexOf("---", 1) : -1;
  let fence: string | undefined;
  let isOpen = false;
  for (const [index, raw] of text.split("\n").entries()) {
    const number = index + 1;
    const trimmed = raw.trim();
    const verbatim = { key: raw.trimEnd(), text: raw, isHeading: false, isVerbatim: true, first: number, last: number };
    if (index <= frontMatterEnd) lines.push(verbatim);
    else if (fence !== undefined) {
      lines.push(verbatim);
      if (trimmed.startsWith(fence) && trimmed === trimmed[0]?.repeat(trimmed.length)) fence = undefined;
      isOpen = false;
    } else if (FENCE.test(trimmed)) {
      fence = FENCE.exec(trimmed)?.[1];
      lines.push(verbatim);
    } else if (trimmed === "") isOpen = false;
    else {
      const previous = lines.at(-1);
      const isShort = previous !== undefined && number - previous.first < MOST_WRAPPED;
      if (isOpen && isShort && !OPENS.test(trimmed)) {
        const joined = lineOf(`${previous.key} ${trimmed}`, previous.first, number);
        lines[lines.length - 1] = { ...joined, ...(previous.item === undefined ? {} : { item: previous.item }) };
      } else lines.push(lineOf(raw, number, number));
      isOpen = !/^(?:#{1,6}\s|\||<)/.test(trimmed);
    }
  }
  return lines;
}

function lineOf(raw: string, first: number, last: number): Line {
  const [, indent = "", rest = ""] = /^(\s*)(.*)$/s.exec(raw) ?? [];
  const marker = MARKER.exec(rest);
  const text = rest
    .slice(marker?.[0].length ?? 0)
    .replace(/\s+/g, " ")
    .trim();
  const at = { text, isHeading: /^#{1,6}\s/.test(rest), isVerbatim: false, first, last };
  if (marker === null) return { ...at, key: text };
  const item = marker[1] === undefined ? "point" : "step";
  const key = `${item === "step" ? "1." : "-"} ${text}`;
  return indent.length < 2 ? { ...at, key, item } : { ...at, key: `  ${key}` };
}

/**
 * What a text says, line by line: two texts that are equal in it differ only in space, markers and numbers of lists. `phrases`
 * are those of its document.
 */
export function meaningOf(text: string, phrases: Phrases): readonly { readonly key: string; readonly line: number }[] {
  const lines = linesOf(text);
  // The compiler writes a lead where rules of its strength follow, and nowhere else.
  const said = lines.filter(({ key }, index) => strengthOfLead(key, phrases) === undefined || lines[index + 1]?.item);
  return said.map(({ key, first }) => ({ key, line: first }));
}
