import { existsSync } from "node:fs";
import { targets as allTargets, countTokens, type Target } from "@personakit/targets";
import { renamed } from "../added.ts";
import { CommandError } from "../command-error.ts";
import { confirmed } from "../confirm.ts";
import type { ExitCode } from "../exit-code.ts";
import { type Manifest, readManifest } from "../manifest.ts";
import type { Options } from "../options.ts";
import { carryOut, comparePlan } from "../outcome.ts";
import { isPath, readPersonaPackage } from "../package.ts";
import { DEFAULT_TARGETS, makePlan, type Plan } from "../plan.ts";
import { chooseTargets, fileOf, projectPath } from "../project.ts";
import { columns, count, shorten, writeJson, writeLine } from "../report.ts";
import type { Compared } from "../state.ts";
import { type FoundTool, fewestTargets, findTools } from "../tools.ts";

interface AddOptions extends Options {
  /** Overwrite what a hand has changed. */
  readonly force: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** The name to install it under. */
  readonly as?: string;
}

/** Writes a persona of a package into a repository, without running the package's code. */
export async function add([spec = ""]: readonly string[], options: AddOptions): Promise<ExitCode> {
  const folder = options.out ?? ".";
  const manifest = forgetGone(folder, readManifest(folder));
  const { name, version, document } = await readPersonaPackage(spec, folder);
  const found = findTools(folder, allTargets);
  const errors: string[] = [];
  const detected = fewestTargets(found).map(({ id }) => id);
  const ids = options.target ?? (detected.length > 0 ? detected : DEFAULT_TARGETS);
  const targets = await chooseTargets(ids, "--target", folder, errors);
  refuseForeign(targets);
  const unit = renamed(document, options.as);
  // What came from a place on this machine must never be looked for under its name in the registry.
  const source = { package: isPath(spec) ? `./${projectPath(folder, spec)}` : name, version };
  refuseOther(unit.id, source.package, manifest.personas[unit.id]);
  const plan = makePlan([{ unit, source: name, targets, out: "" }], options.strict, errors);
  const comparison = comparePlan(folder, plan, manifest, false);
  const { compared } = comparison;
  if (!options.json) announce(`${name}@${version}`, options.target === undefined ? found : [], compared, plan);
  const pending = compared.filter(({ state }) => state !== "current").length;
  const go = options.dryRun || pending === 0 || (await confirmed(`Write ${count(pending, "file")}?`, options));
  if (go && !options.dryRun) await carryOut(folder, plan, manifest, comparison, { source, force: options.force });
  const written = go && !options.dryRun;
  if (options.json) {
    const files = compared.map(({ artifact, state }) => ({
      path: artifact.path,
      targets: artifact.targets,
      tokens: countTokens(artifact.text),
      written: written && state !== "current",
    }));
    const tools = found.map(({ target, sign }) => ({ tool: target.tool, sign }));
    writeJson({ ok: true, persona: unit.id, package: name, version, tools, files, warnings: plan.warnings });
  } else if (written && pending > 0) suggest(unit.id, document.triggers, compared);
  else writeLine(pending === 0 ? "Everything is as it should be." : "Nothing was written.");
  return 0;
}

/** Targets of somebody else are not recorded, so that an update could not build for them. */
function refuseForeign(targets: readonly Target[]): void {
  const foreign = targets.filter(({ id }) => !allTargets.some((target) => target.id === id));
  if (foreign.length === 0) return;
  const names = foreign.map(({ id }) => id).join(", ");
  throw new CommandError([
    `${names}: add writes only for targets of personakit. Name it in personakit.config.ts instead.`,
  ]);
}

/** An ejected file that is gone is nobody's: to add the persona again asks for it. */
function forgetGone(folder: string, manifest: Manifest): Manifest {
  const ejected = manifest.ejected.filter((key) => existsSync(fileOf(folder, key.split("#", 1)[0] ?? "")));
  return { ...manifest, ejected };
}

/** A persona of another source under the same name must not be taken over. */
function refuseOther(id: string, name: string, record: { readonly package?: string } | undefined): void {
  if (record === undefined || record.package === name) return;
  const from = record.package ?? "the configuration or a source of the project";
  throw new CommandError([`${id}: there is already a persona of this name, from ${from}. Add it --as another name.`]);
}

function announce(name: string, found: readonly FoundTool[], compared: readonly Compared[], plan: Plan): void {
  writeLine(name);
  if (found.length > 0) writeLine(`Found: ${found.map(({ target, sign }) => `${target.tool} (${sign})`).join(", ")}`);
  writeLine("");
  const rows = compared.map(({ artifact, file, state }) => [
    `  ${shorten(file)}${artifact.block === undefined ? "" : " (a block; the rest stays yours)"}`,
    `${countTokens(artifact.text)} tokens`,
    state === "missing" ? "new" : state === "current" ? "unchanged" : state,
  ]);
  for (const line of columns(rows, [1])) writeLine(line);
  for (const { path } of plan.artifacts.filter((each) => !compared.some(({ artifact }) => artifact === each)))
    writeLine(`  ${path}  ejected: left alone`);
  for (const warning of plan.warnings) writeLine(`warning: ${warning}`);
  writeLine("");
}

function suggest(id: string, triggers: readonly string[], compared: readonly Compared[]): void {
  const [main] = compared;
  const path = main === undefined ? "" : shorten(main.file);
  const readers = [...new Set(compared.flatMap(({ artifact }) => artifact.targets))].flatMap(
    (target) => allTargets.find((each) => each.id === target)?.readers ?? [],
  );
  const tools = [...new Set(readers)].slice(0, 4).join(", ");
  writeLine(`Written, and recorded in personakit.lock.json. Next:
  in ${tools || "your tool"}: "Use ${id} to review the last commit${triggers[0] === undefined ? "" : `'s ${triggers[0]} code`}."
  npx personakit explain ${path}:30   which rule of which version a line is
  npx personakit check                 fails when a file was changed
  npx personakit remove ${id}`);
}
