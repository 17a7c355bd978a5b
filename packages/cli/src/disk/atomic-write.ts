import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { failure } from "../issues/command-error.ts";

/**
 * Writes a file so that a reader, or a crash, meets the old text or the new one and nothing between. Makes its folders;
 * returns the outermost folder that it made. A file that was there keeps its permissions.
 */
export function writeAtomically(path: string, text: string): string | undefined {
  const folder = dirname(path);
  const temporary = temporaryOf(path);
  let made: string | undefined;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && (mode & 0o222) === 0) {
    throw failure("cannot-write", path, "is read-only", "Nothing was changed in it.");
  }
  try {
    // What a crash has left, or a link that somebody has put there: it must not be followed.
    rmSync(temporary, { force: true });
    made = writeOrMakeFolder(temporary, text, folder);
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return made;
}

/** Most folders are there: making each again would cost as much as the writing. */
function writeOrMakeFolder(path: string, text: string, folder: string): string | undefined {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return undefined;
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
    const made = mkdirSync(folder, { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
    return made;
  }
}

/** Deletes a file, and what a crash may have left beside it. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
  removeTemporary(path);
}

/** Deletes what a crash may have left beside a file. */
export function removeTemporary(path: string): void {
  rmSync(temporaryOf(path), { force: true });
}

/** One name for each file, so that the next write takes over what a crash has left. */
function temporaryOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.personakit`);
}
