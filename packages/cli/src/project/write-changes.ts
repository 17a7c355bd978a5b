import { join } from "node:path";
import { formatIssue, type Issue } from "@personakit/core";
import { beginOfBlock } from "../disk/block.ts";
import { diffOf, firstDifferentLine } from "../disk/file-diff.ts";
import {
  type ChangedFile,
  type ComparedFile,
  hashOf,
  isChanged,
  isPending,
  oversizedFiles,
} from "../disk/file-status.ts";
import type { Held } from "../disk/journal.ts";
import { type ArtifactRecord, copied, LOCKFILE, type Lockfile } from "../disk/lockfile.ts";
import { applyChange } from "../disk/transaction.ts";
import { CommandError, type Finding, issue, throwIssues } from "../issues/command-error.ts";
import { count, shorten, writeWarning } from "../output/terminal.ts";
import { ALL_PERSONAS, type SharedPlan } from "../plan/make-plan.ts";
import { configFilesIn } from "../sources/config.ts";
import { type DiskComparison, DOUBTFUL, misreadOf } from "./compare-project.ts";
import { keepOriginals } from "./originals.ts";
import { sayOriginal } from "./removed.ts";
import type { ChangedText } from "./suggest-override.ts";

/** How to write changes. */
export interface WriteOptions {
  /** Whether to overwrite hand edits and the user's own files. */
  readonly force?: boolean;
  /** How to keep both the user's file and the persona's. */
  readonly keepBoth?: string;
}

/**
 * Writes what a comparison with hashes found. Throws a CommandError, and writes nothing, if a file was changed by hand
 * or is the user's own, unless `force` is set, which keeps originals; if a file would be misread,
 * or would be larger than its tool reads.
 */
export async function writeChanges(
  held: Held,
  lockfile: Lockfile,
  comparison: DiskComparison,
  { force = false, keepBoth }: WriteOptions = {},
): Promise<void> {
  if (!force) await refuseToOverwrite(held.folder, comparison, keepBoth);
  const { compared, orphans, doubtful, unknown, lost, misread, personas } = comparison;
  throwIssues(lost.map(lostMembers));
  const changed = compared.filter(isChanged);
  throwIssues([...misread, ...changed.flatMap(({ artifact }) => misreadOf(artifact))]);
  throwIssues(oversizedFiles(compared).map(({ path, problem, hint }) => issue("limit", path, problem, hint)));
  const foreign = changed.filter(({ state }) => state === "foreign");
  const originals = keepOriginals(held.folder, foreign);

  const artifacts = copied(lockfile.artifacts);
  for (const { key } of [...orphans, ...doubtful]) delete artifacts[key];
  for (const each of compared) {
    if (each.artifact.isSource) delete artifacts[each.key];
    else artifacts[each.key] = recordFor(each, lockfile.artifacts[each.key], originals.places.get(each.key));
  }
  const standing = new Set(Object.values(artifacts).map(({ persona }) => persona));
  const others = Object.entries(lockfile.personas).filter(([id]) => standing.has(id));
  const after = { ...lockfile, artifacts, personas: { ...Object.fromEntries(others), ...personas } };
  const writes = compared.filter(isPending);
  applyChange(held, lockfile, { writes, removals: orphans, lockfile: after, kept: originals.copies });
  for (const { key, file } of foreign) {
    const original = originals.places.get(key) ?? "";
    writeWarning(`${shorten(file)} was yours: your original is ${sayOriginal(held.folder, file, original)}`);
  }
  for (const { file } of doubtful)
    writeWarning(`${shorten(file)} ${DOUBTFUL}; it was left alone, and its record was removed`);
  for (const { file, record } of unknown)
    writeWarning(
      `${shorten(file)} was written for ${record.targets.join(", ")}, which is not known here; it was left alone`,
    );
}

/** Entries of other personas exist only in the shared file. */
function lostMembers({ path, personas }: DiskComparison["lost"][number]): Issue {
  const problem = `no longer has its entries for ${personas.join(", ")}`;
  const hint = "Restore it from version control, run personakit update, or build all of its personas together.";
  return issue("lost-member", path, problem, hint);
}

/** The record of a file. Targets that share it with those of this build are kept. */
function recordFor(compared: ComparedFile, earlier?: ArtifactRecord, place?: string): ArtifactRecord {
  const { targets, persona } = compared.artifact;
  const sha256 = hashOf(compared) ?? "";
  const others = earlier?.sha256 === sha256 && earlier.persona === persona ? earlier.targets : [];
  const all = [...new Set([...others, ...targets])].sort();
  const original = place ?? earlier?.original;
  return {
    ...{ sha256, targets: all, persona },
    ...(earlier?.gap === undefined ? {} : { gap: earlier.gap }),
    ...(original === undefined ? {} : { original }),
  };
}

