import type { Issue } from "@personakit/core";
import { nameWithVersion } from "@personakit/core/internal";
import { keyOf, placeOf } from "../disk/artifact-key.ts";
import { diffOf, firstDifferentLine } from "../disk/file-diff.ts";
import { type ChangedFile, isChanged, oversizedFiles, type RecordedFile, readRecorded } from "../disk/file-status.ts";
import { settle } from "../disk/lock.ts";
import { LOCKFILE, type Lockfile, type PersonaRecord } from "../disk/lockfile.ts";
import { fileOf } from "../disk/paths.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { type ExitCode, type Finding, failure, issue } from "../issues/command-error.ts";
import { documentOf, FORMATS, type Format, type Report, writeReport } from "../output/formats.ts";
import { count, shorten, writeLine, writeWarning } from "../output/terminal.ts";
import { type AddedPersona, addedPersonas, notFollowed } from "../project/added-personas.ts";
import { compareAdded } from "../project/check-added.ts";
import type { DiskComparison } from "../project/compare-project.ts";
import { eachProject, type Outcome } from "../project/each-project.ts";
import { compareProject, noProject, openProject, type ProjectOptions } from "../project/open-project.ts";
import { ANOTHER_ID, DRIFT, warningLines, waysForForeign, waysOut, waysToKeep } from "../project/write-changes.ts";
import { isPath } from "../sources/package-spec.ts";
import { defineCommand } from "../usage/define-command.ts";
import { choice, flag, project, sources, strict, targets, text, timeout, workspace } from "../usage/options.ts";

const PROBLEMS = {
  ...DRIFT,
  version: "was built from versions other than the installed ones",
  limit: "is larger than its tool reads",
} as const;

/** Something in a project that is not as it should be. */
interface CheckFinding extends Finding {
  readonly path: string;
  /** What the file's persona was added from. */
  readonly addedFrom?: string;
}

/** Compares the files of a project with what the personas compile to; 1 when any differs. Asks no network. */
export default defineCommand({
  name: "check",
  group: "daily",
  summary: "Compare the files on disk with what build would write",
  details: "Writes nothing, and exits with 1 when they differ.",
  arguments: [sources],
  options: {
    ...timeout,
    ...targets,
    ...strict,
    ...project,
    ...workspace,
    verbose: flag("list every finding in files of your own", "v"),
    frozen: flag("also fail when the installed versions differ from those that were built"),
    doctor: flag("also look for what tools drop or cut of the built files, as a configuration with checks always does"),
    copies: flag("check edits of copied text instead: fail when one reached some of the copies only"),
    base: text("revision", "with --copies: the git revision that your edits began from"),
    format: choice(FORMATS, "format", "how to print findings", "f"),
  },
  run: (args, options) => {
    if (options.copies || options.base !== undefined) return watchCopies(args, options);
    return eachProject(args, options, (out) => check(args, { ...options, out }));
  },
});

interface CopiesOptions {
  readonly copies: boolean;
  readonly base: string | undefined;
  readonly out: string | undefined;
  readonly workspace: boolean;
  readonly json: boolean;
  readonly format: Format;
}

/** Checks what was edited since a revision in files that nobody has to have configured. */
async function watchCopies(
  sources: readonly string[],
  { copies, base, out = ".", workspace, json, format }: CopiesOptions,
): Promise<ExitCode> {
  if (!copies) throw failure("usage", "--base", "needs --copies");
  if (base === undefined) {
    throw failure("usage", "--copies", "needs --base <revision>", "For what is not committed yet, it is HEAD.");
  }
  const other = sources[0] ?? (workspace ? "--workspace" : undefined);
  if (other !== undefined) {
    throw failure("conflicting-options", other, "cannot be combined with --copies, which looks at all files");
  }
  const { checkCopies } = await import("../copies/check-copies.ts");
  const { findings, checked } = await checkCopies(out, base);
  const report: Report = { kind: "findings", issues: findings, about: { checked } };
  const as = json ? "json" : format;
  writeReport(as, report);
  const files = count(checked, "instruction file");
  if (as === "text") {
    writeLine(
      findings.length === 0
        ? `${files} looked at: every edit since ${base} reached all copies.`
        : `${count(findings.length, "copy", "copies")} in ${files} not reached by an edit since ${base}.`,
    );
  }
  return findings.length === 0 ? 0 : 1;
}

interface CheckOptions extends ProjectOptions {
  readonly json: boolean;
  readonly format: Format;
  readonly frozen: boolean;
  readonly doctor: boolean;
  readonly verbose: boolean;
  readonly workspace: boolean;
}

