import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AnyFragment, Document, Issue, PersonaData } from "@personakit/core";
import { nearest } from "@personakit/core/internal";
import type { Target } from "@personakit/targets";
import { installCommand } from "../detect/package-manager.ts";
import type { Awaitable } from "../issues/awaitable.ts";
import { CommandError, failure, issue, messageOf } from "../issues/command-error.ts";
import { copyData, isCopy } from "./copy-data.ts";
import { checkedDocument, documentFromJson } from "./document-schema.ts";
import { targetOf } from "./foreign-target.ts";
import { type Exports, importJson, importModule, readExports, readJson } from "./import-module.ts";
// Not on demand: one more file for every command to find would take longer than its lines.
import { type FileOptions, loadOwnFile, type OwnFile } from "./own-file.ts";
import { isPackageName } from "./package-spec.ts";
import { type AnyUnit, isOwnFile, type PersonaUnit, refuseNewer, type UnitHead } from "./unit.ts";

/** A persona, and the source that it was loaded from, as the user wrote it. */
export interface LoadedPersona {
  readonly unit: PersonaUnit;
  readonly source: string;
  /** The user's own file that it is, if it is one. */
  readonly file?: OwnFile;
  /** What the user should know of that file. */
  readonly warnings?: readonly Issue[];
}

/**
 * Loads every persona that a source exports, seen from a folder: at once, where it is a document. Throws a CommandError that says what
 * is wrong with it.
 *
 * @param options How to read a file of a tool's own format.
 */
export function loadPersonas(
  source: string,
  folder: string,
  options: FileOptions = {},
): Awaitable<readonly LoadedPersona[]> {
  try {
    const document = documentAt(source, folder);
    return document === undefined ? loadOthers(source, folder, options) : [{ unit: document, source }];
  } catch (error) {
    throw CommandError.from(error, source);
  }
}

async function loadOthers(source: string, folder: string, options: FileOptions): Promise<LoadedPersona[]> {
  try {
    if (isOwnFile(source)) return [await loadOwnFile(source, folder, options, loadFragments)];
    const loaded: LoadedPersona[] = [];
    for (const { name, url } of await locate(source, folder)) {
      const path = isOwnFile(url) ? fileURLToPath(url) : undefined;
      if (path !== undefined) {
        loaded.push(
          ...(await loadPersonas(path, folder, { ...options, as: name, isGuessed: true, version: versionAbove(path) })),
        );
        continue;
      }
      const units = await importUnits<PersonaUnit>(name, url, ["persona", "document"]);
      for (const unit of units) if (!loaded.some((other) => other.unit === unit)) loaded.push({ unit, source: name });
    }
    return loaded;
  } catch (error) {
    throw CommandError.from(error, source);
  }
}

/** A compiled document in a file of JSON, read without a look before: of thousands of files, each look counts. */
function documentAt(source: string, folder: string): Document | undefined {
  if (!source.endsWith(".json")) return undefined;
  // Seen from where we are, a path is as it stands: to make thousands absolute took a fortieth of a check.
  const json = importJson(source, folder === "." ? source : resolve(folder, source));
  if (json === undefined || !isUnit(json.value, ["document"])) return undefined;
  refuseNewer(source, json.value);
  return documentFromJson(json.value, json.length, source);
}

/** A package's folder, and the one persona or fragment that it exports. */
export interface LoadedPackage {
  readonly folder: string;
  readonly name: string;
  /** What its package.json says. */
  readonly version: string | undefined;
  readonly unit: AnyUnit;
  /** What its author should know of the file that it is. */
  readonly warnings?: readonly Issue[];
  /** Set for a file of the user's own, which is no package. */
  readonly isFile?: true;
}

/** Block by block, so that each has an id; whichever tool it is for, its text is the same. */
const IN_DETAIL: FileOptions = { inDetail: true, isGuessed: true };

/** Loads packages from a folder, or a folder of them. Throws a CommandError where one does not export exactly one unit. */
export async function loadPackages(source: string): Promise<LoadedPackage[]> {
  if (isOwnFile(source)) {
    const [file] = await loadPersonas(source, ".", IN_DETAIL);
    return file === undefined
      ? []
      : [{ folder: source, name: source, version: undefined, unit: file.unit, isFile: true }];
  }
  const loaded: LoadedPackage[] = [];
  for (const { name: folder, url } of await locate(source, ".")) {
    const { name, version } = readPackage(resolve(folder), folder);
    if (name === undefined) throw failure("not-a-package", folder, "this is not the folder of a package");
    const path = fileURLToPath(url);
    const own = isOwnFile(path)
      ? await loadPersonas(join(folder, relative(resolve(folder), path)), ".", { ...IN_DETAIL, version })
      : undefined;
    const units =
      own?.map(({ unit }) => unit) ?? (await importUnits<AnyUnit>(folder, url, ["persona", "fragment", "document"]));
    const [unit, second] = [...new Set(units)];
    if (unit === undefined || second !== undefined) {
      const ids = units.map(({ id }) => id).join(", ");
      throw failure("no-unit", folder, `a package must export one persona or fragment, but this one exports ${ids}`);
    }
    loaded.push({
      folder,
      name,
      version,
      unit,
      ...(own === undefined ? {} : { warnings: own.flatMap(warningsOfPackage) }),
    });
  }
  return loaded;
}

