import { type CommandError, failure } from "../issues/command-error.ts";

/** How large a package may be. A persona's is about 30 KB in 20 files; the largest packages of skills are a hundred times that. */
export const PACKAGE_LIMITS = {
  /** Bytes of the tarball. */
  packed: 10 * 2 ** 20,
  /** Bytes of everything in it. */
  unpacked: 32 * 2 ** 20,
  /** Files, folders and links. */
  entries: 10_000,
  /** Bytes of a file that is read. */
  file: 4 * 2 ** 20,
  /** Characters of a path. */
  path: 512,
  /** Folders in a path. */
  depth: 32,
} as const;

/**
 * The texts of some files of a package's tarball, by path; those that are not in it are missing. Stops unpacking at the
 * limit, and keeps nothing else. Throws a CommandError for one that is too large, or whose names lead out of it.
 */
export async function readTarball(
  packed: Uint8Array,
  paths: readonly string[],
  place: string,
): Promise<Map<string, string>> {
  // Reads archives: maintained, typed, without dependencies or install scripts. Loaded where a tarball is read.
  const { unpackTar } = await import("modern-tar");
  const wanted = new Set(paths);
  const found = new Set<string>();
  let count = 0;
  const files = await unpackTar(await unpacked(packed, place), {
    strict: true,
    filter({ name, type = "file", size }) {
      count += 1;
      if (count > PACKAGE_LIMITS.entries) throw tooLarge(place, `has more than ${PACKAGE_LIMITS.entries} entries`);
      const path = pathIn(name, place);
      if (!wanted.has(path) || type === "directory") return false;
      if (type !== "file") throw failure("unsafe-package", place, `${path} is not a regular file`);
      // Readers disagree on which of two files counts.
      if (found.has(path)) throw failure("unsafe-package", place, `${path} is in it twice`);
      if (size > PACKAGE_LIMITS.file) throw fileTooLarge(path, place);
      found.add(path);
      return true;
    },
  });
  const text = (data: Uint8Array = new Uint8Array()) => Buffer.from(data).toString("utf8");
  return new Map(files.map(({ header, data }) => [pathIn(header.name, place), text(data)]));
}

/** The archive in a tarball. Throws a CommandError as soon as it is larger than a package may be. */
async function unpacked(packed: Uint8Array, place: string): Promise<Uint8Array> {
  try {
    const [{ promisify }, { gunzip }] = await Promise.all([import("node:util"), import("node:zlib")]);
    return await promisify(gunzip)(packed, { maxOutputLength: PACKAGE_LIMITS.unpacked });
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_BUFFER_TOO_LARGE") throw error;
    throw tooLarge(place, `unpacks to more than ${PACKAGE_LIMITS.unpacked} bytes`);
  }
}

/** The error for a file of a package that is too large. */
export function fileTooLarge(path: string, place: string): CommandError {
  return tooLarge(place, `${path} has more than ${PACKAGE_LIMITS.file} bytes`);
}

/** The error for a package that is too large. */
export function tooLarge(place: string, problem: string): CommandError {
  return failure("package-too-large", place, problem, "A package of a persona is far below this limit.");
}

/** A path below the one folder that a package's tarball holds. */
function pathIn(name: string, place: string): string {
  const shown = name.slice(0, 80);
  const folders = name.split("/");
  if (name.length > PACKAGE_LIMITS.path) {
    throw tooLarge(place, `${shown}... is a path of more than ${PACKAGE_LIMITS.path} characters`);
  }
  if (folders.length > PACKAGE_LIMITS.depth) {
    throw tooLarge(place, `${shown}... is more than ${PACKAGE_LIMITS.depth} folders deep`);
  }
  if (name.startsWith("/") || /[\\\0]|^[A-Za-z]:/.test(name) || folders.includes("..")) {
    throw failure("unsafe-package", place, `the path ${JSON.stringify(shown)} leads out of it`);
  }
  return folders
    .filter((each) => each !== "" && each !== ".")
    .slice(1)
    .join("/");
}
