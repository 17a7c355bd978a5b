import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** Opening a pipe would wait for whoever writes into it. Windows has neither the pipes nor the flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The bytes of a file, or why they are not read: it is a pipe or a device, which may never end, or is larger than `most` bytes. */
export function readRegular(path: string, most: number): Buffer<ArrayBuffer> | "irregular" | "too large" {
  const file = openSync(path, READ);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return "irregular";
    return stat.size > most ? "too large" : readFileSync(file);
  } finally {
    closeSync(file);
  }
}
