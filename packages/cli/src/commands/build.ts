import { formatIssue } from "@personakit/core";
import { countTokens } from "@personakit/targets";
import { nameOfKey } from "../disk/artifact-key.ts";
import { isChanged, isPending } from "../disk/file-status.ts";
import type { Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
// Loaded with the rest: on its own, it would split what every command loads into one more file.
import { resolveLockfile } from "../disk/merge-lockfile.ts";
import { isLockfileConflict, readLockfile } from "../disk/read-lockfile.ts";
import { failure } from "../issues/command-error.ts";
import { columns, count, shorten, writeLine, writeWarning } from "../output/terminal.ts";
import { describeFidelity, type FidelityLine, type PlannedFidelity } from "../plan/fidelity.ts";
import type { PlannedPersona, SharedPlan } from "../plan/make-plan.ts";
import { type DiskComparison, MOST_LINES } from "../project/compare-project.ts";
import { eachProject, folderFor, type Outcome } from "../project/each-project.ts";
import { compareProject, noProject, openProject, type ProjectOptions } from "../project/open-project.ts";
import { describeRemoved } from "../project/removed.ts";
import { writeChanges } from "../project/write-changes.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, force, project, sources, strict, targets, timeout, workspace } from "../usage/options.ts";

/** Compiles personas and writes their files. Where a hand has changed one of them, nothing is written. */
export default defineCommand({
  name: "build",
  summary: "Compile personas and write their files. Files changed by hand are never overwritten.",
  arguments: [sources],
  options: {
    ...timeout,
    ...targets,
    ...strict,
    ...project,
    ...workspace,
    ...force,
    watch: flag("build again whenever a source changes", "w"),
  },
  async run(args, options) {
    const signs = { orLockfile: false };
    if (!options.watch) return eachProject(args, options, (out) => build(args, { ...options, out }), signs);
    if (options.workspace) {
      const hint = "Run it in the project's folder.";
      throw failure(
        "conflicting-options",
        "--watch",
        "cannot be combined with --workspace: only one project can be watched",
        hint,
      );
    }
    const { watch } = await import("../project/watch.ts");
    return watch(args, { ...options, out: folderFor(args, options, signs) });
  },
});

interface BuildOptions extends ProjectOptions {
  readonly json: boolean;
  readonly force: boolean;
}

function build(sources: readonly string[], options: BuildOptions): Promise<Outcome> {
  return exclusively(options.out, "build", async (held) => {
    try {
      return await buildHeld(held, sources, options);
    } catch (error) {
      if (!isLockfileConflict(error)) throw error;
      const resolved = resolveLockfile(held);
      if (!options.json) writeWarning(resolved);
      if (openProject(sources, options) !== undefined) return await buildHeld(held, sources, options, resolved);
      // Without a configuration, that was all that there was to do.
      const nothing = { files: [], removed: [], changed: [], ejected: [], fidelity: [], warnings: [] };
      return { exitCode: 0, document: () => ({ ok: true, ...nothing, resolved }) };
    }
  });
}

async function buildHeld(
  held: Held,
  sources: readonly string[],
  options: BuildOptions,
  resolved?: string,
): Promise<Outcome> {
  const project = openProject(sources, options);
  if (project === undefined) {
    // Throws where there is a conflict to resolve.
    readLockfile(options.out);
    throw await noProject("build");
  }
  const { json } = options;
  const account = new Account(json);
  const scope = { whole: project.config !== undefined, hashes: true, tokens: json };
  const comparison = await compareProject(project, scope, (persona) => account.add(persona), held);
  await writeChanges(held, project.lockfile, comparison, options);
  if (!json) account.print(comparison, options.out);
  return { exitCode: 0, document: () => ({ ...account.document(comparison, options.out), resolved }) };
}

type Built = DiskComparison & Pick<SharedPlan, "warnings">;

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

  document({ compared, ejected, orphans, warnings }: Built, folder: string): object {
    const files = compared.map(({ artifact, file, state, tokens }) => ({
      persona: artifact.persona,
      targets: artifact.targets,
      path: artifact.path,
      file,
      tokens,
      written: state !== "current",
    }));
    const { files: removed, changed } = describeRemoved(folder, orphans);
    return { ok: true, files, removed, changed, ejected, fidelity: this.#fidelity, warnings };
  }

  print({ compared, ejected, orphans, warnings }: Built, folder: string): void {
    const written = compared.filter(isPending);
    const rows = written.slice(0, MOST_LINES).map((each) => {
      const { persona, targets } = each.artifact;
      const tokens = isChanged(each) ? countTokens(each.artifact.text) : each.tokens;
      return [persona, targets.join(","), `${tokens} tokens`, "written", shorten(each.file)];
    });
    for (const line of columns(rows, [2])) writeLine(line);
    if (written.length > MOST_LINES) writeLine(`and ${written.length - MOST_LINES} more`);
    if (written.length < compared.length) writeLine(`${count(compared.length - written.length, "file")} unchanged`);
    for (const line of describeRemoved(folder, orphans).lines) writeLine(line);
    for (const key of ejected) writeLine(`ejected: ${nameOfKey(key)}, left alone`);
    for (const { place, outcome, lossy } of this.#lines.slice(0, MOST_LINES))
      writeLine(`${lossy ? "warning" : "fidelity"}: ${place}: ${outcome}`);
    for (const warning of warnings) writeLine(`warning: ${formatIssue(warning)}`);
    writeLine("");
    writeLine(`${count(this.#personas, "persona")}, ${count(compared.length, "file")}. Token counts are estimates.`);
  }
}
