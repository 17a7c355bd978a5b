import type { Search, ToolDescription } from "./description.ts";
import type { ContextStart } from "./files.ts";

/** The folder that a path is in. The root's is the root. */
export function parentOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end <= 0 ? "/" : path.slice(0, end);
}

/** A path below a folder. An absolute one stays where it is. */
export function below(folder: string, path: string): string {
  if (path.startsWith("/")) return path;
  return folder === "/" ? `/${path}` : `${folder}/${path}`;
}

/** Whether a path is a folder or lies in it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** A path with `.` and `..` resolved, relative to a folder. An absolute one stays where it is. */
export function resolveFrom(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** How one gets from a folder to a path. */
export function relativeTo(folder: string, path: string): string {
  const from = folder.split("/").filter((part) => part !== "");
  const to = path.split("/").filter((part) => part !== "");
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}

/** The folders from `top` down to `bottom`, both of them in it. Empty where one does not lie in the other. */
export function foldersBetween(top: string, bottom: string): readonly string[] {
  if (!isWithin(top, bottom)) return [];
  const folders: string[] = [];
  for (let at = bottom; ; at = parentOf(at)) {
    folders.push(at);
    if (at === top || at === "/") return folders.reverse();
  }
}

/** The folders in which a tool looks for instructions: from the outermost to `cwd`, and those of them that may be read. */
export function chainOf(
  { chain }: Pick<ToolDescription, "chain">,
  start: ContextStart,
): {
  readonly folders: readonly string[];
  readonly above: readonly string[];
} {
  const { cwd, gitRoot, upTo } = start;
  const top = gitRoot === undefined ? (chain.withoutGit === "cwd" ? cwd : "/") : chain.up === "top" ? "/" : gitRoot;
  const all = foldersBetween(top, cwd);
  const may = (folder: string) => upTo === undefined || isWithin(upTo, folder);
  return { folders: all.filter(may), above: all.filter((folder) => !may(folder)) };
}

/** The folders of a search, in its order. `chain` is the whole chain, the outermost first. */
export function foldersOf(search: Search, chain: readonly string[], start: ContextStart): readonly string[] {
  const { home, cwd } = start;
  const root = chain[0] ?? cwd;
  const ends = root === cwd ? [cwd] : [root, cwd];
  if (search === "home") return home === undefined ? [] : [home];
  if (search === "outer first") return chain;
  if (search === "nearest first") return [...chain].reverse();
  if (search === "git root and cwd") return ends;
  if (search === "git root or cwd") return [start.gitRoot ?? cwd];
  if (search === "cwd") return [cwd];
  const between = chain.slice(1, -1);
  return search === "ends" ? [...ends, ...between] : [...[...ends].reverse(), ...between];
}

/** Whether a tool that asks for it may import a file: one that lies in `cwd`, or any where its user has agreed to that. */
export function mayImport({ cwd, approvals }: ContextStart, path: string): boolean {
  return isWithin(cwd, path) || approvals?.includes("external-imports") === true;
}
