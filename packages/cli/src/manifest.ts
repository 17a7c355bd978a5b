import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./command-error.ts";

/** What build has written, so that a hand edit is seen and never lost. */
export interface Manifest {
  readonly schemaVersion: 1;
  /** By path, or `path#block` for a block in a file of the user's; sorted. */
  readonly artifacts: { readonly [path: string]: ManifestEntry };
}

/** One written file. */
export interface ManifestEntry {
  readonly sha256: string;
  /** More than one where targets share a reference. */
  readonly targets: readonly string[];
  readonly persona: string;
  readonly version?: string;
}

/** The manifest's file name in the project. */
export const MANIFEST = "personakit.lock.json";

/** SHA-256 of a text, in hexadecimal. Line ends do not count: a checkout with CRLF is not an edit. */
export function hash(text: string): string {
  return createHash("sha256").update(normalise(text)).digest("hex");
}

/** LF line ends. */
export function normalise(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** Reads the manifest of a project; an empty one where there is none. Throws a CommandError when it cannot be read. */
export function readManifest(folder: string): Manifest {
  const text = readText(join(folder, MANIFEST));
  if (text === undefined) return { schemaVersion: 1, artifacts: {} };
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    throw new CommandError([`${MANIFEST}: is not JSON: ${(error as Error).message}. Restore it from version control.`]);
  }
  const { schemaVersion, artifacts } = manifest ?? {};
  if (schemaVersion !== 1 || typeof artifacts !== "object" || artifacts === null || Array.isArray(artifacts)) {
    throw new CommandError([
      `${MANIFEST}: schema version ${schemaVersion}, expected 1. Update personakit, or restore the file.`,
    ]);
  }
  const broken = Object.entries(artifacts as { readonly [key: string]: Partial<ManifestEntry> | null }).find(
    ([, entry]) =>
      typeof entry?.sha256 !== "string" || typeof entry.persona !== "string" || !Array.isArray(entry.targets),
  );
  if (broken !== undefined) {
    throw new CommandError([`${MANIFEST}: the entry "${broken[0]}" is broken. Restore it from version control.`]);
  }
  return manifest as Manifest;
}

/** A manifest as text: sorted, so that its diff shows what changed. */
export function formatManifest(artifacts: { readonly [path: string]: ManifestEntry }): string {
  const sorted = Object.fromEntries(Object.entries(artifacts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ schemaVersion: 1, artifacts: sorted } satisfies Manifest, null, 2)}\n`;
}

/** Bytes that are not UTF-8 would be lost when the file is written again. A byte order mark stays. */
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a file, or undefined where there is none. Throws a CommandError when it cannot be read as UTF-8. */
export function readText(path: string): string | undefined {
  try {
    return DECODER.decode(readFileSync(path));
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code === "ENOENT") return undefined;
    throw new CommandError([`${path}: cannot be read. ${message}.`]);
  }
}
