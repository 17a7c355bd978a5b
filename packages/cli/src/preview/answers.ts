import { formatIssue } from "@personakit/core";
import {
  type Answers,
  type Ask,
  type BuiltPersona,
  fragmentSummaryOf,
  fragmentViewOf,
  type Kind,
  type SiteSource,
  summaryOf,
  viewOf,
} from "@personakit/preview";
import { CommandError } from "../issues/command-error.ts";
import type { PlannedPersona } from "../plan/make-plan.ts";
import type { ProjectOptions } from "../project/open-project.ts";
import { packageOf } from "../sources/contents.ts";
import { seenFragments } from "./fragments.ts";
import type { OfRepository } from "./of-repository.ts";
import { type SeenProject, seeProject } from "./seen-project.ts";

type Answer<K extends Kind> = (project: SeenProject, name: string, given: unknown) => Promise<Answers[K] | undefined>;

/** How each question of the page is answered. */
const ANSWERS: { readonly [K in Kind]: Answer<K> } = {
  project: async (project) => ({
    name: project.name,
    personas: project.personas.map((each) => summaryOf(builtOf(each, project))),
    fragments: seenFragments(project).map(fragmentSummaryOf),
    warnings: project.warnings.map(formatIssue),
  }),
  persona: async (project, id) => {
    const persona = project.personas.find(({ document }) => document.id === id);
    return persona === undefined ? undefined : viewOf(builtOf(persona, project));
  },
  fragment: async (project, id) => {
    const fragment = seenFragments(project).find((each) => each.id === id);
    return fragment === undefined ? undefined : fragmentViewOf(fragment);
  },
  files: ofRepository("files"),
  file: ofRepository("file"),
  doctor: ofRepository("doctor"),
  context: ofRepository("context"),
  stack: ofRepository("stack"),
  copies: ofRepository("copies"),
  budgets: ofRepository("budgets"),
};

/** The names of what a page may ask, for all that has an answer without a server. */
const NAMES: { readonly [K in Kind]?: (project: SeenProject) => readonly string[] } = {
  persona: ({ personas }) => personas.map(({ document }) => document.id),
  fragment: (project) => seenFragments(project).map(({ id }) => id),
};

/** What a static site shows of a project: all questions that have an answer without a server, and the answers. */
export function questionsOf(project: SeenProject): Pick<SiteSource, "ask" | "questions"> {
  const kinds = Object.keys(NAMES) as Kind[];
  const questions = kinds.flatMap((kind) => (NAMES[kind]?.(project) ?? []).map((name) => [kind, name] as const));
  return { ask: asked(project), questions };
}

/** Looks at the repository: what that needs is loaded when it is first asked for. */
function ofRepository<K extends OfRepository>(kind: K): Answer<K> {
  return async (project, name) => (await import("./of-repository.ts")).answerOf(kind, project, name);
}

/** Compiles a project, and answers what the page asks about it; or says why there is nothing to look at, each problem as one text. */
export async function openView(
  sources: readonly string[],
  options: ProjectOptions,
): Promise<{ readonly ask: Ask } | { readonly errors: readonly string[] }> {
  try {
    return { ask: asked(await seeProject(sources, options)) };
  } catch (error) {
    return { errors: CommandError.from(error).issues.map(formatIssue) };
  }
}

function asked(project: SeenProject): Ask {
  return async (kind, name, given) => (Object.hasOwn(ANSWERS, kind) ? ANSWERS[kind](project, name, given) : undefined);
}

function builtOf(
  { document, request, artifacts, fidelity }: PlannedPersona,
  { folder }: Pick<SeenProject, "folder">,
): BuiltPersona {
  const from = packageOf(request.source, folder);
  return { document, source: request.source, ...(from === undefined ? {} : { package: from }), artifacts, fidelity };
}
