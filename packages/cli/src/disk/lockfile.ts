import type { Document, Snapshot } from "@personakit/core";
import { fragmentsIn, nameWithVersion } from "@personakit/core/internal";
import { type PublishedRecord, publishedRecord } from "./published.ts";

/** The lockfile's name in the project. */
export const LOCKFILE = "personakit.lock.json";

/** What has been written, and from what, so that a hand edit is seen and never lost. */
export interface Lockfile {
  readonly schemaVersion: 1;
  /** By id, sorted. */
  readonly personas: { readonly [id: string]: PersonaRecord };
  /** By path, or `path#block` for a block in a file of the user's; sorted. */
  readonly artifacts: { readonly [key: string]: ArtifactRecord };
  /** Keys of artifacts that are the user's own now. */
  readonly ejected: readonly string[];
  /** Folders that were made for artifacts: the outermost of each, so that `remove` leaves none behind. */
  readonly folders: readonly string[];
  /** The file as it was read; absent where there was none. */
  readonly text?: string;
}

/** Where a persona came from, and in which versions. */
export interface PersonaRecord {
  readonly version?: string;
  /** What `add` took it from: see `recordedSource`. Absent for one that `build` reads from its source. */
  readonly package?: string;
  /** Of one that was added: the hash of the package's document, so that `check` can compile the files again. */
  readonly document?: string;
  /** `id@version` of the published persona that it was made from. */
  readonly extends?: string;
  /** The published personas that it takes over, and their versions. */
  readonly includes?: { readonly [id: string]: string };
  /** Versions by fragment. */
  readonly fragments: { readonly [id: string]: string };
  /** What the published packages said, so that `update` can say what has changed in them. */
  readonly published?: PublishedRecord;
}

/** One written file. */
export interface ArtifactRecord {
  readonly sha256: string;
  /** More than one where targets share a reference. */
  readonly targets: readonly string[];
  readonly persona: string;
  /** Of a block in a file that was there before: the line ends that were put between the user's text and ours. */
  readonly gap?: string;
  /** Of one that took the place of a file of the user's: where that is now, a path or `git:commit`. */
  readonly original?: string;
}

/** What a persona was added from: a package's name, or the place of one; and the package's version. */
export interface AddedFrom {
  readonly package: string;
  readonly version: string;
  /** The hash of the package's document. */
  readonly document: string;
}

/**
 * What the lockfile keeps of a persona. `published` is what its packages say, where that is to be kept; `source` is what it was
 * added from, if it was.
 */
export function recordOf(document: Document, published: Snapshot | undefined, source?: AddedFrom): PersonaRecord {
  const base = baseOf(document);
  const version = source?.version ?? document.version;
  const fragments = versionsOf(document);
  return {
    ...(version === undefined ? {} : { version }),
    ...(source === undefined ? {} : { package: source.package, document: source.document }),
    ...(base === undefined ? {} : { extends: base }),
    ...(document.includes === undefined ? {} : { includes: includedIn(document) }),
    fragments,
    ...(published === undefined || (Object.keys(published.rules).length === 0 && source === undefined)
      ? {}
      : { published: publishedRecord(published) }),
  };
}

/** The published persona that a document was made from, as `id@version`. */
export function baseOf({ extends: base }: Document): string | undefined {
  return base === undefined ? undefined : nameWithVersion(base);
}

/** The versions of the published personas that a document takes over, sorted by id. */
export function includedIn({ includes = [] }: Document): { readonly [persona: string]: string } {
  return sortedByKey(Object.fromEntries(includes.map(({ id, version }) => [id, version])));
}

/** The versions of the fragments of a document, sorted by id. */
export function versionsOf(document: Document): { readonly [fragment: string]: string } {
  return sortedByKey(Object.fromEntries(fragmentsIn(document).map(({ id, version }) => [id, version])));
}

/** A copy of maps by path, the last of which counts. An object with a prototype takes V8 two milliseconds for each six hundred paths. */
export function copied<Value>(...maps: readonly { readonly [path: string]: Value }[]): { [path: string]: Value } {
  return Object.assign(Object.create(null), ...maps);
}

/** A lockfile as text: sorted, and each file on a line of its own, so that its diff shows what changed and merges line by line. */
export function formatLockfile({ personas, artifacts, ejected, folders }: Lockfile): string {
  const keys = Object.keys(artifacts).sort();
  const files = keys.map((key) => `    ${JSON.stringify(key)}: ${JSON.stringify(artifacts[key])}`);
  return `{
  "schemaVersion": 1,
  "personas": ${indented(sortedByKey(personas))},
  "artifacts": {${files.length === 0 ? "" : `\n${files.join(",\n")}\n  `}},
  "ejected": ${indented([...ejected].sort())},
  "folders": ${indented([...folders].sort())}
}
`;
}

function indented(value: object): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", "\n  ");
}

function sortedByKey<Value>(map: { readonly [key: string]: Value }): { [key: string]: Value } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
