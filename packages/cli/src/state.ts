import { hash, type Manifest, normalise, readText } from "./manifest.ts";
import { pathInside } from "./paths.ts";
import type { PlannedArtifact } from "./plan.ts";

/** How a file on disk compares with what build would write. */
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
  /** The text on disk, with LF line ends. */
  readonly found: string | undefined;
}

/** Compares planned artifacts with a project folder. Throws when a path leads out of it. */
export function compare(folder: string, artifacts: readonly PlannedArtifact[], manifest: Manifest): Compared[] {
  return artifacts.map((artifact) => {
    const file = pathInside(folder, artifact.path);
    const text = readText(file);
    if (text === undefined) return { artifact, file, state: "missing", found: undefined };
    const found = normalise(text);
    if (found === artifact.text) return { artifact, file, state: "current", found };
    const written = manifest.artifacts[artifact.path];
    return { artifact, file, state: written?.sha256 === hash(text) ? "stale" : "edited", found };
  });
}
