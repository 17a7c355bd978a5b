import { readFileSync } from "node:fs";
import { failure, messageOf } from "../issues/command-error.ts";
import { sha256 } from "../sources/sha256.ts";

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

/** The text of a file, or undefined where there is none. Throws a CommandError when it cannot be read as UTF-8. */
export function readText(path: string): string | undefined {
  try {
    return DECODER.decode(readFileSync(path));
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw failure("cannot-read", path, "cannot be read", { cause: messageOf(error) });
  }
}
