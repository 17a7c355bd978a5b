import { basename } from "node:path";
import { countTokens } from "@personakit/targets";
import { SEES_LINKS } from "../files/regular.ts";
import { hash, normalise, readText } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";
import type { PlannedArtifact } from "../plan/make-plan.ts";
import { type ArtifactPlace, keyOf, placeOf } from "./artifact-key.ts";
import { findBlock, withBlock } from "./block.ts";
import type { Staged } from "./journal.ts";
import type { ArtifactRecord, Lockfile } from "./lockfile.ts";
import { type Inside, pathInside, projectPath } from "./paths.ts";

/** How a file on disk, or our block in it, compares with what build would write. */
export type State =
  /** The same, line ends aside. */
  | "current"
  /** Not there. */
  | "missing"
  /** As build wrote it, but build would now write something else. */
  | "stale"
  /** Neither what build wrote nor what it would write: a hand changed it. */
  | "edited"
  /** The user's own: the lockfile has no record of it. A block is never foreign: its markers are ours. */
  | "foreign";

/** What is known of an artifact without its text. */
export type ArtifactHead = Omit<PlannedArtifact, "text" | "origins">;

interface Compared {
  readonly key: string;
  /** Absolute. Where a link leads to it, the file and not the link. */
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

/** A file that is not there yet, and whose text lies ready: in a new project these are nearly all. */
export interface StagedFile extends Compared {
  readonly state: "missing";
  readonly artifact: ArtifactHead;
  readonly before: undefined;
  readonly ready: Staged;
}

/** A file that is to be written. */
export type PendingFile = ChangedFile | StagedFile;

/** An artifact, its place on disk, and how it compares. */
export type ComparedFile = CurrentFile | PendingFile;

/** Whether a file is not as it should be. */
export function isPending(compared: ComparedFile): compared is PendingFile {
  return compared.state !== "current";
}

/** Whether a file is not as it should be, and its text is at hand. */
export function isChanged(compared: ComparedFile): compared is ChangedFile {
  return isPending(compared) && !("ready" in compared);
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
  /** Absolute. Where a link leads to it, the file and not the link. */
  readonly file: string;
  readonly record: ArtifactRecord;
  /** `gone`: only the lockfile has it. The user has deleted it, or it is still made under another path. */
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
  const inside = placeInside(folder);
  return (artifact) => {
    const key = keyOf(artifact);
    if (ejected.has(key)) return undefined;
    const { text, origins, ...head } = artifact;
    let file = inside(artifact, !SEES_LINKS);
    const follow = () => {
      file = inside(artifact);
      return readText(file);
    };
    // To open what is not there costs more than all else that is done for a new file.
    const before = inside.isFolderMissing(file) ? undefined : readText(file, follow);
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
    return { ...at, artifact, state: stateOf(artifact, lockfile.artifacts[key], found), found, before };
  };
}

/** What a text is that differs from what build would write. */
function stateOf({ block }: ArtifactPlace, record: ArtifactRecord | undefined, found: string) {
  if (record === undefined) return block === undefined ? "foreign" : "edited";
  return isOurs(record, found) ? "stale" : "edited";
}

/** Finds the places of artifacts. */
interface PlaceInside extends Pick<Inside, "isFolderMissing"> {
  (artifact: ArtifactPlace, isLast?: boolean): string;
}

/**
 * The places of artifacts. A link that stays in the project is followed. The lockfile, which anybody may have written, and a
 * link must not together make any file of the project look like ours: a file of its own has its own name there too.
 */
export function placeInside(folder: string): PlaceInside {
  const inside = pathInside(folder, "follow");
  const place = ({ path, block }: ArtifactPlace, isLast?: boolean) => {
    const file = inside(path, isLast);
    if (block !== undefined || file.endsWith(path) || basename(file) === basename(path)) return file;
    const problem = `is a symbolic link to ${projectPath(folder, file)}, a file with another name`;
    throw failure("outside-project", path, problem, "Replace it with a real file.");
  };
  return Object.assign(place, { isFolderMissing: inside.isFolderMissing });
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
    // Through a link, one block may be that of two paths.
    const parts = [...new Set(blocks.map(({ artifact, bytes }) => `${artifact.persona} (${bytes})`))];
    const problem = `would have ${size} bytes; above ${limit.bytes} ${limit.beyond}`;
    return [{ path: first.artifact.path, file, problem, hint: `Personas in it: ${parts.slice(0, 3).join(", ")}.` }];
  });
}

/** The part of a file that is ours: all of it, or our block. */
function ourPart(text: string, { block, path }: ArtifactPlace): string | undefined {
  return block === undefined ? normalise(text) : findBlock(text, block, path);
}

/** The recorded files that `which` picks, as they stand on disk. */
export function readRecorded(
  folder: string,
  lockfile: Lockfile,
  which: (key: string, record: ArtifactRecord) => boolean,
): RecordedFile[] {
  const inside = placeInside(folder);
  return Object.entries(lockfile.artifacts).flatMap(([key, record]): RecordedFile[] => {
    if (!which(key, record)) return [];
    const place = placeOf(key);
    const file = inside(place);
    const text = readText(file);
    const at = { key, ...place, file, record, before: text };
    const found = text === undefined ? undefined : ourPart(text, at);
    if (found === undefined) return [{ ...at, state: "gone" }];
    return [{ ...at, state: isOurs(record, found) ? "untouched" : "edited" }];
  });
}
