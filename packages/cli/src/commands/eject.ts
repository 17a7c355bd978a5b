import { nearest } from "@personakit/core/internal";
import { keysIn, placeOf } from "../disk/artifact-key.ts";
import { writeAtomically } from "../disk/atomic-write.ts";
import { withoutMarkers } from "../disk/block.ts";
import { formatLockfile, LOCKFILE, type Lockfile, readLockfile } from "../disk/lockfile.ts";
import { fileOf, projectPath } from "../disk/paths.ts";
import { readText } from "../disk/text.ts";
import { removeTemporaries } from "../disk/transaction.ts";
import { exclusively } from "../disk/write-lock.ts";
import { failure } from "../issues/command-error.ts";
import { writeJson, writeLine } from "../output/terminal.ts";
import { defineCommand } from "../usage/define-command.ts";
import { folder } from "../usage/options.ts";

/** Makes generated files the user's own: they stay as they are, and build and check leave them alone from now on. */
export default defineCommand({
  name: "eject",
  summary: "Make generated files your own: build and check leave them alone from then on.",
  arguments: [["<file...>", "a built file, or one of yours with a block of ours in it"]],
  options: folder,
  async run(files, { out, json }) {
    const lockfile = readLockfile(out);
    const keys = files.flatMap((file) => ejectableKeys(out, file, lockfile));
    const step = () => {
      for (const key of keys) takeMarkersOut(out, key);
      const artifacts = Object.fromEntries(Object.entries(lockfile.artifacts).filter(([key]) => !keys.includes(key)));
      const ejected = [...new Set([...lockfile.ejected, ...keys])];
      writeAtomically(fileOf(out, LOCKFILE), formatLockfile({ ...lockfile, artifacts, ejected }));
    };
    exclusively(out, step, () => removeTemporaries(out, lockfile));
    if (json) writeJson({ ok: true, ejected: keys });
    else {
      for (const key of keys) writeLine(`ejected: ${key}`);
      writeLine(`They are yours now. To have one built again, delete it, and its line under "ejected" in ${LOCKFILE}.`);
    }
    return 0;
  },
});

function takeMarkersOut(at: string, key: string): void {
  const { path, block } = placeOf(key);
  if (block === undefined) return;
  const file = fileOf(at, path);
  const text = readText(file);
  if (text !== undefined) writeAtomically(file, withoutMarkers(text, block, path));
}

/** The artifacts in a file: itself, or the blocks in it. */
function ejectableKeys(at: string, file: string, { artifacts, ejected }: Lockfile): string[] {
  const path = projectPath(at, file);
  const keys = keysIn(path, Object.keys(artifacts));
  if (keys.length > 0) return keys;
  if (ejected.includes(path)) throw failure("already-ejected", file, "is ejected already");
  const near = nearest(path, Object.keys(artifacts));
  const hint = near === undefined ? {} : { hint: `Did you mean "${near}"?` };
  throw failure("not-ours", file, "is not a file that personakit has written", hint);
}
