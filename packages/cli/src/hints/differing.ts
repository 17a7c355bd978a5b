import type { DifferingPart } from "@personakit/core/copies";
import { stemOf, WORD } from "./stems.ts";

/** A text in parts: what another one says too, in whatever order and form, and what it does not say. */
export function differingParts(text: string, other: string): DifferingPart[] {
  const known = new Set(wordsOf(other).map(stemOf));
  const parts: { text: string; differs: boolean }[] = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const stem = stemOf(word);
    // What carries no meaning goes with what stands before it.
    const differs = stem === undefined ? (parts.at(-1)?.differs ?? false) : !known.has(stem);
    const last = parts.at(-1);
    if (last?.differs === differs) last.text += text.slice(at, index + word.length);
    else {
      const between = text.slice(at, index);
      // A mark begins and ends with a word.
      if (differs && last !== undefined) last.text += between;
      else if (differs && between !== "") parts.push({ text: between, differs: false });
      parts.push({ text: differs ? word : `${between}${word}`, differs });
    }
    at = index + word.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), differs: false });
  return parts;
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}
