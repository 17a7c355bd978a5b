import { isUtf8 } from "node:buffer";
import { failure, messageOf } from "../issues/command-error.ts";
import { readRegular } from "./regular.ts";
import { sha256 } from "./sha256.ts";

/** SHA-256 of a text, in hexadecimal. Line ends do not count: a checkout with CRLF is not an edit. */
export function hash(text: string): string {
  return sha256(normalise(text));
}

/** LF line ends. */
export function normalise(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}

/** In bytes: a thousand personas in one lockfile take a tenth of it. */
const LARGEST = 64 * 1024 * 1024;

/**
 * The text of a file, or undefined if there is none. Throws a CommandError when it is not a regular file, too large or not UTF-8.
 * `ofLink` is called for a link, if the system reports one; without it, links are followed.
 */
export function readText(path: string, ofLink?: () => string | undefined): string | undefined {
  try {
    const bytes = readRegular(path, LARGEST, { follow: ofLink === undefined, isBrief: true });
    if (bytes === "irregular") throw new Error("it is not a regular file");
    if (bytes === "too large") throw new Error(`it is larger than ${LARGEST} bytes`);
    // They would be lost when the file is written again. A decoder would check it too, and takes longer to load.
    if (!isUtf8(bytes)) throw new Error("it is not UTF-8");
    return bytes.toString("utf8");
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT") return undefined;
    if (code === "ELOOP" && ofLink !== undefined) return ofLink();
    throw failure("cannot-read", path, "cannot be read", { cause: messageOf(error) });
  }
}
