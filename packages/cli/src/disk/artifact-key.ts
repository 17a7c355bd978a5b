import type { Artifact } from "@personakit/targets";

/** An artifact's place in a project: a file, or a block of one that also holds text of the user's. */
export type ArtifactPlace = Pick<Artifact, "path" | "block">;

/** The key of an artifact in the lockfile: its path, or `path#block`. */
export function keyOf({ path, block }: ArtifactPlace): string {
  return block === undefined ? path : `${path}#${block}`;
}

/** The place that a key stands for. */
export function placeOf(key: string): ArtifactPlace {
  const [path = "", block] = key.split("#");
  return block === undefined ? { path } : { path, block };
}

/** Those of some keys that stand for a file, or for a block in it. */
export function keysIn(path: string, keys: Iterable<string>): string[] {
  return [...keys].filter((key) => placeOf(key).path === path);
}

/** A key as a person reads it: its path, and whose block. */
export function nameOfKey(key: string): string {
  const { path, block } = placeOf(key);
  return block === undefined ? path : `${path} (the block of ${block})`;
}
