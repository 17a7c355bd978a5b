import { countTokens } from "@personakit/targets";
import type { ExitCode } from "../exit-code.ts";
import type { Options } from "../options.ts";
import { carryOut, comparePlan, refuseLostMembers } from "../outcome.ts";
import { describeFidelity, type Plan } from "../plan.ts";
import { noProject, openProject } from "../project.ts";
import { columns, count, shorten, writeJson, writeLine } from "../report.ts";
import type { Compared } from "../state.ts";
import { watch } from "../watch.ts";

interface BuildOptions extends Options {
  /** Overwrite what a hand has changed. */
  readonly force: boolean;
  readonly watch: boolean;
}

/** Compiles personas and writes their files. Where a hand has changed one of them, nothing is written. */
export async function build(sources: readonly string[], options: BuildOptions): Promise<ExitCode> {
  if (options.watch) return watch(sources, options);
  const project = await openProject(sources, options);
  if (project === undefined) throw noProject();
  const { folder, plan, manifest, config } = project;
  const comparison = comparePlan(folder, plan, manifest, config !== undefined);
  if (config === undefined) refuseLostMembers(plan, manifest);
  await carryOut(folder, plan, manifest, comparison, options);
  const removed = comparison.orphans.filter(({ state }) => state !== "gone").map(({ file }) => file);
  reportFiles(plan, comparison.compared, removed, options.json);
  return 0;
}

/** What a person reads of a list. */
const MOST_LINES = 100;

/** Says what was written and removed, and what the targets could not say. */
function reportFiles(plan: Plan, compared: readonly Compared[], removed: readonly string[], json: boolean): void {
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
  for (const { line, lossy } of describeFidelity(fidelity).slice(0, MOST_LINES))
    writeLine(`${lossy ? "warning" : "fidelity"}: ${line}`);
  for (const warning of plan.warnings) writeLine(`warning: ${warning}`);
  const made = `${count(plan.personas.length, "persona")}, ${count(compared.length, "file")}`;
  writeLine(`\n${made}. Token counts are estimates.`);
}
