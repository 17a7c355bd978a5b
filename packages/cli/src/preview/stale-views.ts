import type { StaleView } from "@personakit/preview";
import { diffOf, firstDifferentLine } from "../disk/file-diff.ts";
import { isChanged, type RecordedFile } from "../disk/file-status.ts";
import { compareAdded } from "../project/check-added.ts";
import { comparePlan } from "../project/compare-project.ts";
import { DRIFT } from "../project/write-changes.ts";
import type { SeenProject } from "./seen-project.ts";
import type { SeenRepository } from "./seen-repository.ts";

/** The built files that are not what a build would write now, as `check` says it. */
export async function staleViews(project: SeenProject, repository: SeenRepository): Promise<StaleView[]> {
  const { folder, lockfile, sources, config } = project;
  const built = comparePlan(folder, project, lockfile, { whole: config !== undefined });
  const isConfigured = (id: string) => Object.hasOwn(built.personas, id);
  const added = sources.length === 0 ? (await compareAdded(folder, lockfile, isConfigured)).comparison : undefined;
  const recorded = ({ path, record }: RecordedFile, code: "orphan" | "doubtful"): StaleView => ({
    ...{ path: repository.pathOf(path), isThere: true, file: path, persona: record.persona },
    ...{ problem: DRIFT[code], line: 1, diff: "" },
  });
  const comparisons = [built, added].filter((each) => each !== undefined);
  return comparisons.flatMap(({ compared, orphans, doubtful }) => [
    ...compared.filter(isChanged).map((each) => ({
      ...{ path: repository.pathOf(each.artifact.path), isThere: each.before !== undefined, file: each.artifact.path },
      ...{ persona: each.artifact.persona, problem: DRIFT[each.state] },
      ...{ line: firstDifferentLine(each), diff: diffOf(each) },
    })),
    ...orphans.flatMap((each) => (each.state === "gone" ? [] : [recorded(each, "orphan")])),
    ...doubtful.map((each) => recorded(each, "doubtful")),
  ]);
}
