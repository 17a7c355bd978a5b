import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { sha256 } from "../files/sha256.ts";
import { readText } from "../files/text.ts";
import { CommandError, failure, issue, messageOf } from "../issues/command-error.ts";
import { pathInside, projectPath, WORK } from "./paths.ts";

/** A folder that only this process may write into. */
export interface Held {
  /** Absolute. */
  readonly folder: string;
  /** The folder {@link WORK} in it, absolute. */
  readonly work: string;
  /** Throws a CommandError if another process has taken the folder over. */
  readonly assert: () => void;
  /** What {@link commitAround} has begun, and the next {@link commit} ends. */
  readonly begun?: Begun;
}

/** Changes that are made and not ended yet. */
interface Begun {
  readonly steps: readonly Step[];
  /** Folders that had to be made: the outermost of each. */
  readonly made: readonly string[];
}

/** A text that is already in the working folder, so that it need not stay in memory. */
export interface Staged {
  /** Absolute. */
  readonly staged: string;
  /** Of the text as it stands, once it is written. */
  readonly sha256: string;
  /** Where it is staged together with all of a folder that does not exist yet. */
  readonly folder?: StagedFolder;
}

/** A staged folder: in a new project, moving three takes no longer than moving three files. */
export interface StagedFolder {
  /** Absolute. */
  readonly staged: string;
  /** Where it belongs, absolute. */
  readonly place: string;
  /** How many are staged in it, in folders below it too. */
  files: number;
}

/** How one file should change. */
export interface FileChange {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  /** Its text when the change was decided, or undefined if there was none. */
  readonly before: string | undefined;
  /** Its new text, or undefined to delete it. */
  readonly after: string | Staged | undefined;
  /** For a copy: the file whose mode and owner it takes. */
  readonly like?: string;
}

/** A change whose text is in memory. */
export interface TextChange extends FileChange {
  readonly after: string | undefined;
}

/** A change, its place, and its files in the working folder. */
interface Step extends FileChange {
  readonly file: string;
  /** The file whose mode and owner the new text takes. */
  readonly model: string | undefined;
  /** The new text, until it is moved to its place. */
  readonly staged: string;
  /** The old file, until everything is done; undefined for a new one. */
  readonly kept: string | undefined;
}

