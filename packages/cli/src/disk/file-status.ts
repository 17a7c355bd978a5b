import { countTokens } from "@personakit/targets";
import { SEES_LINKS } from "../files/regular.ts";
import { hash, normalise, readText } from "../files/text.ts";
import type { PlannedArtifact } from "../plan/make-plan.ts";
import { type ArtifactPlace, keyOf, placeOf } from "./artifact-key.ts";
import { findBlock, withBlock } from "./block.ts";
import type { ArtifactRecord, Lockfile } from "./lockfile.ts";
import { pathInside } from "./paths.ts";

/** How a file on disk, or our block in it, compares with what build would write. */
export type State =
  /** The same, line ends aside. */
  | "current"
  /** Not there. */
  | "missing"
  /** As build wrote it, but build would now write something else. */
  | "stale"
  /** Neither what build wrote nor what it would write: a hand changed it, or it was never ours. */
  | "edited";

/** What is known of an artifact without its text. */
export type ArtifactHead = Omit<PlannedArtifact, "text" | "origins">;

interface Compared {
  readonly key: string;
  readonly file: string;
  /** How many bytes of the file are ours, once it is written. */
  readonly bytes: number;
  /** The hash of what is ours; only where something may be written. */
  readonly sha256?: string;
  /** An estimate; only where it was asked for. */
  readonly tokens?: number;
}

/** A file that is as it should be. Its text is not kept: in a large project these are nearly all. */
export interface CurrentFile extends Compared {
  readonly state: "current";
  readonly artifact: ArtifactHead;
}

/** A file that is not as it should be, and what stands there. */
export interface ChangedFile extends Compared {
  readonly state: Exclude<State, "current">;
  readonly artifact: PlannedArtifact;
  /** The text on disk, with LF line ends; of a block, what stands in it. */
  readonly found: string | undefined;
  /** The whole file as it stands, or undefined where there is none. */
  readonly before: string | undefined;
}

/** An artifact, its place on disk, and how it compares. */
export type ComparedFile = CurrentFile | ChangedFile;

/** Whether a file is not as it should be. */
export function isChanged(compared: ComparedFile): compared is ChangedFile {
  return compared.state !== "current";
}

/** What a comparison also finds out. */
export interface Wanted {
  /** Hashes, for the lockfile. */
  readonly hashes?: boolean;
  readonly tokens?: boolean;
}

/** A file that the lockfile has and that is not to be written any more, or was written from a source that is not here. */
export interface RecordedFile extends ArtifactPlace {
  readonly key: string;
  readonly file: string;
  readonly record: ArtifactRecord;
  /** `gone`: the user has already deleted it, and only the lockfile has it. */
  readonly state: "untouched" | "edited" | "gone";
  /** The whole file as it stands; undefined where there is none. */
  readonly before: string | undefined;
}

/**
 * Compares artifacts with a project folder, one by one; undefined for one that was ejected. What it returns throws when a path
 * leads out of the folder.
 */
export function comparer(
  folder: string,
  lockfile: Lockfile,
  { hashes = false, tokens = false }: Wanted = {},
): (artifact: PlannedArtifact) => ComparedFile | undefined {
  const ejected = new Set(lockfile.ejected);
  const inside = pathInside(folder);
  return (artifact) => {
    const key = keyOf(artifact);
    if (ejected.has(key)) return undefined;
    const { text, origins, ...head } = artifact;
    const file = inside(artifact.path, !SEES_LINKS);
    const before = readText(file, () => inside(artifact.path));
    const found = before === undefined ? undefined : ourPart(before, artifact);
    const at = {
      key,
      file,
      bytes: Buffer.byteLength(text),
      ...(hashes ? { sha256: hash(text) } : {}),
      ...(tokens ? { tokens: countTokens(text) } : {}),
    };
    if (found === text) return { ...at, artifact: head, state: "current" };
    if (found === undefined) return { ...at, artifact, state: "missing", found, before };
    const record = lockfile.artifacts[key];
    const state = record !== undefined && isOurs(record, found) ? "stale" : "edited";
    return { ...at, artifact, state, found, before };
  };
}

/** Whether a text is as it was written. */
function isOurs({ sha256 }: ArtifactRecord, text: string): boolean {
  return hash(text) === sha256;
}

/** A file that is larger than its tool reads, with what is the user's in it. */
export interface OversizedFile {
  readonly path: string;
  readonly file: string;
  /** In one sentence, with the sizes in bytes. */
  readonly problem: string;
  readonly hint: string;
}

/** The files that would be larger than their tools read. */
export function oversizedFiles(compared: readonly ComparedFile[]): OversizedFile[] {
  const texts = new Map<string, string>();
  for (const each of compared) {
    const { artifact, file } = each;
    if (artifact.block === undefined) continue;
    const text = texts.get(file) ?? readText(file);
    // A block that is as it should be is in it already.
    texts.set(
      file,
      isChanged(each) ? withBlock(text, artifact.block, each.artifact.text, artifact.path) : (text ?? ""),
    );
  }
  return [...texts].flatMap(([file, text]) => {
    const blocks = compared.filter((each) => each.file === file);
    const [first] = blocks;
    const limit = first?.artifact.fileLimit;
    const size = Buffer.byteLength(text);
    if (first === undefined || limit === undefined || size <= limit.bytes) return [];
    const parts = blocks.map(({ artifact, bytes }) => `${artifact.persona} (${bytes})`);
    const problem = `would have ${size} bytes; above ${limit.bytes} ${limit.beyond}`;
    return [{ path: first.artifact.path, file, problem, hint: `Ours in it: ${parts.slice(0, 3).join(", ")}.` }];
  });
}

/** The part of a file that is ours: all of it, or our block. */
export function ourPart(text: string, { block, path }: ArtifactPlace): string | undefined {
  return block === undefined ? normalise(text) : findBlock(text, block, path);
}

/** The recorded files that `which` picks, as they stand on disk. */
export function readRecorded(
  folder: string,
  lockfile: Lockfile,
  which: (key: string, record: ArtifactRecord) => boolean,
): RecordedFile[] {
  const inside = pathInside(folder);
  return Object.entries(lockfile.artifacts).flatMap(([key, record]): RecordedFile[] => {
    if (!which(key, record)) return [];
    const place = placeOf(key);
    const file = inside(place.path);
    const text = readText(file);
    const at = { key, ...place, file, record, before: text };
    const found = text === undefined ? undefined : ourPart(text, at);
    if (found === undefined) return [{ ...at, state: "gone" }];
    return [{ ...at, state: isOurs(record, found) ? "untouched" : "edited" }];
  });
}
