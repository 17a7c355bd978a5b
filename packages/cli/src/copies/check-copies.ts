import { join, resolve } from "node:path";
import type { CopyPlace, PartialEdit } from "@personakit/core/copies";
import { unifiedDiff } from "../disk/file-diff.ts";
import { git } from "../files/git.ts";
import { type Finding, issue } from "../issues/command-error.ts";
import { count } from "../output/terminal.ts";
import { instructionFilesAt, readInstructionFiles } from "./instruction-files.ts";

/** What a check of copies has found. */
export interface CheckedCopies {
  /** One for each copy that an edit did not reach. */
  readonly findings: readonly Finding[];
  /** How many files were looked at. */
  readonly checked: number;
}

/**
 * Compares the instruction files below a folder with those that a branch began from: which edits reached some copies of a text only.
 * Throws a CommandError where git has no such revision.
 */
export async function checkCopies(folder: string, revision: string): Promise<CheckedCopies> {
  const { partialEdits } = await import("@personakit/core/copies");
  const before = instructionFilesAt(folder, startOf(folder, revision));
  const after = readInstructionFiles(folder);
  const edits = partialEdits(before, after);
  return { findings: edits.flatMap((edit) => findingsOf(edit, resolve(folder))), checked: after.length };
}

/** The commit that the branch began from: what the other one has got since is no edit of this one. */
function startOf(folder: string, revision: string): string {
  if (revision.startsWith("-")) return revision;
  try {
    return git(folder, ["merge-base", revision, "HEAD"]).toString("utf8").trim();
  } catch {
    // A shallow clone may not reach back that far.
    return revision;
  }
}

const WHAT = { file: "file", section: "section", passage: "passage" } as const;

function findingsOf(edit: PartialEdit, folder: string): Finding[] {
  const { of, heading, edited, behind, was, is } = edit;
  const name = heading === "" ? `this ${WHAT[of]}` : `the ${WHAT[of]} "${heading}"`;
  const finding = (place: CopyPlace, problem: string, hint: string, diff: string): Finding => ({
    ...issue("partial-edit", at(place), problem, { hint }),
    ...{ file: join(folder, place.path), line: place.first, diff },
  });
  if (behind.length === 0) {
    const problem = `${name} was the same in ${count(edited.length, "file")}, and was edited in each in another way: ${edited.map(at).join(", ")}`;
    return [finding(edited[0] as CopyPlace, problem, "Make the same edit in all of them, unless each is meant.", "")];
  }
  const where = edited.map(at).join(", ");
  return behind.map((place) => {
    const others = behind.filter((other) => other !== place).map(at);
    const rest = others.length === 0 ? "" : `; so do ${others.join(", ")}`;
    const problem = `${name} was edited in ${where}, and still says here what stood there before${rest}`;
    const first = edited[0] as CopyPlace;
    const diff = unifiedDiff(place.path, [`${was}\n`, "here"], [`${is}\n`, `as in ${first.path}`]);
    return finding(place, problem, "Make the same edit here, or say it once: personakit extract.", diff);
  });
}

function at({ path, first, last }: CopyPlace): string {
  return first === last ? `${path}:${first}` : `${path}:${first}-${last}`;
}
