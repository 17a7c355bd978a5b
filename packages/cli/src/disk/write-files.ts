import { join } from "node:path";
import { readText } from "../files/text.ts";
import type { FileChange } from "./journal.ts";

/** A file to be written whole. */
export interface NewFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The changes that write some files, whatever is there now. */
export function changesTo(folder: string, files: readonly NewFile[]): FileChange[] {
  const changes = files.map(({ path, text }) => ({ path, before: readText(join(folder, path)), after: text }));
  return changes.filter(({ before, after }) => before !== after);
}
