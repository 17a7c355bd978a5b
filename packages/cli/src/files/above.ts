import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** A folder and its parents, innermost first. */
export function* foldersAbove(folder: string): Generator<string> {
  for (let here = resolve(folder); ; here = dirname(here)) {
    yield here;
    if (here === dirname(here)) return;
  }
}

/** The root of the repository that a folder is in; undefined outside of one. */
export function repositoryOf(folder: string): string | undefined {
  // In a worktree or a submodule, `.git` is a file.
  for (const here of foldersAbove(folder)) if (existsSync(join(here, ".git"))) return here;
  return undefined;
}
