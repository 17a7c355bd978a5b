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

/** The keys that stand for a file, or for a block in it. */
export function keysIn(path: string, keys: Iterable<string>): string[] {
  return [...keys].filter((key) => placeOf(key).path === path);
}

/** A key for people to read: its path, and the persona of a block. */
export function nameOfKey(key: string): string {
  const { path, block } = placeOf(key);
  return block === undefined ? path : `${path} (the block of ${block})`;
}
