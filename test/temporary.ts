import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What tests write lies in one folder, which goes when they end: projects with packages in them take hundreds of megabytes. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "personakit-test-"));
  // Each system reads another one.
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
