import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, fragmentsIn, type Snapshot } from "@personakit/core";
import { CommandError } from "./command-error.ts";

/** What has been written, and from what, so that a hand edit is seen and never lost. */
export interface Manifest {
  readonly schemaVersion: 1;
  /** By id, sorted. */
  readonly personas: { readonly [id: string]: PersonaRecord };
  /** By path, or `path#block` for a block in a file of the user's; sorted. */
  readonly artifacts: { readonly [key: string]: ArtifactRecord };
  /** Keys of artifacts that are the user's own now. */
  readonly ejected: readonly string[];
  /** Folders that were made for artifacts: the outermost of each, so that `remove` leaves none behind. */
  readonly folders: readonly string[];
}

/** Where a persona came from, and in which versions. */
export interface PersonaRecord {
  readonly version?: string;
  /** What `add` took it from, a package's name or the path of a folder or tarball; absent for one that `build` reads from its source. */
  readonly package?: string;
  /** `id@version` of the published persona that it was made from. */
  readonly extends?: string;
  /** Versions by fragment. */
  readonly fragments: { readonly [id: string]: string };
  /** What the published packages said, so that `update` can say what has changed in them. */
  readonly published?: Snapshot;
}

/** One written file. */
export interface ArtifactRecord {
  readonly sha256: string;
  /** The hash that this one replaces, while a build is under way: after a crash, either may be on disk. */
  readonly replaces?: string;
  /** More than one where targets share a reference. */
  readonly targets: readonly string[];
  readonly persona: string;
  /** Of a block in a file that was there before: the line ends that were put between the user's text and ours. */
  readonly gap?: string;
}

/** The manifest's file name in the project. */
export const MANIFEST = "personakit.lock.json";

/** The manifest of a project in which nothing was written yet. */
const EMPTY: Manifest = {
  schemaVersion: 1,
  personas: Object.create(null),
  artifacts: {},
  ejected: [],
  folders: [],
};

/** SHA-256 of a text, in hexadecimal. Line ends do not count: a checkout with CRLF is not an edit. */
export function hash(text: string): string {
  return createHash("sha256").update(normalise(text)).digest("hex");
}

/** LF line ends. */
export function normalise(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}

/** What a persona was added from: a package's name, or the place of one; and the package's version. */
export interface AddedFrom {
  readonly package: string;
  readonly version: string;
}

/** What the manifest keeps of a persona. `source` is what it was added from, if it was. */
export function recordOf(document: Document, published: Snapshot, source?: AddedFrom): PersonaRecord {
  const base = baseOf(document);
  const version = source?.version ?? document.version;
  const fragments = versionsOf(document);
  return {
    ...(version === undefined ? {} : { version }),
    ...(source === undefined ? {} : { package: source.package }),
    ...(base === undefined ? {} : { extends: base }),
    fragments,
    ...(Object.keys(published.rules).length === 0 && source === undefined ? {} : { published }),
  };
}

/** The published persona that a document was made from, as `id@version`. */
export function baseOf({ extends: base }: Document): string | undefined {
  return base === undefined ? undefined : `${base.id}@${base.version}`;
}

/** The versions of the fragments of a document, sorted by id. */
export function versionsOf(document: Document): { readonly [fragment: string]: string } {
  return sortedByKey(Object.fromEntries(fragmentsIn(document).map(({ id, version }) => [id, version])));
}

/** Reads the manifest of a project; an empty one where there is none. Throws a CommandError when it cannot be read. */
export function readManifest(folder: string): Manifest {
  const text = readText(join(folder, MANIFEST));
  if (text === undefined) return EMPTY;
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    throw new CommandError([`${MANIFEST}: is not JSON: ${(error as Error).message}. Restore it from version control.`]);
  }
  const { schemaVersion } = (manifest ?? {}) as { schemaVersion?: unknown };
  if (schemaVersion !== 1) {
    throw new CommandError([
      `${MANIFEST}: schema version ${schemaVersion}, expected 1. Update personakit, or restore the file.`,
    ]);
  }
  const broken = brokenPart(manifest as Manifest);
  if (broken !== undefined) {
    throw new CommandError([`${MANIFEST}: ${broken} is broken. Restore it from version control.`]);
  }
  const { personas } = manifest as Manifest;
  // A persona may be called "constructor": what every object inherits is no record.
  return { ...(manifest as Manifest), personas: Object.assign(Object.create(null), personas) };
}

function brokenPart({ personas, artifacts, ejected, folders }: Manifest): string | undefined {
  for (const [name, map] of Object.entries({ personas, artifacts })) if (!isRecord(map)) return `"${name}"`;
  for (const [name, list] of Object.entries({ ejected, folders })) if (!isTexts(list)) return `"${name}"`;
  const artifact = Object.entries(artifacts).find(
    ([, entry]) => typeof entry?.sha256 !== "string" || typeof entry.persona !== "string" || !isTexts(entry.targets),
  );
  const persona = Object.entries(personas).find(
    ([, entry]) =>
      !isRecord(entry?.fragments) ||
      (entry.package !== undefined && typeof entry.package !== "string") ||
      (entry.published !== undefined && !(isRecord(entry.published.rules) && isRecord(entry.published.about))),
  );
  const broken = artifact ?? persona;
  return broken === undefined ? undefined : `the entry "${broken[0]}"`;
}

/** A manifest as text: sorted, so that its diff shows what changed. */
export function formatManifest({ personas, artifacts, ejected, folders }: Manifest): string {
  const sorted: Manifest = {
    schemaVersion: 1,
    personas: sortedByKey(personas),
    artifacts: sortedByKey(artifacts),
    ejected: [...ejected].sort(),
    folders: [...folders].sort(),
  };
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

function sortedByKey<Value>(map: { readonly [key: string]: Value }): { [key: string]: Value } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Bytes that are not UTF-8 would be lost when the file is written again. A byte order mark stays. */
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a file, or undefined where there is none. Throws a CommandError when it cannot be read as UTF-8. */
export function readText(path: string): string | undefined {
  try {
    return DECODER.decode(readFileSync(path));
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code === "ENOENT") return undefined;
    throw new CommandError([`${path}: cannot be read. ${message}.`]);
  }
}
