// Replays the history of a repository: `node bench/copies-history.ts <repository> [commits]`. For each commit that changed an instruction
// file, says whether its edits of copied text reached all copies. Nothing of the files is printed but their names.
import { partialEdits } from "@personakit/core/copies";
import { instructionFilesAt, mayInstruct } from "../packages/cli/src/copies/instruction-files.ts";
import { git } from "../packages/cli/src/files/git.ts";

const [repository, most = "500"] = process.argv.slice(2);
if (repository === undefined) throw new Error("Usage: node bench/copies-history.ts <repository> [commits]");

const log = git(repository, ["log", "--no-merges", "--format=%x00%H", "--name-only", "-n", most]).toString("utf8");
let [commits, partial, copies] = [0, 0, 0];
for (const entry of log.split("\0").slice(1)) {
  const [commit = "", ...paths] = entry.split("\n").filter((line) => line !== "");
  if (!paths.some(mayInstruct)) continue;
  let before: ReturnType<typeof instructionFilesAt>;
  try {
    before = instructionFilesAt(repository, `${commit}~1`);
  } catch {
    // The first commit, or the end of a shallow clone.
    continue;
  }
  commits++;
  const edits = partialEdits(before, instructionFilesAt(repository, commit));
  if (edits.length === 0) continue;
  partial++;
  for (const { of, heading, edited, behind } of edits) {
    copies += behind.length;
    console.log(
      `${commit.slice(0, 10)} ${of} "${heading}": ${edited.length} edited, ${behind.length} behind (${behind[0]?.path ?? "each in another way"})`,
    );
  }
}
console.log(`${commits} commits of instruction files: ${partial} reached some copies only, and left ${copies} behind`);