/** A change as the journal has it: hashes of the texts. */
interface Entry {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

interface Journal {
  readonly schemaVersion: 1;
  /** How the file system identifies the working folder: a journal from a repository cannot know this. */
  readonly folder: string | undefined;
  readonly changes: readonly Entry[];
  /** Folders that had to be made: the outermost of each. */
  readonly made: readonly string[];
}

const JOURNAL = "journal.json";

/** For a file that must not be there. With the encoding, Node writes a text in one step and makes no copy of it. */
export const NEW_TEXT = { encoding: "utf8", flag: "wx" } as const;

/** How folders change. */
interface Folders {
  /** Those that have to be made, the outermost of each; found out where it is not given. */
  readonly made?: readonly string[];
  /** Those that are left empty, the innermost first. */
  readonly emptied?: readonly string[];
}

/**
 * Makes several changes, all of them or none. Each file is compared once more right before it is replaced. Whatever stops it
 * is undone at once; after a crash, the next run undoes it.
 * Throws a CommandError, with everything as it was, when a file has been changed since it was read.
 */
export function commit(held: Held, changes: readonly FileChange[], { made, emptied = [] }: Folders = {}): void {
  const { begun = { steps: [], made: [] } } = held;
  const steps = stepsOf(held, changes, begun.steps.length);
  held.assert();
  try {
    for (const step of steps) stage(step);
    const folders = [...begun.made, ...(made ?? missingFolders(held.folder, changes))];
    writeJournal(held, [...begun.steps, ...steps], folders);
    applyAll(steps);
    const inside = pathInside(held.folder);
    for (const folder of emptied) removeIfEmpty(inside(folder));
    // From here on, all of it is done.
    rmSync(join(held.work, JOURNAL));
  } catch (error) {
    undoFailed(held, error);
    throw error;
  }
  clear(held);
}

/**
 * Makes changes, and then those of `rest`, which sees the first ones made and commits its own with what it is given: all of
 * them, or none where it throws.
 */
export async function commitAround<Result>(
  held: Held,
  changes: readonly FileChange[],
  rest: (held: Held) => Promise<Result>,
): Promise<Result> {
  const steps = stepsOf(held, changes, 0);
  const made = missingFolders(held.folder, changes);
  held.assert();
  try {
    for (const step of steps) stage(step);
    writeJournal(held, steps, made);
    applyAll(steps);
    const result = await rest({ ...held, begun: { steps, made } });
    // Where the rest had nothing to commit, it ends here.
    rmSync(join(held.work, JOURNAL), { force: true });
    clear(held);
    return result;
  } catch (error) {
    undoFailed(held, error);
    throw error;
  }
}

function stepsOf(held: Held, changes: readonly FileChange[], first: number): Step[] {
  const inside = pathInside(held.folder);
  return changes.map((change, at): Step => {
    const index = first + at;
    const { before, after } = change;
    const staged = typeof after === "object" ? after.staged : join(held.work, `new-${index}`);
    const file = inside(change.path);
    const model = change.like === undefined ? (before === undefined ? undefined : file) : inside(change.like);
    const kept = before === undefined ? undefined : join(held.work, `old-${index}`);
    return { ...change, file, model, staged, kept };
  });
}

function stage({ path, model, staged, before, after }: Step): void {
  const stat = model === undefined ? undefined : statSync(model, { throwIfNoEntry: false });
  if (before !== undefined && stat !== undefined && (stat.mode & 0o222) === 0)
    throw failure("cannot-write", path, "is read-only");
  if (after === undefined) return;
  if (typeof after === "string") writeFileSync(staged, after, NEW_TEXT);
  if (stat === undefined) return;
  chmodSync(staged, stat.mode);
  // As root in a container, the file keeps the owner of the checkout.
  if (process.getuid?.() === 0) chownSync(staged, stat.uid, stat.gid);
}

function writeJournal(held: Held, steps: readonly Step[], made: readonly string[]): void {
  const journal: Journal = {
    schemaVersion: 1,
    folder: identityOf(held.work),
    changes: steps.map(({ path, before, after }) => ({
      path,
      ...(before === undefined ? {} : { before: sha256(before) }),
      ...(after === undefined ? {} : { after: typeof after === "string" ? sha256(after) : after.sha256 }),
    })),
    made,
  };
  const temporary = join(held.work, `${JOURNAL}.new`);
  writeFileSync(temporary, JSON.stringify(journal), { flag: "wx" });
  renameSync(temporary, join(held.work, JOURNAL));
}

/** The folders that have to be made for some files: the outermost of each. */
export function missingFolders(folder: string, changes: readonly FileChange[]): string[] {
  /** Where the outermost missing folder is, by folder that was looked at; undefined for one that is there. */
  const known = new Map<string, string | undefined>([[folder, undefined]]);
  const outermostMissing = (place: string): string | undefined => {
    if (known.has(place)) return known.get(place);
    const missing = existsSync(place) ? undefined : (outermostMissing(dirname(place)) ?? place);
    known.set(place, missing);
    return missing;
  };
  const outermost = new Set<string>();
  const asked = new Set<string>();
  for (const { path, after } of changes) {
    // Thousands of files stand in a few folders.
    if (after === undefined || asked.size === asked.add(path.slice(0, path.lastIndexOf("/") + 1)).size) continue;
    const missing = outermostMissing(dirname(join(folder, path)));
    if (missing !== undefined) outermost.add(projectPath(folder, missing));
  }
  return [...outermost];
}

function applyAll(all: readonly Step[]): void {
  const moved = moveFolders(all);
  const steps = all.filter((step) => !moved.has(folderOf(step)));
  // Making folders before they are needed costs less than an error for each.
  const made = new Set<string>();
  for (const step of steps) {
    const isNew = step.before === undefined && step.after !== undefined;
    const above = dirname(step.file);
    if (isNew && !made.has(above)) {
      mkdirSync(above, { recursive: true });
      made.add(above);
    }
    apply(step);
  }
}

function folderOf({ after }: Step): StagedFolder | undefined {
  return typeof after === "object" ? after.folder : undefined;
}

/** Moves staged folders, and returns those that are in place: the files of any other are moved one by one. */
function moveFolders(steps: readonly Step[]): Set<StagedFolder | undefined> {
  const files = new Map<StagedFolder, number>();
  for (const step of steps) {
    const folder = folderOf(step);
    if (folder !== undefined) files.set(folder, (files.get(folder) ?? 0) + 1);
  }
  const moved = new Set<StagedFolder | undefined>();
  for (const [folder, count] of files) if (count === folder.files && isMoved(folder)) moved.add(folder);
  return moved;
}

function isMoved({ staged, place }: StagedFolder): boolean {
  // Made meanwhile, it may hold anything.
  if (existsSync(place)) return false;
  try {
    renameSync(staged, place);
    return true;
  } catch {
    return false;
  }
}

function apply({ path, file, staged, kept, before, after }: Step): void {
  if (before === undefined ? existsSync(file) : readText(file) !== before) {
    const found = issue("changed-meanwhile", path, "was changed while the command was running");
    throw new CommandError([found], { exitCode: 1, advice: "Nothing was written. Run the command again." });
  }
  if (after !== undefined) {
    if (kept !== undefined) keep(file, kept);
    move(staged, file);
  } else if (kept !== undefined) move(file, kept);
}

/** A second name for the file that is about to be replaced, so that readers never find it missing. */
function keep(file: string, kept: string): void {
  try {
    linkSync(file, kept);
  } catch {
    // Some file systems have no hard links, and some systems allow them only for one's own files.
    copyFileSync(file, kept, constants.COPYFILE_EXCL);
  }
}

/** Moves a file into place, over another if there is one, and makes the folders above it. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "EXDEV") moveAcross(from, to);
    // A file that is mounted by itself keeps its place.
    else if (code === "EBUSY") moveInto(from, to);
    else if (code === "ENOENT" && existsSync(from) && !existsSync(dirname(to))) {
      mkdirSync(dirname(to), { recursive: true });
      move(from, to);
    } else throw error;
  }
}

/** To another file system: writes the text beside its place first, so that readers see all of it or nothing. */
function moveAcross(from: string, to: string): void {
  const beside = besideOf(to);
  rmSync(beside, { force: true });
  copyFileSync(from, beside, constants.COPYFILE_EXCL);
  renameSync(beside, to);
  rmSync(from);
}

function moveInto(from: string, to: string): void {
  copyFileSync(from, to);
  rmSync(from);
}

function besideOf(file: string): string {
  return join(dirname(file), `.${basename(file)}.personakit`);
}

/** The outcome of undoing an unfinished run. */
interface Undone {
  /** Files that were changed since, and left as they are. */
  readonly left: readonly string[];
}

/**
 * Undoes an unfinished run, and clears the working folder. Returns undefined if there was nothing to
 * put back. Throws a CommandError for a journal that was not written here.
 */
export function undo(held: Held): Undone | undefined {
  const text = readText(join(held.work, JOURNAL));
  if (text === undefined) {
    clear(held);
    return undefined;
  }
  const { changes, made } = parse(text, held);
  const inside = pathInside(held.folder);
  const left = changes
    .map((entry, index) => ({ entry, kept: join(held.work, `old-${index}`) }))
    .reverse()
    .filter(({ entry, kept }) => !isRestored(entry, inside(entry.path), kept))
    .map(({ entry }) => entry.path);
  for (const folder of made) removeMade(inside(folder));
  rmSync(join(held.work, JOURNAL));
  clear(held);
  return { left };
}

/** Puts one file back. False if it matches neither its old nor its new text, because it was changed since. */
function isRestored({ before, after }: Entry, file: string, kept: string): boolean {
  rmSync(besideOf(file), { force: true });
  const now = hashOf(file);
  if (now === before) return true;
  if (now !== after) return false;
  if (before === undefined) rmSync(file);
  else if (existsSync(kept)) move(kept, file);
  return true;
}

/** Anything that is not text was not written by us, so it matches no hash. */
function hashOf(file: string): string | undefined {
  try {
    const text = readText(file);
    return text === undefined ? undefined : sha256(text);
  } catch {
    return "";
  }
}

/** After an error. What cannot be undone now stays in the working folder for the next run. */
function undoFailed(held: Held, error: unknown): void {
  try {
    undo(held);
  } catch (second) {
    const hint = "Fix that, then run personakit again: it puts everything back.";
    throw failure("cannot-write", WORK, `failed (${messageOf(error)}), and could not be undone`, {
      hint,
      cause: messageOf(second),
    });
  }
}

function parse(text: string, { work }: Held): Journal {
  const journal = parseJson(text);
  const folder = identityOf(work);
  if (isJournal(journal) && folder !== undefined && journal.folder === folder) return journal;
  const problem = "holds an unfinished run from another folder";
  const hint = `Its old-* files are copies from before that run. Check them, then delete ${WORK}.`;
  throw failure("cannot-write", WORK, problem, hint);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJournal(value: unknown): value is Journal {
  if (!isRecord(value) || value.schemaVersion !== 1 || !Array.isArray(value.changes) || !isTexts(value.made))
    return false;
  return value.changes.every((entry) => isRecord(entry) && isTexts(Object.values(entry)) && "path" in entry);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** Its inode and creation time in nanoseconds, which a checkout cannot choose; none if the file system keeps no such time. */
function identityOf(work: string): string | undefined {
  const { ino, birthtimeNs } = statSync(work, { bigint: true });
  return birthtimeNs === 0n ? undefined : `${ino} ${birthtimeNs}`;
}

/** Deletes what a run has staged but not begun to write. What it has begun, the next run undoes. */
export function forgetStaged(held: Held): void {
  if (!existsSync(join(held.work, JOURNAL))) clear(held);
}

/** Deletes what a run leaves in the working folder, and nothing else. What cannot be deleted now is deleted by the next run. */
function clear({ work }: Held): void {
  for (const name of namesIn(work)) {
    if (!/^(?:(?:new|old|text|folder|owner)-\d+|journal\.json\.new)$/.test(name)) continue;
    try {
      rmSync(join(work, name), { force: true, recursive: true });
    } catch {}
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Deletes the folders that an undone run made, unless they hold a file. */
function removeMade(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeMade(join(folder, entry.name));
  }
  removeIfEmpty(folder);
}

function removeIfEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
