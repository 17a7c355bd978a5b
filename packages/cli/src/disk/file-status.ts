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

/** An artifact, its place on disk, and what stands there. */
export interface ComparedFile {
  readonly artifact: PlannedArtifact;
  readonly key: string;
  readonly file: string;
  readonly state: State;
  /** The text on disk, with LF line ends; of a block, what stands in it. Kept only where it differs. */
  readonly found: string | undefined;
  /** The whole file as it stands, or undefined where there is none. Kept only where something is to be written. */
  readonly before: string | undefined;
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

/** Compares planned artifacts with a project folder; those that were ejected are left out. Throws when a path leads out of it. */
export function compare(folder: string, artifacts: readonly PlannedArtifact[], lockfile: Lockfile): ComparedFile[] {
  const ejected = new Set(lockfile.ejected);
  const inside = pathInside(folder);
  return artifacts.flatMap((artifact): ComparedFile[] => {
    const key = keyOf(artifact);
    if (ejected.has(key)) return [];
    const file = inside(artifact.path);
    const text = readText(file);
    const found = text === undefined ? undefined : ourPart(text, artifact);
    if (found === artifact.text)
      return [{ artifact, key, file, state: "current", found: undefined, before: undefined }];
    const at = { artifact, key, file, before: text };
    if (found === undefined) return [{ ...at, state: "missing", found }];
    const record = lockfile.artifacts[key];
    return [{ ...at, state: record !== undefined && isOurs(record, found) ? "stale" : "edited", found }];
  });
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
  const texts = new Map<string, string | undefined>();
  for (const { artifact, file } of compared) {
    if (artifact.block === undefined) continue;
    const before = texts.has(file) ? texts.get(file) : readText(file);
    texts.set(file, withBlock(before, artifact.block, artifact.text, artifact.path));
  }
  return [...texts].flatMap(([file, text = ""]) => {
    const artifacts = compared.filter((each) => each.file === file).map(({ artifact }) => artifact);
    const [first] = artifacts;
    const limit = first?.fileLimit;
    const size = Buffer.byteLength(text);
    if (first === undefined || limit === undefined || size <= limit.bytes) return [];
    const parts = artifacts.map((artifact) => `${artifact.persona} (${Buffer.byteLength(artifact.text)})`);
    const problem = `would have ${size} bytes; above ${limit.bytes} ${limit.beyond}`;
    return [{ path: first.path, file, problem, hint: `Ours in it: ${parts.slice(0, 3).join(", ")}.` }];
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
