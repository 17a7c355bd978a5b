import type { Issue } from "@personakit/core";
import { noticesFor, readersOf } from "../context/notices.ts";
import type { Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
// Loaded with the rest: on its own, it would split what every command loads into one more file.
import { resolveLockfile } from "../disk/merge-lockfile.ts";
import { isLockfileConflict, readLockfile } from "../disk/read-lockfile.ts";
import { failure } from "../issues/command-error.ts";
import { writeWarning } from "../output/terminal.ts";
import { BuildReport } from "../project/build-report.ts";
import type { DiskComparison } from "../project/compare-project.ts";
import { eachProject, folderFor, type Outcome } from "../project/each-project.ts";
import { compareProject, noProject, openProject, type ProjectOptions } from "../project/open-project.ts";
import { writeChanges } from "../project/write-changes.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, force, project, sources, strict, targets, timeout, workspace } from "../usage/options.ts";

/** Compiles personas and writes their files. If one was changed by hand, nothing is written. */
export default defineCommand({
  name: "build",
  group: "daily",
  summary: "Compile personas and write their files",
  details: "Files that you changed are never overwritten, unless you say so with --force.",
  arguments: [sources],
  options: {
    ...timeout,
    ...targets,
    ...strict,
    ...project,
    ...workspace,
    ...force,
    watch: flag("build again whenever a source changes", "w"),
    verbose: flag("list every file, and everything that each tool keeps", "v"),
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
  readonly verbose: boolean;
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
  const { json, verbose } = options;
  const report = new BuildReport({ json, verbose });
  const scope = { whole: project.config !== undefined, hashes: true, tokens: json || verbose };
  const comparison = await compareProject(project, scope, (persona) => report.add(persona), held);
  await writeChanges(held, project.lockfile, comparison, options);
  const built = { ...comparison, warnings: [...comparison.warnings, ...(await noticesOf(options.out, comparison))] };
  if (!json) report.print(built, options.out);
  return { exitCode: 0, document: () => ({ ...report.document(built, options.out), resolved }) };
}

/** Says of new blocks which tools do not load the files that they are in: another file of the user's may switch these off. */
function noticesOf(folder: string, { compared }: DiskComparison): Promise<readonly Issue[]> {
  const blocks = compared.filter(({ state, artifact: { block } }) => block !== undefined && state === "missing");
  return noticesFor(
    folder,
    blocks.map(({ file, artifact }) => ({ path: file, ...readersOf(artifact.targets) })),
  );
}
