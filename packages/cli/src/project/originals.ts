import type { ChangedFile } from "../disk/file-status.ts";
import type { FileChange } from "../disk/journal.ts";
import { pathInside, projectPath } from "../disk/paths.ts";
import { commitWith } from "../files/committed.ts";
import { readText } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";
import { shorten } from "../output/terminal.ts";

/** What happens to the user's files that are overwritten. */
export interface Originals {
  /** The copies that have to be written. */
  readonly copies: readonly FileChange[];
  /** Where each original is, by the key of the artifact in its place, as the lockfile has it. */
  readonly places: ReadonlyMap<string, string>;
}

/** Keeps a copy of each of the user's files, unless git has it unchanged. Throws if another file is in the way. */
export function keepOriginals(folder: string, foreign: readonly ChangedFile[]): Originals {
  const inside = pathInside(folder);
  const copies = new Map<string, FileChange>();
  const places = new Map<string, string>();
  for (const { key, file, before = "" } of foreign) {
    const commit = commitWith(file, before);
    if (commit !== undefined) {
      places.set(key, `git:${commit}`);
      continue;
    }
    const like = projectPath(folder, file);
    const path = `${like}.orig`;
    const copy = inside(path);
    const there = readText(copy);
    if (there !== undefined && there !== before) {
      const problem = "already exists, and is never overwritten";
      throw failure("cannot-write", shorten(copy), problem, "Move it, and run the command again.");
    }
    if (there === undefined) copies.set(path, { path, before: undefined, after: before, like });
    places.set(key, path);
  }
  return { copies: [...copies.values()], places };
}
