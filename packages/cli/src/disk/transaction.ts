import { existsSync, readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { normalise } from "../files/text.ts";
import { keysIn, placeOf } from "./artifact-key.ts";
import { findBlock, gapAfter, withBlock, withoutBlock, withoutGapBelow } from "./block.ts";
import type { ChangedFile, PendingFile, RecordedFile } from "./file-status.ts";
import { commit, type FileChange, type Held, missingFolders, type TextChange } from "./journal.ts";
import { type ArtifactRecord, formatLockfile, LOCKFILE, type Lockfile } from "./lockfile.ts";
import { pathInside, projectPath } from "./paths.ts";
import { parseLockfile } from "./read-lockfile.ts";

/** What a project is to become. */
export interface ProjectChange {
  /** Files that differ from what they should be. */
  readonly writes: readonly PendingFile[];
  readonly removals: readonly RecordedFile[];
  /** The lockfile as it will be when all of that is done. */
  readonly lockfile: Lockfile;
}

type Records = Record<string, ArtifactRecord>;

/**
 * Writes and removes files, and the lockfile with them: all or nothing. Throws a CommandError, with everything as it was, when
 * a file has been changed since it was compared.
 */
export function applyChange(held: Held, earlier: Lockfile, { writes, removals, lockfile }: ProjectChange): void {
  const records: Records = { ...earlier.artifacts, ...lockfile.artifacts };
  const texts = new Map<string, TextChange>();
  const ready = new Map<string, FileChange>();
  const edit = (path: string, before: string | undefined, change: (text: string | undefined) => string | undefined) => {
    const file = texts.get(path) ?? { path, before, after: before };
    texts.set(path, { ...file, after: change(file.after) });
  };
  for (const each of removals) edit(each.path, each.before, (text) => removed(each, text, records));
  for (const each of writes) {
    const { path } = each.artifact;
    const isNew = earlier.artifacts[each.key] === undefined;
    if ("ready" in each) ready.set(path, { path, before: undefined, after: each.ready });
    else edit(path, each.before, (text) => written(each, text, isNew ? records : undefined));
  }
  const keys = Object.keys(lockfile.artifacts);
  const artifacts = Object.fromEntries(keys.map((key) => [key, records[key] as ArtifactRecord]));
  applyFiles(held, [...new Map([...texts, ...ready]).values()], { ...lockfile, artifacts });
}

/** Changes files and the lockfile: all or nothing. Folders that were made for files, and hold none any more, go. */
export function applyFiles(held: Held, files: readonly FileChange[], lockfile: Lockfile): void {
  const changes = files.filter(({ before, after }) => before !== after);
  const emptied = emptiedFolders(held.folder, changes, lockfile.folders);
  const made = missingFolders(held.folder, changes);
  const standing = lockfile.folders.filter((path) => !emptied.includes(path) && existsSync(join(held.folder, path)));
  const record = lockfileChange({ ...lockfile, folders: [...new Set([...standing, ...made])] });
  // One that the next command could not read must not be written.
  if (record.after !== undefined && record.after !== record.before) parseLockfile(record.after);
  const all = record.before === record.after ? changes : [...changes, record];
  if (all.length > 0) commit(held, all, { made, emptied });
}

/** A file with an artifact in it. The record of a new block gets the line ends that are put before it. */
function written({ artifact, key }: ChangedFile, text: string | undefined, records: Records | undefined): string {
  const { block, path } = artifact;
  if (block === undefined) return artifact.text;
  if (records !== undefined && text !== undefined) {
    const stands = findBlock(text, block, path) !== undefined;
    records[key] = { ...(records[key] as ArtifactRecord), gap: stands ? "" : gapAfter(text) };
  }
  return withBlock(text, block, artifact.text, path);
}

/** A file without an artifact; undefined where nothing of the user's is left. */
function removed({ key, block, path }: RecordedFile, text: string | undefined, records: Records): string | undefined {
  if (block === undefined || text === undefined) return undefined;
  const { gap } = records[key] as ArtifactRecord;
  const rest = withoutBlock(passGapOn(key, text, records), block, gap ?? "", path);
  delete records[key];
  // A file that holds nothing of the user's was made for the block.
  return gap === undefined && /^\uFEFF?$/.test(rest) ? undefined : rest;
}

/** Where another block stands right below, it takes the place of the one that goes, and the line ends before it. */
function passGapOn(key: string, text: string, records: Records): string {
  const { path, block = "" } = placeOf(key);
  const own = records[key] as ArtifactRecord;
  for (const other of keysIn(path, Object.keys(records))) {
    const { gap = "", ...rest } = records[other] as ArtifactRecord;
    const below = other === key ? undefined : withoutGapBelow(text, [block, placeOf(other).block ?? ""], gap, path);
    if (below === undefined) continue;
    records[other] = own.gap === undefined ? rest : { ...rest, gap: own.gap };
    return below;
  }
  return text;
}

function lockfileChange(lockfile: Lockfile): TextChange {
  const before = lockfile.text;
  const { personas, artifacts, ejected } = lockfile;
  // A lockfile of nothing is no file.
  const isEmpty = [...Object.keys(personas), ...Object.keys(artifacts), ...ejected].length === 0;
  const after = isEmpty ? undefined : formatLockfile(lockfile);
  // A checkout with CRLF is no change.
  return { path: LOCKFILE, before, after: before !== undefined && normalise(before) === after ? before : after };
}

/** Folders that we made and that hold nothing once some files are gone, the innermost first. */
function emptiedFolders(folder: string, changes: readonly FileChange[], made: readonly string[]): string[] {
  const inside = pathInside(folder);
  const tops = made.map((path) => inside(path));
  const gone = new Set(changes.flatMap(({ path, after }) => (after === undefined ? [inside(path)] : [])));
  const filled = changes.flatMap(({ path, after }) => (after === undefined ? [] : [inside(path)]));
  const emptied: string[] = [];
  const visit = (place: string): void => {
    const isOurs = tops.some((top) => place === top || place.startsWith(top + sep));
    if (!isOurs || gone.has(place) || !existsSync(place)) return;
    if (filled.some((file) => file.startsWith(place + sep))) return;
    if (readdirSync(place).some((name) => !gone.has(join(place, name)))) return;
    gone.add(place);
    emptied.push(projectPath(folder, place));
    visit(dirname(place));
  };
  for (const file of [...gone]) visit(dirname(file));
  return emptied;
}
