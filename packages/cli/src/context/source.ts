import { readdirSync, realpathSync, statSync } from "node:fs";
import { readRegular } from "../files/regular.ts";
import { messageOf } from "../issues/command-error.ts";
import { withSlashes } from "./paths.ts";

/** What a folder holds, and whether that is a folder or a link. */
export interface SourceEntry {
  readonly name: string;
  /** Links are followed: true for a link to a folder. */
  readonly isFolder: boolean;
  readonly isLink: boolean;
}

/** Why something that is there cannot be read. */
export interface Unread {
  readonly why: string;
}

/** Where files are read from: the disk, or a revision of git. Paths are absolute, with forward slashes. */
export interface Source {
  /** The path after all links are followed; undefined where nothing is. */
  realPath(path: string): string | Unread | undefined;
  /** The bytes of a file; undefined where there is no file. The path holds no link. */
  bytes(path: string): Uint8Array | Unread | undefined;
  /** What is in a folder, by name; undefined where there is no folder. The path holds no link. */
  entries(path: string): readonly SourceEntry[] | Unread | undefined;
}

/** In bytes: far above what a model takes in, and read in a moment. */
export const LARGEST = 2 * 1024 * 1024;

/** Says that a file is larger than is read. */
export function tooLarge(): Unread {
  return { why: `it is larger than ${LARGEST} bytes` };
}

/** Names that stand for nothing: the tool finds no file there either. */
const ABSENT = ["ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG", "EINVAL"];

/** The files as they are on the disk. */
export const DISK: Source = {
  realPath: (path) => attempt(() => withSlashes(realpathSync.native(path))),
  bytes: (path) =>
    attempt(() => {
      const read = readRegular(path, LARGEST);
      if (read === "too large") return tooLarge();
      if (read !== "irregular") return read;
      return statSync(path).isDirectory() ? undefined : { why: "it is not a regular file" };
    }),
  entries: (path) =>
    attempt(() =>
      readdirSync(path, { withFileTypes: true })
        .map((entry) => {
          const isLink = entry.isSymbolicLink();
          return {
            name: entry.name,
            isLink,
            isFolder: isLink ? isFolder(`${path}/${entry.name}`) : entry.isDirectory(),
          };
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ),
};

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // A link that leads nowhere, or in a circle: reading it says so.
    return false;
  }
}

function attempt<Result>(step: () => Result): Result | Unread | undefined {
  try {
    return step();
  } catch (error) {
    const { code = "" } = error as { code?: string };
    if (ABSENT.includes(code)) return undefined;
    return { why: code === "ELOOP" ? "its links lead in a circle" : messageOf(error) };
  }
}
