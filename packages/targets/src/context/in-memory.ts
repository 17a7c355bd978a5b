import type { ContextFile, ContextFiles, ContextFolder } from "./files.ts";

/** Files by absolute path: a text, bytes, or a link to another absolute path. */
export interface FilesByPath {
  readonly [path: string]: string | Uint8Array | { readonly link: string };
}

const encoder = new TextEncoder();

/** The longest row of links that is followed; a circle is longer. */
const MOST_LINKS = 40;

/**
 * Files that are in memory. Returns what `contextOf` reads from. Folders list their entries in the order in which they stand here.
 *
 * @example
 * ```ts
 * import { filesInMemory } from "@personakit/targets/context";
 *
 * const files = filesInMemory({ "/repo/AGENTS.md": "Use pnpm.\n", "/repo/CLAUDE.md": { link: "/repo/AGENTS.md" } });
 * console.log(files.file("/repo/CLAUDE.md")?.realPath); // /repo/AGENTS.md
 * ```
 */
export function filesInMemory(files: FilesByPath): ContextFiles {
  const all = new Map(Object.entries(files));
  const folders = foldersOf(all.keys());
  const links = [...all]
    .flatMap(([path, file]) => (typeof file === "object" && "link" in file ? [[path, file.link] as const] : []))
    .sort(([a], [b]) => a.length - b.length);
  /** The path without links; undefined where a link leads nowhere, or in a circle. */
  const real = (path: string): string | undefined => {
    let at = path;
    for (let count = 0; count < MOST_LINKS; count++) {
      const link = firstLink(links, at);
      if (link === undefined) return at;
      at = link;
    }
    return undefined;
  };
  const fileAt = (path: string): ContextFile | undefined => {
    const realPath = real(path);
    const found = realPath === undefined ? undefined : all.get(realPath);
    if (realPath === undefined || found === undefined) return undefined;
    if (typeof found === "string") return { realPath, bytes: encoder.encode(found) };
    return found instanceof Uint8Array ? { realPath, bytes: found } : undefined;
  };
  const folderAt = (path: string): ContextFolder | undefined => {
    const realPath = real(path);
    const names = realPath === undefined ? undefined : folders.get(realPath);
    if (realPath === undefined || names === undefined) return undefined;
    const isFolder = (name: string) => folders.has(real(`${realPath === "/" ? "" : realPath}/${name}`) ?? "");
    return { realPath, entries: [...names].map((name) => ({ name, isFolder: isFolder(name) })) };
  };
  return { file: fileAt, folder: folderAt };
}

/** Where the first link in a path leads, with the rest of the path behind it. */
function firstLink(links: readonly (readonly [path: string, target: string])[], path: string): string | undefined {
  const found = links.find(([at]) => path === at || path.startsWith(`${at}/`));
  return found === undefined ? undefined : found[1] + path.slice(found[0].length);
}

function foldersOf(paths: Iterable<string>): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    for (let at = path; at !== "/" && at !== ""; ) {
      const end = at.lastIndexOf("/");
      const above = end <= 0 ? "/" : at.slice(0, end);
      const names = folders.get(above);
      const isKnown = names !== undefined;
      folders.set(above, (names ?? new Set()).add(at.slice(end + 1)));
      if (isKnown) break;
      at = above;
    }
  }
  return folders;
}
