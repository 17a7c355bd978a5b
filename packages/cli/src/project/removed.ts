import { existsSync } from "node:fs";
import type { RecordedFile } from "../disk/file-status.ts";
import { fileOf } from "../disk/paths.ts";
import { shorten } from "../output/terminal.ts";

/** The outcome of removing files and blocks. */
export interface Removed {
  /** Files that are gone, absolute. */
  readonly files: readonly string[];
  /** The user's files that a block was removed from, absolute. */
  readonly changed: readonly string[];
  /** The same as text, with the place of each original that one of our files had replaced. */
  readonly lines: readonly string[];
}

/** Looks at what was removed, once it is done. */
export function describeRemoved(folder: string, orphans: readonly RecordedFile[]): Removed {
  const removed = orphans.filter(({ state }) => state !== "gone");
  const stands = ({ block, file }: RecordedFile) => block !== undefined && existsSync(file);
  const distinct = (files: readonly RecordedFile[]) => [...new Set(files.map(({ file }) => file))];
  const lines = removed.flatMap((each) => {
    const { file, block, record } = each;
    const path = shorten(file);
    const line = stands(each) ? `removed from ${path}: the block of ${block}` : `removed: ${path}`;
    const { original } = record;
    if (original === undefined || !isThere(folder, original)) return [line];
    return [line, `  your original is ${sayOriginal(folder, file, original)}`];
  });
  return {
    files: distinct(removed.filter((each) => !stands(each))),
    changed: distinct(removed.filter(stands)),
    lines: [...new Set(lines)],
  };
}

/** Where to find the original of a file. */
export function sayOriginal(folder: string, file: string, original: string): string {
  const commit = commitOf(original);
  return commit === undefined
    ? shorten(fileOf(folder, original))
    : `in git: git show ${commit.slice(0, 12)}:./${shorten(file)}`;
}

/** Git keeps its copy, but a file may be gone. */
function isThere(folder: string, original: string): boolean {
  return commitOf(original) !== undefined || existsSync(fileOf(folder, original));
}

function commitOf(original: string): string | undefined {
  return /^git:(.+)$/.exec(original)?.[1];
}
