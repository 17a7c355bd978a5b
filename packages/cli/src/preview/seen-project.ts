import { basename, resolve } from "node:path";
import { formatIssue } from "@personakit/core";
import type { BuiltPersona } from "@personakit/preview";
import type { Lockfile } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { CommandError } from "../issues/command-error.ts";
import type { Plan, PlannedPersona } from "../plan/make-plan.ts";
import { openProject, type ProjectOptions, planOf } from "../project/open-project.ts";

/** A project as it was when it was compiled. */
export interface SeenProject extends Plan {
  /** That of its folder. */
  readonly name: string;
  readonly folder: string;
  /** What was compiled: the sources that were named, and how. */
  readonly sources: readonly string[];
  readonly options: ProjectOptions;
  readonly lockfile: Lockfile;
  /** The configuration that was loaded; undefined where there is none, and where sources were named. */
  readonly config: string | undefined;
  /** Whether it is all that the folder builds, and not only what was named. */
  readonly isWhole: boolean;
}

/** What a folder without a configuration builds: there are its instruction files to look at. */
const NOTHING: Plan = {
  personas: [],
  combined: [],
  targets: [],
  warnings: [],
  sourceWarnings: [],
  fileWarnings: [],
};

/** Compiles a project to look at, or says why there is nothing to look at, each problem as one text. Writes nothing. */
export async function seeProject(
  sources: readonly string[],
  options: ProjectOptions,
): Promise<SeenProject | { readonly errors: readonly string[] }> {
  try {
    const project = openProject(sources, { ...options, inDetail: true });
    const { out: folder } = options;
    return {
      ...(project === undefined ? NOTHING : await planOf(project)),
      ...{ folder, name: basename(resolve(folder)), config: project?.config, isWhole: sources.length === 0 },
      ...{ sources, options },
      lockfile: project?.lockfile ?? readLockfile(folder),
    };
  } catch (error) {
    return { errors: CommandError.from(error).issues.map(formatIssue) };
  }
}

/** What the page is shown of a compiled persona. */
export function builtOf({ document, request, artifacts, fidelity }: PlannedPersona): BuiltPersona {
  return { document, source: request.source, artifacts, fidelity };
}
