import { existsSync, readdirSync, rmdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { placeOf } from "./artifact-key.ts";
import { removeFile, removeTemporary, writeAtomically } from "./atomic-write.ts";
import { gapAfter, withBlock, withoutBlock } from "./block.ts";
import type { ComparedFile, RecordedFile } from "./file-status.ts";
import { type ArtifactRecord, formatLockfile, LOCKFILE, type Lockfile } from "./lockfile.ts";
import { pathInside, projectPath } from "./paths.ts";
import { hash, readText } from "./text.ts";
import { clearAbandoned, exclusively } from "./write-lock.ts";

/** What a project is to become. */
export interface ProjectChange {
  /** Files that differ from what they should be. */
  readonly writes: readonly ComparedFile[];
  readonly removals: readonly RecordedFile[];
  /** The lockfile as it will be when all of that is done. */
  readonly lockfile: Lockfile;
}

type Records = Record<string, ArtifactRecord>;

/**
 * Writes and removes files. The lockfile is written before them, with the old hashes beside the new ones, and again after
 * them: killed at any moment, each file is old or new and the next run knows both as ours.
 */
export function applyChange(folder: string, before: Lockfile, change: ProjectChange): void {
  const tidy = () => removeTemporaries(folder, before);
  if (change.writes.length > 0 || change.removals.length > 0) {
    exclusively(folder, () => writeAll(folder, before, change), tidy);
  } else if (isWritten(folder, change.lockfile)) clearAbandoned(folder, tidy);
  else exclusively(folder, () => writeLockfile(folder, change.lockfile), tidy);
}

function writeAll(folder: string, before: Lockfile, { writes, removals, lockfile }: ProjectChange): void {
  const announced = recordsUnderWay(before, { writes, removals, lockfile });
  writeAtomically(join(folder, LOCKFILE), formatLockfile({ ...lockfile, artifacts: announced }));
  const made = new Set(lockfile.folders);
  for (const write of writes) {
    const top = writeFile(write);
    if (top !== undefined) made.add(projectPath(folder, top));
  }
  for (const removal of removals) remove(removal);
  const folders = pruneFolders(folder, [...made], removals);
  writeLockfile(folder, { ...lockfile, artifacts: recordsAfter(announced, lockfile), folders });
}

/** The records while files are being written: both hashes of each, and what is about to be removed. */
function recordsUnderWay(before: Lockfile, { writes, removals, lockfile }: ProjectChange): Records {
  const records: Records = { ...lockfile.artifacts };
  for (const { key, record } of removals) records[key] ??= record;
  for (const { key, artifact, file, found } of writes) {
    const record = { ...(records[key] as ArtifactRecord), ...gapOf(artifact, file, before.artifacts[key]) };
    records[key] = found === undefined ? record : { ...record, replaces: hash(found) };
  }
  return records;
}

/** The records once everything is written: of those that are under way, the ones that stay, with one hash each. */
function recordsAfter(underWay: Records, { artifacts }: Lockfile): Records {
  const staying = Object.entries(underWay).filter(([key]) => artifacts[key] !== undefined);
  return Object.fromEntries(staying.map(([key, { replaces: _, ...record }]) => [key, record]));
}

/** Returns the outermost folder that had to be made. */
function writeFile({ artifact: { block, text, path }, file }: ComparedFile): string | undefined {
  return writeAtomically(file, block === undefined ? text : withBlock(readText(file), block, text, path));
}

/** What a killed process may have left beside the files that it was to write. */
export function removeTemporaries(folder: string, { artifacts }: Lockfile): void {
  const paths = Object.keys(artifacts).map((key) => placeOf(key).path);
  for (const path of [LOCKFILE, ...paths]) removeTemporary(join(folder, path));
}

function isWritten(folder: string, lockfile: Lockfile): boolean {
  return readText(join(folder, LOCKFILE)) === (isEmpty(lockfile) ? undefined : formatLockfile(lockfile));
}

/** A lockfile of nothing is no file. */
function writeLockfile(folder: string, lockfile: Lockfile): void {
  const path = join(folder, LOCKFILE);
  if (isEmpty(lockfile)) removeFile(path);
  else writeAtomically(path, formatLockfile(lockfile));
}

function isEmpty({ personas, artifacts, ejected }: Lockfile): boolean {
  return [...Object.keys(personas), ...Object.keys(artifacts), ...ejected].length === 0;
}

function gapOf(
  { block }: ComparedFile["artifact"],
  file: string,
  earlier: ArtifactRecord | undefined,
): { readonly gap?: string } {
  if (block === undefined) return {};
  if (earlier !== undefined) return earlier.gap === undefined ? {} : { gap: earlier.gap };
  const text = readText(file);
  return text === undefined ? {} : { gap: gapAfter(text) };
}

function remove({ file, path, block, record, state }: RecordedFile): void {
  if (block === undefined) {
    removeFile(file);
    return;
  }
  const text = state === "gone" ? undefined : readText(file);
  if (text === undefined) return;
  const rest = withoutBlock(text, block, record.gap ?? "", path);
  // A file that holds nothing of the user's was made for the block.
  if (rest === "" && record.gap === undefined) removeFile(file);
  else writeAtomically(file, rest);
}

/** Deletes the folders of removed files that we made and that are empty now; returns the made ones that are left. */
function pruneFolders(folder: string, made: readonly string[], removals: readonly RecordedFile[]): string[] {
  const inside = pathInside(folder);
  const places = made.map((each) => inside(each));
  for (const { file } of removals) prune(dirname(file), places);
  return made.filter((_, index) => existsSync(places[index] as string));
}

/** Deletes a folder and those above it that we made, as long as nothing is left in them. */
function prune(folder: string, made: readonly string[]): void {
  const isOurs = made.some((each) => folder === each || folder.startsWith(each + sep));
  if (!isOurs || !existsSync(folder) || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  prune(dirname(folder), made);
}
