import { formatIssue } from "@personakit/core";
import { countTokens } from "@personakit/targets";
import { isChanged } from "../disk/file-status.ts";
import type { Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
// Loaded with the rest: on its own, it would split what every command loads into one more file.
import { resolveLockfile } from "../disk/merge-lockfile.ts";
import { isLockfileConflict, readLockfile } from "../disk/read-lockfile.ts";
import type { ExitCode } from "../issues/command-error.ts";
import { columns, count, shorten, writeJson, writeLine, writeWarning } from "../output/terminal.ts";
import { describeFidelity, type FidelityLine, type PlannedFidelity } from "../plan/fidelity.ts";
import type { PlannedPersona, SharedPlan } from "../plan/make-plan.ts";
import type { DiskComparison } from "../project/compare-project.ts";
import { compareProject, noProject, openProject, type ProjectOptions } from "../project/open-project.ts";
import { writeChanges } from "../project/write-changes.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, folder, force, sources, strict, targets, timeout } from "../usage/options.ts";

/** Compiles personas and writes their files. Where a hand has changed one of them, nothing is written. */
export default defineCommand({
  name: "build",
  summary: "Compile personas and write their files. Files changed by hand are never overwritten.",
  arguments: [sources],
  options: {
    ...timeout,
    ...targets,
    ...strict,
    ...folder,
    ...force,
    watch: flag("build again whenever a source changes", "w"),
  },
  async run(args, options) {
    if (options.watch) return (await import("../project/watch.ts")).watch(args, options);
    return exclusively(options.out, "build", async (held): Promise<ExitCode> => {
      try {
        return await build(held, args, options);
      } catch (error) {
        if (!isLockfileConflict(error)) throw error;
        const resolved = resolveLockfile(held);
        if (!options.json) writeWarning(resolved);
        if (openProject(args, options) !== undefined) return await build(held, args, options, resolved);
        // Without a configuration, that was all that there was to do.
        if (options.json) writeJson({ ok: true, files: [], removed: [], fidelity: [], warnings: [], resolved });
        return 0;
      }
    });
  },
});

interface BuildOptions extends ProjectOptions {
  readonly json: boolean;
  readonly force: boolean;
}

async function build(held: Held, args: readonly string[], options: BuildOptions, resolved?: string): Promise<ExitCode> {
  const project = openProject(args, options);
  if (project === undefined) {
    // Throws where there is a conflict to resolve.
    readLockfile(options.out);
    throw noProject();
  }
  const { json } = options;
  const account = new Account(json, resolved);
  const scope = { whole: project.config !== undefined, hashes: true, tokens: json };
  const comparison = await compareProject(project, scope, (persona) => account.add(persona));
  await writeChanges(held, project.lockfile, comparison, options);
  account.print(comparison);
  return 0;
}

/** What a person reads of a list. */
const MOST_LINES = 100;

/** What was written and removed, and what the targets could not say. */
class Account {
  readonly #json: boolean;
  /** How a merge conflict in the lockfile was resolved, where there was one. */
  readonly #resolved: string | undefined;
  readonly #fidelity: PlannedFidelity[] = [];
  readonly #lines: FidelityLine[] = [];
  #personas = 0;

  constructor(json: boolean, resolved: string | undefined) {
    this.#json = json;
    this.#resolved = resolved;
  }

  add({ fidelity }: PlannedPersona): void {
    this.#personas++;
    if (this.#json) this.#fidelity.push(...fidelity);
    else if (this.#lines.length < MOST_LINES) this.#lines.push(...describeFidelity(fidelity));
  }

  print({ compared, orphans, warnings }: DiskComparison & Pick<SharedPlan, "warnings">): void {
    const removed = orphans.filter(({ state }) => state !== "gone").map(({ file }) => file);
    if (this.#json) {
      const files = compared.map(({ artifact, file, state, tokens }) => ({
        persona: artifact.persona,
        targets: artifact.targets,
        path: artifact.path,
        file,
        tokens,
        written: state !== "current",
      }));
      writeJson({ ok: true, files, removed, fidelity: this.#fidelity, warnings, resolved: this.#resolved });
      return;
    }
    const written = compared.filter(isChanged);
    const rows = written
      .slice(0, MOST_LINES)
      .map(({ artifact: { persona, targets, text }, file }) => [
        persona,
        targets.join(","),
        `${countTokens(text)} tokens`,
        "written",
        shorten(file),
      ]);
    for (const line of columns(rows, [2])) writeLine(line);
    if (written.length > MOST_LINES) writeLine(`and ${written.length - MOST_LINES} more`);
    if (written.length < compared.length) writeLine(`${count(compared.length - written.length, "file")} unchanged`);
    for (const file of removed) writeLine(`removed: ${shorten(file)}`);
    for (const { place, outcome, lossy } of this.#lines.slice(0, MOST_LINES))
      writeLine(`${lossy ? "warning" : "fidelity"}: ${place}: ${outcome}`);
    for (const warning of warnings) writeLine(`warning: ${formatIssue(warning)}`);
    writeLine("");
    writeLine(`${count(this.#personas, "persona")}, ${count(compared.length, "file")}. Token counts are estimates.`);
  }
}
