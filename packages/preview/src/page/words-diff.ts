// jsdiff, which the command has too: maintained, typed, no dependencies; the page gets its comparison of words alone.
import { diffWordsWithSpace } from "diff";

/** A part of two texts: in both, or in the later or the earlier one alone. */
export interface WordsPart {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** Parts of a text, line by line. A line without any text has none. */
export function byLine<Part extends { readonly text: string }>(parts: readonly Part[]): Part[][] {
  const lines: Part[][] = [[]];
  for (const part of parts) {
    for (const [index, text] of part.text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (text !== "") lines.at(-1)?.push({ ...part, text });
    }
  }
  return lines;
}

/**
 * Compares two texts by their words. Returns the parts in order: those that are the same or removed make up the earlier text, those that are
 * the same or added the later one.
 */
export function differingWords(before: string, after: string): WordsPart[] {
  const parts: WordsPart[] = [];
  let [removed, added] = ["", ""];
  const flush = () => {
    if (removed !== "") parts.push({ kind: "removed", text: removed });
    if (added !== "") parts.push({ kind: "added", text: added });
    [removed, added] = ["", ""];
  };
  const found = diffWordsWithSpace(before, after);
  for (const [index, { value, added: isAdded, removed: isRemoved }] of found.entries()) {
    const isBetween = index > 0 && index < found.length - 1 && value.trim() === "";
    if (isRemoved) removed += value;
    else if (isAdded) added += value;
    // A blank between two words that differ is one of a phrase that differs.
    else if (isBetween) [removed, added] = [removed + value, added + value];
    else {
      flush();
      parts.push({ kind: "same", text: value });
    }
  }
  flush();
  return parts;
}
