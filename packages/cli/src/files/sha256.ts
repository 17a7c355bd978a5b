/** SHA-256 of a text as it stands, in hexadecimal. */
export function sha256(text: string): string {
  // Loaded only when there is something to hash: it costs 5 ms, and checking current files hashes nothing.
  return process.getBuiltinModule("node:crypto").hash("sha256", text);
}
