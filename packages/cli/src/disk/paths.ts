import { lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { failure } from "../issues/command-error.ts";

/** Finds the places of paths. */
export interface Inside {
  /** The place of a path; `isLast`: the last part of it is looked at too, and not only the folders above. */
  (path: string, isLast?: boolean): string;
  /** Whether the folder of a place was not there when it was looked at. */
  isFolderMissing(place: string): boolean;
}

/**
 * Absolute paths of artifacts in a folder. The function that it returns throws when a path leads out of the folder, through
 * `..` or through a link, or into `.git`; it remembers folders that it has looked at.
 */
export function pathInside(folder: string): Inside {
  const root = resolve(folder);
  const real = new Set<string>([root]);
  const missing = new Set<string>();
  const inside = (path: string, isLast = true) => {
    const absolute = isPlain(path) ? root + sep + path : checkedPath(root, path);
    for (let place = isLast ? absolute : dirname(absolute); !real.has(place); place = dirname(place)) {
      const stat = statOf(place, path);
      if (stat?.isSymbolicLink()) {
        const link = withSlashes(relative(root, place));
        const problem = `${link} is a symbolic link (to ${realTarget(place)})`;
        throw failure("outside-project", path, problem, "Replace it by a real file or folder.");
      }
      if (place === absolute) continue;
      real.add(place);
      if (stat === undefined) missing.add(place);
    }
    return absolute;
  };
  return Object.assign(inside, { isFolderMissing: (place: string) => missing.has(dirname(place)) });
}

/** Whether nothing in a path can lead anywhere else: most of ours are so, and need not be taken apart. */
function isPlain(path: string): boolean {
  return sep === "/" && /^[\w.@-]+(?:\/[\w.@-]+)*$/.test(path) && !/(?:^|\/)(?:\.\.?|\.git)(?:\/|$)/i.test(path);
}

function checkedPath(root: string, path: string): string {
  if (path.includes("\0")) throw failure("outside-project", path, "is no path");
  const absolute = resolve(root, path);
  const inside = relative(root, absolute);
  if (inside === "" || inside.split(sep)[0] === ".." || isAbsolute(inside)) {
    throw failure("outside-project", path, "leads out of the project");
  }
  if (inside.split(sep).some((part) => part.toLowerCase() === ".git")) {
    throw failure("outside-project", path, "leads into git's own folder");
  }
  return absolute;
}

function statOf(place: string, path: string) {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOTDIR") throw error;
    throw failure("outside-project", path, "has a file in the place of one of its folders", "Move that file.");
  }
}

function realTarget(link: string): string {
  try {
    return realpathSync(link);
  } catch {
    return "nothing";
  }
}

/** The path of a file as the lockfile has it: relative to the project, with forward slashes. */
export function projectPath(folder: string, file: string): string {
  return withSlashes(relative(resolve(folder), resolve(file)));
}

/** The absolute path of a file of the project. */
export function fileOf(folder: string, path: string): string {
  return join(resolve(folder), path);
}

function withSlashes(path: string): string {
  return path.split(sep).join("/");
}
