import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";

/** Opening a pipe would block until someone writes to it. Windows has neither such pipes nor this flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Whether the system can open a file and refuse a link in one step. Windows cannot. */
export const SEES_LINKS = constants.O_NOFOLLOW !== undefined;

interface Reading {
  /** Default true. Where false, a link throws ELOOP on a system that sees it. */
  readonly follow?: boolean;
  /** The bytes are decoded at once: the next call may overwrite them. */
  readonly isBrief?: boolean;
}

/** Most files fit. One shared buffer saves the garbage collector thousands of small ones. */
const SCRATCH = 64 * 1024;
const scratch = Buffer.allocUnsafeSlow(SCRATCH);

/** Bytes of the text that was asked for last. */
class Encoded {
  static readonly #encoder = new TextEncoder();
  /** A character has three bytes at most. */
  readonly bytes = Buffer.allocUnsafeSlow(3 * SCRATCH);
  #text = "";
  #length = 0;

  /** Encodes a text and returns how many bytes it has. */
  put(text: string): number {
    if (text !== this.#text) [this.#text, this.#length] = [text, Encoded.#encoder.encodeInto(text, this.bytes).written];
    return this.#length;
  }
}

/** Texts as bytes, for a file to be compared with: the last one for itself, and a page that many files end with. */
const wanted = new Encoded();
const page = new Encoded();

/** The bytes of a file, or why they are not read: it is a pipe or a device, which may never end, or is larger than `most` bytes. */
export function readRegular(
  path: string,
  most: number,
  { follow = true, isBrief = false }: Reading = {},
): Buffer<ArrayBuffer> | "irregular" | "too large" {
  const file = openSync(path, follow ? READ : READ | (constants.O_NOFOLLOW ?? 0));
  try {
    const length = isBrief ? readOnce(file) : undefined;
    // A device may be empty, and some files that are not report a size of zero.
    if (length !== undefined && length > 0 && length <= most) return scratch.subarray(0, length);
    const stat = fstatSync(file);
    if (!stat.isFile()) return "irregular";
    return stat.size > most ? "too large" : readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** Reads a file from its start and in one step, and returns how many bytes it has; undefined where it may have more, or has no start, as a pipe. */
function readOnce(file: number): number | undefined {
  try {
    const length = readSync(file, scratch, 0, SCRATCH, 0);
    return length < SCRATCH ? length : undefined;
  } catch {
    return undefined;
  }
}

/** A text, and its two parts where it is put together of them: joining them takes longer than to compare each. */
interface Text {
  readonly text: string;
  readonly parts?: { readonly head: string; readonly page: string };
}

/**
 * Whether a file holds a text and nothing else; undefined where there is none. One that is a link, that cannot be read, or not in one step,
 * holds something else: {@link readRegular} finds out what.
 */
export function holdsText(path: string, { text, parts }: Text): boolean | undefined {
  if (text.length >= SCRATCH) return false;
  let file: number;
  try {
    file = openSync(path, READ | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    return (error as { code?: string }).code === "ENOENT" ? undefined : false;
  }
  try {
    const length = readOnce(file);
    if (length === undefined) return false;
    if (parts === undefined) return length === wanted.put(text) && isAt(wanted, 0, length);
    const above = wanted.put(parts.head);
    const below = page.put(parts.page);
    return length === above + below && isAt(wanted, 0, above) && isAt(page, above, length);
  } finally {
    closeSync(file);
  }
}

/** Whether what was read says the same as bytes of its own from one place to another. */
function isAt({ bytes }: Encoded, start: number, end: number): boolean {
  return scratch.compare(bytes, 0, end - start, start, end) === 0;
}
