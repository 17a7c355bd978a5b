import { createRequire } from "node:module";
import type { ChangedFile } from "./file-status.ts";

/**
 * A unified diff of a file that is not what it should be: of a hand edit, what the hand has changed; else what build would
 * change. Empty for a file that is missing, and for the user's own: it has nothing to do with what would be written.
 */
export function diffOf({ artifact: { path, text }, found, state }: ChangedFile): string {
  if (found === undefined || state === "foreign") return "";
  return state === "edited"
    ? unifiedDiff(path, [text, "compiled"], [found, "on disk"])
    : unifiedDiff(path, [found, "on disk"], [text, "compiled"]);
}

/** A text, and what a reader of a diff is told that it is. */
type Labelled = readonly [text: string, label: string];

/** A unified diff of two texts of a file. */
export function unifiedDiff(path: string, [before, old]: Labelled, [after, fresh]: Labelled): string {
  // jsdiff: maintained, typed, no dependencies. Loaded where there is a difference: most runs find none.
  const { createTwoFilesPatch }: typeof import("diff") = createRequire(import.meta.url)("diff");
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, old, fresh);
}

/** The first line of a file on disk that differs from what it should be, from 1; of the user's own, the first. */
export function firstDifferentLine({ artifact: { text }, found, state }: ChangedFile): number {
  if (state === "foreign") return 1;
  const [expected, actual] = [text.split("\n"), (found ?? "").split("\n")];
  const index = actual.findIndex((line, at) => line !== expected[at]);
  return index === -1 ? actual.length : index + 1;
}
