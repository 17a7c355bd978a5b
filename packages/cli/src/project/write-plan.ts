import { snapshot } from "@personakit/core";
import { targets, verifyArtifact } from "@personakit/targets";
import { diffOf, firstDifferentLine } from "../disk/file-diff.ts";
import { type ComparedFile, compare, oversizedFiles, type RecordedFile, readRecorded } from "../disk/file-status.ts";
import type { Held } from "../disk/journal.ts";
import {
  type AddedFrom,
  type ArtifactRecord,
  LOCKFILE,
  type Lockfile,
  type PersonaRecord,
  recordOf,
} from "../disk/lockfile.ts";
import { applyChange } from "../disk/transaction.ts";
import { isVouchedFor } from "../disk/vouch.ts";
import { hash } from "../files/text.ts";
import { type Attempts, attemptEach, CommandError, type Finding, issue, throwIssues } from "../issues/command-error.ts";
import { shorten, writeWarning } from "../output/terminal.ts";
import { ALL_PERSONAS, type Plan } from "../plan/make-plan.ts";
import { combinedArtifacts, withRecorded } from "./combined-files.ts";

/** How a plan compares with what is on disk. */
export interface DiskComparison {
  readonly compared: readonly ComparedFile[];
  /** Files that were written and are not made any more. */
  readonly orphans: readonly RecordedFile[];
  /** Files that the lockfile calls ours, and that no target makes: they are left alone, and their records go. */
  readonly doubtful: readonly RecordedFile[];
}

/** What of a project a plan is. */
export interface Scope {
  /** All that the project builds, so that everything else but what was added is orphaned. */
  readonly whole?: boolean;
  /** Personas that go. */
  readonly without?: readonly string[];
}

/** Compares a plan with a project. */
export function comparePlan(
  folder: string,
  plan: Plan,
  lockfile: Lockfile,
  { whole = false, without = [] }: Scope = {},
): DiskComparison {
  // What was added and is configured now is the configuration's.
  const ids = new Set(plan.personas.map(({ document }) => document.id));
  const isAdded = (persona: string) => lockfile.personas[persona]?.package !== undefined && !ids.has(persona);
  const stays = (persona: string) => !without.includes(persona) && (!whole || isAdded(persona));
  const combined = whole || without.length > 0 ? withRecorded(plan, lockfile) : plan.combined;
  const compared = compare(
    folder,
    [...plan.artifacts, ...combinedArtifacts(folder, combined, lockfile, stays)],
    lockfile,
  );
  const planned = new Set(compared.map(({ key }) => key));
  const made = new Set(plan.artifacts.flatMap(({ persona, targets }) => targets.map((id) => `${persona} ${id}`)));
  const recorded = readRecorded(folder, lockfile, (key, { persona, targets }) => {
    if (planned.has(key)) return false;
    if (without.includes(persona)) return true;
    if (persona === ALL_PERSONAS) return combined.some(({ path }) => path === key);
    return whole ? !isAdded(persona) : targets.length > 0 && targets.every((id) => made.has(`${persona} ${id}`));
  });
  const known = [...targets, ...plan.personas.flatMap(({ request }) => request.targets)];
  const isOrphan = ({ key, record }: RecordedFile) => isVouchedFor(key, record, known);
  return {
    compared,
    orphans: recorded.filter(isOrphan),
    doubtful: recorded.filter((each) => !isOrphan(each) && each.state !== "gone"),
  };
}

/** How a plan is written. */
interface WriteOptions {
  /** Whether what a hand has changed is overwritten. */
  readonly force?: boolean;
  /** What the personas came from that were added, by persona. */
  readonly added?: { readonly [persona: string]: AddedFrom };
}

/**
 * Brings a project to what a plan says. Throws a CommandError, and writes nothing, where a hand has changed a file, unless
 * `force`; where a file does not read as it was meant, or would be larger than its tool reads.
 */
export async function writePlan(
  held: Held,
  plan: Plan,
  lockfile: Lockfile,
  { compared, orphans, doubtful }: DiskComparison,
  { force = false, added = {} }: WriteOptions = {},
): Promise<void> {
  if (!force) refuseEdited(compared, orphans);
  const writes = compared.filter(({ state }) => state !== "current");
  throwIssues((await verify(writes)).issues);
  throwIssues(oversizedFiles(compared).map(({ path, problem, hint }) => issue("limit", path, problem, hint)));

  const artifacts: Record<string, ArtifactRecord> = { ...lockfile.artifacts };
  for (const { key } of [...orphans, ...doubtful]) delete artifacts[key];
  for (const each of compared) artifacts[each.key] = recordFor(each, lockfile.artifacts[each.key]);
  const personas = personaRecords(plan, lockfile, artifacts, added);
  applyChange(held, lockfile, { writes, removals: orphans, lockfile: { ...lockfile, artifacts, personas } });
  for (const { file } of doubtful)
    writeWarning(`${shorten(file)} ${DOUBTFUL}; it was left alone, and its record has gone`);
}

/** What is said of a file of which the lockfile says that it is ours. */
export const DOUBTFUL = `is in ${LOCKFILE}, and no target makes such a file`;

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
  added: { readonly [persona: string]: AddedFrom },
): Lockfile["personas"] {
  const personas: Record<string, PersonaRecord> = {};
  const standing = new Set(Object.values(artifacts).map(({ persona }) => persona));
  for (const [id, record] of Object.entries(lockfile.personas)) if (standing.has(id)) personas[id] = record;
  for (const { document } of plan.personas) {
    const source = added[document.id];
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

/** Reads changed files with parsers of their formats, as their tools will. */
function verify(changed: readonly ComparedFile[]): Promise<Attempts<never>> {
  return attemptEach(changed, async ({ artifact }) => {
    await verifyArtifact(artifact);
    return [];
  });
}
