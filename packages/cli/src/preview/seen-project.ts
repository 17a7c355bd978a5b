import { basename, resolve } from "node:path";
import type { BuiltPersona } from "@personakit/preview";
import type { Lockfile } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import type { Plan, PlannedPersona } from "../plan/make-plan.ts";
import { openProject, type ProjectOptions, planOf } from "../project/open-project.ts";
import { contentsOf, type NamedFragment, packageOf } from "../sources/contents.ts";

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
  /** The fragments among its sources. */
  readonly named: readonly NamedFragment[];
}

/** What a folder without a configuration builds, or fragments alone: there are its instruction files to look at. */
const NOTHING: Plan = {
  personas: [],
  combined: [],
  targets: [],
  warnings: [],
  sourceWarnings: [],
  fileWarnings: [],
};

/** Compiles a project to look at. Writes nothing. Throws a CommandError that says why there is nothing to look at. */
export async function seeProject(sources: readonly string[], options: ProjectOptions): Promise<SeenProject> {
  const { out: folder } = options;
  const { personas, fragments: named } = await contentsOf(sources, ".");
  const isOfFragments = named.length > 0 && personas.length === 0;
  const project = isOfFragments ? undefined : openProject(personas, { ...options, inDetail: true });
  return {
    ...(project === undefined ? NOTHING : await planOf(project)),
    ...{ folder, name: basename(resolve(folder)), config: project?.config, isWhole: sources.length === 0, named },
    ...{ sources: personas, options },
    lockfile: project?.lockfile ?? readLockfile(folder),
  };
}

/** What the page is shown of a compiled persona. */
export function builtOf(
  { document, request, artifacts, fidelity }: PlannedPersona,
  { folder }: Pick<SeenProject, "folder">,
): BuiltPersona {
  const from = packageOf(request.source, folder);
  return { document, source: request.source, ...(from === undefined ? {} : { package: from }), artifacts, fidelity };
}
