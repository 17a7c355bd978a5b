import type { Readable } from "./define/readable.ts";
import { readables } from "./readables.ts";

/** One of the kinds of file that can be read. */
export function readableOf(id: string): Readable {
  const readable = readables.find((each) => each.id === id);
  if (readable === undefined) throw new Error(`no kind ${id}`);
  return readable;
}
