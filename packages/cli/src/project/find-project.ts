import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { LOCKFILE } from "../disk/lockfile.ts";
import { foldersAbove, repositoryOf } from "../files/above.ts";
import { shorten, writeLine, writeWarning } from "../output/terminal.ts";
import { configFilesIn } from "../sources/config.ts";

/** What makes a folder a project. */
export interface Signs {
  /** Whether a lockfile counts too: added personas need no configuration. */
  readonly orLockfile: boolean;
}

/** How a command line names its project's folder. */
export interface FolderOptions {
  /** As it was given. */
  readonly out: string | undefined;
  readonly json: boolean;
}

/**
 * The folder of a project: the given one, or the nearest, from the current folder upwards; the current one if there
 * is none. Says which project is used when it is not here.
 */
export function projectFolder({ out, json }: FolderOptions, signs: Signs = { orLockfile: true }): string {
  if (out !== undefined) return out;
  if (signOf(".", signs) !== undefined) return ".";
  const repository = repositoryOf(".");
  for (const folder of foldersAbove(resolve(".."))) {
    if (repository !== undefined && relative(repository, folder).startsWith("..")) break;
    const sign = signOf(folder, signs);
    if (sign === undefined) continue;
    const file = shorten(join(folder, sign));
    if (repository === undefined && isOfAnother(join(folder, sign))) {
      writeWarning(
        `${file} belongs to another user and is outside any repository, so it is ignored. To use it, name its folder with --out`,
      );
      break;
    }
    if (!json) writeLine(`Using ${file}.`, "stderr");
    return relative(".", folder);
  }
  return ".";
}

/** The file that makes a folder a project. */
export function signOf(folder: string, { orLockfile }: Signs): string | undefined {
  const [config] = configFilesIn(folder);
  return config ?? (orLockfile && existsSync(join(folder, LOCKFILE)) ? LOCKFILE : undefined);
}

/** A configuration is code: in a folder such as /tmp, anyone may have put one above us. */
function isOfAnother(file: string): boolean {
  const own = process.getuid?.();
  return own !== undefined && ![own, 0].includes(statSync(file).uid);
}