/** What the author of a file should know, and what only a skill in place has. */
function warningsOfPackage({ warnings = [], file }: LoadedPersona): readonly Issue[] {
  const { files = [], references = [], left = [] } = file?.beside ?? {};
  const folder = file?.seen.replace(/[^/\\]*$/, "") ?? "";
  const others = files.filter((each) => !references.includes(each)).map(({ path }) => folder + path);
  const problem = "a package has no place for it, so who adds the persona goes without it";
  return [...warnings, ...left, ...others.map((place) => issue("left-behind", place, problem))];
}

/**
 * What is wrong with the version of a package's unit: it has none, or another than the package. An update could not say then
 * what it brings.
 */
export function issueOfVersion({ folder, name, version, unit }: LoadedPackage): Issue | undefined {
  if (version === undefined) return issue("wrong-version", `${folder}/package.json`, `${name} has no version`);
  if (unit.version === version) return undefined;
  const has = unit.version === undefined ? "has no version" : `says that it is version ${unit.version}`;
  const problem = `${unit.kind} "${unit.id}" ${has}, and package.json says ${version}`;
  const line = 'import manifest from "./package.json" with { type: "json" }';
  const hint = `Write version: manifest.version, with ${line}. If it says that already, build the package again.`;
  return issue("wrong-version", folder, problem, hint);
}

/** Something to import, and what the user would call it. */
export interface Module {
  readonly name: string;
  readonly url: string;
}

/** The modules that a source names, seen from a folder. Throws a CommandError where there are none. */
export async function locate(source: string, root: string): Promise<Module[]> {
  const path = resolve(root, source);
  if (!existsSync(path)) {
    if (/^[./\\]|^[A-Za-z]:/.test(source)) {
      throw failure("not-found", source, "there is no such file or folder", suggest(path));
    }
    const parent = pathToFileURL(join(resolve(root), "package.json")).href;
    return [{ name: source, url: await resolvePackage(source, parent, source) }];
  }
  const stats = statSync(path);
  if (stats.isFile()) return [{ name: source, url: pathToFileURL(path).href }];
  if (!stats.isDirectory()) throw failure("cannot-read", source, "is neither a file nor a folder");
  if (existsSync(join(path, "package.json"))) return [await packageAt(path, source)];
  const names = readdirSync(path).sort();
  const packages = names.filter((name) => existsSync(join(path, name, "package.json")));
  const folder = source.replace(/[/\\]+$/, "");
  if (packages.length > 0) return Promise.all(packages.map((name) => packageAt(join(path, name), `${folder}/${name}`)));
  const module = names.find((name) => /\.[cm]?[jt]s$/.test(name));
  const hint = module === undefined ? {} : { hint: `Name the module: ${folder}/${module}.` };
  throw failure("not-a-package", source, "this folder is not a package, and holds none", hint);
}

/** A package's entry, through its own `exports`: every package may import itself by name. */
async function packageAt(folder: string, name: string): Promise<Module> {
  const packageJson = readPackage(folder, name);
  for (const field of ["name", "exports"] as const) {
    if (packageJson[field] !== undefined) continue;
    const problem = `there is no "${field}", so its personas cannot be found`;
    throw failure("not-a-package", `${name}/package.json`, problem);
  }
  const parent = pathToFileURL(`${folder}/package.json`).href;
  return { name, url: await resolvePackage(String(packageJson.name), parent, name) };
}

/** What we read of a package.json. */
interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly repository?: unknown;
  readonly exports?: unknown;
}

/** What a package says about itself. Throws a CommandError where that cannot be read. */
export function readPackage(folder: string, name: string): PackageJson {
  try {
    return JSON.parse(readJson(`${name}/package.json`, join(folder, "package.json"))) ?? {};
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw failure("not-a-package", `${name}/package.json`, "cannot be read", { cause: messageOf(error) });
  }
}

async function resolvePackage(specifier: string, parent: string, name: string): Promise<string> {
  const url = await resolvedUrl(specifier, parent, name);
  if (url.startsWith("file:")) return url;
  const hint = "Name a file, a folder, or an installed package.";
  throw failure("not-found", name, "is a module of Node, which has no personas", hint);
}

