import { basename, resolve } from "node:path";
import { formatIssue } from "@personakit/core";
import { CommandError } from "../issues/command-error.ts";
import type { Plan } from "../plan/make-plan.ts";
import { noProject, openProject, type ProjectOptions, planOf } from "../project/open-project.ts";

/** A project as it was when it was compiled. */
export interface SeenProject extends Plan {
  /** That of its folder. */
  readonly name: string;
  readonly folder: string;
  /** The configuration, as the user would type it; undefined where sources were named. */
  readonly config: string | undefined;
}

/** Compiles a project to look at, or says why there is nothing to look at, each problem as one text. Writes nothing. */
export async function seeProject(
  sources: readonly string[],
  options: ProjectOptions,
): Promise<SeenProject | { readonly errors: readonly string[] }> {
  try {
    const project = openProject(sources, { ...options, inDetail: true });
    if (project === undefined) throw await noProject();
    const { config } = project;
    return { ...(await planOf(project)), name: basename(resolve(options.out)), folder: options.out, config };
  } catch (error) {
    return { errors: CommandError.from(error).issues.map(formatIssue) };
  }
}
