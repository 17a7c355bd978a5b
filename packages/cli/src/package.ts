import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Document, type Snapshot, snapshot } from "@personakit/core";
// Reads what `npm pack` has fetched: maintained by unjs, typed, no dependencies, no install script.
import { parseTarGzip } from "nanotar";
import { CommandError } from "./command-error.ts";
import { refuseNewer } from "./load.ts";
import { type PackedDocument, unpackDocument } from "./packed.ts";

/** A persona package that was read without running its code. */
export interface PersonaPackage {
  readonly name: string;
  readonly version: string;
  readonly document: Document;
}

/** The export that leads to what a fragment's package promises. */
export const REPORT_EXPORT = "./api.json";

/** The export that leads to a package's compiled document. */
export const DOCUMENT_EXPORT = "./document.json";

/** A package's files, wherever it is. */
export interface PackageContents {
  readonly name: string;
  readonly version: string;
  readonly exports: { readonly [path: string]: unknown };
  read(path: string): string | undefined;
}

/**
 * Opens a package without running it: a folder; the one that is installed in the project, where no other version is asked
 * for; else from the registry, through npm and with its settings. Throws a CommandError when it cannot be had.
 */
async function openPackage(spec: string, folder: string, offline = false): Promise<PackageContents> {
  if (isPath(spec) && existsSync(spec) && statSync(spec).isDirectory()) return openFolder(resolve(spec));
  const [, name = spec, version] = /^(@?[^@]+)(?:@(.+))?$/.exec(spec) ?? [];
  const installed = findInstalled(name, folder);
  if (installed !== undefined) {
    const own = openFolder(installed);
    if (version === undefined || version === own.version) return own;
  }
  return fetchPackage(spec, offline);
}

/** Whether a package is named by a place on this machine: a folder or a tarball. */
export function isPath(spec: string): boolean {
  return /^[./\\]|^[A-Za-z]:[\\/]|\.tgz$/.test(spec);
}

/** Reads a persona package. Throws a CommandError when it cannot be had, or carries no compiled persona. */
export async function readPersonaPackage(spec: string, folder: string, offline = false): Promise<PersonaPackage> {
  const contents = await openPackage(spec, folder, offline);
  const { name, version } = contents;
  const document = documentIn(contents, spec);
  if (document !== undefined) return { name, version, document };
  const hint = "Its author makes one with personakit pack; npm install it and name it in personakit.config.ts instead.";
  throw new CommandError([`${spec}: the package carries no compiled persona (exports "${DOCUMENT_EXPORT}"). ${hint}`]);
}

/** What a package promises: of a persona its document, of a fragment its report. Throws a CommandError when it has neither. */
export function snapshotIn(contents: PackageContents, spec: string): Snapshot {
  const document = documentIn(contents, spec);
  if (document !== undefined) return snapshot(document);
  const text = exportedText(contents, REPORT_EXPORT);
  if (text !== undefined) return parseJson<Snapshot>(text, `${spec}: ${REPORT_EXPORT}`);
  const hint = "Its author makes one with personakit pack.";
  throw new CommandError([
    `${spec}: the package has no report to compare with (exports "${DOCUMENT_EXPORT}" or "${REPORT_EXPORT}"). ${hint}`,
  ]);
}

/** The folder of an installed package, looked for as Node does. */
function findInstalled(name: string, folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const place = join(here, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return place;
    if (here === dirname(here)) return undefined;
  }
}

function openFolder(folder: string): PackageContents {
  return openWith((path) => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }, folder);
}

function openWith(read: PackageContents["read"], spec: string): PackageContents {
  const manifest = parseJson<Partial<PackageContents> | null>(read("package.json") ?? "null", `${spec}/package.json`);
  const { name, version, exports } = manifest ?? {};
  if (typeof name !== "string" || typeof version !== "string") {
    throw new CommandError([`${spec}/package.json: there is no name and version in it.`]);
  }
  return { name, version, exports: typeof exports === "object" && exports !== null ? exports : {}, read };
}

