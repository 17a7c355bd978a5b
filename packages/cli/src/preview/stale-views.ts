import type { StaleView } from "@personakit/preview";
import { keyOf } from "../disk/artifact-key.ts";
import { diffOf, firstDifferentLine } from "../disk/file-diff.ts";
import { isChanged, type RecordedFile } from "../disk/file-status.ts";
import { compareAdded } from "../project/check-added.ts";
import { comparePlan } from "../project/compare-project.ts";
import { DRIFT } from "../project/write-changes.ts";
import type { SeenProject } from "./seen-project.ts";

/** The built files that are not what a build would write now, as `check` says it. */
export async function staleViews(project: SeenProject): Promise<StaleView[]> {
  const { folder, lockfile, isWhole } = project;
  const built = comparePlan(folder, project, lockfile, { whole: isWhole && project.config !== undefined });
  const isConfigured = (id: string) => Object.hasOwn(built.personas, id);
  const added = isWhole ? [(await compareAdded(folder, lockfile, isConfigured)).comparison] : [];
  return [built, ...added].flatMap(({ compared, orphans, doubtful }) => [
    ...compared.filter(isChanged).map((each) => ({
      ...{ path: each.artifact.path, persona: each.artifact.persona, problem: DRIFT[each.state] },
      ...{ line: firstDifferentLine(each), diff: diffOf(each) },
    })),
    ...orphans.flatMap((each) => (each.state === "gone" ? [] : [recordedView(each, "orphan")])),
    ...doubtful.map((each) => recordedView(each, "doubtful")),
  ]);
}

function recordedView(recorded: RecordedFile, code: "orphan" | "doubtful"): StaleView {
  return { path: keyOf(recorded), persona: recorded.record.persona, problem: DRIFT[code], line: 1, diff: "" };
}
