import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { failure } from "../issues/command-error.ts";

/** Holds the number of the process that writes into a project. */
const RUNNING = ".personakit.pid";

/**
 * Runs a step while no other process writes into this folder; before it, `tidy` where one was killed in the middle. Throws a
 * CommandError while another process is writing.
 */
export function exclusively<Result>(folder: string, step: () => Result, tidy: () => void): Result {
  const file = join(folder, RUNNING);
  mkdirSync(folder, { recursive: true });
  take(file, tidy);
  try {
    return step();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Runs `tidy` where a process was killed in the middle, and forgets it. */
export function clearAbandoned(folder: string, tidy: () => void): void {
  const file = join(folder, RUNNING);
  if (!existsSync(file) || isAlive(ownerOf(file))) return;
  tidy();
  rmSync(file, { force: true });
}

function take(file: string, tidy: () => void): void {
  const flag = "wx";
  try {
    writeFileSync(file, String(process.pid), { flag });
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
    const other = ownerOf(file);
    if (isAlive(other)) {
      const problem = `another personakit (process ${other}) is writing here, as ${RUNNING} says`;
      throw failure("cannot-write", undefined, problem, "Try again when it has ended; nothing was written.");
    }
    rmSync(file, { force: true });
    writeFileSync(file, String(process.pid), { flag });
    tidy();
  }
}

/** The number in the file. Between being made and being filled it is empty for a moment. */
function ownerOf(file: string): number {
  const read = () => (existsSync(file) ? readFileSync(file, "utf8") : "");
  if (read() === "") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FILLED_AFTER);
  return Number(read());
}

/** In milliseconds. */
const FILLED_AFTER = 100;

function isAlive(id: number): boolean {
  // Our own number was another process's before: in a container, numbers come again.
  if (!Number.isInteger(id) || id <= 0 || id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
