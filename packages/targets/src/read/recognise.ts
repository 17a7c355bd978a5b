import type { Reading } from "./reading.ts";

/** What tells a kind of file by its path. */
export interface Places {
  readonly files: { readonly main: string };
  readonly reading?: Reading | undefined;
}

/** What a path says. */
export interface Recognised {
  /** The persona's name in it, or the folder's that a shared file is for; empty for one at the root. */
  readonly name: string;
  /** The folder below which the tool's own folders begin: empty at the root, `packages/api` in a monorepo. */
  readonly folder: string;
  /** Whether the tool loads it from there. */
  readonly isLoaded: boolean;
}

const patterns = new Map<string, RegExp>();

/** What a path says if it is one of this kind of file's; undefined for any other. Paths have forward slashes. */
export function matchPath({ files, reading = {} }: Places, path: string): Recognised | undefined {
  for (const template of [files.main, ...(reading.paths ?? [])]) {
    const found = matchTemplate(template, path);
    if (found !== undefined) return { ...found, isLoaded: true };
  }
  for (const template of reading.forms ?? []) {
    const found = matchTemplate(template, path);
    // What explains a folder is none of its files.
    if (found !== undefined && found.name !== "README") return { ...found, isLoaded: false };
  }
  return undefined;
}

function matchTemplate(template: string, path: string): Omit<Recognised, "isLoaded"> | undefined {
  const groups = patternOf(template).exec(path)?.groups;
  if (groups === undefined) return undefined;
  const { folder = "", name } = groups;
  return { name: name ?? folder, folder };
}

/** `**` is any folders, none among them; a persona's name is one part of a path, without its ending. */
function patternOf(template: string): RegExp {
  const known = patterns.get(template);
  if (known !== undefined) return known;
  const source = template
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/|\*/g, (stars) => (stars === "*" ? "[^/]+" : "(?:[^/]+/)*"))
    .replace("<name>", "(?<name>[^/]+?)");
  const pattern = new RegExp(`^(?:(?<folder>.+)/)?${source}$`, "u");
  patterns.set(template, pattern);
  return pattern;
}
