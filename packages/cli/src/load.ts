import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nearest, type PersonaData } from "@personakit/core";
import type { Target } from "@personakit/targets";
// Node resolves packages only from the file that asks; this is its algorithm, from any folder.
import { resolve as resolveImport } from "import-meta-resolve";
import { CommandError } from "./command-error.ts";

/** A persona, and the source that it was loaded from, as the user wrote it. */
export interface LoadedPersona {
  readonly persona: PersonaData;
  readonly source: string;
}

/** Loads every persona that the sources export, in their order, each once. What is wrong with a source goes to `errors`. */
export async function loadPersonas(sources: readonly string[], errors: string[]): Promise<LoadedPersona[]> {
  const loaded = new Map<PersonaData, string>();
  for (const source of sources) {
    try {
      for (const { name, url } of locate(source)) {
        for (const persona of await importUnits<PersonaData>(name, url, "persona"))
          if (!loaded.has(persona)) loaded.set(persona, name);
      }
    } catch (error) {
      errors.push(...CommandError.from(error, source).lines);
    }
  }
  return [...loaded].map(([persona, source]) => ({ persona, source }));
}

interface Module {
  readonly name: string;
  readonly url: string;
}

function locate(source: string): Module[] {
  const path = resolve(source);
  if (!existsSync(path)) {
    if (/^[./\\]|^[A-Za-z]:/.test(source)) {
      throw new CommandError([`${source}: there is no such file or folder.${suggest(source)}`]);
    }
    return [{ name: source, url: resolvePackage(source, pathToFileURL(resolve("package.json")).href, source) }];
  }
  if (statSync(path).isFile()) return [{ name: source, url: pathToFileURL(path).href }];
  if (existsSync(join(path, "package.json"))) return [packageAt(path, source)];
  const names = readdirSync(path).sort();
  const packages = names.filter((name) => existsSync(join(path, name, "package.json")));
  const folder = source.replace(/[/\\]+$/, "");
  if (packages.length > 0) return packages.map((name) => packageAt(join(path, name), `${folder}/${name}`));
  const module = names.find((name) => /\.[cm]?[jt]s$/.test(name));
  const hint = module === undefined ? "" : ` Name the module: ${folder}/${module}.`;
  throw new CommandError([`${source}: there is no package in this folder, nor is it one.${hint}`]);
}

/** A package's entry, through its own `exports`: every package may import itself by name. */
function packageAt(folder: string, name: string): Module {
  const { name: own, exports } = readPackage(folder, name);
  const at = `${name}/package.json`;
  if (own === undefined) throw new CommandError([`${at}: there is no "name", through which its personas are found.`]);
  if (exports === undefined)
    throw new CommandError([`${at}: there is no "exports", through which its personas are found.`]);
  return { name, url: resolvePackage(own, pathToFileURL(`${folder}/package.json`).href, name) };
}

function readPackage(folder: string, name: string): { readonly name?: string; readonly exports?: unknown } {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) ?? {};
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

function suggest(source: string): string {
  const folder = resolve(source, "..");
  if (!existsSync(folder)) return "";
  const near = nearest(source.replace(/.*[/\\]/, ""), readdirSync(folder));
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}

/** Loads the targets that a module or package exports. What is wrong with it goes to `errors`. */
export async function loadTargets(source: string, errors: string[]): Promise<Target[]> {
  try {
    const modules = await Promise.all(locate(source).map(({ name, url }) => importUnits<Target>(name, url, "target")));
    return modules.flat();
  } catch (error) {
    errors.push(...CommandError.from(error, `--target ${source}`).lines);
    return [];
  }
}

/** What every unit says of itself. */
interface Unit {
  readonly kind: string;
  readonly schemaVersion: number;
  readonly id: string;
}

async function importUnits<Kind extends Unit>(name: string, url: string, kind: Kind["kind"]): Promise<Kind[]> {
  let module: { readonly [name: string]: unknown };
  try {
    module = await import(url);
  } catch (error) {
    throw importError(name, url, error);
  }
  const units = Object.values(module).filter((value): value is Kind => (value as Unit | null)?.kind === kind);
  if (units.length === 0) {
    const exported = Object.keys(module).join(", ") || "nothing";
    throw new CommandError([`${name}: exports no ${kind}. It exports: ${exported}.`]);
  }
  const newer = units.find((unit) => unit.schemaVersion !== 1);
  if (newer !== undefined) {
    throw new CommandError([
      `${name}: ${kind} "${newer.id}" has schema version ${newer.schemaVersion}; this version of personakit reads 1. Update personakit.`,
    ]);
  }
  return units;
}

function importError(name: string, url: string, error: unknown): CommandError {
  const { code, stack = "" } = (error instanceof Error ? error : new Error(String(error))) as Error & { code?: string };
  if (code === "ERR_UNKNOWN_FILE_EXTENSION" && /\.[cm]?ts$/.test(url)) {
    const version = process.versions.node;
    return new CommandError([
      `${name}: Node.js ${version} does not load TypeScript. Compile it to JavaScript, or use Node.js 22.18 or later.`,
    ]);
  }
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  const place = stack.split("\n").find((line) => line.includes(url) || line.includes(path));
  const where = place === undefined ? "" : ` (${place.trim()})`;
  const { lines } = CommandError.from(error, name, `${name}: could not be loaded`);
  return new CommandError(lines.map((line) => (line.startsWith(`${name}: could not`) ? `${line}${where}` : line)));
}
