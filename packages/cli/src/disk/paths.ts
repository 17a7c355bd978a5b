import { lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { failure } from "../issues/command-error.ts";
import { LOCKFILE } from "./lockfile.ts";

/** The working folder of the process that writes into a project: its identity, and files not yet in place. */
export const WORK = ".personakit.tmp";

/** Finds the places of paths. */
export interface Inside {
  /** The place of a path; with `isLast`, its last part is checked too, not only the folders above. */
  (path: string, isLast?: boolean): string;
  /** Whether the folder of a place did not exist when it was checked. */
  isFolderMissing(place: string): boolean;
}

/** How to treat a link: code that writes uses `refuse`, because it gets the place that a link leads to. */
type OnLink = "refuse" | "follow";

/**
 * Absolute paths of artifacts in a folder. The function that it returns throws when a path leads out of the folder, through
 * `..` or a link, or into `.git`; it remembers folders that it has checked. A link that stays in the folder is
 * refused too, unless `onLink` is `follow`: then the path is the one that it leads to.
 */
export function pathInside(folder: string, onLink: OnLink = "refuse"): Inside {
  const root = resolve(folder);
  const real = new Set<string>([root]);
  const missing = new Set<string>();
  const isMissing = (place: string): boolean => {
    if (missing.size === 0 || place.length <= root.length) return false;
    if (missing.has(place)) return true;
    if (!isMissing(dirname(place))) return false;
    missing.add(place);
    return true;
  };
  const inside = (path: string, isLast = true) => {
    const absolute = isPlain(path) ? root + sep + path : checkedPath(root, path);
    const above = dirname(absolute);
    const start = isLast ? absolute : above;
    // Nothing stands in a folder that is not there.
    if (real.has(start) || isMissing(above)) return absolute;
    const folders: string[] = [];
    for (let place = start; !real.has(place); place = dirname(place)) {
      const stat = statOf(place);
      if (stat?.isSymbolicLink()) {
        if (onLink === "refuse") throw refusedLink(root, place, path, `to ${realTarget(place) ?? "nothing"}`);
        return followed(root, place, path) + absolute.slice(place.length);
      }
      if (place === absolute) continue;
      if (stat === undefined) missing.add(place);
      else if (!stat.isDirectory()) throw notFolder(root, place, path);
      folders.push(place);
    }
    // Only now do we know that there is no link above them.
    for (const each of folders) real.add(each);
    return absolute;
  };
  return Object.assign(inside, { isFolderMissing: (place: string) => isMissing(dirname(place)) });
}

/** Files and folders of a project where personas are never written, not even through a link. */
const CLOSED: readonly string[] = [".git", "node_modules", WORK, LOCKFILE];

/** The real place that a link leads to. Throws if that is outside of the project, or never holds personas. */
function followed(root: string, link: string, path: string): string {
  const target = realTarget(link);
  if (target === undefined) throw refusedLink(root, link, path, "to nothing");
  const inside = relative(realpathSync(root), target);
  const parts = inside.split(sep);
  if (parts[0] === ".." || isAbsolute(inside)) throw refusedLink(root, link, path, `to ${target}`);
  if (parts.some((part) => CLOSED.includes(part.toLowerCase())))
    throw refusedLink(root, link, path, `to ${withSlashes(inside)}, where personas are never written`);
  return join(root, inside);
}

function refusedLink(root: string, link: string, path: string, where: string) {
  const problem = `${withSlashes(relative(root, link))} is a symbolic link (${where})`;
  return failure("outside-project", path, problem, "Replace it with a real file or folder.");
}

function notFolder(root: string, place: string, path: string) {
  const problem = `${withSlashes(relative(root, place))} is a file, but a folder is needed here`;
  return failure("outside-project", path, problem, "Move that file.");
}

/** Whether nothing in a path can lead elsewhere: most paths are like that, and need no parsing. */
function isPlain(path: string): boolean {
  return sep === "/" && /^[\w.@-]+(?:\/[\w.@-]+)*$/.test(path) && !/(?:^|\/)(?:\.\.?|\.git)(?:\/|$)/i.test(path);
}

function checkedPath(root: string, path: string): string {
  if (path.includes("\0")) throw failure("outside-project", path, "is not a path");
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

function statOf(place: string) {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    // A file where a folder should be is reported one level up.
    if ((error as { code?: string }).code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Where a link finally leads, or undefined if it leads nowhere. */
function realTarget(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}

/** The path of a file as the lockfile has it: relative to the project, with forward slashes. */
export function projectPath(folder: string, file: string): string {
  const below = file.startsWith(folder + sep) ? file.slice(folder.length + 1) : "";
  return isPlain(below) ? below : withSlashes(relative(resolve(folder), resolve(file)));
}

/** The absolute path of a file of the project. */
export function fileOf(folder: string, path: string): string {
  return join(resolve(folder), path);
}

function withSlashes(path: string): string {
  return path.split(sep).join("/");
}
