import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Document, type Snapshot, snapshot } from "@personakit/core";
import { isRecord } from "@personakit/core/internal";
import { failure } from "../issues/command-error.ts";
import { deprecationOf, type FetchOptions, fetchPackages, refuseOtherName } from "./npm.ts";
import { exportedText, openFolder, openTarball, type PackageContents, parseJson } from "./package-contents.ts";
import { API_EXPORT, DOCUMENT_EXPORT } from "./package-files.ts";
import { parseSpec } from "./package-spec.ts";
import { fingerprint, type PackedDocument, unpackDocument } from "./packed-document.ts";
import { refuseNewer } from "./unit.ts";

/** A persona package that was read without running its code. */
export interface PersonaPackage {
  readonly name: string;
  readonly version: string;
  readonly document: Document;
  /** The document's hash, as the package has it. */
  readonly sha256: string;
  /** What its author says to who installs it: absent where it was not asked for, or the version is not deprecated. */
  readonly deprecated?: string;
}

/** How a persona package is read. */
export interface ReadOptions extends FetchOptions {
  /** Whether the registry is asked if the version is deprecated. */
  readonly askDeprecated?: boolean;
}

/**
 * Opens a package without running it: a folder or a tarball; the one that is installed in the project, where no other version
 * is asked for; else from the registry, through npm and with its settings. Throws a CommandError when it cannot be had.
 */
async function openPackage(
  spec: string,
  folder: string,
  { askDeprecated = false, ...options }: ReadOptions,
): Promise<PackageContents & { readonly deprecated?: string | undefined }> {
  const asked = parseSpec(spec, options);
  if (asked.kind === "path") return openPath(spec);
  if (asked.kind === "registry") {
    const { name, wanted } = asked;
    const place = findInstalled(name, folder);
    if (place !== undefined) {
      const installed = await openFolder(place, spec);
      if (wanted === undefined || wanted === installed.version) {
        // An alias of npm's would be looked for under a name that is not the package's.
        refuseOtherName(spec, name, installed);
        return installed;
      }
    }
  }
  const [[fetched], deprecation] = await Promise.all([
    fetchPackages([asked], options),
    askDeprecated && asked.kind === "registry" ? deprecationOf(asked) : undefined,
  ]);
  if (fetched === undefined) throw failure("cannot-fetch", spec, "npm has fetched nothing");
  return { ...fetched, deprecated: deprecation?.(fetched.version) };
}

/** Opens a folder or a tarball as a package. Throws a CommandError where it is neither. */
export async function openPath(spec: string): Promise<PackageContents> {
  const stat = statSync(spec, { throwIfNoEntry: false });
  if (stat === undefined) throw failure("not-found", spec, "there is no such folder or tarball");
  return stat.isDirectory() ? openFolder(resolve(spec), spec) : openTarball(resolve(spec), spec);
}

/** Reads a persona package. Throws a CommandError when it cannot be had, or carries no compiled persona. */
export async function readPersonaPackage(
  spec: string,
  folder: string,
  options: ReadOptions = {},
): Promise<PersonaPackage> {
  const contents = await openPackage(spec, folder, options);
  const { name, version, deprecated } = contents;
  const document = await documentIn(contents, spec);
  if (document !== undefined) {
    return {
      name,
      version,
      document,
      sha256: fingerprint(document),
      ...(deprecated === undefined ? {} : { deprecated }),
    };
  }
  const hint =
    "Its author can make one with personakit pack. Until then, install it with npm and name it in personakit.config.ts.";
  throw failure("no-document", spec, `the package has no compiled persona (exports "${DOCUMENT_EXPORT}")`, hint);
}

/** What a package promises: of a persona its document, of a fragment its API. Throws a CommandError when it has neither. */
export async function snapshotIn(contents: PackageContents, spec: string): Promise<Snapshot> {
  const document = await documentIn(contents, spec);
  if (document !== undefined) return snapshot(document);
  const text = await exportedText(contents, API_EXPORT);
  if (text !== undefined) return parseJson<Snapshot>(text, `${spec}: ${API_EXPORT}`);
  const problem = `the package has nothing to compare with (exports "${DOCUMENT_EXPORT}" or "${API_EXPORT}")`;
  throw failure("no-document", spec, problem, "Its author can make it with personakit pack.");
}

/** The folder of an installed package, looked for as Node does; undefined where it is not installed. */
export function findInstalled(name: string, folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const place = join(here, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return place;
    if (here === dirname(here)) return undefined;
  }
}

/** The document that a package exports; undefined where it exports none. */
export async function documentIn(contents: PackageContents, spec: string): Promise<Document | undefined> {
  const text = await exportedText(contents, DOCUMENT_EXPORT);
  if (text === undefined) return undefined;
  const packed = parseJson<PackedDocument>(text, `${spec}: ${DOCUMENT_EXPORT}`);
  const texts = await contents.read(pathsIn(packed));
  const read = (file: string): string => {
    const found = texts.get(file);
    if (found !== undefined) return found;
    throw failure("invalid-document", spec, `the package has no ${file}, which its compiled persona is made of`);
  };
  const document = unpackDocument(packed, read, spec);
  refuseNewer(spec, document);
  return document;
}

/** The files that a packed document is made of. Whether it is one is not known yet, and a path out of the package is refused later. */
function pathsIn(packed: unknown): string[] {
  const files: unknown = isRecord(packed) ? packed.files : undefined;
  if (!Array.isArray(files)) return [];
  return files.flatMap((file) =>
    isRecord(file) && typeof file.path === "string" && !file.path.includes("..") ? [file.path] : [],
  );
}
