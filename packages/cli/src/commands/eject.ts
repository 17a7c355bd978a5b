import { existsSync } from "node:fs";
import { nearest } from "@personakit/core/internal";
import { nameOfKey, placeOf } from "../disk/artifact-key.ts";
import { withoutMarkers } from "../disk/block.ts";
import { placeInside } from "../disk/file-status.ts";
import type { Held, TextChange } from "../disk/journal.ts";
import { keysInFile } from "../disk/links.ts";
import { exclusively } from "../disk/lock.ts";
import type { Lockfile } from "../disk/lockfile.ts";
import { fileOf, projectPath } from "../disk/paths.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { applyFiles } from "../disk/transaction.ts";
import { readText } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";
import { writeJson, writeLine } from "../output/terminal.ts";
import { projectFolder } from "../project/find-project.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, project } from "../usage/options.ts";

/** Makes built files the user's own: they stay as they are, and build and check leave them alone. */
export default defineCommand({
  name: "eject",
  group: "change",
  summary: "Keep a built file as your own",
  details: "build and check leave it alone from then on.",
  arguments: [["<file...>", "a built file, or a file of yours that holds a generated block"]],
  options: { ...project, undo: flag("undo it: build and add manage the file again") },
  async run(files, options) {
    const { json, undo } = options;
    const out = projectFolder(options);
    const keys = await exclusively(out, "eject", (held) => (undo ? takeBack(held, files) : eject(held, files)));
    if (json) writeJson({ ok: true, [undo ? "undone" : "ejected"]: keys });
    else {
      for (const key of keys) writeLine(`${undo ? "no longer ejected" : "ejected"}: ${nameOfKey(key)}`);
      if (undo) for (const line of afterUndo(keys)) writeLine(line);
      else writeLine("They are yours now. To undo this, run personakit eject --undo <file>.");
    }
    return 0;
  },
});

/** Explains what the next build does with files that are no longer ejected. */
function afterUndo(keys: readonly string[]): string[] {
  const places = keys.map(placeOf);
  const files = places.some(({ block }) => block === undefined);
  const withBlocks = [...new Set(places.flatMap(({ path, block }) => (block === undefined ? [] : [path])))];
  return [
    ...(files
      ? ["The next build writes it. If your text differs, build stops, and --force keeps yours as .orig."]
      : []),
    ...withBlocks.map(
      (path) => `The next build adds the block to ${path}: delete its old text there first, or you will have it twice.`,
    ),
  ];
}

function eject(held: Held, files: readonly string[]): readonly string[] {
  const { folder: at } = held;
  const lockfile = readLockfile(at);
  const keys = files.flatMap((file) => ejectableKeys(at, file, lockfile));
  const artifacts = Object.fromEntries(Object.entries(lockfile.artifacts).filter(([key]) => !keys.includes(key)));
  const ejected = [...new Set([...lockfile.ejected, ...keys])];
  applyFiles(held, withoutMarkersOf(at, keys), { ...lockfile, artifacts, ejected });
  return keys;
}

/** Forgets that files were ejected. They stay the user's until a build writes them. */
function takeBack(held: Held, files: readonly string[]): readonly string[] {
  const { folder: at } = held;
  const lockfile = readLockfile(at);
  const keys = files.flatMap((file) => {
    const found = keysInFile(at, file, lockfile.ejected);
    if (found.length > 0) return found;
    throw failure("not-ejected", file, "is not ejected", hintFor(at, file, lockfile.ejected));
  });
  applyFiles(held, [], { ...lockfile, ejected: lockfile.ejected.filter((key) => !keys.includes(key)) });
  return keys;
}

/** The user's files, without block markers. */
function withoutMarkersOf(at: string, keys: readonly string[]): TextChange[] {
  const inside = placeInside(at);
  const texts = new Map<string, TextChange>();
  for (const place of keys.map(placeOf)) {
    if (place.block === undefined) continue;
    const path = projectPath(at, inside(place));
    const before = readText(fileOf(at, path));
    const file = texts.get(path) ?? { path, before, after: before };
    if (file.after !== undefined) texts.set(path, { ...file, after: withoutMarkers(file.after, place.block, path) });
  }
  return [...texts.values()];
}

/** The artifacts in a file: itself, or the blocks in it. */
function ejectableKeys(at: string, file: string, { artifacts, ejected }: Lockfile): string[] {
  const keys = keysInFile(at, file, Object.keys(artifacts));
  if (keys.length > 0) return keys;
  if (keysInFile(at, file, ejected).length > 0) throw failure("already-ejected", file, "is already ejected");
  const hint = existsSync(file) ? { hint: "It is already your own." } : hintFor(at, file, Object.keys(artifacts));
  throw failure("not-ours", file, "is not a file that personakit wrote", hint);
}

function hintFor(at: string, file: string, keys: readonly string[]): { readonly hint?: string } {
  const near = nearest(projectPath(at, file), keys);
  return near === undefined ? {} : { hint: `Did you mean "${near}"?` };
}
