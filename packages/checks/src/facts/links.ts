import type { Facts } from "../model/facts.ts";
import type { InstructionFile } from "../model/file.ts";

/** Whether a file is a link to another one, or lies behind one. What it says of paths, it says from there. */
export function isLinked({ path }: InstructionFile, { repository: { root, files } }: Facts): boolean {
  const own = `${root === "/" ? "" : root}/${path}`;
  return files.file(own)?.realPath !== own;
}
