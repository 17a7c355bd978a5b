import { formatIssue } from "@personakit/core";
import { type Answers, type Ask, type Kind, summaryOf, viewOf } from "@personakit/preview";
import type { ProjectOptions } from "../project/open-project.ts";
import type { OfRepository } from "./of-repository.ts";
import { builtOf, type SeenProject, seeProject } from "./seen-project.ts";
import { formOf, trialOf } from "./trial.ts";

type Answer<K extends Kind> = (project: SeenProject, name: string, given: unknown) => Promise<Answers[K] | undefined>;

/** How each question of the page is answered. */
const ANSWERS: { readonly [K in Kind]: Answer<K> } = {
  project: async ({ name, personas, warnings, isFirst }) => ({
    name,
    ...(isFirst === undefined ? {} : { isFirst }),
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

/**
 * Compiles a project, and answers what the page asks about it; or says why there is nothing to look at, each problem as one text.
 *
 * @param first Is told who answers for a large project while it is compiled: what it cannot know yet is answered when all is.
 */
export async function openView(
  sources: readonly string[],
  options: ProjectOptions,
  first: (ask: Ask) => void = () => {},
): Promise<{ readonly ask: Ask } | { readonly errors: readonly string[] }> {
  const opened = seeProject(sources, options, (some) => {
    first(async (kind, name, given) => {
      const known = kind === "project" || kind === "persona" ? await answerOf(some, kind, name, given) : undefined;
      if (known !== undefined) return known;
      const project = await opened;
      return "errors" in project ? undefined : answerOf(project, kind, name, given);
    });
  });
  const project = await opened;
  return "errors" in project ? project : { ask: (kind, name, given) => answerOf(project, kind, name, given) };
}

async function answerOf<K extends Kind>(
  project: SeenProject,
  kind: K,
  name: string,
  given: unknown,
): Promise<Answers[K] | undefined> {
  return Object.hasOwn(ANSWERS, kind) ? ANSWERS[kind](project, name, given) : undefined;
}
