import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { failure, messageOf } from "../issues/command-error.ts";

/** A package's files, wherever it is. */
export interface PackageContents {
  readonly name: string;
  readonly version: string;
  readonly exports: { readonly [path: string]: unknown };
  /** The text of one of its files; undefined where there is none. */
  read(path: string): string | undefined;
}

/** Opens a folder as a package. Throws a CommandError where it has no name and version. */
export function openFolder(folder: string): PackageContents {
  return openWith((path) => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }, folder);
}

/** Opens a package whose files `read` gives. `spec` is what the user calls it. */
export function openWith(read: PackageContents["read"], spec: string): PackageContents {
  const place = `${spec}/package.json`;
  const packageJson = parseJson<Partial<PackageContents> | null>(read("package.json") ?? "null", place);
  const { name, version, exports } = packageJson ?? {};
  if (typeof name !== "string" || typeof version !== "string") {
    throw failure("not-a-package", place, "there is no name and version in it");
  }
  return { name, version, exports: isRecord(exports) ? exports : {}, read };
}

/** The text of a file that a package exports under a name; undefined where it exports none. */
export function exportedText({ exports, read }: PackageContents, name: string): string | undefined {
  const path = exports[name];
  // What leads out of the package is none of its files.
  return typeof path === "string" && !path.includes("..") ? read(path.replace(/^\.\//, "")) : undefined;
}

/** Reads JSON of a package. Throws a CommandError with the place. */
export function parseJson<Value>(text: string, place: string): Value {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failure("not-a-package", place, "is not JSON", { cause: messageOf(error) });
  }
}
