import { existsSync, readdirSync, rmdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { gapAfter, withBlock, withoutBlock } from "./block.ts";
import { clearAbandoned, exclusively } from "./exclusive.ts";
import { type ArtifactRecord, formatManifest, hash, MANIFEST, type Manifest, readText } from "./manifest.ts";
import { pathInside } from "./paths.ts";
import type { Compared, Recorded } from "./state.ts";
import { removeFile, removeTemporary, writeAtomically } from "./write.ts";

/** What is to become of a project. */
export interface Outcome {
  /** Files that differ from what they should be. */
  readonly writes: readonly Compared[];
  readonly removals: readonly Recorded[];
  /** The manifest as it will be when all of that is done. */
  readonly manifest: Manifest;
}

/**
 * Writes and removes files. The manifest is written before them, with the old hashes beside the new ones, and again after
 * them: killed at any moment, each file is old or new and the next run knows both as ours.
 */
export function apply(folder: string, before: Manifest, { writes, removals, manifest }: Outcome): void {
  const path = join(folder, MANIFEST);
  const tidy = () => removeTemporaries(folder, before);
  if (writes.length === 0 && removals.length === 0) {
    if (isWritten(path, manifest)) clearAbandoned(folder, tidy);
    else exclusively(folder, () => writeManifest(path, manifest), tidy);
    return;
  }
  exclusively(
    folder,
    () => {
      const folders = new Set(manifest.folders);
      const artifacts: Record<string, ArtifactRecord> = { ...manifest.artifacts };
      for (const { key, record } of removals) artifacts[key] ??= record;
      for (const { key, artifact, file, found } of writes) {
        const record = { ...(artifacts[key] as ArtifactRecord), ...gapOf(artifact, file, before.artifacts[key]) };
        artifacts[key] = found === undefined ? record : { ...record, replaces: hash(found) };
      }
      writeAtomically(path, formatManifest({ ...manifest, artifacts }));
      for (const { key, artifact, file } of writes) {
        const { block, text } = artifact;
        const made = writeAtomically(
          file,
          block === undefined ? text : withBlock(readText(file), block, text, artifact.path),
        );
        if (made !== undefined) folders.add(relative(folder, made).split(sep).join("/"));
        const { replaces: _, ...record } = artifacts[key] as ArtifactRecord;
        artifacts[key] = record;
      }
      for (const removal of removals) {
        remove(removal);
        if (manifest.artifacts[removal.key] === undefined) delete artifacts[removal.key];
      }
      const inside = pathInside(folder);
      const made = [...folders].map((each): [string, string] => [each, inside(each)]);
      for (const { file } of removals)
        prune(
          dirname(file),
          made.map(([, place]) => place),
        );
      const left = made.flatMap(([each, place]) => (existsSync(place) ? [each] : []));
      writeManifest(path, { ...manifest, artifacts, folders: left });
    },
    tidy,
  );
}

/** What a killed process may have left beside the files that it was to write. */
export function removeTemporaries(folder: string, { artifacts }: Manifest): void {
  const paths = Object.keys(artifacts).map((key) => key.split("#", 1)[0] as string);
  for (const path of [MANIFEST, ...paths]) removeTemporary(join(folder, path));
}

function isWritten(path: string, manifest: Manifest): boolean {
  return readText(path) === (isEmpty(manifest) ? undefined : formatManifest(manifest));
}

/** A manifest of nothing is no file. */
function writeManifest(path: string, manifest: Manifest): void {
  if (isEmpty(manifest)) removeFile(path);
  else writeAtomically(path, formatManifest(manifest));
}

function isEmpty({ personas, artifacts, ejected }: Manifest): boolean {
  return [...Object.keys(personas), ...Object.keys(artifacts), ...ejected].length === 0;
}

function gapOf(
  { block }: Compared["artifact"],
  file: string,
  earlier: ArtifactRecord | undefined,
): { readonly gap?: string } {
  if (block === undefined) return {};
  if (earlier !== undefined) return earlier.gap === undefined ? {} : { gap: earlier.gap };
  const text = readText(file);
  return text === undefined ? {} : { gap: gapAfter(text) };
}

function remove({ file, path, block, record, state }: Recorded): void {
  const text = block === undefined || state === "gone" ? undefined : readText(file);
  if (block === undefined || text === undefined) {
    if (block === undefined) removeFile(file);
    return;
  }
  const rest = withoutBlock(text, block, record.gap ?? "", path);
  // A file that holds nothing of the user's was made for the block.
  if (rest === "" && record.gap === undefined) removeFile(file);
  else writeAtomically(file, rest);
}

/** Deletes a folder and those above it that we made, as long as nothing is left in them. */
function prune(folder: string, made: readonly string[]): void {
  const isOurs = made.some((each) => folder === each || folder.startsWith(each + sep));
  if (!isOurs || !existsSync(folder) || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  prune(dirname(folder), made);
}
