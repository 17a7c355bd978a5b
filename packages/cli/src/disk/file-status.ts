import { basename } from "node:path";
import { countTokens } from "@personakit/targets";
import { holdsText, SEES_LINKS } from "../files/regular.ts";
import { hash, normalise, readText } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";
import type { PlannedArtifact } from "../plan/make-plan.ts";
import { type ArtifactPlace, keyOf, placeOf } from "./artifact-key.ts";
import { findBlock, withBlock } from "./block.ts";
import type { Staged } from "./journal.ts";
import type { ArtifactRecord, Lockfile } from "./lockfile.ts";
import { fileOf, type Inside, pathInside, projectPath } from "./paths.ts";

/** How a file on disk, or our block in it, compares with what build would write. */
export type State =
  /** The same, apart from line ends. */
  | "current"
  /** Not there. */
  | "missing"
  /** As build wrote it, but build would now write something else. */
  | "stale"
  /** Neither what build wrote nor what it would write: it was changed by hand. */
  | "edited"
  /** The user's own: the lockfile has no record of it. A block is never foreign: its markers are ours. */
  | "foreign";

/** An artifact without its text. */
export type ArtifactHead = Omit<PlannedArtifact, "text" | "parts" | "origins">;

interface Compared {
  readonly key: string;
  /** Absolute. The file itself, if a link leads to it. */
  readonly file: string;
  /** Of a block: how many bytes of the file are ours once it is written. */
  readonly bytes?: number;
  /** The hash of our part, if something may be written. */
  readonly sha256?: string;
  /** An estimate, if it was asked for. */
  readonly tokens?: number;
}

/** A file that is up to date. Its text is not kept: in a large project, that is nearly all of them. */
export interface CurrentFile extends Compared {
  readonly state: "current";
  readonly artifact: ArtifactHead;
}

/** A file that differs, and what is there now. */
export interface ChangedFile extends Compared {
  readonly state: Exclude<State, "current">;
  readonly artifact: PlannedArtifact;
  /** The text on disk, with LF line ends; for a block, the text in it. */
  readonly found: string | undefined;
  /** The whole file, or undefined if there is none. */
  readonly before: string | undefined;
}

/** A new file whose text is already staged: in a new project, that is nearly all of them. */
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

/** Whether a file differs from what build would write. */
export function isPending(compared: ComparedFile): compared is PendingFile {
  return compared.state !== "current";
}

/** Whether a file differs, and its text is in memory. */
export function isChanged(compared: ComparedFile): compared is ChangedFile {
  return isPending(compared) && !("ready" in compared);
}

/** The hash of a file's text, where it was asked for. */
export function hashOf(compared: ComparedFile): string | undefined {
  return "ready" in compared ? compared.ready.sha256 : compared.sha256;
}

/** What a comparison should also compute. */
export interface Wanted {
  /** Hashes, for the lockfile. */
  readonly hashes?: boolean;
  readonly tokens?: boolean;
}

/** A file in the lockfile that is no longer built, or whose source is not here. */
export interface RecordedFile extends ArtifactPlace {
  readonly key: string;
  /** Absolute. The file itself, if a link leads to it. */
  readonly file: string;
  readonly record: ArtifactRecord;
  /** `gone`: only the lockfile has it, because it was deleted or is now built under another path. */
  readonly state: "untouched" | "edited" | "gone";
  /** The whole file, or undefined if there is none. */
  readonly before: string | undefined;
}

/**
 * Compares artifacts with a project folder, one by one; undefined for an ejected one. The returned function throws if a path
 * leads out of the folder. The text of a new file that is staged has no hash yet.
 */
