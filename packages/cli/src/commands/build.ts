import { formatIssue } from "@personakit/core";
import { countTokens } from "@personakit/targets";
import { nameOfKey } from "../disk/artifact-key.ts";
import { isChanged } from "../disk/file-status.ts";
import { exclusively } from "../disk/lock.ts";
import type { ExitCode } from "../issues/command-error.ts";
import { columns, count, shorten, writeJson, writeLine } from "../output/terminal.ts";
import { describeFidelity, type FidelityLine, type PlannedFidelity } from "../plan/fidelity.ts";
import type { PlannedPersona, SharedPlan } from "../plan/make-plan.ts";
import type { DiskComparison } from "../project/compare-project.ts";
import { compareProject, noProject, openProject } from "../project/open-project.ts";
import { describeRemoved } from "../project/removed.ts";
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
      const project = openProject(args, options);
      if (project === undefined) throw noProject();
      const { json } = options;
      const account = new Account(json);
      const scope = { whole: project.config !== undefined, hashes: true, tokens: json };
      const comparison = await compareProject(project, scope, (persona) => account.add(persona));
      await writeChanges(held, project.lockfile, comparison, options);
      account.print(comparison, options.out);
      return 0;
    });
  },
});

/** What a person reads of a list. */
const MOST_LINES = 100;

/** What was written and removed, and what the targets could not say. */
class Account {
  readonly #json: boolean;
  readonly #fidelity: PlannedFidelity[] = [];
  readonly #lines: FidelityLine[] = [];
  #personas = 0;

  constructor(json: boolean) {
    this.#json = json;
  }

  add({ fidelity }: PlannedPersona): void {
    this.#personas++;
    if (this.#json) this.#fidelity.push(...fidelity);
    else if (this.#lines.length < MOST_LINES) this.#lines.push(...describeFidelity(fidelity));
  }

  print({ compared, ejected, orphans, warnings }: DiskComparison & Pick<SharedPlan, "warnings">, folder: string): void {
    const removed = describeRemoved(folder, orphans);
    if (this.#json) {
      const files = compared.map(({ artifact, file, state, tokens }) => ({
        persona: artifact.persona,
        targets: artifact.targets,
        path: artifact.path,
        file,
        tokens,
        written: state !== "current",
      }));
      const gone = { removed: removed.files, changed: removed.changed };
      writeJson({ ok: true, files, ...gone, ejected, fidelity: this.#fidelity, warnings });
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
    for (const line of removed.lines) writeLine(line);
    for (const key of ejected) writeLine(`ejected: ${nameOfKey(key)}, left alone`);
    for (const { place, outcome, lossy } of this.#lines.slice(0, MOST_LINES))
      writeLine(`${lossy ? "warning" : "fidelity"}: ${place}: ${outcome}`);
    for (const warning of warnings) writeLine(`warning: ${formatIssue(warning)}`);
    writeLine("");
    writeLine(`${count(this.#personas, "persona")}, ${count(compared.length, "file")}. Token counts are estimates.`);
  }
}
