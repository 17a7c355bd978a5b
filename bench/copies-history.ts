// Replays the history of a repository: `node bench/copies-history.ts <repository> [commits] [--show]`. For each commit that changed an instruction
// file, says whether its edits of copied text reached all copies, and how long the comparison took. Nothing of the files is printed but their
// names, unless with `--show`.
import { type CopyPlace, partialEdits } from "@personakit/core/copies";
import { instructionFilesAt, mayInstruct } from "../packages/cli/src/copies/instruction-files.ts";
import { git } from "../packages/cli/src/files/git.ts";

const [repository, most = "500", option] = process.argv.slice(2);
if (repository === undefined) throw new Error("Usage: node bench/copies-history.ts <repository> [commits] [--show]");

/** What a commit has, which is what the one above it began from. */
const states = new Map<string, ReturnType<typeof instructionFilesAt>>();
const stateOf = (commit: string) => {
  const known = states.get(commit) ?? instructionFilesAt(repository, commit);
  states.set(commit, known);
  for (const old of [...states.keys()].slice(0, -4)) states.delete(old);
  return known;
};

const log = git(repository, ["log", "--no-merges", "--format=%x00%H %P", "--name-only", "-n", most]).toString("utf8");
let [commits, partial, copies, files, slowest] = [0, 0, 0, 0, 0];
const times: number[] = [];
for (const entry of log.split("\0").slice(1)) {
  const [ids = "", ...paths] = entry.split("\n").filter((line) => line !== "");
  const [commit = "", parent] = ids.split(" ");
  if (parent === undefined || !paths.some(mayInstruct)) continue;
  const [before, after] = [stateOf(parent), stateOf(commit)];
  const begin = cpu();
  const edits = partialEdits(before, after);
  times.push(cpu() - begin);
  commits++;
  [files, slowest] = [Math.max(files, after.length), Math.max(slowest, times.at(-1) ?? 0)];
  if (edits.length === 0) continue;
  partial++;
  for (const { of, heading, edited, behind, was, is } of edits) {
    copies += behind.length;
    const [first] = behind;
    console.log(
      `${commit.slice(0, 10)} ${of} "${heading}": ${edited.length} edited (${at(edited[0])}), ${behind.length} behind (${first === undefined ? "each in another way" : at(first)})`,
    );
    if (option === "--show") console.log(`${indented("-", was)}\n${indented("+", is)}`);
  }
}
const middle = times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
console.log(`${commits} commits of instruction files: ${partial} reached some copies only, and left ${copies} behind`);
console.log(`up to ${files} files; each comparison ${middle.toFixed(0)} ms, ${slowest.toFixed(0)} ms at most`);

/** The processor's time, which other programs on the machine do not change. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function at(place: CopyPlace | undefined): string {
  return place === undefined ? "" : `${place.path}:${place.first}-${place.last}`;
}

function indented(sign: string, text: string): string {
  return text.replace(/^/gm, `  ${sign} `);
}