async function check(sources: readonly string[], options: CheckOptions): Promise<Outcome> {
  const { out, format, json, frozen } = options;
  await settle(out, "check");
  const project = openProject(sources, options);
  const lockfile = project?.lockfile ?? readLockfile(out);
  const isEmpty = Object.keys(lockfile.artifacts).length === 0 && lockfile.ejected.length === 0;
  if (project === undefined && isEmpty) throw await noProject("check");
  const whole = sources.length === 0;
  const built = project === undefined ? undefined : await compareProject(project, { whole });
  const isConfigured = (id: string) => built !== undefined && Object.hasOwn(built.personas, id);
  const added = whole ? await compareAdded(out, lockfile, isConfigured) : undefined;
  const comparisons = [built, added?.comparison].filter((each) => each !== undefined);
  // Without their source, files can only be compared by their hashes.
  const isRest = (persona: string) => {
    if (added === undefined || added.compiled.has(persona) || isConfigured(persona)) return false;
    return project === undefined || lockfile.personas[persona]?.package !== undefined;
  };
  const edited = new Map(comparisons.flatMap((each) => [...each.edited]));
  const keeper = waysToKeep(out, edited, (id) => added?.compiled.has(id) === true);
  const { findings, checked } = await checkAll(out, lockfile, comparisons, isRest, keeper);
  findings.push(...(added?.other ?? []).map((each) => inLockfile(out, each)));
  if (options.doctor || built?.checks !== undefined) {
    const { checkBuilt } = await import("../doctor/built.ts");
    const paths = Object.keys(lockfile.artifacts).map((key) => placeOf(key).path);
    findings.push(...(await checkBuilt(out, paths)).map((each) => ({ ...each, path: each.file })));
  }
  if (built !== undefined && frozen) findings.push(...otherVersions(out, built.personas, lockfile));
  const unverified = added?.unverified ?? [];
  const { fileWarnings = [], sourceWarnings = [] } = built ?? {};
  const warnings = [...fileWarnings, ...sourceWarnings];
  const about = { checked, unverified: unverified.map(({ id }) => id), warnings };
  const report: Report = { kind: "findings", issues: findings, about };
  if (format === "text" && !json) {
    writeReport("text", report);
    const telling = { isWhole: options.verbose, command: "check" } as const;
    for (const line of warningLines({ warnings, fileWarnings }, telling)) writeWarning(line, "stdout");
    writeLine(conclusion(findings, checked, lockfile, options));
    if (unverified.length > 0) writeLine(aboutUnverified(unverified, lockfile, out));
  }
  return { exitCode: findings.length === 0 ? 0 : 1, issues: findings, warnings, document: () => documentOf(report) };
}

interface Checked {
  readonly findings: CheckFinding[];
  /** How many files were looked at. */
  readonly checked: number;
}

/** What is not as it should be in files that were compared, and in those of the other personas that `isRest` picks, by their hashes. */
async function checkAll(
  folder: string,
  lockfile: Lockfile,
  comparisons: readonly DiskComparison[],
  isRest: (persona: string) => boolean,
  keeper: ReturnType<typeof waysToKeep>,
): Promise<Checked> {
  // A file of all personas is in the configuration's comparison and in that of what was added.
  const byKey = new Map(comparisons.flatMap((each) => each.compared).map((each) => [each.key, each]));
  const compared = [...byKey.values()];
  const current = compared.filter((each) => !isChanged(each));
  const recorded = readRecorded(folder, lockfile, (key, { persona }) => !byKey.has(key) && isRest(persona));
  const from = (persona: string) => lockfile.personas[persona]?.package;
  const changed = compared.filter(isChanged).map(async (each) => {
    const finding = addedFrom(changedFile(each, each.state), from(each.artifact.persona));
    return each.state === "edited" ? { ...finding, ...(await keeper(each)) } : finding;
  });
  const findings = [
    ...(await Promise.all(changed)),
    ...comparisons.flatMap(({ orphans, doubtful }) => [
      ...orphans.flatMap((each) => (each.state === "gone" ? [] : [recordedFile(each, "orphan")])),
      ...doubtful.map((each) => recordedFile(each, "doubtful")),
    ]),
    ...oversizedFiles(current).map(({ path, file, problem, hint }) => ({
      ...issue("limit", path, problem, hint),
      ...{ path, file, line: 1, diff: "" },
    })),
    ...recorded.flatMap((each) =>
      each.state === "untouched"
        ? []
        : [addedFrom(recordedFile(each, each.state === "gone" ? "missing" : "edited"), from(each.record.persona))],
    ),
  ];
  return { findings, checked: compared.length + recorded.length };
}

function addedFrom(finding: CheckFinding, source: string | undefined): CheckFinding {
  return source === undefined ? finding : { ...finding, addedFrom: source };
}

