import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { issuesOf } from "@personakit/core/internal";
import { CommandError, failure, messageOf } from "../issues/command-error.ts";

/** What a module exports. */
export type Exports = { readonly [name: string]: unknown };

/** Loads a user's module: JavaScript, TypeScript or JSON. Throws a CommandError with the place of what the module threw. */
export async function importModule(name: string, url: string): Promise<Exports> {
  try {
    const path = fileURLToPath(url);
    if (path.endsWith(".json")) return { default: JSON.parse(readFileSync(path, "utf8")) };
    if (!/\.[cm]?ts$/.test(path)) return await import(url);
    return isNative(path) ? await importNatively(url, path) : await transpiled(path);
  } catch (error) {
    throw importError(name, url, error);
  }
}

/** Whether this Node loads a TypeScript file as an ES module by itself: faster, and with the user's own line numbers. */
function isNative(path: string): boolean {
  if (!process.features.typescript || path.endsWith(".cts")) return false;
  return path.endsWith(".mts") || typeOf(dirname(path)) === "module";
}

function typeOf(folder: string): unknown {
  for (let here = folder; ; here = dirname(here)) {
    const manifest = join(here, "package.json");
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).type;
    if (here === dirname(here)) return undefined;
  }
}

/** An enum, a namespace or a parameter property is TypeScript that Node does not strip. */
async function importNatively(url: string, path: string): Promise<Exports> {
  try {
    return await import(url);
  } catch (error) {
    if ((error as { code?: string } | null)?.code !== "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") throw error;
    return transpiled(path);
  }
}

async function transpiled(path: string): Promise<Exports> {
  // jiti loads TypeScript of any kind on any Node: maintained by unjs, typed, no dependencies, no install script.
  const { createJiti } = await import("jiti");
  const jiti = createJiti(path, { fsCache: false, interopDefault: false });
  return jiti.import<Exports>(path);
}

function importError(name: string, url: string, error: unknown): CommandError {
  if (error instanceof CommandError || issuesOf(error) !== undefined) return CommandError.from(error, name);
  const { stack = "" } = error instanceof Error ? error : new Error(String(error));
  const path = fileURLToPath(url);
  const line = stack.split("\n").find((each) => each.includes(url) || each.includes(path));
  const cause = `${messageOf(error)}${line === undefined ? "" : ` (${line.trim()})`}`;
  return failure("cannot-load", name, "could not be loaded", { cause });
}
