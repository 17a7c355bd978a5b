import { realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { type Target, targets } from "@personakit/targets";
import { findTools } from "../detect/tools.ts";
import { foldersAbove, repositoryOf } from "../files/above.ts";
import { failure } from "../issues/command-error.ts";
import { isInside, withSlashes } from "./paths.ts";

/** Where a tool is started, and what it may see. Paths are absolute and real, with forward slashes. */
export interface Place {
  /** The repository that you are in; without one, the folder that you are in. */
  readonly root: string;
  /** The folder that the tool is started in. */
  readonly cwd: string;
  /** The nearest repository at or above it. */
  readonly gitRoot: string | undefined;
  /** Your home folder, where it and what lies above the repository is read too. */
  readonly home: string | undefined;
}

/** Finds out where a tool is started. Throws a CommandError for a folder that is not there, or lies outside of the repository. */
export function placeOf({ cwd: given, home }: { readonly cwd: string; readonly home: boolean }): Place {
  const cwd = realFolder(given);
  const here = realpathSync.native(resolve("."));
  const root = withSlashes(repositoryOf(here) ?? here);
  if (!isInside(root, cwd)) {
    const hint = "Run the command in that repository.";
    throw failure("outside-project", `--cwd ${given}`, `lies outside of ${root}`, hint);
  }
  const gitRoot = repositoryOf(cwd);
  return {
    root,
    cwd,
    gitRoot: gitRoot === undefined ? undefined : withSlashes(gitRoot),
    home: home ? withSlashes(homedir()) : undefined,
  };
}

function realFolder(given: string): string {
  try {
    const folder = realpathSync.native(resolve(given));
    if (statSync(folder).isDirectory()) return withSlashes(folder);
  } catch {
    // Said below, whatever it is.
  }
  throw failure("not-found", `--cwd ${given}`, "there is no such folder");
}

/** The file that a tool reads. Throws a CommandError where there is none, or it lies outside of the repository. */
export function fileToRead(given: string, { root, cwd }: Place): string {
  const path = withSlashes(resolve(given));
  const real = realFile(path);
  if (real === undefined) {
    const other = realFile(`${cwd}/${given}`);
    const hint =
      other === undefined
        ? "Paths start where you are."
        : `Did you mean ${other.slice(root.length + 1)}? Paths start where you are.`;
    throw failure("not-found", `--for ${given}`, "there is no such file", hint);
  }
  if (!isInside(root, real)) throw failure("outside-project", `--for ${given}`, `lies outside of ${root}`);
  return real;
}

function realFile(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? withSlashes(realpathSync.native(path)) : undefined;
  } catch {
    return undefined;
  }
}

/** The names of the tools that the folder, or one above it in the repository, shows signs of. */
export function namesOfToolsIn({ root, cwd }: Pick<Place, "root" | "cwd">, all: readonly Target[] = targets): string[] {
  const names = new Set<string>();
  for (const folder of foldersAbove(cwd)) {
    if (!isInside(root, withSlashes(folder))) break;
    for (const { target } of findTools(folder, all)) names.add(target.tool);
  }
  return [...names];
}
