import { snapshot } from "@personakit/core";
import { verifyArtifact } from "@personakit/targets";
import { diffOf, firstDifferentLine } from "../disk/file-diff.ts";
import { type ComparedFile, compare, oversizedFiles, type RecordedFile, readRecorded } from "../disk/file-status.ts";
import { type AddedFrom, type ArtifactRecord, type Lockfile, type PersonaRecord, recordOf } from "../disk/lockfile.ts";
import { hash } from "../disk/text.ts";
import { applyChange } from "../disk/transaction.ts";
import {
  type Attempts,
  attemptEach,
  CommandError,
  type Finding,
  failure,
  issue,
  throwIssues,
} from "../issues/command-error.ts";
import { shorten } from "../output/terminal.ts";
import { ALL_PERSONAS, type Plan } from "../plan/make-plan.ts";

/** How a plan compares with what is on disk. */
export interface DiskComparison {
  readonly compared: readonly ComparedFile[];
  /** Files that were written and are not made any more. */
  readonly orphans: readonly RecordedFile[];
}

/** Compares a plan with a project. `whole`: the plan is all that the project builds, so that everything else is orphaned. */
export function comparePlan(
  folder: string,
  plan: Plan,
  lockfile: Lockfile,
  { whole = false }: { readonly whole?: boolean } = {},
): DiskComparison {
  const compared = compare(folder, plan.artifacts, lockfile);
  const planned = new Set(compared.map(({ key }) => key));
  const made = new Set(
    plan.artifacts.flatMap(({ persona, targets }) => targets.map((target) => `${persona} ${target}`)),
  );
  // What was added and is configured now is the configuration's.
  const ids = new Set(plan.personas.map(({ document }) => document.id));
  const orphans = readRecorded(folder, lockfile, (key, { persona, targets }) => {
    if (planned.has(key)) return false;
    if (whole) return lockfile.personas[persona]?.package === undefined || ids.has(persona);
    return targets.every((target) => made.has(`${persona} ${target}`));
  });
  return { compared, orphans };
}

/**
 * Brings a project to what a plan says. Throws a CommandError, and writes nothing, where a hand has changed a file, unless
 * `force`; where a file does not read as it was meant, or would be larger than its tool reads.
 */
export async function writePlan(
  folder: string,
  plan: Plan,
  lockfile: Lockfile,
  { compared, orphans }: DiskComparison,
  { force = false, source }: { readonly force?: boolean; readonly source?: AddedFrom } = {},
): Promise<void> {
  if (!force) refuseEdited(compared, orphans);
  const writes = compared.filter(({ state }) => state !== "current");
  throwIssues((await verify(writes)).issues);
  throwIssues(oversizedFiles(compared).map(({ path, problem, hint }) => issue("limit", path, problem, hint)));

  const artifacts: Record<string, ArtifactRecord> = { ...lockfile.artifacts };
  for (const { key } of orphans) delete artifacts[key];
  for (const each of compared) artifacts[each.key] = recordFor(each, lockfile.artifacts[each.key]);
  applyChange(folder, lockfile, {
    writes,
    removals: orphans,
    lockfile: { ...lockfile, artifacts, personas: personaRecords(plan, lockfile, artifacts, source) },
  });
}

/** The record of a file. Targets that share it with those of this build are kept. */
function recordFor({ artifact: { text, targets, persona } }: ComparedFile, earlier?: ArtifactRecord): ArtifactRecord {
  const sha256 = hash(text);
  const others = earlier?.sha256 === sha256 && earlier.persona === persona ? earlier.targets : [];
  const all = [...new Set([...others, ...targets])].sort();
  return { sha256, targets: all, persona, ...(earlier?.gap === undefined ? {} : { gap: earlier.gap }) };
}

/** The records of the plan's personas, and of those others that still have files. */
function personaRecords(
  plan: Plan,
  lockfile: Lockfile,
  artifacts: Lockfile["artifacts"],
  source: AddedFrom | undefined,
): Lockfile["personas"] {
  const personas: Record<string, PersonaRecord> = {};
  const standing = new Set(Object.values(artifacts).map(({ persona }) => persona));
  for (const [id, record] of Object.entries(lockfile.personas)) if (standing.has(id)) personas[id] = record;
  for (const { document } of plan.personas) {
    // What was added has no overrides: all of it is the package's.
    const published = snapshot(document, { published: source === undefined });
    personas[document.id] = recordOf(document, published, source);
  }
  return personas;
}

function refuseEdited(compared: readonly ComparedFile[], orphans: readonly RecordedFile[]): void {
  const findings = [
    ...compared.filter(({ state }) => state === "edited").map((each) => editedFile(each.file, each)),
    ...orphans.filter(({ state }) => state === "edited").map(({ file }) => editedFile(file)),
  ];
  if (findings.length === 0) return;
  throw new CommandError(findings, { exitCode: 1, advice: `Nothing was written. ${waysOut(findings.length)}` });
}

function editedFile(file: string, compared?: ComparedFile): Finding {
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

/** A file of the whole set must not lose the personas that an earlier build put into it. */
export function refuseLostMembers(plan: Plan, lockfile: Lockfile): void {
  const combined = new Set(
    plan.artifacts.filter(({ persona }) => persona === ALL_PERSONAS).flatMap(({ targets }) => targets),
  );
  const here = new Set(plan.artifacts.map(({ persona }) => persona));
  const missing = Object.values(lockfile.artifacts)
    .filter(({ persona, targets }) => !here.has(persona) && targets.some((target) => combined.has(target)))
    .map(({ persona }) => persona);
  if (missing.length === 0) return;
  const problem = `an earlier build also made ${[...new Set(missing)].join(", ")}`;
  const hint = "Build all its personas together, or delete their files and entries.";
  throw failure("lost-member", [...combined].join(", "), problem, hint);
}

/** Reads changed files with parsers of their formats, as their tools will. */
function verify(changed: readonly ComparedFile[]): Promise<Attempts<never>> {
  return attemptEach(changed, async ({ artifact }) => {
    await verifyArtifact(artifact);
    return [];
  });
}
