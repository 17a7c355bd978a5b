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
let scratch: Buffer<ArrayBuffer> | undefined;
const SCRATCH = 64 * 1024;

/** The bytes of a file, or why they are not read: it is a pipe or a device, which may never end, or is larger than `most` bytes. */
export function readRegular(
  path: string,
  most: number,
  { follow = true, isBrief = false }: Reading = {},
): Buffer<ArrayBuffer> | "irregular" | "too large" {
  const file = openSync(path, follow ? READ : READ | (constants.O_NOFOLLOW ?? 0));
  try {
    const brief = isBrief ? readBriefly(file) : undefined;
    if (brief !== undefined && brief.length <= most) return brief;
    const stat = fstatSync(file);
    if (!stat.isFile()) return "irregular";
    return stat.size > most ? "too large" : readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** The bytes of a file that are read at its start and in one step; undefined for others, of which a look at the file says what they are. */
function readBriefly(file: number): Buffer<ArrayBuffer> | undefined {
  scratch ??= Buffer.allocUnsafeSlow(SCRATCH);
  try {
    const length = readSync(file, scratch, 0, SCRATCH, 0);
    // Devices may be empty or never end, and a file that is as long as this may go on.
    return length > 0 && length < SCRATCH ? scratch.subarray(0, length) : undefined;
  } catch {
    // A pipe has no start.
    return undefined;
  }
}

const encoder = new TextEncoder();

/** Where a text is put that a file is compared with: as bytes, a character has three at most. */
let wanted: Buffer<ArrayBuffer> | undefined;

/**
 * Whether a file holds a text and nothing else; undefined where there is none. One that is a link, that cannot be read, or not in one step,
 * holds something else: {@link readRegular} finds out what.
 */
export function holdsText(path: string, text: string): boolean | undefined {
  if (text.length >= SCRATCH) return false;
  scratch ??= Buffer.allocUnsafeSlow(SCRATCH);
  wanted ??= Buffer.allocUnsafeSlow(3 * SCRATCH);
  let file: number | undefined;
  try {
    file = openSync(path, READ | (constants.O_NOFOLLOW ?? 0));
    const length = readSync(file, scratch, 0, SCRATCH, 0);
    return (
      length < SCRATCH &&
      length === encoder.encodeInto(text, wanted).written &&
      scratch.compare(wanted, 0, length, 0, length) === 0
    );
  } catch (error) {
    return (error as { code?: string }).code === "ENOENT" ? undefined : false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
