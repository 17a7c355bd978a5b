import { askOfRevision, gitBlobs, gitPaths } from "../files/git.ts";
import { isInside } from "./paths.ts";
import { LARGEST, type Source, type SourceEntry, tooLarge, type Unread } from "./source.ts";

/** A file of a revision. */
interface Blob {
  readonly id: string;
  readonly size: number;
  readonly isLink: boolean;
}

/** How many links one path may lead through, as Linux counts them. */
const MOST_LINKS = 40;

/**
 * The files of a repository at a revision, at the places where the working tree has them. `likely` are the files that will probably be
 * asked for: they are read at once. Throws a CommandError where there is no such revision.
 */
export function revisionSource(root: string, revision: string, likely: Iterable<string>): Source {
  return new RevisionSource(root, revision, likely);
}

class RevisionSource implements Source {
  readonly #root: string;
  readonly #blobs: ReadonlyMap<string, Blob>;
  readonly #folders: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #read: Map<string, Uint8Array>;

  constructor(root: string, revision: string, likely: Iterable<string>) {
    this.#root = root;
    this.#blobs = blobsAt(root, revision);
    this.#folders = foldersOf(root, this.#blobs.keys());
    const wanted = [...likely].flatMap((path) => this.#blobs.get(path) ?? []);
    this.#read = readBlobs(root, wanted);
  }

  realPath(path: string): string | Unread | undefined {
    if (!isInside(this.#root, path)) return undefined;
    let real = this.#root;
    let left = path.slice(this.#root.length).split("/");
    for (let links = 0; left.length > 0; ) {
      const [part = "", ...rest] = left;
      left = rest;
      if (part === "" || part === ".") continue;
      if (part === "..") {
        real = real.slice(0, real.lastIndexOf("/"));
        continue;
      }
      const next = `${real}/${part}`;
      const blob = this.#blobs.get(next);
      if (blob?.isLink) {
        if (++links > MOST_LINKS) return { why: "its links lead in a circle" };
        const target = Buffer.from(this.#bytesOf(blob)).toString("utf8");
        if (target.startsWith("/")) real = "";
        left = [...target.split("/"), ...left];
      } else if (blob === undefined && !this.#folders.has(next) && isInside(this.#root, next)) return undefined;
      else real = next;
    }
    return real;
  }

  bytes(path: string): Uint8Array | Unread | undefined {
    const blob = this.#blobs.get(path);
    if (blob === undefined) return undefined;
    return blob.size > LARGEST ? tooLarge() : this.#bytesOf(blob);
  }

  entries(path: string): readonly SourceEntry[] | undefined {
    const names = this.#folders.get(path);
    if (names === undefined) return undefined;
    return [...names].sort().map((name) => {
      const isLink = this.#blobs.get(`${path}/${name}`)?.isLink ?? false;
      const real = isLink ? this.realPath(`${path}/${name}`) : `${path}/${name}`;
      return { name, isLink, isFolder: typeof real === "string" && this.#folders.has(real) };
    });
  }

  #bytesOf(blob: Blob): Uint8Array {
    if (!this.#read.has(blob.id)) for (const [id, bytes] of readBlobs(this.#root, [blob])) this.#read.set(id, bytes);
    return this.#read.get(blob.id) ?? new Uint8Array();
  }
}

function blobsAt(root: string, revision: string): Map<string, Blob> {
  const listed = ["ls-tree", "-r", "-z", "--long", "--full-tree", `${revision}^{commit}`];
  const blobs = new Map<string, Blob>();
  for (const line of askOfRevision(revision, () => gitPaths(root, listed))) {
    const [, mode = "", id = "", size = "", path = ""] = /^(\d+) blob (\w+) +(\d+)\t(.+)$/s.exec(line) ?? [];
    if (path !== "") blobs.set(`${root}/${path}`, { id, size: Number(size), isLink: mode === "120000" });
  }
  return blobs;
}

/** The names in each folder. */
function foldersOf(root: string, paths: Iterable<string>): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>([[root, new Set()]]);
  for (const path of paths) {
    for (let at = path; at !== root; ) {
      const end = at.lastIndexOf("/");
      const folder = at.slice(0, end);
      const names = folders.get(folder);
      const name = at.slice(end + 1);
      if (names?.has(name)) break;
      if (names === undefined) folders.set(folder, new Set([name]));
      else names.add(name);
      at = folder;
    }
  }
  return folders;
}

/** Reads many blobs with one process. */
function readBlobs(root: string, blobs: readonly Blob[]): Map<string, Uint8Array> {
  const small = blobs.filter(({ size }) => size <= LARGEST);
  const read = gitBlobs(
    root,
    small.map(({ id }) => id),
  );
  return new Map(small.map(({ id }, index) => [id, read[index] ?? new Uint8Array()]));
}

/** The paths of a repository that git does not ignore: those that a commit can hold. */
export function keptByGit(root: string): ReadonlySet<string> {
  const listed = gitPaths(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  return new Set(listed.map((path) => `${root}/${path}`));
}
