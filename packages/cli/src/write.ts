import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file so that a reader, or a crash, meets the old text or the new one and nothing between. Makes its folders;
 * returns the outermost folder that it made. A file that was there keeps its permissions.
 */
export function writeAtomically(path: string, text: string): string | undefined {
  const folder = dirname(path);
  const temporary = temporaryOf(path);
  let made: string | undefined;
  try {
    made = writeOrMakeFolder(temporary, text, folder);
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
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
    writeFileSync(path, text);
    return undefined;
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
    const made = mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
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
