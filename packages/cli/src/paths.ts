import { lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { CommandError } from "./command-error.ts";

/**
 * Absolute paths of artifacts in a folder. The function that it returns throws when a path leads out of the folder, through
 * `..` or through a link; it remembers folders that it has looked at.
 */
export function pathInside(folder: string): (path: string) => string {
  const root = resolve(folder);
  const real = new Set<string>([root]);
  return (path) => {
    const absolute = resolve(root, path);
    const inside = relative(root, absolute);
    if (inside === "" || inside.split(sep)[0] === ".." || isAbsolute(inside)) {
      throw new CommandError([`${path}: leads out of the project.`]);
    }
    for (let parent = absolute; !real.has(parent); parent = dirname(parent)) {
      const stat = lstatSync(parent, { throwIfNoEntry: false });
      if (stat?.isSymbolicLink()) {
        const link = relative(root, parent).split(sep).join("/");
        throw new CommandError([
          `${path}: ${link} is a symbolic link (to ${realTarget(parent)}). Replace it by a real file or folder.`,
        ]);
      }
      if (parent !== absolute) real.add(parent);
    }
    return absolute;
  };
}

function realTarget(link: string): string {
  try {
    return realpathSync(link);
  } catch {
    return "nothing";
  }
}
