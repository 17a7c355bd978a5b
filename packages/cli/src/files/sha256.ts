import { readFileSync } from "node:fs";

/** SHA-256 of a text as it stands, in hexadecimal. */
export function sha256(text: string): string {
  // Loaded only when there is something to hash: it costs 5 ms, and checking current files hashes nothing.
  return process.getBuiltinModule("node:crypto").hash("sha256", text);
}

/** SHA-256 of a file's bytes, in hexadecimal. Of a link, of what it leads to. */
export function hashOfFile(path: string): string {
  return process.getBuiltinModule("node:crypto").hash("sha256", readFileSync(path));
}

/** In characters of six bits: no two texts of a project have the same by accident. */
const SHORT = 10;

/** A short hash of a text, for where many are kept. */
export function shortHash(text: string): string {
  return process.getBuiltinModule("node:crypto").hash("sha256", text, "base64url").slice(0, SHORT);
}
