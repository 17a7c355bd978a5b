import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Document } from "@personakit/core";
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

/** The export that leads to a package's compiled document. */
export const DOCUMENT_EXPORT = "./document.json";

/**
 * Reads a persona package: a folder; the one that is installed in the project, where no version is asked for; else from the
 * registry, through npm and with its settings. Throws a CommandError when it cannot be had, or carries no compiled persona.
 */
export async function readPersonaPackage(spec: string, folder: string, offline = false): Promise<PersonaPackage> {
  if (existsSync(spec) && statSync(spec).isDirectory()) return readFolder(resolve(spec), spec);
  const [, name = spec, version] = /^(@?[^@]+)(?:@(.+))?$/.exec(spec) ?? [];
  const installed = findInstalled(name, folder);
  if (installed !== undefined) {
    const own = readFolder(installed, spec);
    if (version === undefined || version === own.version) return own;
  }
  return fetchPackage(spec, offline);
}

/** The folder of an installed package, looked for as Node does. */
export function findInstalled(name: string, folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const place = join(here, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return place;
    if (here === dirname(here)) return undefined;
  }
}

function readFolder(folder: string, spec: string): PersonaPackage {
  return readPackage(spec, (path) => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  });
}

function readPackage(spec: string, read: (path: string) => string | undefined): PersonaPackage {
  const { name, version, exports } = JSON.parse(read("package.json") ?? "{}");
  const path = exports?.[DOCUMENT_EXPORT];
  const text = typeof path === "string" ? read(path.replace(/^\.\//, "")) : undefined;
  if (text === undefined) {
    const hint =
      "Its author makes one with personakit pack; npm install it and name it in personakit.config.ts instead.";
    throw new CommandError([
      `${spec}: the package carries no compiled persona (exports "${DOCUMENT_EXPORT}"). ${hint}`,
    ]);
  }
  let packed: PackedDocument;
  try {
    packed = JSON.parse(text);
  } catch (error) {
    throw new CommandError([`${spec}: ${path} is not JSON: ${(error as Error).message}.`]);
  }
  const missing = (file: string): never => {
    throw new CommandError([`${spec}: the package has no ${file}, which its compiled persona is made of.`]);
  };
  const document = unpackDocument(packed, (file) => read(file) ?? missing(file), spec);
  refuseNewer(spec, document);
  return { name, version, document };
}

/** What may stand in a package's name and version: nothing that a shell would read. */
const SPEC = /^(?:@[\w.~-]+\/)?[\w.~-]+(?:@[\w.~^<>=*+|-]+)?$|^[\w./\\:-]+\.tgz$/;

async function fetchPackage(spec: string, offline: boolean): Promise<PersonaPackage> {
  if (!SPEC.test(spec)) {
    throw new CommandError([`${spec}: this is neither a folder nor a package's name, such as @acme/persona@1.2.0.`]);
  }
  const folder = mkdtempSync(join(tmpdir(), "personakit-"));
  try {
    await npm([
      "pack",
      spec,
      "--ignore-scripts",
      "--pack-destination",
      folder,
      ...(offline ? ["--prefer-offline"] : []),
    ]);
    const [tarball = ""] = readdirSync(folder);
    const files = await parseTarGzip(readFileSync(join(folder, tarball)));
    const texts = new Map(files.map((file) => [file.name.replace(/^[^/]+\//, ""), file]));
    return readPackage(spec, (path) => texts.get(path)?.text);
  } catch (error) {
    throw CommandError.from(error, spec, `${spec}: could not be fetched`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function npm(args: readonly string[]): Promise<void> {
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
    const reason = lines.map((line) => line.replace(/^npm (?:error|ERR!)(?: \d+)? ?/, "").trim()).filter(Boolean);
    throw new CommandError([`npm pack ${args[1]} failed: ${reason.slice(0, 2).join(" ") || message}`]);
  }
}
