import { formatIssue } from "@personakit/core";
import { type Answers, type Ask, type Kind, summaryOf, viewOf } from "@personakit/preview";
import type { ProjectOptions } from "../project/open-project.ts";
import type { OfRepository } from "./of-repository.ts";
import { builtOf, type SeenProject, seeProject } from "./seen-project.ts";
import { formOf, trialOf } from "./trial.ts";

type Answer<K extends Kind> = (project: SeenProject, name: string, given: unknown) => Promise<Answers[K] | undefined>;

/** How each question of the page is answered. */
const ANSWERS: { readonly [K in Kind]: Answer<K> } = {
  project: async ({ name, personas, warnings }) => ({
    name,
    personas: personas.map((each) => summaryOf(builtOf(each))),
    warnings: warnings.map(formatIssue),
  }),
  persona: async ({ personas }, id) => {
    const persona = personas.find(({ document }) => document.id === id);
    return persona === undefined ? undefined : viewOf(builtOf(persona));
  },
  versions: async (project, id) => (await import("./earlier.ts")).versionsOf(project, id),
  comparison: async (project, name) => (await import("./earlier.ts")).comparisonOf(project, name),
  form: async (project, id) => formOf(project, id),
  trial: async (project, id, given) => trialOf(project, id, given),
  files: ofRepository("files"),
  file: ofRepository("file"),
  remarks: ofRepository("remarks"),
  doctor: ofRepository("doctor"),
  context: ofRepository("context"),
  stack: ofRepository("stack"),
  copies: ofRepository("copies"),
  budgets: ofRepository("budgets"),
};

/** Looks at the repository: what that needs is loaded when it is first asked for. */
function ofRepository<K extends OfRepository>(kind: K): Answer<K> {
  return async (project, name) => (await import("./of-repository.ts")).answerOf(kind, project, name);
}

/** Compiles a project, and answers what the page asks about it; or says why there is nothing to look at, each problem as one text. */
export async function openView(
  sources: readonly string[],
  options: ProjectOptions,
): Promise<{ readonly ask: Ask } | { readonly errors: readonly string[] }> {
  const project = await seeProject(sources, options);
  if ("errors" in project) return project;
  return {
    ask: async (kind, name, given) => (Object.hasOwn(ANSWERS, kind) ? ANSWERS[kind](project, name, given) : undefined),
  };
}
