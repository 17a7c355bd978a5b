import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** Opening a pipe would wait for whoever writes into it. Windows has neither the pipes nor the flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Whether the system can open a file and refuse a link in one step. Windows cannot. */
export const SEES_LINKS = constants.O_NOFOLLOW !== undefined;

/**
 * The bytes of a file, or why they are not read: it is a pipe or a device, which may never end, or is larger than `most` bytes.
 * Without `follow`, a link throws ELOOP where the system sees it.
 */
export function readRegular(
  path: string,
  most: number,
  { follow = true }: { readonly follow?: boolean } = {},
): Buffer<ArrayBuffer> | "irregular" | "too large" {
  const file = openSync(path, follow ? READ : READ | (constants.O_NOFOLLOW ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return "irregular";
    return stat.size > most ? "too large" : readFileSync(file);
  } finally {
    closeSync(file);
  }
}
