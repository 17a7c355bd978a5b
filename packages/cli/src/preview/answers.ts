import { formatIssue } from "@personakit/core";
import {
  type Answers,
  type Ask,
  fragmentSummaryOf,
  fragmentViewOf,
  type Kind,
  type SiteSource,
  stackName,
  summaryOf,
  viewOf,
} from "@personakit/preview";
import { CommandError } from "../issues/command-error.ts";
import type { ProjectOptions } from "../project/open-project.ts";
import { fragmentIds, seenFragment } from "./fragments.ts";
import type { OfRepository } from "./of-repository.ts";
import { builtOf, personaIn, type SeenProject, seeProject } from "./seen-project.ts";
import { formOf, trialOf } from "./trial.ts";

type Answer<K extends Kind> = (project: SeenProject, name: string, given: unknown) => Promise<Answers[K] | undefined>;

/** How each question of the page is answered. */
const ANSWERS: { readonly [K in Kind]: Answer<K> } = {
  project: async (project) => ({
    name: project.name,
    ...(project.isFirst === undefined ? {} : { isFirst: project.isFirst }),
    personas: project.personas.map((each) => summaryOf(builtOf(each, project))),
    warnings: project.warnings.map(formatIssue),
  }),
  persona: async (project, id) => {
    const persona = personaIn(project, id);
    return persona === undefined ? undefined : viewOf(builtOf(persona, project));
  },
  fragments: async (project) => {
    // Each is compiled alone: who waits for a persona, which is asked for at the same time, comes first.
    await new Promise((done) => setImmediate(done));
    return fragmentIds(project).flatMap((id) => {
      const fragment = seenFragment(project, id);
      return fragment === undefined ? [] : fragmentSummaryOf(fragment);
    });
  },
  fragment: async (project, id) => {
    const fragment = seenFragment(project, id);
    return fragment === undefined ? undefined : fragmentViewOf(fragment);
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

/** What a static site shows of a project: all questions that have an answer without a server, and the answers. */
export async function questionsOf(project: SeenProject): Promise<Pick<SiteSource, "ask" | "questions">> {
  const ask = asked(project);
  const personas = project.personas.map(({ document }) => document.id);
  const questions: SiteSource["questions"] = [
    ...personas.flatMap((id) => [["persona", id] as const, ["budgets", id] as const]),
    ["fragments", ""],
    ...fragmentIds(project).map((id) => ["fragment", id] as const),
    // Who names personas makes a catalogue of them; the files beside them are nobody's business.
    ...(project.sources.length + project.named.length === 0 ? await questionsOfRepository(ask) : []),
  ];
  return { ask, questions };
}

/** What may be asked of the repository, in each of its folders. */
async function questionsOfRepository(ask: Ask): Promise<SiteSource["questions"]> {
  const files = (await ask("files", "")) ?? [];
  const { folders = [] } = (await ask("context", "")) ?? {};
  const contexts = await Promise.all(folders.map((folder) => ask("context", folder)));
  const stacks = contexts.flatMap((context) => context?.tools.map(({ id }) => stackName(id, context.folder)) ?? []);
  return [
    ...(["files", "doctor", "copies"] as const).map((kind) => [kind, ""] as const),
    ...files.flatMap(({ path }) => [["file", path] as const, ["remarks", path] as const]),
    ...folders.map((folder) => ["context", folder] as const),
    ...stacks.map((name) => ["stack", name] as const),
  ];
}

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
  try {
    const opened = seeProject(sources, options, (some) => first(askedAtFirst(some, opened)));
    return { ask: asked(await opened) };
  } catch (error) {
    return { errors: CommandError.from(error).issues.map(formatIssue) };
  }
}

/** What the first personas have no answer to waits for the others. */
function askedAtFirst(some: SeenProject, opened: Promise<SeenProject>): Ask {
  return async (kind, name, given) => {
    const known = kind === "project" || kind === "persona" ? await asked(some)(kind, name, given) : undefined;
    return known ?? asked(await opened)(kind, name, given);
  };
}

function asked(project: SeenProject): Ask {
  return async (kind, name, given) => (Object.hasOwn(ANSWERS, kind) ? ANSWERS[kind](project, name, given) : undefined);
}
