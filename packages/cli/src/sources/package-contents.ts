import { realpathSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { readRegular } from "../files/regular.ts";
import { CommandError, failure, messageOf } from "../issues/command-error.ts";
import { isPackageName } from "./package-spec.ts";
import { fileTooLarge, PACKAGE_LIMITS, readTarball, tooLarge } from "./tarball.ts";

/** A package's files, wherever it is. */
export interface PackageContents {
  readonly name: string;
  /** A valid one. */
  readonly version: string;
  readonly exports: { readonly [path: string]: unknown };
  /** The texts of some of its files, by path, without those that do not exist. */
  read(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Opens a folder as a package. `spec` is what the user calls it. Throws a CommandError if it is not one. */
export function openFolder(folder: string, spec: string): Promise<PackageContents> {
  return openWith(async (paths) => {
    const texts = new Map<string, string>();
    let size = 0;
    for (const path of new Set(paths)) {
      const text = readInside(folder, path, spec);
      if (text === undefined) continue;
      size += text.length;
      if (size > PACKAGE_LIMITS.unpacked)
        throw tooLarge(spec, `has more than ${PACKAGE_LIMITS.unpacked} bytes to read`);
      texts.set(path, text);
    }
    return texts;
  }, spec);
}

/** Opens a tarball as a package. `spec` is what the user calls it. Throws a CommandError if it is not one. */
export async function openTarball(file: string, spec: string): Promise<PackageContents> {
  const packed = readRegular(file, PACKAGE_LIMITS.packed);
  if (packed === "irregular") throw failure("not-a-package", spec, "this is not a regular file");
  if (packed === "too large") throw tooLarge(spec, `has more than ${PACKAGE_LIMITS.packed} bytes`);
  return openWith(async (paths) => {
    try {
      return await readTarball(packed, paths, spec);
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw failure("not-a-package", spec, "cannot be unpacked", { cause: messageOf(error) });
    }
  }, spec);
}

/** Opens a package whose files `read` gives. */
async function openWith(read: PackageContents["read"], spec: string): Promise<PackageContents> {
  const place = `${spec}/package.json`;
  const text = (await read(["package.json"])).get("package.json") ?? "null";
  const { name, version, exports } = parseJson<Partial<PackageContents> | null>(text, place) ?? {};
  if (typeof name !== "string" || typeof version !== "string") {
    throw failure("not-a-package", place, "there is no name and version in it");
  }
  if (!isPackageName(name)) throw failure("not-a-package", place, "its name is not one that a package can have");
  // npm's own reading of versions: maintained, no dependencies. Loaded where a package is read.
  const { valid } = (await import("semver")).default;
  // A leading "v" is accepted, but is not part of the version.
  if (!/^\d\S*$/.test(version) || valid(version) === null) {
    throw failure("not-a-package", place, "its version is not a semantic version");
  }
  return { name, version, exports: isRecord(exports) ? exports : {}, read };
}

/** The text of a file that a package exports under a name; undefined where it exports none. */
export async function exportedText({ exports, read }: PackageContents, name: string): Promise<string | undefined> {
  const exported = exports[name];
  // A path out of the package is not one of its files.
  if (typeof exported !== "string" || exported.includes("..")) return undefined;
  const path = exported.replace(/^\.\//, "");
  return (await read([path])).get(path);
}

/** Reads JSON of a package. Throws a CommandError with the place. */
export function parseJson<Value>(text: string, place: string): Value {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failure("not-a-package", place, "is not JSON", { cause: messageOf(error) });
  }
}

/** The text of a file of a package's folder; undefined if there is none. */
function readInside(folder: string, path: string, spec: string): string | undefined {
  let file: string;
  try {
    file = realpathSync(join(folder, path));
  } catch {
    return undefined;
  }
  // The package itself may be a link: package managers and workspaces make them.
  const inside = relative(realpathSync(folder), file);
  if (inside.split(sep)[0] === ".." || isAbsolute(inside)) {
    throw failure("unsafe-package", spec, `${path} is a link that leads out of the package`);
  }
  const bytes = readRegular(file, PACKAGE_LIMITS.file);
  if (bytes === "irregular") throw failure("unsafe-package", spec, `${path} is not a regular file`);
  if (bytes === "too large") throw fileTooLarge(path, spec);
  return bytes.toString("utf8");
}
