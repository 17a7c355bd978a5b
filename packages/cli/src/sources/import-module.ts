import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { readRegular } from "../files/regular.ts";
import { loadUserCode } from "../guard/user-code.ts";
import { CommandError, failure, messageOf, stackOf } from "../issues/command-error.ts";

/** What a module exports. */
export type Exports = { readonly [name: string]: unknown };

/** In bytes. A compiled persona has a few hundred thousand. */
const MOST_JSON = 16 * 1024 * 1024;

/** Loads a user's module: JavaScript, TypeScript or JSON. Throws a CommandError with the place of what the module threw. */
export async function importModule(name: string, url: string): Promise<Exports> {
  const path = fileURLToPath(url);
  try {
    if (path.endsWith(".json")) return { default: JSON.parse(readJson(name, path)) };
    refuseDevice(name, path);
    return await loadUserCode(name, () => load(url, path));
  } catch (error) {
    throw importError(name, url, error);
  }
}

/** The text of a JSON file that anybody may have put there. */
export function readJson(name: string, path: string): string {
  const bytes = readRegular(path, MOST_JSON);
  if (bytes === "irregular") throw failure("cannot-read", name, "is no file");
  if (bytes === "too large") throw failure("cannot-read", name, `is larger than ${MOST_JSON} bytes`);
  return bytes.toString("utf8");
}

/** A pipe, a socket or a device might never end. */
function refuseDevice(name: string, path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) throw failure("cannot-read", name, "is no file");
}

async function load(url: string, path: string): Promise<Exports> {
  if (!/\.[cm]?ts$/.test(path)) return import(url);
  return isNative(path) ? importNatively(url, path) : transpiled(path);
}

/** Whether this Node loads a TypeScript file as an ES module by itself: faster, and with the user's own line numbers. */
function isNative(path: string): boolean {
  if (!process.features.typescript || path.endsWith(".cts")) return false;
  return path.endsWith(".mts") || typeOf(dirname(path)) === "module";
}

function typeOf(folder: string): unknown {
  for (let here = folder; ; here = dirname(here)) {
    const manifest = join(here, "package.json");
    if (existsSync(manifest)) return JSON.parse(readJson(manifest, manifest)).type;
    if (here === dirname(here)) return undefined;
  }
}

async function importNatively(url: string, path: string): Promise<Exports> {
  try {
    return await import(url);
  } catch (error) {
    if (!needsCompiler(error)) throw error;
    return transpiled(path);
  }
}

/**
 * Whether Node has failed where a compiler does not: at an enum, a namespace or a parameter property, which Node does not strip,
 * or at `./rules.js`, as TypeScript names a module whose source is `rules.ts`.
 */
function needsCompiler(error: unknown): boolean {
  const { code, url } = (error ?? {}) as { readonly code?: unknown; readonly url?: unknown };
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") return true;
  if (code !== "ERR_MODULE_NOT_FOUND" || typeof url !== "string" || !/^file:.*\.[cm]?js$/.test(url)) return false;
  return existsSync(fileURLToPath(url.replace(/js$/, "ts")));
}

async function transpiled(path: string): Promise<Exports> {
  // jiti loads TypeScript of any kind on any Node: maintained by unjs, typed, no dependencies, no install script.
  const { createJiti } = await import("jiti");
  const jiti = createJiti(path, { fsCache: false, interopDefault: false });
  return jiti.import<Exports>(path);
}

function importError(name: string, url: string, error: unknown): CommandError {
  const known = CommandError.known(error, name);
  // What the system has refused a module is the module's affair.
  if (known?.issues.every(({ code }) => code !== "system")) return known;
  const path = fileURLToPath(url);
  if (!existsSync(path)) {
    const inside = relative(resolve(name), path);
    const file = (inside.startsWith("..") ? path : inside).split(sep).join("/");
    return failure("cannot-load", name, `its entry ${file} is not there`, "Build the package first.");
  }
  const line = stackOf(error)
    .split("\n")
    .find((each) => each.includes(url) || each.includes(path));
  const cause = `${messageOf(error)}${line === undefined ? "" : ` (${line.trim()})`}`;
  return failure("cannot-load", name, "could not be loaded", { cause });
}

/** Reads what a module exports: a getter or a proxy may throw anything. */
export function readExports<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw (
      CommandError.known(error, name) ?? failure("cannot-load", name, "cannot be read", { cause: messageOf(error) })
    );
  }
}
