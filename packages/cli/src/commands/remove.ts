import { hintFor } from "@personakit/core/internal";
import { targets as allTargets, type Target } from "@personakit/targets";
import { exclusively } from "../disk/lock.ts";
import type { Lockfile } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { CommandError, failure, issue } from "../issues/command-error.ts";
import { count, shorten, writeJson, writeLine } from "../output/terminal.ts";
import { makePlan } from "../plan/make-plan.ts";
import { comparePlan, type DiskComparison } from "../project/compare-project.ts";
import { projectFolder } from "../project/find-project.ts";
import { configuredTargets } from "../project/open-project.ts";
import { writeChanges } from "../project/write-changes.ts";
import { findConfig } from "../sources/config.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, project } from "../usage/options.ts";

/** Takes away the files of personas, exactly those that were written. Refuses what a hand has changed. */
export default defineCommand({
  name: "remove",
  summary: "Take away what was written of a persona, and nothing else.",
  arguments: [["<name...>", "a persona's id, or the package that it came from"]],
  options: { ...project, force: flag("also files that were changed by hand") },
  async run(names, options) {
    const { json, force } = options;
    const out = projectFolder(options);
    const { lockfile, ids, removed } = await exclusively(out, "remove", async (held) => {
      const lockfile = readLockfile(out);
      const ids = names.flatMap((name) => idsOf(name, lockfile.personas));
      const known = await targetsOfOthers(out, lockfile, ids);
      const comparison = comparePlan(out, makePlan([]), lockfile, { without: ids, hashes: true, known });
      if (!force) refuseEdited(comparison);
      await writeChanges(held, lockfile, comparison, { force });
      return { lockfile, ids, removed: comparison.orphans.filter(({ state }) => state !== "gone") };
    });
    const files = removed.map(({ file }) => file);
    const config = findConfig(out);
    const built = ids.filter((id) => lockfile.personas[id]?.package === undefined);
    if (json) writeJson({ ok: true, removed: files });
    else {
      for (const file of files) writeLine(`removed: ${shorten(file)}`);
      writeLine(`${count(files.length, "file")} removed.`);
      if (config !== undefined && built.length > 0)
        writeLine(`${built.join(", ")}: the next build writes it again, unless you take it out of ${config}.`);
    }
    return 0;
  },
});

/** The targets of the configuration, where a persona was written for one that is not ours: it says which files it makes. */
async function targetsOfOthers(
  folder: string,
  { artifacts }: Lockfile,
  ids: readonly string[],
): Promise<readonly Target[]> {
  const own = new Set(allTargets.map(({ id }) => id));
  const isOthers = Object.values(artifacts).some(
    ({ persona, targets }) => ids.includes(persona) && targets.some((id) => !own.has(id)),
  );
  return isOthers ? configuredTargets(folder) : [];
}

function refuseEdited({ compared, orphans }: DiskComparison): void {
  const edited = [...compared, ...orphans].filter(({ state }) => state === "edited");
  if (edited.length === 0) return;
  const issues = edited.map(({ file }) => issue("edited", shorten(file), "was changed by hand"));
  const advice = "Keep it with personakit eject, or remove it with --force. Nothing was removed.";
  throw new CommandError(issues, { exitCode: 1, advice });
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
