import { basename, resolve } from "node:path";
import { formatIssue } from "@personakit/core";
import { type ProjectView, viewOf } from "@personakit/preview";
import { CommandError } from "../issues/command-error.ts";
import { noProject, openProject, type ProjectOptions } from "../project/open-project.ts";

/** What the page shows of a project, or why there is nothing to show, each problem as one text. Writes nothing. */
export async function viewProject(
  sources: readonly string[],
  options: ProjectOptions,
): Promise<{ readonly view: ProjectView } | { readonly errors: readonly string[] }> {
  try {
    const project = openProject(sources, { ...options, inDetail: true });
    if (project === undefined) throw await noProject();
    const personas: ProjectView["personas"][number][] = [];
    const { warnings } = await project.compile(({ document, request, artifacts, fidelity }) => {
      personas.push(viewOf({ document, source: request.source, artifacts, fidelity }));
    });
    return { view: { name: basename(resolve(options.out)), personas, warnings: warnings.map(formatIssue) } };
  } catch (error) {
    return { errors: CommandError.from(error).issues.map(formatIssue) };
  }
}
