/** SHA-256 of a text as it stands, in hexadecimal. */
export function sha256(text: string): string {
  // Loaded where there is something to hash: it costs 5 ms, and a check of files that are current hashes none.
  return process.getBuiltinModule("node:crypto").hash("sha256", text);
}
