import type { ContextFile, ContextFiles, ContextFolder } from "@personakit/targets/context";
import { isInside } from "./paths.ts";
import type { Source, Unread } from "./source.ts";

/** Something that could not be read, or was not allowed to be. */
export interface Problem {
  readonly path: string;
  /** For a file: "it is larger than 2097152 bytes". */
  readonly why: string;
}

/** Which places may be read. */
export interface Scope {
  /** The repository; without one, the folder that the tool is started in. */
  readonly root: string;
  /** Whether other places may be read too: the user's files, and folders above. */
  readonly isOpen: boolean;
  /** The files of the repository that count; all where absent. */
  readonly only?: ReadonlySet<string>;
}

/** How many folders are listed, and files looked for: a repository may hold links that make endlessly many of few. */
const MOST_FOLDERS = 5000;
const MOST_FILES = 50_000;

/** Files for the engine: within a scope, each read once, with what could not be read. */
export class ScopedFiles implements ContextFiles {
  /** By path. */
  readonly #unread = new Map<string, Problem>();
  readonly #outside = new Set<string>();
  #isFull = false;
  readonly #files = new Map<string, ContextFile | undefined>();
  readonly #folders = new Map<string, ContextFolder | undefined>();
  readonly #real = new Map<string, string | Unread | undefined>();
  readonly #inside: Source;
  readonly #beyond: Source;
  readonly #scope: Scope;

  /** `inside` reads the repository, `beyond` everything else. */
  constructor(scope: Scope, inside: Source, beyond: Source = inside) {
    this.#scope = scope;
    this.#inside = inside;
    this.#beyond = beyond;
  }

  /** What is there and could not be read, by path. */
  get unread(): readonly Problem[] {
    return [...this.#unread.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The paths that were asked for and lie outside of the scope, sorted. */
  get outside(): readonly string[] {
    return [...this.#outside].sort();
  }

  /** The files that were found. */
  get found(): readonly string[] {
    return [...this.#files].flatMap(([, file]) => file?.realPath ?? []);
  }

  /** A file, links followed; undefined where there is none, it may not be read, or it cannot be. */
  file(path: string): ContextFile | undefined {
    const known = this.#files.get(path);
    if (known !== undefined || this.#files.has(path)) return known;
    const file = this.#files.size < MOST_FILES ? this.#readFile(path) : this.#tooMany(path, `${MOST_FILES} files`);
    this.#files.set(path, file);
    return file;
  }

  /** What is in a folder, by name, without links that lead back up; undefined where there is none. */
  folder(path: string): ContextFolder | undefined {
    const known = this.#folders.get(path);
    if (known !== undefined || this.#folders.has(path)) return known;
    const entries =
      this.#folders.size < MOST_FOLDERS ? this.#readFolder(path) : this.#tooMany(path, `${MOST_FOLDERS} folders`);
    this.#folders.set(path, entries);
    return entries;
  }

  #readFile(path: string): ContextFile | undefined {
    const realPath = this.#realPath(path);
    if (realPath === undefined) return undefined;
    const { only } = this.#scope;
    if (only !== undefined && isInside(this.#scope.root, realPath) && !only.has(realPath)) return undefined;
    const bytes = this.#known(path, this.#sourceOf(realPath).bytes(realPath));
    return bytes === undefined ? undefined : { realPath, bytes };
  }

  #readFolder(path: string): ContextFolder | undefined {
    const realPath = this.#realPath(path);
    if (realPath === undefined) return undefined;
    const entries = this.#known(path, this.#sourceOf(realPath).entries(realPath));
    if (entries === undefined) return undefined;
    const followed = entries.map(({ name, isFolder, isLink }) => {
      if (!isLink) return { name, isFolder };
      const target = this.#realPath(`${path}/${name}`);
      if (target === undefined || !isFolder) return { name, isFolder: false };
      const isCircle = this.#realFoldersAbove(path).some((above) => isInside(target, above));
      if (isCircle) this.#note(`${path}/${name}`, "its links lead in a circle");
      return { name, isFolder: !isCircle };
    });
    return { realPath, entries: followed };
  }

  /** The real path of a folder, and of those above it by name. */
  #realFoldersAbove(path: string): string[] {
    const real: string[] = [];
    for (let at = path; isInside(this.#scope.root, at) && at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      const each = this.#real.get(at);
      if (typeof each === "string") real.push(each);
    }
    return real;
  }

  /** Undefined where nothing is, or what is there may not be read. */
  #realPath(path: string): string | undefined {
    if (!this.#mayRead(path)) return undefined;
    const known = this.#real.get(path);
    const real = known ?? this.#sourceOf(path).realPath(path);
    if (known === undefined) this.#real.set(path, real);
    const found = this.#known(path, real);
    return found === undefined || !this.#mayRead(found, path) ? undefined : found;
  }

  #mayRead(path: string, asked = path): boolean {
    if (this.#scope.isOpen || isInside(this.#scope.root, path)) return true;
    this.#outside.add(asked);
    return false;
  }

  #sourceOf(path: string): Source {
    return isInside(this.#scope.root, path) ? this.#inside : this.#beyond;
  }

  #known<Value extends object | string>(path: string, value: Value | Unread | undefined): Value | undefined {
    if (typeof value !== "object" || !("why" in value)) return value;
    this.#note(path, value.why);
    return undefined;
  }

  #note(path: string, why: string): void {
    this.#unread.set(path, { path, why });
  }

  /** Said of the first only: the others are left out for the same reason. */
  #tooMany(path: string, most: string): undefined {
    if (!this.#isFull)
      this.#note(path, `${most} were looked at before it, which is the most (what comes after it is left out too)`);
    this.#isFull = true;
  }
}
