import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ParseError } from "jsonc-parser";
import { readRegular } from "../files/regular.ts";
import { loadUserCode } from "../guard/user-code.ts";
import { CommandError, failure, messageOf, stackOf } from "../issues/command-error.ts";
import { notInstalled } from "./not-installed.ts";

/** What a module exports. */
export type Exports = { readonly [name: string]: unknown };

/** In bytes. A compiled persona has a few hundred thousand. */
const MOST_JSON = 16 * 1024 * 1024;

/** Loads a user's module: JavaScript, TypeScript or JSON. Throws a CommandError with the place of what the module threw. */
export async function importModule(name: string, url: string): Promise<Exports> {
  const path = fileURLToPath(url);
  try {
    if (path.endsWith(".json")) return { default: await parseJson(name, readJson(name, path)) };
    refuseDevice(name, path);
    return await loadUserCode(name, () => load(url, path));
  } catch (error) {
    throw importError(name, path, error);
  }
}

/**
 * What a JSON file says, and its length in characters, without a look at the file before; undefined where anything is wrong,
 * which {@link importModule} then says.
 */
export function importJson(
  name: string,
  path: string,
): { readonly value: unknown; readonly length: number } | undefined {
  try {
    const text = readJson(name, path);
    return { value: JSON.parse(text), length: text.length };
  } catch {
    return undefined;
  }
}

/** The text of a JSON file that anybody may have put there, without the byte order mark that some editors put before it. */
export function readJson(name: string, path: string): string {
  const bytes = readRegular(path, MOST_JSON, { isBrief: true });
  if (bytes === "irregular") throw failure("cannot-read", name, "is not a file");
  if (bytes === "too large") throw failure("cannot-read", name, `is larger than ${MOST_JSON} bytes`);
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/** Reads JSON. Throws a CommandError with the line where it breaks: Node does not say it in every case. */
async function parseJson(name: string, text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    // jsonc-parser goes on after what JSON does not allow, and says what it was: VS Code's own, typed, no dependencies, no install script.
    const { parse, printParseErrorCode } = (await import("jsonc-parser")).default;
    const found: ParseError[] = [];
    parse(text, found, { disallowComments: true });
    const comment = found.find((each) => printParseErrorCode(each.error) === "InvalidCommentToken");
    const { offset } = comment ?? found[0] ?? { offset: 0 };
    const place = `${name}:${text.slice(0, offset).split("\n").length}`;
    if (comment === undefined)
      throw failure("cannot-load", place, "cannot be read as JSON", { cause: messageOf(error) });
    const [, config] = /^(.*\.config)\.json$/.exec(name) ?? [];
    const hint = config === undefined ? "Remove this one." : `Remove this one, or use ${config}.ts instead.`;
    throw failure("cannot-load", place, "JSON does not allow comments", hint);
  }
}

/** A pipe, a socket or a device might never end. */
function refuseDevice(name: string, path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) throw failure("cannot-read", name, "is not a file");
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

function importError(name: string, path: string, error: unknown): CommandError {
  const known = CommandError.known(error, name);
  // What the system has refused a module is the module's affair.
  if (known?.issues.every(({ code }) => code !== "system")) return known;
  if (!existsSync(path)) {
    const inside = relative(resolve(name), path);
    const file = (inside.startsWith("..") ? path : inside).split(sep).join("/");
    return failure("cannot-load", name, `its entry ${file} is not there`, "Build the package first.");
  }
  if (/MODULE_NOT_FOUND$/.test(String((error as { code?: unknown } | null)?.code))) {
    const missing = notInstalled(name, path, error);
    if (missing !== undefined) return missing;
  }
  const url = pathToFileURL(path).href;
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