async function resolvedUrl(specifier: string, parent: string, name: string): Promise<string> {
  // Node resolves packages only from the file that asks; this is its algorithm, from any folder.
  const { resolve: resolveImport } = await import("import-meta-resolve");
  try {
    return resolveImport(specifier, parent);
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_MODULE_NOT_FOUND") {
      const hint = installHint(specifier, dirname(fileURLToPath(parent)));
      throw failure("not-found", name, "there is no such path, and no package with this name is installed here", hint);
    }
    throw failure("not-found", name, "the package could not be resolved", { cause: messageOf(error) });
  }
}

/** A name without a scope may be a misspelt folder: nobody is told to install whatever is called so. */
function installHint(specifier: string, folder: string): { readonly hint?: string } {
  if (!specifier.startsWith("@") || !isPackageName(specifier)) return {};
  return { hint: `Run: ${installCommand(folder, [specifier])}` };
}

function suggest(path: string): { readonly hint?: string } {
  const folder = resolve(path, "..");
  const near = existsSync(folder) ? nearest(path.replace(/.*[/\\]/, ""), readdirSync(folder)) : undefined;
  return near === undefined ? {} : { hint: `Did you mean "${near}"?` };
}

/** The version of the package that a file is the entry of. */
function versionAbove(path: string): string | undefined {
  for (let here = dirname(path); ; here = dirname(here)) {
    if (existsSync(join(here, "package.json"))) return readPackage(here, here).version;
    if (here === dirname(here)) return undefined;
  }
}

/** Loads the fragments that a module or package exports. Throws a CommandError that says what is wrong with it. */
async function loadFragments(source: string, folder: string): Promise<AnyFragment[]> {
  const modules = (await locate(source, folder)).map(({ name, url }) =>
    importUnits<AnyFragment>(name, url, ["fragment"]),
  );
  return (await Promise.all(modules)).flat();
}

/** Loads the targets that a module or package exports. Throws a CommandError that says what is wrong with it. */
export async function loadTargets(source: string, folder: string): Promise<Target[]> {
  const modules = (await locate(source, folder)).map(({ name, url }) => importUnits<Target>(name, url, ["target"]));
  return (await Promise.all(modules)).flat();
}

/** Loads the checks that a module or package exports, as they are. Throws a CommandError that says what is wrong with it. */
export async function loadChecks(source: string, folder: string): Promise<(UnitHead & { readonly kind: "check" })[]> {
  type Head = UnitHead & { readonly kind: "check" };
  const modules = (await locate(source, folder)).map(({ name, url }) => importUnits<Head>(name, url, ["check"]));
  return (await Promise.all(modules)).flat();
}

/** The units of some kinds that a module exports. Throws a CommandError where it has none, or cannot be loaded. */
export async function importUnits<Kind extends UnitHead>(
  name: string,
  url: string,
  kinds: readonly Kind["kind"][],
): Promise<Kind[]> {
  const module = await importModule(name, url);
  return readExports(name, () => unitsIn(name, module, kinds));
}

function unitsIn<Kind extends UnitHead>(name: string, module: Exports, kinds: readonly Kind["kind"][]): Kind[] {
  const given = [...new Set(Object.values(module))];
  const units = given.filter((value) => isUnit(value, kinds)).map((value) => read(value, name) as unknown as Kind);
  if (units.length === 0) {
    const exported = Object.keys(module).join(", ") || "nothing";
    throw failure("no-unit", name, `exports no ${kinds[0]}`, `It exports: ${exported}.`);
  }
  return units;
}

function isUnit(value: unknown, kinds: readonly string[]): value is UnitHead {
  return typeof value === "object" && value !== null && kinds.includes((value as UnitHead).kind);
}

/** A persona as it is now, of one that a function of a module has made. Throws where it is none. */
export function personaOf(value: PersonaData, place: string): PersonaData {
  if (!isUnit(value, ["persona"])) throw failure("no-unit", place, "this is not a persona");
  return read(value, place) as PersonaData;
}

/** What was read of each unit: the same one of two modules is one unit. */
const known = new WeakMap<UnitHead, UnitHead>();

/** A unit as it is now: a getter or a proxy has its say once. */
function read(unit: UnitHead, name: string): UnitHead {
  const earlier = known.get(unit);
  if (earlier !== undefined) return earlier;
  const now = readNow(unit, name);
  known.set(unit, now);
  return now;
}

function readNow(unit: UnitHead, name: string): UnitHead {
  // Said before what else is not as this version has it.
  refuseNewer(name, unit);
  if (unit.kind === "document") return checkedDocument(unit, name);
  const copy = copyData(unit) as UnitHead;
  if (!isCopy(copy) || copy.kind !== unit.kind)
    throw failure("no-unit", name, "exports something that is not a plain object");
  refuseNewer(name, copy);
  return copy.kind === "target" ? targetOf(copy, name) : copy;
}
