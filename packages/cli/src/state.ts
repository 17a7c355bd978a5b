import { findBlock, withBlock } from "./block.ts";
import { hash, type Manifest, normalise, readText } from "./manifest.ts";
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
  readonly file: string;
  readonly state: State;
  /** The text on disk, with LF line ends; of a block, what stands in it. */
  readonly found: string | undefined;
}

/** A file that build wrote for a persona and a target of the plan, and that they do not make any more. */
export interface Orphan {
  readonly key: string;
  readonly file: string;
  /** Whether the user has already deleted it: then only the manifest has it. */
  readonly gone: boolean;
  /** Whether it is still as build wrote it, or gone. */
  readonly untouched: boolean;
}

/** The key of an artifact in the manifest. */
export function keyOf({ path, block }: Pick<PlannedArtifact, "path" | "block">): string {
  return block === undefined ? path : `${path}#${block}`;
}

/** Compares planned artifacts with a project folder. Throws when a path leads out of it. */
export function compare(folder: string, artifacts: readonly PlannedArtifact[], manifest: Manifest): Compared[] {
  return artifacts.map((artifact) => {
    const file = pathInside(folder, artifact.path);
    const text = readText(file);
    const found = text === undefined ? undefined : ownPart(text, artifact);
    if (found === undefined) return { artifact, file, state: "missing", found };
    if (found === artifact.text) return { artifact, file, state: "current", found };
    const written = manifest.artifacts[keyOf(artifact)];
    return { artifact, file, state: written?.sha256 === hash(found) ? "stale" : "edited", found };
  });
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
function ownPart(text: string, { block, path }: PlannedArtifact): string | undefined {
  return block === undefined ? normalise(text) : findBlock(text, block, path);
}

/** The files that the manifest has for the plan's personas and targets and that the plan does not have. */
export function findOrphans(folder: string, artifacts: readonly PlannedArtifact[], manifest: Manifest): Orphan[] {
  const planned = new Set(artifacts.map(keyOf));
  const made = new Set(artifacts.flatMap(({ persona, targets }) => targets.map((target) => `${persona} ${target}`)));
  return Object.entries(manifest.artifacts).flatMap(([key, { persona, targets, sha256 }]) => {
    const ours = targets.every((target) => made.has(`${persona} ${target}`));
    if (planned.has(key) || !ours || key.includes("#")) return [];
    const file = pathInside(folder, key);
    const text = readText(file);
    return [{ key, file, gone: text === undefined, untouched: text === undefined || hash(text) === sha256 }];
  });
}