function exportedText({ exports, read }: PackageContents, name: string): string | undefined {
  const path = exports[name];
  // What leads out of the package is none of its files.
  return typeof path === "string" && !path.includes("..") ? read(path.replace(/^\.\//, "")) : undefined;
}

function documentIn(contents: PackageContents, spec: string): Document | undefined {
  const text = exportedText(contents, DOCUMENT_EXPORT);
  if (text === undefined) return undefined;
  const missing = (file: string): never => {
    throw new CommandError([`${spec}: the package has no ${file}, which its compiled persona is made of.`]);
  };
  const packed = parseJson<PackedDocument>(text, `${spec}: ${DOCUMENT_EXPORT}`);
  const document = unpackDocument(packed, (file) => contents.read(file) ?? missing(file), spec);
  refuseNewer(spec, document);
  return document;
}

function parseJson<Value>(text: string, place: string): Value {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError([`${place} is not JSON: ${(error as Error).message}.`]);
  }
}

/** A package, or a version of it, that the registry does not have. */
class Unpublished extends CommandError {}

/** Whether a package could not be had because it was never published. */
export function isUnpublished(error: unknown): boolean {
  return error instanceof Unpublished;
}

/** What may stand in a package's name and version: nothing that a shell would read. */
const SPEC = /^(?!-)(?:@[\w.~-]+\/)?[\w.~-]+(?:@[\w.~^<>=*+|-]+)?$|^(?!-)[\w./\\: @+~-]+\.tgz$/;

async function fetchPackage(spec: string, offline: boolean): Promise<PackageContents> {
  const [contents] = await fetchPackages([spec], offline);
  if (contents === undefined) throw new CommandError([`${spec}: npm has fetched nothing.`]);
  return contents;
}

/** Fetches packages with one call of npm, which costs as much as the fetching. Throws where one of them cannot be had. */
export async function fetchPackages(specs: readonly string[], offline = false): Promise<PackageContents[]> {
  for (const spec of specs) {
    if (SPEC.test(spec)) continue;
    throw new CommandError([`${spec}: this is neither a folder nor a package's name, such as @acme/persona@1.2.0.`]);
  }
  const folder = mkdtempSync(join(tmpdir(), "personakit-"));
  try {
    const options = ["--ignore-scripts", "--pack-destination", folder, ...(offline ? ["--prefer-offline"] : [])];
    await npm(["pack", ...options, "--", ...specs], specs);
    const tarballs = readdirSync(folder).map((name) => join(folder, name));
    return await Promise.all(tarballs.map(readTarball));
  } catch (error) {
    throw CommandError.from(error, specs.join(", "), `${specs.join(", ")}: could not be fetched`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readTarball(path: string): Promise<PackageContents> {
  const files = await parseTarGzip(readFileSync(path));
  const texts = new Map(files.map((file) => [file.name.replace(/^[^/]+\//, ""), file]));
  return openWith((name) => texts.get(name)?.text, basename(path));
}

async function npm(args: readonly string[], specs: readonly string[]): Promise<void> {
  const { npm_execpath: own = "" } = process.env;
  try {
    // Under npx this is npm itself, which needs no shell on any platform.
    if (/np[mx]-cli\.js$/.test(own)) {
      const cli = own.replace(/npx-cli\.js$/, "npm-cli.js");
      await promisify(execFile)(process.execPath, [cli, ...args]);
    } else await promisify(execFile)("npm", [...args], { shell: process.platform === "win32" });
  } catch (error) {
    const { stderr = "", code, message } = error as Error & { stderr?: string; code?: unknown };
    if (code === "ENOENT") throw new CommandError(["npm is not installed, through which packages are fetched."]);
    const lines = stderr.split("\n").filter((line) => /^npm (?:error|ERR!) (?!code|A complete log|\s*$)/.test(line));
    const unpublished = /^npm (?:error|ERR!) code (?:E404|ETARGET)/m.test(stderr);
    const reason = lines
      .map((line) => line.replace(/^npm (?:error|ERR!)(?: (?:\d+|notarget))? ?/, "").trim())
      .filter(Boolean);
    const text = `npm pack ${specs.join(" ")} failed: ${reason.slice(0, 2).join(" ") || message}`;
    throw unpublished ? new Unpublished([text]) : new CommandError([text]);
  }
}
