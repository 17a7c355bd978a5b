import { createRequire } from "node:module";
import type { ChangedFile } from "./file-status.ts";

/**
 * A unified diff of a file that differs: for a hand edit, what was edited; otherwise, what build would
 * change. Empty for a missing file, and for the user's own, which is unrelated to what would be written.
 */
export function diffOf({ artifact: { path, text }, found, state }: ChangedFile): string {
  if (found === undefined || state === "foreign") return "";
  return state === "edited"
    ? unifiedDiff(path, [text, "compiled"], [found, "on disk"])
    : unifiedDiff(path, [found, "on disk"], [text, "compiled"]);
}

/** A text, and its label in the diff. */
type Labelled = readonly [text: string, label: string];

/** A unified diff of two texts of a file. */
export function unifiedDiff(path: string, [before, old]: Labelled, [after, fresh]: Labelled): string {
  // jsdiff: maintained, typed, no dependencies. Loaded only when there is a difference, because most runs find none.
  const { createTwoFilesPatch }: typeof import("diff") = createRequire(import.meta.url)("diff");
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, old, fresh);
}

/** The first line on disk that differs, counted from 1; for the user's own file, the first line. */
export function firstDifferentLine({ artifact: { text }, found, state }: ChangedFile): number {
  if (state === "foreign") return 1;
  return firstDifference(found ?? "", text);
}

/** The first line of a text, from 1, that another one has otherwise; its last where the other one only goes on. */
export function firstDifference(text: string, other: string): number {
  const [lines, others] = [text.split("\n"), other.split("\n")];
  const index = lines.findIndex((line, at) => line !== others[at]);
  return index === -1 ? lines.length : index + 1;
}
