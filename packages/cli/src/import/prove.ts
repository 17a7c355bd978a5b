import { join } from "node:path";
import type { Issue } from "@personakit/core";
import type { Target } from "@personakit/targets";
import { nameOfKey, placeOf } from "../disk/artifact-key.ts";
import { firstDifference } from "../disk/file-diff.ts";
import { isChanged, isPending } from "../disk/file-status.ts";
import { commitAround, type Held, type TextChange } from "../disk/journal.ts";
import { LOCKFILE, type Lockfile } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { readText } from "../files/text.ts";
import { CommandError, failure, issue } from "../issues/command-error.ts";
import type { PlannedPersona } from "../plan/make-plan.ts";
import { type DiskComparison, ProjectComparer } from "../project/compare-project.ts";
import { compileInThread } from "../project/compile-again.ts";
import { openProject } from "../project/open-project.ts";
import { writeChanges } from "../project/write-changes.ts";
import { findConfig, readConfig } from "../sources/config.ts";
import type { Entry, Shared } from "./entries.ts";
import type { FoundFile } from "./find-files.ts";

/** A project before an import. */
export interface Before {
  /** The file name of its configuration, if it has one. */
  readonly config: string | undefined;
  readonly lockfile: Lockfile;
  /** What its configuration says for all personas. */
  readonly shared: Shared;
  /** Why a file is not for an import: it is a source or an output already. */
  readonly whyKnown: (path: string) => string | undefined;
  /** Whether a persona with outputs has this id. */
  readonly isTaken: (id: string) => boolean;
  /** What its user knows already. */
  readonly warnings: readonly Issue[];
}

/**
 * Looks at a project, and passes each persona of its configuration to `visit`. Throws a CommandError where it cannot be built, or a build would
 * change something: nothing could be proved then.
 */
export async function lookBefore(folder: string, visit: (persona: PlannedPersona) => void = () => {}): Promise<Before> {
  const lockfile = readLockfile(folder);
  const config = findConfig(folder);
  const known = knownFrom(lockfile);
  const taken = new Set(Object.keys(lockfile.personas));
  const of = { config, lockfile, whyKnown: (path: string) => known.get(path), isTaken: (id: string) => taken.has(id) };
  if (config === undefined) return { ...of, shared: {}, warnings: [] };
  const { personas, targets, out } = await readConfig(join(folder, config));
  const shared = { ...(targets === undefined ? {} : { targets }), ...(out === undefined ? {} : { out }) };
  if (personas.length === 0) return { ...of, shared, warnings: [] };
  const project = openProject([], { out: folder });
  const comparer = new ProjectComparer(folder, lockfile, { whole: true });
  const compiled = await project?.compile((persona) => {
    const { artifacts, document, request } = persona;
    comparer.add(persona);
    visit(persona);
    const file = request.file?.path;
    if (file !== undefined) known.set(file, `is a source in ${config} already`);
    for (const { path, block, isSource } of artifacts) {
      if (!known.has(path) && !isSource) known.set(path, `is where ${what(document.id, block)} is built to`);
      if (!isSource) taken.add(document.id);
    }
  });
  if (compiled !== undefined) refuseUnbuilt(comparer.finish(compiled), config);
  return { ...of, shared, warnings: compiled?.warnings ?? [] };
}

function what(persona: string, block: string | undefined): string {
  return block === undefined ? persona : `a block of ${persona}`;
}

/** Says of files what the lockfile says of them: they are ours, or were. */
export function whyKnownFrom(lockfile: Lockfile): Before["whyKnown"] {
  const known = knownFrom(lockfile);
  return (path) => known.get(path);
}

function knownFrom({ artifacts, ejected }: Lockfile): Map<string, string> {
  const known = new Map<string, string>();
  for (const key of ejected) known.set(placeOf(key).path, "was built by PersonaKit and ejected");
  for (const [key, { persona }] of Object.entries(artifacts)) {
    const { path, block } = placeOf(key);
    known.set(path, block === undefined ? `is built from ${persona}` : `holds ${what(persona, block)}`);
  }
  return known;
}

function refuseUnbuilt(comparison: DiskComparison, config: string): void {
  const files = [...comparison.compared.filter(isPending), ...comparison.orphans];
  if (files.length === 0) return;
  const keys = files.slice(0, 3).map(({ key }) => nameOfKey(key));
  const problem = `a build would change ${keys.join(", ")}${files.length > 3 ? ` and ${files.length - 3} more` : ""}`;
  const hint = "Run personakit build first. Only in a project that is up to date can it be shown that nothing changes.";
  throw new CommandError([issue("stale", config, problem, hint)], { exitCode: 1, advice: NOTHING });
}

const NOTHING = "Nothing was written.";

/** What an import would build from. */
export interface Proposal {
  readonly folder: string;
  readonly before: Before;
  readonly entries: readonly Entry[];
  /** Every file that must stay as it is. */
  readonly files: readonly FoundFile[];
}

/** What was proved. */
export interface Proof {
  /** What the user should know of the project as it will be. */
  readonly warnings: readonly Issue[];
  readonly targets: readonly Target[];
}

