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
    const stat = fstatSync(file);
    if (!stat.isFile()) return "irregular";
    if (stat.size > most) return "too large";
    // Some files report a size of zero but are not empty.
    if (!isBrief || stat.size === 0 || stat.size >= SCRATCH) return readFileSync(file);
    scratch ??= Buffer.allocUnsafeSlow(SCRATCH);
    const length = readSync(file, scratch, 0, SCRATCH, 0);
    // A file that changes while it is read is read again.
    return length === stat.size ? scratch.subarray(0, length) : readFileSync(file);
  } finally {
    closeSync(file);
  }
}
