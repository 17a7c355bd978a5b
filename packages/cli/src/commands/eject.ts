import { nearest } from "@personakit/core/internal";
import { keysIn, placeOf } from "../disk/artifact-key.ts";
import { withoutMarkers } from "../disk/block.ts";
import type { TextChange } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { LOCKFILE, type Lockfile } from "../disk/lockfile.ts";
import { pathInside, projectPath } from "../disk/paths.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { applyFiles } from "../disk/transaction.ts";
import { readText } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";
import { writeJson, writeLine } from "../output/terminal.ts";
import { projectFolder } from "../project/find-project.ts";
import { defineCommand } from "../usage/define-command.ts";
import { project } from "../usage/options.ts";

/** Makes generated files the user's own: they stay as they are, and build and check leave them alone from now on. */
export default defineCommand({
  name: "eject",
  summary: "Make generated files your own: build and check leave them alone from then on.",
  arguments: [["<file...>", "a built file, or one of yours with a block of ours in it"]],
  options: project,
  async run(files, options) {
    const { json } = options;
    const out = projectFolder(options);
    const keys = await exclusively(out, "eject", (held) => {
      const lockfile = readLockfile(out);
      const keys = files.flatMap((file) => ejectableKeys(out, file, lockfile));
      const artifacts = Object.fromEntries(Object.entries(lockfile.artifacts).filter(([key]) => !keys.includes(key)));
      const ejected = [...new Set([...lockfile.ejected, ...keys])];
      applyFiles(held, withoutMarkersOf(out, keys), { ...lockfile, artifacts, ejected });
      return keys;
    });
    if (json) writeJson({ ok: true, ejected: keys });
    else {
      for (const key of keys) writeLine(`ejected: ${key}`);
      writeLine(`They are yours now. To have one built again, delete it, and its line under "ejected" in ${LOCKFILE}.`);
    }
    return 0;
  },
});

/** Files of the user's, without the markers of blocks in them. */
function withoutMarkersOf(at: string, keys: readonly string[]): TextChange[] {
  const inside = pathInside(at);
  const texts = new Map<string, TextChange>();
  for (const { path, block } of keys.map(placeOf)) {
    if (block === undefined) continue;
    const before = readText(inside(path));
    const file = texts.get(path) ?? { path, before, after: before };
    if (file.after !== undefined) texts.set(path, { ...file, after: withoutMarkers(file.after, block, path) });
  }
  return [...texts.values()];
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
