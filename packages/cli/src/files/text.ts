import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { failure, messageOf } from "../issues/command-error.ts";
import { sha256 } from "./sha256.ts";

/** SHA-256 of a text, in hexadecimal. Line ends do not count: a checkout with CRLF is not an edit. */
export function hash(text: string): string {
  return sha256(normalise(text));
}

/** LF line ends. */
export function normalise(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}

/** Bytes that are not UTF-8 would be lost when the file is written again. A byte order mark stays. */
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** In bytes: a thousand personas in one lockfile take a tenth of it. */
const LARGEST = 64 * 1024 * 1024;

/** A pipe would keep the command waiting for its other end. Windows has no such flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The text of a file, or undefined where there is none. Throws a CommandError when it is no regular file, too large or not UTF-8. */
export function readText(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, READ);
    const { size } = regular(file);
    if (size > LARGEST) throw new Error(`it has ${size} bytes; at most ${LARGEST} are read`);
    return DECODER.decode(readFileSync(file));
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw failure("cannot-read", path, "cannot be read", { cause: messageOf(error) });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function regular(file: number) {
  const stat = fstatSync(file);
  if (!stat.isFile()) throw new Error("it is not a regular file");
  return stat;
}
