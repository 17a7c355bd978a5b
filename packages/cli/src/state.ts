import { findBlock, withBlock } from "./block.ts";
import { type ArtifactRecord, hash, type Manifest, normalise, readText } from "./manifest.ts";
import { pathInside } from "./paths.ts";
import type { PlannedArtifact } from "./plan.ts";

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
export interface Compared {
  readonly artifact: PlannedArtifact;
  readonly key: string;
  readonly file: string;
  readonly state: State;
  /** The text on disk, with LF line ends; of a block, what stands in it. Kept only where it differs. */
  readonly found: string | undefined;
}

/** A file that the manifest has and that is not to be written any more, or was written from a source that is not here. */
export interface Recorded {
  readonly key: string;
  readonly path: string;
  readonly block?: string;
  readonly file: string;
  readonly record: ArtifactRecord;
  /** `gone`: the user has already deleted it, and only the manifest has it. */
  readonly state: "untouched" | "edited" | "gone";
}

/** The key of an artifact in the manifest. */
export function keyOf({ path, block }: Pick<PlannedArtifact, "path" | "block">): string {
  return block === undefined ? path : `${path}#${block}`;
}

/** Compares planned artifacts with a project folder; those that were ejected are left out. Throws when a path leads out of it. */
export function compare(folder: string, artifacts: readonly PlannedArtifact[], manifest: Manifest): Compared[] {
  const ejected = new Set(manifest.ejected);
  const inside = pathInside(folder);
  return artifacts.flatMap((artifact): Compared[] => {
    const key = keyOf(artifact);
    if (ejected.has(key)) return [];
    const file = inside(artifact.path);
    const text = readText(file);
    const found = text === undefined ? undefined : ownPart(text, artifact);
    const at = { artifact, key, file };
    if (found === undefined) return [{ ...at, state: "missing", found }];
    if (found === artifact.text) return [{ ...at, state: "current", found: undefined }];
    const record = manifest.artifacts[key];
    return [{ ...at, state: record !== undefined && isOurs(record, found) ? "stale" : "edited", found }];
  });
}

/** Whether a text is as it was written; after a crash, as it was written before. */
function isOurs({ sha256, replaces }: ArtifactRecord, text: string): boolean {
  const found = hash(text);
  return found === sha256 || found === replaces;
}

/** Errors for files that would be larger than their tools read, with what is the user's in them. */
export function fileLimits(compared: readonly Compared[]): string[] {
  const texts = new Map<string, string | undefined>();
  for (const { artifact, file } of compared) {
    if (artifact.block === undefined) continue;
    const before = texts.has(file) ? texts.get(file) : readText(file);
    texts.set(file, withBlock(before, artifact.block, artifact.text, artifact.path));
  }
  return [...texts].flatMap(([file, text = ""]) => {
    const ours = compared.filter((each) => each.file === file);
    const limit = ours[0]?.artifact.fileLimit;
    const size = Buffer.byteLength(text);
    if (limit === undefined || size <= limit.bytes) return [];
    const largest = ours
      .map(({ artifact }) => `${artifact.persona} (${Buffer.byteLength(artifact.text)})`)
      .slice(0, 3)
      .join(", ");
    const path = ours[0]?.artifact.path;
    return [`${path}: would have ${size} bytes; above ${limit.bytes} ${limit.beyond}. Ours in it: ${largest}.`];
  });
}

/** What of a file is ours: all of it, or our block. */
function ownPart(text: string, { block, path }: Pick<Recorded, "block" | "path">): string | undefined {
  return block === undefined ? normalise(text) : findBlock(text, block, path);
}

/** The recorded files that `which` picks, as they stand on disk. */
export function recorded(
  folder: string,
  manifest: Manifest,
  which: (key: string, record: ArtifactRecord) => boolean,
): Recorded[] {
  const inside = pathInside(folder);
  return Object.entries(manifest.artifacts).flatMap(([key, record]): Recorded[] => {
    if (!which(key, record)) return [];
    const [path = "", block] = key.split("#");
    const at = { key, path, ...(block === undefined ? {} : { block }), file: inside(path), record };
    const text = readText(at.file);
    const found = text === undefined ? undefined : ownPart(text, at);
    if (found === undefined) return [{ ...at, state: "gone" }];
    return [{ ...at, state: isOurs(record, found) ? "untouched" : "edited" }];
  });
}
