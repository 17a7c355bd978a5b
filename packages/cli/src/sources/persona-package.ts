import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Document, type Snapshot, snapshot } from "@personakit/core";
import { failure } from "../issues/command-error.ts";
import { type FetchOptions, fetchPackages } from "./npm.ts";
import { exportedText, openFolder, type PackageContents, parseJson } from "./package-contents.ts";
import { API_EXPORT, DOCUMENT_EXPORT } from "./package-files.ts";
import { type PackedDocument, unpackDocument } from "./packed-document.ts";
import { refuseNewer } from "./unit.ts";

/** A persona package that was read without running its code. */
export interface PersonaPackage {
  readonly name: string;
  readonly version: string;
  readonly document: Document;
}

/**
 * Opens a package without running it: a folder; the one that is installed in the project, where no other version is asked
 * for; else from the registry, through npm and with its settings. Throws a CommandError when it cannot be had.
 */
async function openPackage(spec: string, folder: string, options: FetchOptions): Promise<PackageContents> {
  if (isPath(spec) && existsSync(spec) && statSync(spec).isDirectory()) return openFolder(resolve(spec));
  const [, name = spec, version] = /^(@?[^@]+)(?:@(.+))?$/.exec(spec) ?? [];
  const place = findInstalled(name, folder);
  if (place !== undefined) {
    const installed = openFolder(place);
    if (version === undefined || version === installed.version) return installed;
  }
  const [fetched] = await fetchPackages([spec], options);
  if (fetched === undefined) throw failure("cannot-fetch", spec, "npm has fetched nothing");
  return fetched;
}

/** Whether a package is named by a place on this machine: a folder or a tarball. */
export function isPath(spec: string): boolean {
  return /^[./\\]|^[A-Za-z]:[\\/]|\.tgz$/.test(spec);
}

/** Reads a persona package. Throws a CommandError when it cannot be had, or carries no compiled persona. */
export async function readPersonaPackage(
  spec: string,
  folder: string,
  options: FetchOptions = {},
): Promise<PersonaPackage> {
  const contents = await openPackage(spec, folder, options);
  const { name, version } = contents;
  const document = documentIn(contents, spec);
  if (document !== undefined) return { name, version, document };
  const hint = "Its author makes one with personakit pack; npm install it and name it in personakit.config.ts instead.";
  throw failure("no-document", spec, `the package carries no compiled persona (exports "${DOCUMENT_EXPORT}")`, hint);
}

/** What a package promises: of a persona its document, of a fragment its API. Throws a CommandError when it has neither. */
export function snapshotIn(contents: PackageContents, spec: string): Snapshot {
  const document = documentIn(contents, spec);
  if (document !== undefined) return snapshot(document);
  const text = exportedText(contents, API_EXPORT);
  if (text !== undefined) return parseJson<Snapshot>(text, `${spec}: ${API_EXPORT}`);
  const problem = `the package has nothing to compare with (exports "${DOCUMENT_EXPORT}" or "${API_EXPORT}")`;
  throw failure("no-document", spec, problem, "Its author makes it with personakit pack.");
}

/** The folder of an installed package, looked for as Node does. */
function findInstalled(name: string, folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const place = join(here, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return place;
    if (here === dirname(here)) return undefined;
  }
}

function documentIn(contents: PackageContents, spec: string): Document | undefined {
  const text = exportedText(contents, DOCUMENT_EXPORT);
  if (text === undefined) return undefined;
  const read = (file: string): string => {
    const found = contents.read(file);
    if (found !== undefined) return found;
    throw failure("invalid-document", spec, `the package has no ${file}, which its compiled persona is made of`);
  };
  const document = unpackDocument(parseJson<PackedDocument>(text, `${spec}: ${DOCUMENT_EXPORT}`), read, spec);
  refuseNewer(spec, document);
  return document;
}