export function comparer(
  folder: string,
  lockfile: Lockfile,
  { hashes = false, tokens = false }: Wanted = {},
): (artifact: PlannedArtifact, isStaged?: boolean) => ComparedFile | undefined {
  const ejected = new Set(lockfile.ejected);
  const inside = placeInside(folder);
  return (artifact, isStaged = false) => {
    const key = keyOf(artifact);
    if (ejected.has(key)) return undefined;
    const { text } = artifact;
    if (artifact.isSource) return { ...sourceAt(folder, artifact), key, artifact: headOf(artifact), state: "current" };
    let file = inside(artifact, !SEES_LINKS);
    const follow = () => {
      file = inside(artifact);
      return readText(file);
    };
    // Opening a missing file costs more than everything else that is done for a new one.
    const isHeld = inside.isFolderMissing(file) ? undefined : artifact.block === undefined && holdsText(file, artifact);
    const before = isHeld === undefined ? undefined : isHeld ? text : readText(file, follow);
    // A text of the user's is kept byte for byte, its line ends included.
    const found = before === undefined || artifact.isOwnText || isHeld ? before : ourPart(before, artifact);
    // Who stages a text hashes it.
    const isHashed = hashes && !(isStaged && isStageable(artifact, before));
    const at = {
      key,
      file,
      ...(artifact.block === undefined ? {} : { bytes: Buffer.byteLength(text) }),
      ...(isHashed ? { sha256: hash(text) } : {}),
      ...(tokens ? { tokens: countTokens(text) } : {}),
    };
    if (found === text) return { ...at, artifact: headOf(artifact), state: "current" };
    if (found === undefined) return { ...at, artifact, state: "missing", found, before };
    return { ...at, artifact, state: stateOf(artifact, lockfile.artifacts[key], found), found, before };
  };
}

/**
 * Whether a text can be staged: that of a new file, and hashed as it stands. A block goes into a file, and a text with other line ends
 * has another hash in its record.
 */
export function isStageable({ text, block }: PlannedArtifact, before: string | undefined): boolean {
  return before === undefined && block === undefined && !text.includes("\r");
}

/** A file that is source and output in one, as it lies there. */
function sourceAt(folder: string, { path, text }: PlannedArtifact): Pick<Compared, "file" | "bytes"> {
  return { file: fileOf(folder, path), bytes: Buffer.byteLength(text) };
}

/** What stays in memory of an artifact. */
export function headOf(artifact: PlannedArtifact): ArtifactHead {
  const { path, block, fileLimit, persona, version, targets, source, isOwnText, isSource, like } = artifact;
  return {
    path,
    persona,
    targets,
    source,
    ...(block === undefined ? {} : { block }),
    ...(fileLimit === undefined ? {} : { fileLimit }),
    ...(version === undefined ? {} : { version }),
    ...(isOwnText === undefined ? {} : { isOwnText }),
    ...(isSource === undefined ? {} : { isSource }),
    ...(like === undefined ? {} : { like }),
  };
}

/** The state of a text that differs from what build would write. */
function stateOf({ block }: ArtifactPlace, record: ArtifactRecord | undefined, found: string) {
  if (record === undefined) return block === undefined ? "foreign" : "edited";
  return isOurs(record, found) ? "stale" : "edited";
}

/** Finds the places of artifacts. */
interface PlaceInside extends Pick<Inside, "isFolderMissing"> {
  (artifact: ArtifactPlace, isLast?: boolean): string;
}

/**
 * Finds the places of artifacts. Links that stay in the project are followed. Anyone may have written the lockfile, and a
 * link must not make any other file of the project look like ours, so the linked file must have the same name.
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

/** Whether a text is what we wrote. */
function isOurs({ sha256 }: ArtifactRecord, text: string): boolean {
  return hash(text) === sha256;
}

/** A file that is larger than its tool reads, including the user's own text. */
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
    // A current block is already counted.
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
    // Through a link, one block may belong to two paths.
    const parts = [...new Set(blocks.map(({ artifact, bytes }) => `${artifact.persona} (${bytes})`))];
    const problem = `would have ${size} bytes; above ${limit.bytes} ${limit.beyond}`;
    return [{ path: first.artifact.path, file, problem, hint: `Personas in it: ${parts.slice(0, 3).join(", ")}.` }];
  });
}

/** Our part of a file: all of it, or our block. */
export function ourPart(text: string, { block, path }: ArtifactPlace): string | undefined {
  return block === undefined ? normalise(text) : findBlock(text, block, path);
}

/** The recorded files that `which` selects, as they are on disk. */
export function readRecorded(
  folder: string,
  lockfile: Lockfile,
  which: (key: string, record: ArtifactRecord) => boolean,
): RecordedFile[] {
  const inside = placeInside(folder);
  const { artifacts } = lockfile;
  // Mostly thousands, of which none is asked for.
  const keys = Object.keys(artifacts).filter((key) => which(key, artifacts[key] as ArtifactRecord));
  return keys.map((key): RecordedFile => {
    const record = artifacts[key] as ArtifactRecord;
    const place = placeOf(key);
    const file = inside(place);
    const text = readText(file);
    const at = { key, ...place, file, record, before: text };
    const found = text === undefined ? undefined : ourPart(text, at);
    if (found === undefined) return { ...at, state: "gone" };
    return { ...at, state: isOurs(record, found) ? "untouched" : "edited" };
  });
}
