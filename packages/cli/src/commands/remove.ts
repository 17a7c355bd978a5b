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
import { describeRemoved } from "../project/removed.ts";
import { writeChanges } from "../project/write-changes.ts";
import { findConfig } from "../sources/config.ts";
import { isPackageName } from "../sources/package-spec.ts";
import { findInstalled, readPersonaPackage } from "../sources/persona-package.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, project } from "../usage/options.ts";

/** Takes away the files of personas, exactly those that were written. Refuses what a hand has changed. */
export default defineCommand({
  name: "remove",
  group: "change",
  summary: "Remove everything that was written for a persona",
  arguments: [["<name...>", "a persona's id, or the package that it came from"]],
  options: { ...project, force: flag("also remove files that you changed") },
  async run(names, options) {
    const { json, force } = options;
    const out = projectFolder(options);
    const { lockfile, ids, orphans } = await exclusively(out, "remove", async (held) => {
      const lockfile = readLockfile(out);
      const ids = await idsOf(out, names, lockfile.personas);
      const known = await targetsOfOthers(out, lockfile, ids);
      const comparison = comparePlan(out, makePlan([]), lockfile, { without: ids, hashes: true, known });
      if (!force) refuseEdited(comparison);
      await writeChanges(held, lockfile, comparison, { force });
      return { lockfile, ids, orphans: comparison.orphans };
    });
    const { files, changed, lines } = describeRemoved(out, orphans);
    const config = findConfig(out);
    const built = ids.filter((id) => lockfile.personas[id]?.package === undefined);
    if (json) writeJson({ ok: true, removed: files, changed });
    else {
      for (const line of lines) writeLine(line);
      const blocks = changed.length === 0 ? "" : `, ${count(changed.length, "file")} of yours changed`;
      writeLine(`${count(files.length, "file")} removed${blocks}.`);
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

type Records = Lockfile["personas"];

/** The ids that names of personas and packages stand for. */
async function idsOf(folder: string, names: readonly string[], personas: Records): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const found = idsIn(name, personas);
    ids.push(...(found.length > 0 ? found : await idsFrom(folder, name, personas)));
  }
  return [...new Set(ids)];
}

function idsIn(name: string, personas: Records): string[] {
  if (Object.hasOwn(personas, name)) return [name];
  return Object.entries(personas).flatMap(([id, record]) => (record.package === name ? [id] : []));
}

/** The personas that were built from an installed package, as it is or extended: their records name its persona only. */
async function idsFrom(folder: string, name: string, personas: Records): Promise<string[]> {
  const id = await idOfInstalled(folder, name);
  const isFrom = (persona: string, base = "") => persona === id || base.slice(0, base.lastIndexOf("@")) === id;
  const ids = Object.keys(personas).filter((persona) => isFrom(persona, personas[persona]?.extends));
  if (ids.length > 0) return ids;
  const known = [...Object.keys(personas), ...Object.values(personas).flatMap((record) => record.package ?? [])];
  const details = { hint: hintFor(name, [...new Set(known)]), subject: name };
  throw failure("unknown-persona", name, "no such persona was written here", details);
}

/** The id of the persona in a package that is installed; undefined where there is no such package. Asks no network. */
async function idOfInstalled(folder: string, name: string): Promise<string | undefined> {
  if (!isPackageName(name) || findInstalled(name, folder) === undefined) return undefined;
  try {
    return (await readPersonaPackage(name, folder)).document.id;
  } catch (error) {
    CommandError.from(error);
    return undefined;
  }
}