/**
 * Builds the project with more personas, in memory. Throws a CommandError where that fails, and where a file would not have the
 * bytes that it has.
 */
export async function prove({ folder, before, entries, files }: Proposal): Promise<Proof> {
  const { lockfile } = before;
  const project = openProject([], { out: folder, added: entries });
  if (project === undefined) throw failure("no-project", undefined, "there is nothing to build");
  const comparer = new ProjectComparer(folder, lockfile, { whole: true });
  const shared = await attemptBuild(() => project.compile((persona) => comparer.add(persona)));
  refuseChanged(comparer.finish(shared));
  refuseTouched(folder, files, NOTHING);
  // Those of single files are said with them.
  const own = files.flatMap(({ loaded }) => loaded.warnings ?? []);
  const known = new Set([...own, ...before.warnings].map(keyOf));
  return { warnings: shared.warnings.filter((each) => !known.has(keyOf(each))), targets: shared.targets };
}

function keyOf({ code, place, problem }: Issue): string {
  return JSON.stringify([code, place, problem]);
}

/**
 * Writes the configuration and the lockfile, built from what is on disk now. Throws a CommandError, with everything as it was, where
 * a file would not have the bytes that it had.
 */
export async function writeProved(
  held: Held,
  { folder, before: { lockfile }, files, targets, change }: Proposal & Proof & { readonly change: TextChange },
  seconds: number,
): Promise<void> {
  const check = () => refuseTouched(folder, files, NOTHING);
  await commitProved(held, [change], { config: change.path, lockfile, targets, check }, seconds);
  refuseTouched(folder, files, `It was not PersonaKit that changed it. ${change.path} and ${LOCKFILE} are written.`);
}

/** What a build from disk has to know. */
export interface Rebuild extends Pick<Proof, "targets"> {
  /** The file name of the configuration. */
  readonly config: string;
  readonly lockfile: Lockfile;
  /** Throws where something else has changed meanwhile. */
  readonly check?: () => void;
}

/**
 * Writes sources and the configuration, and the lockfile of what is built from them. Throws a CommandError, with everything as it was,
 * where a build would change any file beyond those that are written here.
 */
export async function commitProved(
  held: Held,
  changes: readonly TextChange[],
  { config, lockfile, targets, check }: Rebuild,
  seconds: number,
): Promise<void> {
  const { folder } = held;
  await commitAround(held, changes, async (begun) => {
    const comparison = await compareAgain(folder, config, { lockfile, targets, seconds });
    refuseChanged(comparison);
    check?.();
    await writeChanges(begun, lockfile, comparison);
  });
}

/** What a project is compared with, and how long a module may take. */
interface Again {
  readonly lockfile: Lockfile;
  readonly targets: readonly Target[];
  readonly seconds: number;
}

/**
 * Builds a project from what is on disk now, in memory, and compares it with its files. Throws a CommandError where that fails.
 *
 * @param config The file name of its configuration, which has changed since it was loaded.
 */
export async function compareAgain(folder: string, config: string, again: Again): Promise<DiskComparison> {
  const { lockfile, targets, seconds } = again;
  const comparer = new ProjectComparer(folder, lockfile, { whole: true, hashes: true });
  const shared = await attemptBuild(async () => {
    // Data is read again; a module that was loaded would stay as it was.
    const project = config.endsWith(".json") ? openProject([], { out: folder }) : undefined;
    if (project !== undefined) return project.compile((persona) => comparer.add(persona));
    const compiled = await compileInThread({ sources: [], options: { out: folder }, seconds }, { targets });
    for (const persona of compiled.personas) comparer.add(persona);
    return compiled.shared;
  });
  return comparer.finish(shared);
}

async function attemptBuild<Result>(build: () => Promise<Result>): Promise<Result> {
  try {
    return await build();
  } catch (error) {
    throw new CommandError(CommandError.from(error).issues, { advice: NOTHING });
  }
}

/** Throws a CommandError where a build would write or remove anything. */
function refuseChanged({ compared, orphans }: DiskComparison): void {
  const changed = compared.filter(isPending).map((each) => {
    const { path } = each.artifact;
    if (!isChanged(each) || each.found === undefined) {
      return issue("changed-bytes", path, "would be a new file");
    }
    const line = firstDifference(each.found, each.artifact.text);
    return issue("changed-bytes", `${path}:${line}`, "would not have the bytes that it has, from this line on");
  });
  const removed = orphans.map(({ key }) => issue("changed-bytes", nameOfKey(key), "would be removed"));
  if (changed.length + removed.length === 0) return;
  throw new CommandError([...changed, ...removed], { exitCode: 1, advice: NOTHING });
}

/** Throws where a file is not as it was read. */
function refuseTouched(folder: string, files: readonly FoundFile[], advice: string): void {
  const issues = files.flatMap(({ path, text }) => {
    const now = readText(join(folder, path));
    if (now === text) return [];
    const line = now === undefined ? 1 : firstDifference(text, now);
    return [issue("changed-meanwhile", `${path}:${line}`, "was changed while the command was running")];
  });
  if (issues.length > 0) throw new CommandError(issues, { exitCode: 1, advice });
}
