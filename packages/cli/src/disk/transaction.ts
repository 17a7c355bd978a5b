import { existsSync, readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { normalise } from "../files/text.ts";
import { placeOf } from "./artifact-key.ts";
import { findBlock, gapAfter, withBlock, withoutBlock, withoutGapBelow } from "./block.ts";
import { type ChangedFile, type PendingFile, placeInside, type RecordedFile } from "./file-status.ts";
import { commit, type FileChange, type Held, missingFolders, type TextChange } from "./journal.ts";
import { standOf } from "./links.ts";
import { type ArtifactRecord, copied, formatLockfile, LOCKFILE, type Lockfile } from "./lockfile.ts";
import { pathInside, projectPath } from "./paths.ts";
import { parseLockfile } from "./read-lockfile.ts";

/** The state that a project should reach. */
export interface ProjectChange {
  /** Files that differ from what they should be. */
  readonly writes: readonly PendingFile[];
  readonly removals: readonly RecordedFile[];
  /** The lockfile as it will be afterwards. */
  readonly lockfile: Lockfile;
  /** Copies of the user's own files. */
  readonly kept?: readonly FileChange[];
}

/** A file, and its whole text. */
type Standing = Pick<RecordedFile, "file" | "before">;

type Records = Record<string, ArtifactRecord>;

/**
 * Writes and removes files, and the lockfile with them: all or nothing. Throws a CommandError, with everything as it was, when
 * a file has been changed since it was compared.
 */
export function applyChange(
  held: Held,
  earlier: Lockfile,
  { writes, removals, lockfile, kept = [] }: ProjectChange,
): void {
  const records: Records = copied(earlier.artifacts, lockfile.artifacts);
  const texts = new Map<string, TextChange>();
  const ready = new Map<string, FileChange>();
  const edit = (
    { file, before }: Standing,
    change: (text: string | undefined) => string | undefined,
    model: Pick<FileChange, "like"> = {},
  ) => {
    // A link may lead here: writing never goes through a link.
    const path = projectPath(held.folder, file);
    const known = texts.get(path) ?? { path, before, after: before, ...model };
    texts.set(path, { ...known, after: change(known.after) });
  };
  const keysBeside = neighbours(held.folder);
  for (const each of removals) {
    if (each.state !== "gone") edit(each, (text) => removed(each, text, records, keysBeside(each, records)));
  }
  const gaps = new Map<string, ArtifactRecord["gap"]>();
  for (const each of writes) {
    const isNew = earlier.artifacts[each.key] === undefined;
    if ("ready" in each) {
      const path = projectPath(held.folder, each.file);
      ready.set(path, { path, before: undefined, after: each.ready, ...modelOf(held.folder, each) });
    } else edit(each, (text) => written(each, text, isNew ? records : undefined, gaps), modelOf(held.folder, each));
  }
  for (const key of Object.keys(records)) if (!Object.hasOwn(lockfile.artifacts, key)) delete records[key];
  applyFiles(held, [...kept, ...new Map([...texts, ...ready]).values()], { ...lockfile, artifacts: records });
}

/** Whose mode a new file takes: one of the project, which no link leads to. */
function modelOf(folder: string, { artifact: { like }, before }: PendingFile): Pick<FileChange, "like"> {
  if (like === undefined || before !== undefined) return {};
  return placeOrNone(() => pathInside(folder)(like)) === undefined ? {} : { like };
}

/** Changes files and the lockfile, all or nothing. Folders that we made and that are now empty are deleted. */
export function applyFiles(held: Held, files: readonly FileChange[], lockfile: Lockfile): void {
  const changes = files.filter(({ before, after }) => before !== after);
  const emptied = emptiedFolders(held.folder, changes, lockfile.folders);
  const made = missingFolders(held.folder, changes);
  const standing = lockfile.folders.filter((path) => !emptied.includes(path) && existsSync(join(held.folder, path)));
  const record = lockfileChange({ ...lockfile, folders: [...new Set([...standing, ...made])] });
  // Never write a lockfile that the next command could not read.
  if (record.after !== undefined && record.after !== record.before) parseLockfile(record.after);
  const all = record.before === record.after ? changes : [...changes, record];
  if (all.length > 0) commit(held, all, { made, emptied });
}

/** A file with an artifact in it. The record of a new block gets the line ends that are put before it. */
function written(
  { artifact, key, file }: ChangedFile,
  text: string | undefined,
  records: Records | undefined,
  gaps: Map<string, ArtifactRecord["gap"]>,
): string {
  const { block, path } = artifact;
  if (block === undefined) return artifact.text;
  if (records !== undefined && text !== undefined) {
    const stands = findBlock(text, block, path) !== undefined;
    // Through a link, another path may just have written this block.
    const stand = standOf(file, block);
    const gap = gaps.has(stand) ? gaps.get(stand) : stands ? "" : gapAfter(text);
    gaps.set(stand, gap);
    if (gap !== undefined) records[key] = { ...(records[key] as ArtifactRecord), gap };
  }
  return withBlock(text, block, artifact.text, path);
}

/** A file without an artifact, or undefined if nothing of the user's is left. */
function removed(
  { key, block, path }: RecordedFile,
  text: string | undefined,
  records: Records,
  beside: readonly string[],
): string | undefined {
  if (block === undefined || text === undefined) return undefined;
  const { gap } = records[key] as ArtifactRecord;
  const rest = withoutBlock(passGapOn(key, text, records, beside), block, gap ?? "", path);
  delete records[key];
  // A file with nothing of the user's was made for the block.
  return gap === undefined && /^\uFEFF?$/.test(rest) ? undefined : rest;
}

/** The keys of the blocks that stand in a file, also those whose paths lead to it through a link. */
function neighbours(folder: string): (recorded: RecordedFile, records: Records) => string[] {
  const inside = placeInside(folder);
  const files = new Map<string, string | undefined>();
  const fileAt = (path: string, block: string) => {
    if (!files.has(path))
      files.set(
        path,
        placeOrNone(() => inside({ path, block })),
      );
    return files.get(path);
  };
  return ({ file, block }, records) => {
    if (block === undefined) return [];
    return Object.keys(records).filter((key) => {
      const other = placeOf(key);
      return other.block !== undefined && fileAt(other.path, other.block) === file;
    });
  };
}

/** A record whose path leads out of the project has no neighbours. */
function placeOrNone(find: () => string): string | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

/** If another block follows directly, it takes the place of the removed one, and its gap. */
function passGapOn(key: string, text: string, records: Records, beside: readonly string[]): string {
  const { path, block = "" } = placeOf(key);
  const own = records[key] as ArtifactRecord;
  for (const other of beside) {
    const name = placeOf(other).block ?? "";
    const { gap = "", ...rest } = records[other] as ArtifactRecord;
    const below = name === block ? undefined : withoutGapBelow(text, [block, name], gap, path);
    if (below === undefined) continue;
    records[other] = own.gap === undefined ? rest : { ...rest, gap: own.gap };
    return below;
  }
  return text;
}

function lockfileChange(lockfile: Lockfile): TextChange {
  const before = lockfile.text;
  const { personas, artifacts, ejected } = lockfile;
  // An empty lockfile is not written.
  const isEmpty = [...Object.keys(personas), ...Object.keys(artifacts), ...ejected].length === 0;
  const after = isEmpty ? undefined : formatLockfile(lockfile);
  // A checkout with CRLF is not a change.
  return { path: LOCKFILE, before, after: before !== undefined && normalise(before) === after ? before : after };
}

/** Folders that we made and that are empty once some files are gone, innermost first. */
function emptiedFolders(folder: string, changes: readonly FileChange[], made: readonly string[]): string[] {
  if (changes.every(({ after }) => after !== undefined)) return [];
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
