import type { Issue } from "@personakit/core";
import { verifyArtifact } from "@personakit/targets";
import { diffOf, firstDifferentLine } from "../disk/file-diff.ts";
import {
  type ChangedFile,
  type ComparedFile,
  isChanged,
  isPending,
  oversizedFiles,
  type RecordedFile,
} from "../disk/file-status.ts";
import type { Held } from "../disk/journal.ts";
import type { ArtifactRecord, Lockfile } from "../disk/lockfile.ts";
import { applyChange } from "../disk/transaction.ts";
import { type Attempts, attemptEach, CommandError, type Finding, issue, throwIssues } from "../issues/command-error.ts";
import { shorten, writeWarning } from "../output/terminal.ts";
import { type DiskComparison, DOUBTFUL } from "./compare-project.ts";

/**
 * Brings a project to what was compared, with hashes. Throws a CommandError, and writes nothing, where a hand has changed a file,
 * unless `force`; where a file does not read as it was meant, or would be larger than its tool reads.
 */
export async function writeChanges(
  held: Held,
  lockfile: Lockfile,
  { compared, orphans, doubtful, unknown, lost, misread, personas }: DiskComparison,
  { force = false }: { readonly force?: boolean } = {},
): Promise<void> {
  if (!force) refuseEdited(compared, orphans);
  throwIssues(lost.map(lostMembers));
  throwIssues([...misread, ...(await verify(compared.filter(isChanged))).issues]);
  throwIssues(oversizedFiles(compared).map(({ path, problem, hint }) => issue("limit", path, problem, hint)));

  const artifacts: Record<string, ArtifactRecord> = { ...lockfile.artifacts };
  for (const { key } of [...orphans, ...doubtful]) delete artifacts[key];
  for (const each of compared) artifacts[each.key] = recordFor(each, lockfile.artifacts[each.key]);
  const standing = new Set(Object.values(artifacts).map(({ persona }) => persona));
  const others = Object.entries(lockfile.personas).filter(([id]) => standing.has(id));
  const after = { ...lockfile, artifacts, personas: { ...Object.fromEntries(others), ...personas } };
  applyChange(held, lockfile, { writes: compared.filter(isPending), removals: orphans, lockfile: after });
  for (const { file } of doubtful)
    writeWarning(`${shorten(file)} ${DOUBTFUL}; it was left alone, and its record has gone`);
  for (const { file, record } of unknown)
    writeWarning(
      `${shorten(file)} was written for ${record.targets.join(", ")}, which is not known here; it was left alone`,
    );
}

/** What a shared file says of the others is nowhere else. */
function lostMembers({ path, personas }: DiskComparison["lost"][number]): Issue {
  const problem = `does not say any more what it did of ${personas.join(", ")}`;
  const hint = "Restore it from version control; or run personakit update, or build all of its personas together.";
  return issue("lost-member", path, problem, hint);
}

/** The record of a file. Targets that share it with those of this build are kept. */
function recordFor({ artifact, sha256 = "" }: ComparedFile, earlier?: ArtifactRecord): ArtifactRecord {
  const { targets, persona } = artifact;
  const others = earlier?.sha256 === sha256 && earlier.persona === persona ? earlier.targets : [];
  const all = [...new Set([...others, ...targets])].sort();
  return { sha256, targets: all, persona, ...(earlier?.gap === undefined ? {} : { gap: earlier.gap }) };
}

function refuseEdited(compared: readonly ComparedFile[], orphans: readonly RecordedFile[]): void {
  const findings = [
    ...compared.filter(isChanged).flatMap((each) => (each.state === "edited" ? [editedFile(each.file, each)] : [])),
    ...orphans.filter(({ state }) => state === "edited").map(({ file }) => editedFile(file)),
  ];
  if (findings.length === 0) return;
  throw new CommandError(findings, { exitCode: 1, advice: `Nothing was written. ${waysOut(findings.length)}` });
}

function editedFile(file: string, compared?: ChangedFile): Finding {
  const found = issue("edited", shorten(file), "was changed by hand, or is not a file of ours");
  if (compared === undefined) return { ...found, file, line: 1, diff: "" };
  return { ...found, file, line: firstDifferentLine(compared), diff: diffOf(compared) };
}

/** What to do about files that a hand has changed. */
export function waysOut(files: number): string {
  const them = files === 1 ? "it" : "them";
  return [
    `Move the change into the persona's source, and delete the ${files === 1 ? "file" : "files"};`,
    `keep ${them} as your own with personakit eject;`,
    `or overwrite ${them} with --force.`,
  ].join(" ");
}

/** Reads changed files with parsers of their formats, as their tools will. */
function verify(changed: readonly ChangedFile[]): Promise<Attempts<never>> {
  return attemptEach(changed, async ({ artifact }) => {
    await verifyArtifact(artifact);
    return [];
  });
}
