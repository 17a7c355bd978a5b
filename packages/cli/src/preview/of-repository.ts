import type { Answers } from "@personakit/preview";
import { budgetViews } from "./budget-views.ts";
import { contextView, stackView } from "./context-views.ts";
import { copiesView } from "./copy-views.ts";
import { fileSummaries, fileView, remarksView } from "./file-views.ts";
import { doctorView } from "./finding-views.ts";
import type { SeenProject } from "./seen-project.ts";
import { repositoryAround, type SeenRepository } from "./seen-repository.ts";

/** What is asked of the repository that a project is in. */
export type OfRepository = "files" | "file" | "remarks" | "doctor" | "context" | "stack" | "copies" | "budgets";

type Answer<K extends OfRepository> = (
  repository: SeenRepository,
  name: string,
  project: SeenProject,
) => Answers[K] | undefined | Promise<Answers[K] | undefined>;

const ANSWERS: { readonly [K in OfRepository]: Answer<K> } = {
  files: (repository) => fileSummaries(repository),
  file: (repository, path, project) => fileView(project, repository, path),
  remarks: (repository, path) => remarksView(repository, path),
  doctor: (repository) => doctorView(repository),
  context: (repository, folder) => contextView(repository, folder),
  stack: (repository, name) => stackView(repository, name),
  copies: (repository, _, project) => copiesView(project, repository),
  budgets: (_, id, project) => budgetViews(project, id),
};

/** Answers a question about the repository that a project is in. */
export async function answerOf<K extends OfRepository>(
  kind: K,
  project: SeenProject,
  name: string,
): Promise<Answers[K] | undefined> {
  return ANSWERS[kind](repositoryAround(project), name, project);
}
