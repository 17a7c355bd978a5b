import type { Strength } from "@personakit/core";

/** The words that say how binding a point is. */
const WORDS: readonly (readonly [Strength, RegExp])[] = [
  ["must", /\b(?:must|never|always|required|(?:do not|don't) ever)\b/i],
  ["should", /\b(?:should|avoid|prefer|recommended)\b/i],
  ["may", /\b(?:may|optional|optionally)\b/i],
];

/** The strength that a text says itself; undefined where it says none, or two. */
export function strengthIn(text: string): Strength | undefined {
  const words = text.replace(/`[^`]*`/g, "");
  const said = WORDS.filter(([, word]) => word.test(words));
  return said.length === 1 ? said[0]?.[0] : undefined;
}