/** Says what was compared by its hash alone, and how to compare all of it. */
function aboutUnverified(unverified: readonly AddedPersona[], { artifacts }: Lockfile, folder: string): string {
  const ids = new Set(unverified.map(({ id }) => id));
  const files = Object.values(artifacts).filter(({ persona }) => ids.has(persona)).length;
  const ways = unverified.map((added) =>
    notFollowed(folder, added) === undefined && !isPath(added.package) && added.document !== undefined
      ? `npm cache add ${nameWithVersion({ id: added.package, version: added.version })}`
      : `personakit add ${added.package}`,
  );
  const what = `${count(files, "file")} compared by ${files === 1 ? "its" : "their"} recorded hash only`;
  return `${what}: the package is not installed or cached. To compare its text too, run: ${[...new Set(ways)].join("; ")}`;
}

/** The command that writes an added persona as it was written. */
function againOf({ id, package: from, version }: AddedPersona, { artifacts }: Lockfile): string {
  const records = Object.values(artifacts).filter(({ persona }) => persona === id);
  const targets = [...new Set(records.flatMap((record) => record.targets))].sort().join(",");
  return `personakit add ${isPath(from) ? from : nameWithVersion({ id: from, version })} --as ${id} --target ${targets}`;
}

function changedFile(compared: ChangedFile, code: keyof typeof PROBLEMS): CheckFinding {
  const { artifact, file } = compared;
  const found = issue(code, shorten(file), PROBLEMS[code]);
  return { ...found, path: artifact.path, file, line: firstDifferentLine(compared), diff: diffOf(compared) };
}

function recordedFile(recorded: RecordedFile, code: keyof typeof PROBLEMS): CheckFinding {
  const { file } = recorded;
  return { ...issue(code, shorten(file), PROBLEMS[code]), path: keyOf(recorded), file, line: 1, diff: "" };
}

/** A finding that no line of a built file shows. */
function inLockfile(folder: string, found: Issue): CheckFinding {
  return { ...found, path: LOCKFILE, file: fileOf(folder, LOCKFILE), line: 1, diff: "" };
}

function otherVersions(folder: string, personas: Lockfile["personas"], lockfile: Lockfile): CheckFinding[] {
  // Without a lockfile nothing was built, and nothing is another version.
  if (lockfile.text === undefined) return [inLockfile(folder, issue("version", LOCKFILE, NO_LOCKFILE, NO_RECORD))];
  return Object.entries(personas).flatMap(([id, now]) => {
    const record = lockfile.personas[id];
    if (record === undefined) return [inLockfile(folder, issue("version", id, NOT_RECORDED, NO_RECORD))];
    const [built, installed] = [versionsIn(record), versionsIn(now)];
    const names = [...new Set([...Object.keys(built), ...Object.keys(installed)])];
    const different = names.flatMap((name) => {
      const [was, is] = [built[name], installed[name]];
      return was === is ? [] : [`${name} ${was ?? "(new)"} -> ${is ?? "(gone)"}`];
    });
    if (different.length === 0) return [];
    return [inLockfile(folder, issue("version", id, PROBLEMS.version, { cause: different.join(", ") }))];
  });
}

function versionsIn({ version, extends: base, includes = {}, fragments }: PersonaRecord): {
  readonly [name: string]: string | undefined;
} {
  const personas = Object.entries(includes).map(([id, each]) => [`persona ${id}`, each]);
  return { version, extends: base, ...Object.fromEntries(personas), ...fragments };
}

const NO_LOCKFILE = "is missing, so the versions that were built are unknown";
const NOT_RECORDED = `is not in ${LOCKFILE}, so the versions that it was built from are unknown`;
const NO_RECORD = { hint: `Run personakit build, and commit ${LOCKFILE}.` };

/** Whether a finding is one of the doctor's: a build would write the same again. */
function isCheck(code: string): boolean {
  return code.includes("/");
}

function conclusion(
  findings: readonly CheckFinding[],
  checked: number,
  lockfile: Lockfile,
  { workspace }: Pick<CheckOptions, "workspace">,
): string {
  const all = count(checked, "file");
  if (findings.length === 0) return `${all} compared, no drift.`;
  const sourcesOfAdded = new Set(findings.flatMap(({ addedFrom }) => addedFrom ?? []));
  const hasOwnAdvice = (code: string) => code === "limit" || code === "other-document" || isCheck(code);
  const built = findings.filter(({ addedFrom, code }) => addedFrom === undefined && !hasOwnAdvice(code));
  const foreign = built.filter(({ code }) => code === "foreign").length;
  const edited = built.filter(({ code }) => code === "edited").length;
  const ways = [
    ...(foreign > 0 ? [waysForForeign(foreign, ANOTHER_ID)] : []),
    ...(edited > 0
      ? [waysOut(edited)]
      : built.length > foreign
        ? [`Run personakit build${workspace ? " --workspace" : ""}, and commit what it writes.`]
        : []),
    ...addedPersonas(lockfile)
      .filter((added) => sourcesOfAdded.has(added.package))
      .map((added) => `${againOf(added, lockfile)} writes what is missing, and with --force also what you changed.`),
  ];
  return [`${count(findings.length, "finding")} in ${all}.`, ...ways].join(" ");
}
