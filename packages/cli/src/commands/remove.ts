import { hintFor } from "@personakit/core/internal";
import { type RecordedFile, readRecorded } from "../disk/file-status.ts";
import { type Lockfile, readLockfile } from "../disk/lockfile.ts";
import { applyChange } from "../disk/transaction.ts";
import { CommandError, failure, issue } from "../issues/command-error.ts";
import { count, shorten, writeJson, writeLine } from "../output/terminal.ts";
import { findConfig } from "../sources/config.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, folder } from "../usage/options.ts";

/** Takes away the files of personas, exactly those that were written. Refuses what a hand has changed. */
export default defineCommand({
  name: "remove",
  summary: "Take away what was written of a persona, and nothing else.",
  arguments: [["<name...>", "a persona's id, or the package that it came from"]],
  options: { ...folder, force: flag("also files that were changed by hand") },
  async run(names, { out, json, force }) {
    const lockfile = readLockfile(out);
    const ids = names.flatMap((name) => idsOf(name, lockfile.personas));
    const files = readRecorded(out, lockfile, (_, { persona }) => ids.includes(persona));
    if (!force) refuseEdited(files);
    applyChange(out, lockfile, { writes: [], removals: files, lockfile: without(lockfile, ids) });
    const removed = files.filter(({ state }) => state !== "gone").map(({ file }) => file);
    const config = findConfig(out);
    const built = ids.filter((id) => lockfile.personas[id]?.package === undefined);
    if (json) writeJson({ ok: true, removed });
    else {
      for (const file of removed) writeLine(`removed: ${shorten(file)}`);
      writeLine(`${count(removed.length, "file")} removed.`);
      if (config !== undefined && built.length > 0)
        writeLine(`${built.join(", ")}: the next build writes it again, unless you take it out of ${config}.`);
    }
    return 0;
  },
});

function refuseEdited(files: readonly RecordedFile[]): void {
  const edited = files.filter(({ state }) => state === "edited");
  if (edited.length === 0) return;
  const issues = edited.map(({ file }) => issue("edited", shorten(file), "was changed by hand"));
  const advice = "Keep it with personakit eject, or remove it with --force. Nothing was removed.";
  throw new CommandError(issues, { exitCode: 1, advice });
}

/** A lockfile without some personas and their files. */
function without(lockfile: Lockfile, ids: readonly string[]): Lockfile {
  const personas = Object.entries(lockfile.personas).filter(([id]) => !ids.includes(id));
  const artifacts = Object.entries(lockfile.artifacts).filter(([, { persona }]) => !ids.includes(persona));
  return { ...lockfile, personas: Object.fromEntries(personas), artifacts: Object.fromEntries(artifacts) };
}

/** The ids that a persona's or a package's name stands for. */
function idsOf(name: string, personas: { readonly [id: string]: { readonly package?: string } }): string[] {
  if (Object.hasOwn(personas, name)) return [name];
  const ids = Object.entries(personas).flatMap(([id, record]) => (record.package === name ? [id] : []));
  if (ids.length > 0) return ids;
  const known = [...Object.keys(personas), ...Object.values(personas).flatMap((record) => record.package ?? [])];
  const details = { hint: hintFor(name, [...new Set(known)]), subject: name };
  throw failure("unknown-persona", name, "no such persona was written here", details);
}
