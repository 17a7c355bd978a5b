import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Repository } from "@personakit/checks";
import { isInside, withSlashes } from "../context/paths.ts";
import { type Problem, ScopedFiles } from "../context/scoped-files.ts";
import { DISK } from "../context/source.ts";
import { repositoryOf } from "../files/above.ts";
import { listPaths } from "../files/list-files.ts";
import { failure } from "../issues/command-error.ts";

/** A repository on the disk. */
export interface DiskRepository extends Repository {
  readonly files: ScopedFiles;
  /** What is there and could not be read; complete once checks have run. */
  readonly unread: readonly Problem[];
}

/** The repository that a folder is in; without one, the folder. Files that git ignores are left out. */
export function repositoryHere(folder = "."): DiskRepository {
  const here = realpathSync.native(resolve(folder));
  const git = repositoryOf(here);
  const root = withSlashes(git ?? here);
  const files = new ScopedFiles({ root, isOpen: false }, DISK);
  return {
    ...{ root, paths: listPaths(git ?? here), files, isGit: git !== undefined },
    get unread() {
      return files.unread;
    },
  };
}

/** The paths that are meant, relative to the root. Throws a CommandError for one outside of it, or where there is nothing. */
export function pathsNamed({ root, paths }: Repository, named: readonly string[]): (path: string) => boolean {
  const wanted = named.map((each) => {
    const path = withSlashes(resolve(each));
    if (!isInside(root, path)) throw failure("outside-project", each, `lies outside of ${root}`);
    const relative = path.slice(root.length + 1);
    if (relative !== "" && !paths.some((other) => isInside(relative, other))) {
      throw failure("not-found", each, "there is no such file or folder", "Files that git ignores are not looked at.");
    }
    return relative;
  });
  return (path) => wanted.length === 0 || wanted.some((each) => each === "" || isInside(each, path));
}
