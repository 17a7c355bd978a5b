import { join, resolve } from "node:path";
import { readables, recognise } from "@personakit/targets/read";
import { repositoryOf } from "../files/above.ts";
import { listPaths } from "../files/list-files.ts";

/** Where a repository has instruction files that no source of a project leads to. */
export interface InstructionPlaces {
  /** Names of hidden files and folders that tools look into: `.claude`, `.cursorrules`. */
  readonly hidden: ReadonlySet<string>;
  /** The files outside of the project's folder, as absolute paths: those that are there now. */
  readonly outside: readonly string[];
}

/** Where to look for changes of instruction files, for a project in a folder. */
export function instructionPlaces(folder: string): InstructionPlaces {
  const paths = readables.flatMap(({ tables: { files, reading } }) => [files.main, ...(reading?.paths ?? [])]);
  const hidden = paths.flatMap((path) => path.split("/")).filter((name) => name.startsWith("."));
  const [project, root] = [resolve(folder), repositoryOf(folder)];
  if (root === undefined || root === project) return { hidden: new Set(hidden), outside: [] };
  const files = listPaths(root).filter((path) => recognise(path)?.isLoaded === true);
  const outside = files.map((path) => join(root, path)).filter((path) => !path.startsWith(join(project, "/")));
  return { hidden: new Set(hidden), outside };
}
