import type { Reading } from "./reading.ts";

/** What tells a kind of file by its path. */
export interface Places {
  readonly files: { readonly main: string; readonly links?: { readonly main: string } };
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
  /** Set where it is not the main file, but a reference of it. */
  readonly reference?: string;
}

const patterns = new Map<string, RegExp>();

/** What a path says if it is one of this kind of file's; undefined for any other. Paths have forward slashes. */
export function matchPath({ files, reading = {} }: Places, path: string): Recognised | undefined {
  const withReferences = (main: string) => [
    main,
    ...(files.links === undefined ? [] : [beside(main, files.links.main)]),
  ];
  const loaded = nearest([files.main, ...(reading.paths ?? [])].flatMap(withReferences), path);
  if (loaded !== undefined) return { ...loaded, isLoaded: true };
  const found = nearest((reading.forms ?? []).flatMap(withReferences), path);
  // What explains a folder is none of its files.
  return found === undefined || found.name === "README" ? undefined : { ...found, isLoaded: false };
}

/** The name of a reference that lies where a main file links to it; undefined for any other file. */
export function referenceIn({ files: { links } }: Places, main: string, path: string): string | undefined {
  const [above = "", below = ""] = beside(main, links?.main ?? "").split("<reference>");
  const name = path.slice(above.length, path.length - below.length);
  const isOne = links !== undefined && path === above + name + below && name !== "" && !name.includes("/");
  return isOne ? name : undefined;
}

/** The place of a reference, as the main file links to it. */
function beside(main: string, link: string): string {
  return main.replace(/[^/]*$/, () => link);
}

/** The place that says most of a path: `.claude/CLAUDE.md` is no `CLAUDE.md` of a folder `.claude`. */
function nearest(templates: readonly string[], path: string): Omit<Recognised, "isLoaded"> | undefined {
  const found = templates.flatMap((template) => matchTemplate(template, path) ?? []);
  return found.sort((a, b) => a.folder.length - b.folder.length)[0];
}

function matchTemplate(template: string, path: string): Omit<Recognised, "isLoaded"> | undefined {
  const groups = patternOf(template).exec(path)?.groups;
  if (groups === undefined) return undefined;
  const { folder = "", name, reference } = groups;
  return { name: name ?? folder, folder, ...(reference === undefined ? {} : { reference }) };
}

/** `**` is any folders, none among them; a persona's name is one part of a path, without its ending. */
function patternOf(template: string): RegExp {
  const known = patterns.get(template);
  if (known !== undefined) return known;
  const source = template
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/|\*/g, (stars) => (stars === "*" ? "[^/]+" : "(?:[^/]+/)*"))
    .replace("<name>", "(?<name>[^/]+?)")
    .replace("<reference>", "(?<reference>[^/]+?)");
  const pattern = new RegExp(`^(?:(?<folder>.+)/)?${source}$`, "u");
  patterns.set(template, pattern);
  return pattern;
}
