import type { Edit, Finding } from "./model/finding.ts";

/** A text with the fixes of its findings. */
export interface FixedText {
  /** The text. */
  readonly text: string;
  /** Those that were applied. Of two that touch the same place, the first is. */
  readonly fixed: readonly Finding[];
}

/**
 * Applies the fixes of the findings in one file to its text. Returns the new text, and the findings that it mends.
 *
 * @example
 * ```ts
 * import { applyFixes, type Finding } from "@personakit/checks";
 *
 * export const mended = (text: string, findings: readonly Finding[]): string => applyFixes(text, findings).text;
 * ```
 */
export function applyFixes(text: string, findings: readonly Finding[]): FixedText {
  const edits: Edit[] = [];
  const fixed = findings.filter(({ fix = [] }) => {
    const isFree = fix.every(({ start, end }) => edits.every((other) => end < other.start || other.end < start));
    if (fix.length === 0 || !isFree) return false;
    edits.push(...fix);
    return true;
  });
  const result = edits
    .sort((a, b) => b.start - a.start)
    .reduce((all, { start, end, text: by }) => all.slice(0, start) + by + all.slice(end), text);
  return { text: result, fixed };
}
