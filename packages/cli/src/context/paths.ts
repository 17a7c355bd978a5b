import { resolve, sep } from "node:path";
import { shorten } from "../output/terminal.ts";

/** A path with forward slashes. */
export function withSlashes(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** Whether a path is a folder or below it. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** A path as people read it: `~/` for the home folder, otherwise as you would type it here. */
export function shownPath(path: string, home: string | undefined): string {
  if (home !== undefined && isInside(home, path) && !isInside(withSlashes(resolve(".")), path))
    return `~${path.slice(home.length)}`;
  return shorten(path);
}
