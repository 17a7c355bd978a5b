import { existsSync } from "node:fs";
import { dirname } from "node:path";

/**
 * What undoes changes of committed files. Look before they are made: a folder that is not there yet goes as a whole.
 *
 * @param changes Relative to the current folder.
 */
export function undoCommand(changes: readonly { readonly path: string; readonly isNew: boolean }[]): string {
  const old = changes.filter(({ isNew }) => !isNew).map(({ path }) => path);
  const made = new Set(changes.filter(({ isNew }) => isNew).map(({ path }) => outermostNew(path)));
  return [
    ...(old.length === 0 ? [] : [`git checkout -- ${old.map(inShell).join(" ")}`]),
    ...(made.size === 0 ? [] : [`git clean -fd ${[...made].map(inShell).join(" ")}`]),
  ].join(" && ");
}

function outermostNew(path: string): string {
  let outermost = path;
  for (let here = dirname(path); here !== "." && here !== dirname(here) && !existsSync(here); here = dirname(here))
    outermost = here;
  return outermost.replaceAll("\\", "/");
}

function inShell(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
