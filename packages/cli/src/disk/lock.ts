import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { readRegular } from "../files/regular.ts";
import { beforeLeaving } from "../guard/process-ends.ts";
import { failure, messageOf } from "../issues/command-error.ts";
import { shorten, writeWarning } from "../output/terminal.ts";
import { forgetStaged, type Held, undo } from "./journal.ts";
import { WORK } from "./paths.ts";

/** The real function: a user's module must not end the process, but we may. */
const kill = process.kill.bind(process);

/** In milliseconds. */
export interface Patience {
  /** How long to wait for another process. */
  readonly limit?: number;
  /** When to tell the user about the wait. */
  readonly silence?: number;
}

/** In bytes. */
const LARGEST_OWNER = 4096;

const IGNORE = ".gitignore";

const LIMIT = 30_000;
const SILENCE = 1_000;
const POLL = 50;

/** A process may be killed between making its folder and writing its name: after this time it counts as dead. */
const NAMELESS = 500;

/** A process on another machine cannot be checked: after this time it counts as dead. */
const FOREIGN = 10 * 60_000;

/** How a process identifies itself. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly command: string;
  /** When the process started, as the kernel reports it, if known: process ids are reused. */
  readonly start?: string;
}

/**
 * Runs a step while no other process writes into a folder, after undoing what a killed one left behind. Waits for
 * another process, and throws a CommandError that names it if that takes too long.
 */
export async function exclusively<Result>(
  folder: string,
  command: string,
  step: (held: Held) => Promise<Result> | Result,
  patience: Patience = {},
): Promise<Result> {
  const self = { pid: process.pid, host: hostname(), command, ...startOf(process.pid) };
  const held: Held = {
    folder: resolve(folder),
    work: join(resolve(folder), WORK),
    assert() {
      const owner = ownerOf(held);
      if (!isSame(owner, self)) throw refusal(owner);
    },
  };
  const made = makeFolder(held.folder);
  await take(held, self, patience);
  const stop = (signal: NodeJS.Signals) => {
    release(held);
    kill(process.pid, signal);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  // If a user's module is stopped, the command ends with it.
  const forgetLeaving = beforeLeaving(() => release(held));
  try {
    undoAbandoned(held);
    return await step(held);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    forgetLeaving();
    release(held);
    if (made !== undefined) forget(held.folder, made);
  }
}

/**
 * Makes a folder and those above it, one by one: where the system answers as `/proc` does, Node would try all of them for ever. Returns
 * the outermost that was made.
 */
function makeFolder(folder: string): string | undefined {
  if (existsSync(folder)) return undefined;
  const above = makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as { code?: string }).code === "EEXIST") return above;
    throw failure("cannot-write", folder, "the folder cannot be made", { cause: messageOf(error) });
  }
  return above ?? folder;
}

/** Deletes folders that turned out not to be needed. */
function forget(folder: string, outermost: string): void {
  if (readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  if (folder !== outermost) forget(dirname(folder), outermost);
}

/** Undoes what a killed process left behind, and waits for one that is writing. Otherwise touches nothing. */
export async function settle(folder: string, command: string): Promise<void> {
  if (lstatSync(join(folder, WORK), { throwIfNoEntry: false }) === undefined) return;
  try {
    await exclusively(folder, command, () => {});
  } catch (error) {
    // A user who can only read still gets an answer.
    if (!isRefusal(error) && !isRefusal((error as Error).cause)) throw error;
    writeWarning(`an earlier run was interrupted and cannot be undone: ${messageOf(error)}`);
  }
}

function isRefusal(error: unknown): boolean {
  return ["EACCES", "EPERM", "EROFS"].includes((error as { code?: string } | undefined)?.code ?? "");
}

function undoAbandoned(held: Held): void {
  const undone = undo(held);
  if (undone === undefined) return;
  writeWarning("an earlier run was interrupted, and has been undone");
  for (const path of undone.left) writeWarning(`${path} has changed since then, so it was left as it is`);
}

async function take(held: Held, self: Owner, { limit = LIMIT, silence = SILENCE }: Patience): Promise<void> {
  let said = false;
  for (let waited = 0; ; waited += POLL) {
    if (isTaken(held, self)) return;
    const owner = ownerOf(held);
    if (waited >= limit) throw refusal(owner);
    if (!said && waited >= silence) {
      said = true;
      writeWarning(`${nameOf(owner)} is writing here: waiting for up to ${Math.round(limit / 1000)} seconds`);
    }
    await new Promise((done) => setTimeout(done, POLL));
  }
}

/** Takes the lock if nobody has it, or if its owner has died. */
function isTaken(held: Held, self: Owner): boolean {
  if (isMade(held.work, held.folder)) {
    // Keeps the leftovers of a killed process out of commits.
    writeFileSync(join(held.work, IGNORE), "*\n");
    writeOwner(held, self);
    return true;
  }
  if (!lstatSync(held.work, { throwIfNoEntry: false })?.isDirectory()) {
    if (lstatSync(held.work, { throwIfNoEntry: false }) === undefined) return false;
    throw failure("cannot-write", WORK, "is not a folder", "Delete it: personakit keeps unfinished files there.");
  }
  const owner = ownerOf(held);
  return isAbandoned(held, owner) && isTakenOver(held, self, owner);
}

/** If several processes find a dead one's lock, the one that makes this folder takes it over. */
function isTakenOver(held: Held, self: Owner, dead: Owner | undefined): boolean {
  const turn = join(held.work, "turn");
  if (!isMade(turn)) {
    // Its maker died during the few operations below.
    if (ageOf(turn) > NAMELESS) rmSync(turn, { recursive: true, force: true });
    return false;
  }
  try {
    if (!isSame(ownerOf(held), dead)) return false;
    writeOwner(held, self);
    return true;
  } finally {
    rmSync(turn, { recursive: true, force: true });
  }
}

/** `within` is there: where nothing can be made in it, no waiting helps. */
function isMade(folder: string, within?: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "EEXIST" || (code === "ENOENT" && (within === undefined || !existsSync(within)))) return false;
    if (isRefusal(error)) {
      const hint = "Nothing was written. Make the folder writable, or run the command as a user who may write there.";
      const details = { hint, cause: messageOf(error) };
      const closed = failure("cannot-write", shorten(dirname(folder)), "this folder cannot be written to", details);
      throw Object.assign(closed, { cause: error });
    }
    if (code !== "ENOENT") throw error;
    throw failure("cannot-write", folder, "the folder cannot be made", { cause: messageOf(error) });
  }
}

