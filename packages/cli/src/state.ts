import { findBlock } from "./block.ts";
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
  /** Whether it is still as build wrote it. */
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
    const whole = text === undefined ? undefined : normalise(text);
    const found =
      whole === undefined || artifact.block === undefined ? whole : findBlock(whole, artifact.block, artifact.path);
    if (found === undefined) return { artifact, file, state: "missing", found };
    if (found === artifact.text) return { artifact, file, state: "current", found };
    const written = manifest.artifacts[keyOf(artifact)];
    return { artifact, file, state: written?.sha256 === hash(found) ? "stale" : "edited", found };
  });
}

/** The files that the manifest has for the plan's personas and targets and that the plan does not have. */
export function findOrphans(folder: string, artifacts: readonly PlannedArtifact[], manifest: Manifest): Orphan[] {
  const planned = new Set(artifacts.map(keyOf));
  const made = new Set(artifacts.map(({ persona, target }) => `${persona} ${target}`));
  return Object.entries(manifest.artifacts).flatMap(([key, { persona, target, sha256 }]) => {
    if (planned.has(key) || !made.has(`${persona} ${target}`) || key.includes("#")) return [];
    const file = pathInside(folder, key);
    const text = readText(file);
    return text === undefined ? [] : [{ key, file, untouched: hash(text) === sha256 }];
  });
}