/** Throws a CommandError if a hand edit or the user's own file would be overwritten. */
export async function refuseToOverwrite(
  folder: string,
  { compared, orphans, edited: documents, personas }: DiskComparison,
  keepBoth: string = ANOTHER_ID,
): Promise<void> {
  const changed = compared.filter(isChanged);
  const foreign = changed.filter(({ state }) => state === "foreign");
  // A file of all personas has the same name under any id.
  const isShared = foreign.every(({ artifact }) => artifact.persona === ALL_PERSONAS);
  const keeper = waysToKeep(folder, documents, (id) => personas[id]?.package !== undefined);
  const byHand = changed.filter(({ state }) => state === "edited");
  const edited: Finding[] = [
    ...(await Promise.all(byHand.map(async (each) => ({ ...editedFile(each.file, each), ...(await keeper(each)) })))),
    ...orphans.filter(({ state }) => state === "edited").map(({ file }) => editedFile(file)),
  ];
  const findings = [...foreign.map(({ file }) => foreignFile(file)), ...edited];
  if (findings.length === 0) return;
  const ways = [
    ...(foreign.length > 0 ? [waysForForeign(foreign.length, isShared ? undefined : keepBoth)] : []),
    ...(edited.length > 0 ? [waysOut(edited.length)] : []),
  ];
  throw new CommandError(findings, { exitCode: 1, advice: ["Nothing was written.", ...ways].join(" ") });
}

/** Describes a file that is the user's own. */
export const FOREIGN = `is your own file: ${LOCKFILE} has no record of it`;

/** How a built file differs from what a build would write. */
export const DRIFT = {
  missing: "is missing",
  stale: "differs from what your personas compile to now",
  edited: "was changed by hand",
  foreign: FOREIGN,
  orphan: "is no longer made by any persona",
  doubtful: DOUBTFUL,
} as const;

function foreignFile(file: string): Finding {
  return { ...issue("foreign", shorten(file), FOREIGN), file, line: 1, diff: "" };
}

function editedFile(file: string, compared?: ChangedFile): Finding {
  const found = issue("edited", shorten(file), "was changed by hand");
  if (compared === undefined) return { ...found, file, line: 1, diff: "" };
  return { ...found, file, line: firstDifferentLine(compared), diff: diffOf(compared) };
}

/** How to keep both the user's file and the persona's, in a project. */
export const ANOTHER_ID =
  'To keep both, give the persona another id with extend({ id: "<name>" }), or add it with personakit add <package> --as <name>.';

/** Ways out when files are the user's own. */
export function waysForForeign(files: number, keepBoth: string | undefined): string {
  const [it, them] = files === 1 ? ["your file", "it"] : ["your files", "them"];
  const ways = [
    ...(keepBoth === undefined ? [`Move ${it} away.`] : [keepBoth, `Or move ${it} away.`]),
    `Or overwrite ${them} with --force, which keeps yours as .orig unless git has it unchanged.`,
  ];
  return ways.join(" ");
}

/** Ways out when files were changed by hand. */
export function waysOut(files: number): string {
  const them = files === 1 ? "it" : "them";
  return [
    "Keep the change with personakit override;",
    `keep ${them} as your own with personakit eject;`,
    `or overwrite ${them} with --force.`,
  ].join(" ");
}

/** Finds out how changes by hand are kept: for a file of a persona, lines to read. */
export function waysToKeep(
  folder: string,
  edited: DiskComparison["edited"],
  isAdded: (persona: string) => boolean,
): (changed: ChangedFile) => Promise<Pick<Finding, "keep">> {
  return async (changed) => {
    const { persona, from } = changed.artifact;
    if (from !== undefined) return { keep: [`To keep your change, make it in ${from}.`] };
    const document = edited.get(persona);
    if (document === undefined) return {};
    // Of a text that was not taken apart, the file itself is the place of every change.
    if (document.source !== undefined && document.sections[0]?.origin.unit === document.id) {
      return { keep: [`To keep your change, make it in ${changed.artifact.source}.`] };
    }
    const [config] = configFilesIn(folder);
    const { suggestOverride } = await import("./suggest-override.ts");
    const about = {
      file: shorten(changed.file),
      config: config === undefined || isAdded(persona) ? undefined : shorten(join(folder, config)),
      isAdded: isAdded(persona),
    };
    return { keep: suggestOverride(textOfChanged(changed), document, about) };
  };
}

/** A changed file, as its change by hand is read. */
export function textOfChanged({ artifact, found = "", before = "" }: ChangedFile): ChangedText {
  const linesAbove = artifact.block === undefined ? 0 : beginOfBlock(before, artifact.block);
  return { artifact, found, linesAbove };
}

/** So many findings of the user's own files are no more to read than their number. */
const FEW = 3;

/** How warnings are said. */
interface Telling {
  readonly isWhole: boolean;
  /** The command that says all of them with --verbose. */
  readonly command: "build" | "check";
}

/** Warnings as lines. Many findings of the user's own files, which every run would repeat, are counted by their codes. */
export function warningLines(
  { warnings, fileWarnings }: Pick<SharedPlan, "warnings" | "fileWarnings">,
  { isWhole, command }: Telling,
): string[] {
  if (isWhole || fileWarnings.length <= FEW) return warnings.map(formatIssue);
  const own = new Set(fileWarnings);
  const files = new Set(fileWarnings.map(({ place = "" }) => place.replace(/:\d+$/, "")));
  const times = new Map<string, number>();
  for (const { code } of fileWarnings) times.set(code, (times.get(code) ?? 0) + 1);
  const codes = [...times].map(([code, number]) => `${number} ${code}`).join(", ");
  const found = `${count(fileWarnings.length, "finding")} in ${count(files.size, "file")} of your own: ${codes}`;
  return [
    `${found}. To list them, run personakit ${command} --verbose.`,
    ...warnings.flatMap((warning) => (own.has(warning) ? [] : formatIssue(warning))),
  ];
}
