import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Target } from "@personakit/targets";

/** A tool that a repository shows signs of. */
export interface FoundTool {
  readonly target: Target;
  /** The file or folder that shows it. */
  readonly sign: string;
}

/** The tools that a repository shows signs of, in the order of the targets. */
export function findTools(folder: string, all: readonly Target[]): FoundTool[] {
  return all.flatMap((target) => {
    const sign = target.signs?.find((path) => isSign(folder, path));
    return sign === undefined ? [] : [{ target, sign }];
  });
}

/** `.github/`, with a trailing slash, only counts when the folder is empty, which git cannot store. */
function isSign(folder: string, path: string): boolean {
  const place = join(folder, path);
  return existsSync(place) && (!path.endsWith("/") || readdirSync(place).length === 0);
}

/**
 * The fewest targets whose files every found tool reads: a tool that reads two files of a persona has it twice. A format
 * that no single tool owns is added where none of the found tools reads it.
 */
export function fewestTargets(found: readonly FoundTool[]): Target[] {
  const chosen: Target[] = [];
  const isOwned = ({ tool, readers }: Target) => readers.includes(tool);
  for (const { target } of found) {
    if (isOwned(target) && !chosen.some(({ readers }) => readers.includes(target.tool))) chosen.push(target);
  }
  const tools = found.map(({ target }) => target.tool);
  for (const { target } of found) {
    if (!isOwned(target) && !target.readers.some((reader) => tools.includes(reader))) chosen.push(target);
  }
  return chosen;
}
