import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nearest, type PersonaData } from "@personakit/core";
// Node resolves packages only from the file that asks; this is its algorithm, from any folder.
import { resolve as resolveImport } from "import-meta-resolve";
import { CommandError } from "./command-error.ts";

/** A persona, and the source that it was loaded from, as the user wrote it. */
export interface LoadedPersona {
  readonly persona: PersonaData;
  readonly source: string;
}

/** Loads every persona that the sources export, in their order. Throws a CommandError that names the source. */
export async function loadPersonas(sources: readonly string[], cwd = process.cwd()): Promise<LoadedPersona[]> {
  const loaded: LoadedPersona[] = [];
  for (const source of sources) {
    for (const { name, url } of locate(source, cwd)) loaded.push(...(await importPersonas(name, url)));
  }
  return loaded;
}

interface Module {
  readonly name: string;
  readonly url: string;
}

function locate(source: string, cwd: string): Module[] {
  const path = resolve(cwd, source);
  if (!existsSync(path)) {
    if (/^[./\\]|^[A-Za-z]:/.test(source))
      throw new CommandError([`${source}: there is no such file or folder.${suggest(source, cwd)}`]);
    return [{ name: source, url: resolvePackage(source, pathToFileURL(`${cwd}/`).href, source) }];
  }
  if (statSync(path).isFile()) return [{ name: source, url: pathToFileURL(path).href }];
  if (existsSync(join(path, "package.json"))) return [packageAt(path, source)];
  const packages = readdirSync(path)
    .sort()
    .filter((name) => existsSync(join(path, name, "package.json")));
  if (packages.length === 0) throw new CommandError([`${source}: there is no package in this folder, nor is it one.`]);
  return packages.map((name) => packageAt(join(path, name), `${source.replace(/[/\\]+$/, "")}/${name}`));
}

/** A package's entry, through its own `exports`: every package may import itself by name. */
function packageAt(folder: string, name: string): Module {
  const manifest = readManifest(folder, name);
  return { name, url: resolvePackage(manifest.name, pathToFileURL(`${folder}/package.json`).href, name) };
}

function readManifest(folder: string, name: string): { readonly name: string } {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  } catch (error) {
    throw new CommandError([`${name}/package.json: ${(error as Error).message}.`]);
  }
}

function resolvePackage(specifier: string, parent: string, name: string): string {
  try {
    return resolveImport(specifier, parent);
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_MODULE_NOT_FOUND") {
      throw new CommandError([`${name}: there is no such path, and no package of this name is installed here.`]);
    }
    throw new CommandError([`${name}: ${(error as Error).message}.`]);
  }
}

function suggest(source: string, cwd: string): string {
  const folder = resolve(cwd, source, "..");
  if (!existsSync(folder)) return "";
  const near = nearest(source.replace(/.*[/\\]/, ""), readdirSync(folder));
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}

async function importPersonas(name: string, url: string): Promise<LoadedPersona[]> {
  let module: { readonly [name: string]: unknown };
  try {
    module = await import(url);
  } catch (error) {
    throw importError(name, url, error);
  }
  const personas = Object.values(module).filter(isPersona);
  if (personas.length === 0) {
    const exported = Object.keys(module).join(", ") || "nothing";
    throw new CommandError([`${name}: exports no persona. It exports: ${exported}.`]);
  }
  const newer = personas.find((persona) => persona.schemaVersion !== 1);
  if (newer !== undefined) {
    throw new CommandError([
      `${name}: persona "${newer.id}" has schema version ${newer.schemaVersion}; this version of personakit reads 1. Update personakit.`,
    ]);
  }
  return personas.map((persona) => ({ persona, source: name }));
}

function importError(name: string, url: string, error: unknown): CommandError {
  if ((error as { code?: string }).code === "ERR_UNKNOWN_FILE_EXTENSION" && /\.[cm]?ts$/.test(url)) {
    const version = process.versions.node;
    return new CommandError([
      `${name}: Node.js ${version} does not load TypeScript. Compile it to JavaScript, or use Node.js 22.18 or later.`,
    ]);
  }
  try {
    return CommandError.from(error, name);
  } catch {
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    const place = stack.split("\n").find((line) => line.includes(url) || line.includes(fileURLToPath(url)));
    return new CommandError([
      `${name}: could not be loaded. ${message}${place === undefined ? "" : ` (${place.trim()})`}`,
    ]);
  }
}

function isPersona(value: unknown): value is PersonaData {
  return typeof value === "object" && value !== null && (value as PersonaData).kind === "persona";
}
