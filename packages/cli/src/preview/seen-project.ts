import { basename, resolve } from "node:path";
import { makePlan, type Plan } from "../plan/make-plan.ts";
import { noProject, openProject, type ProjectOptions, planOf } from "../project/open-project.ts";
import { contentsOf, type NamedFragment } from "../sources/contents.ts";

/** A project as it was when it was compiled. */
export interface SeenProject extends Plan {
  /** That of its folder. */
  readonly name: string;
  readonly folder: string;
  /** The fragments among its sources. */
  readonly named: readonly NamedFragment[];
}

/** Compiles a project to look at. Writes nothing. Throws a CommandError that says why there is nothing to look at. */
export async function seeProject(sources: readonly string[], options: ProjectOptions): Promise<SeenProject> {
  const { personas, fragments: named } = await contentsOf(sources, ".");
  const about = { name: basename(resolve(options.out)), folder: options.out, named };
  if (named.length > 0 && personas.length === 0) return { ...makePlan([]), ...about };
  const project = openProject(personas, { ...options, inDetail: true });
  if (project === undefined) throw await noProject();
  return { ...(await planOf(project)), ...about };
}
