import { basename, resolve } from "node:path";
import { formatIssue } from "@personakit/core";
import type { BuiltPersona } from "@personakit/preview";
import { CommandError } from "../issues/command-error.ts";
import type { Plan, PlannedPersona } from "../plan/make-plan.ts";
import { noProject, openProject, type ProjectOptions, planOf } from "../project/open-project.ts";

/** A project as it was when it was compiled. */
export interface SeenProject extends Plan {
  /** That of its folder. */
  readonly name: string;
  readonly folder: string;
  /** What was compiled: the sources that were named, and how. */
  readonly sources: readonly string[];
  readonly options: ProjectOptions;
}

/** Compiles a project to look at, or says why there is nothing to look at, each problem as one text. Writes nothing. */
export async function seeProject(
  sources: readonly string[],
  options: ProjectOptions,
): Promise<SeenProject | { readonly errors: readonly string[] }> {
  try {
    const project = openProject(sources, { ...options, inDetail: true });
    if (project === undefined) throw await noProject();
    const name = basename(resolve(options.out));
    return { ...(await planOf(project)), name, folder: options.out, sources, options };
  } catch (error) {
    return { errors: CommandError.from(error).issues.map(formatIssue) };
  }
}

/** What the page is shown of a compiled persona. */
export function builtOf({ document, request, artifacts, fidelity }: PlannedPersona): BuiltPersona {
  return { document, source: request.source, artifacts, fidelity };
}