/** Both have their keys in the same order, as {@link ownerOf} reads them. */
function isSame(one: Owner | undefined, other: Owner | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function writeOwner({ work }: Held, self: Owner): void {
  const temporary = join(work, `owner-${self.pid}`);
  rmSync(temporary, { recursive: true, force: true });
  writeFileSync(temporary, JSON.stringify(self), { flag: "wx" });
  renameSync(temporary, join(work, "owner.json"));
}

/** The work is done: if the lock cannot be removed now, the next run takes it over. */
function release(held: Held): void {
  const { work } = held;
  try {
    held.assert();
    forgetStaged(held);
    rmSync(join(work, "owner.json"), { force: true });
    rmSync(join(work, IGNORE), { force: true });
    rmdirSync(work);
  } catch {}
}

function ownerOf({ work }: Held): Owner | undefined {
  try {
    const bytes = readRegular(join(work, "owner.json"), LARGEST_OWNER);
    const owner: unknown = typeof bytes === "string" ? undefined : JSON.parse(bytes.toString("utf8"));
    if (!isRecord(owner)) return undefined;
    const { pid, host, command } = owner;
    if (typeof pid !== "number" || typeof host !== "string" || typeof command !== "string") return undefined;
    return { pid, host, command, ...(typeof owner.start === "string" ? { start: owner.start } : {}) };
  } catch {
    return undefined;
  }
}

function isAbandoned(held: Held, owner: Owner | undefined): boolean {
  if (owner === undefined) return ageOf(held.work) > NAMELESS;
  if (owner.host !== hostname()) return ageOf(join(held.work, "owner.json")) > FOREIGN;
  return !isAlive(owner);
}

/** In milliseconds; 0 if there is nothing, or it comes from the future. */
function ageOf(path: string): number {
  const changed = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return changed === undefined ? 0 : Date.now() - changed;
}

function isAlive({ pid, start }: Owner): boolean {
  // Our own id belonged to another process: in a container, ids are reused.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code !== "EPERM") return false;
  }
  const now = startOf(pid).start;
  return start === undefined || now === undefined || now === start;
}

/** When a process started, from field 22 of proc_pid_stat(5) on Linux. */
function startOf(pid: number): { readonly start?: string } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const start = text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
    return start === undefined ? {} : { start };
  } catch {
    return {};
  }
}

function nameOf(owner: Owner | undefined): string {
  if (owner === undefined) return "another personakit";
  const { pid, host, command } = owner;
  return `personakit ${command} (process ${pid}${host === hostname() ? "" : ` on ${host}`})`;
}

function refusal(owner: Owner | undefined) {
  const hint = `Try again when it has finished. If it is no longer running, delete ${WORK}/owner.json: the next run then undoes what it left behind.`;
  return failure("locked", undefined, `${nameOf(owner)} is writing here`, hint);
}
