import { formatIssue } from "@personakit/core";
import { countTokens } from "@personakit/targets";
import type { ComparedFile } from "../disk/file-status.ts";
import { exclusively } from "../disk/lock.ts";
import type { ExitCode } from "../issues/command-error.ts";
import { columns, count, shorten, writeJson, writeLine } from "../output/terminal.ts";
import { describeFidelity } from "../plan/fidelity.ts";
import type { Plan } from "../plan/make-plan.ts";
import { noProject, openProject } from "../project/open-project.ts";
import { comparePlan, writePlan } from "../project/write-plan.ts";
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
      const project = await openProject(args, options);
      if (project === undefined) throw noProject();
      const { folder: at, plan, lockfile, config } = project;
      const comparison = comparePlan(at, plan, lockfile, { whole: config !== undefined });
      await writePlan(held, plan, lockfile, comparison, options);
      const removed = comparison.orphans.filter(({ state }) => state !== "gone").map(({ file }) => file);
      printFiles(plan, comparison.compared, removed, options.json);
      return 0;
    });
  },
});

/** What a person reads of a list. */
const MOST_LINES = 100;

/** Says what was written and removed, and what the targets could not say. */
function printFiles(plan: Plan, compared: readonly ComparedFile[], removed: readonly string[], json: boolean): void {
  const fidelity = plan.personas.flatMap((persona) => persona.fidelity);
  if (json) {
    const files = compared.map(({ artifact, file, state }) => ({
      persona: artifact.persona,
      targets: artifact.targets,
      path: artifact.path,
      file,
      tokens: countTokens(artifact.text),
      written: state !== "current",
    }));
    writeJson({ ok: true, files, removed, fidelity, warnings: plan.warnings });
    return;
  }
  const written = compared.filter(({ state }) => state !== "current");
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
  for (const { place, outcome, lossy } of describeFidelity(fidelity).slice(0, MOST_LINES))
    writeLine(`${lossy ? "warning" : "fidelity"}: ${place}: ${outcome}`);
  for (const warning of plan.warnings) writeLine(`warning: ${formatIssue(warning)}`);
  const made = `${count(plan.personas.length, "persona")}, ${count(compared.length, "file")}`;
  writeLine("");
  writeLine(`${made}. Token counts are estimates.`);
}
