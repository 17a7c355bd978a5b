// jsdiff writes unified diffs: maintained, typed, no dependencies.
import { createTwoFilesPatch } from "diff";
import type { ChangedFile } from "./file-status.ts";

/**
 * A unified diff of a file that is not what it should be: of a hand edit, what the hand has changed; else what build would
 * change. Empty for a file that is missing.
 */
export function diffOf({ artifact: { path, text }, found, state }: ChangedFile): string {
  if (found === undefined) return "";
  return state === "edited"
    ? createTwoFilesPatch(`a/${path}`, `b/${path}`, text, found, "compiled", "on disk")
    : createTwoFilesPatch(`a/${path}`, `b/${path}`, found, text, "on disk", "compiled");
}

/** The first line of a file on disk that differs from what it should be, from 1. */
export function firstDifferentLine({ artifact: { text }, found }: ChangedFile): number {
  const [expected, actual] = [text.split("\n"), (found ?? "").split("\n")];
  const index = actual.findIndex((line, at) => line !== expected[at]);
  return index === -1 ? actual.length : index + 1;
}
