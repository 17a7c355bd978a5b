import { keyOf } from "../disk/artifact-key.ts";
import { diffOf, firstDifferentLine } from "../disk/file-diff.ts";
import { type ComparedFile, oversizedFiles, type RecordedFile, readRecorded } from "../disk/file-status.ts";
import { baseOf, LOCKFILE, type Lockfile, readLockfile, versionsOf } from "../disk/lockfile.ts";
import { type Finding, issue } from "../issues/command-error.ts";
import { FORMATS, writeReport } from "../output/formats.ts";
import { count, shorten, writeLine } from "../output/terminal.ts";
import type { Plan } from "../plan/make-plan.ts";
import { noProject, openProject, type Project } from "../project/open-project.ts";
import { comparePlan, waysOut } from "../project/write-plan.ts";
import { defineCommand } from "../usage/define-command.ts";
import { choice, flag, folder, sources, strict, targets, timeout } from "../usage/options.ts";

const PROBLEMS = {
  missing: "is missing",
  stale: "is not what the personas compile to now",
  edited: "was changed by hand, or is not a file of ours",
  orphan: "is not made by any persona any more",
  version: "was built from other versions than those that are installed",
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
  summary: "Compare the files on disk with what build would write. Writes nothing.",
  arguments: [sources],
  options: {
    ...timeout,
    ...targets,
    ...strict,
    ...folder,
    frozen: flag("also fail when the installed versions are not those that were built"),
    format: choice(FORMATS, "format", "how findings are written", "f"),
  },
  async run(args, options) {
    const project = await openProject(args, options);
    const lockfile = project?.lockfile ?? readLockfile(options.out);
    if (project === undefined && Object.keys(lockfile.artifacts).length === 0) throw noProject();
    const whole = args.length === 0;
    const parts = [
      ...(project === undefined ? [] : [checkBuilt(project, { whole })]),
      // Without their source only the hashes can be compared.
      ...(whole ? [checkAdded(options.out, lockfile, project === undefined)] : []),
    ];
    const findings = parts.flatMap((part) => part.findings);
    if (project !== undefined && options.frozen) findings.push(...otherVersions(project.plan, lockfile));
    const checked = parts.reduce((sum, part) => sum + part.checked, 0);
    const format = options.json ? "json" : options.format;
    writeReport(format, { kind: "findings", issues: findings, about: { checked } });
    if (format === "text") writeLine(conclusion(findings, checked));
    return findings.length === 0 ? 0 : 1;
  },
});

interface Checked {
  readonly findings: CheckFinding[];
  /** How many files were looked at. */
  readonly checked: number;
}

/** Compares what the sources, or the configuration, build. */
function checkBuilt({ folder: at, plan, lockfile }: Project, { whole }: { readonly whole: boolean }): Checked {
  const { compared, orphans } = comparePlan(at, plan, lockfile, { whole });
  const current = compared.filter(({ state }) => state === "current");
  const findings = [
    ...compared.flatMap((each) => (each.state === "current" ? [] : [changedFile(each, each.state)])),
    ...orphans.flatMap((each) => (each.state === "gone" ? [] : [recordedFile(each, "orphan")])),
    ...oversizedFiles(current).map(({ path, file, problem, hint }) => ({
      ...issue("limit", path, problem, hint),
      ...{ path, file, line: 1, diff: "" },
    })),
  ];
  return { findings, checked: compared.length };
}

/** Compares what came by `add`; where there is no configuration, everything that was ever written. */
function checkAdded(at: string, lockfile: Lockfile, all: boolean): Checked {
  const isAdded = (persona: string) => all || lockfile.personas[persona]?.package !== undefined;
  const recorded = readRecorded(at, lockfile, (_, { persona }) => isAdded(persona));
  const findings = recorded.flatMap((each): CheckFinding[] => {
    if (each.state === "untouched") return [];
    const finding = recordedFile(each, each.state === "gone" ? "missing" : "edited");
    const source = lockfile.personas[each.record.persona]?.package;
    return [source === undefined ? finding : { ...finding, addedFrom: source }];
  });
  return { findings, checked: recorded.length };
}

function changedFile(compared: ComparedFile, code: keyof typeof PROBLEMS): CheckFinding {
  const { artifact, file } = compared;
  const found = issue(code, shorten(file), PROBLEMS[code]);
  return { ...found, path: artifact.path, file, line: firstDifferentLine(compared), diff: diffOf(compared) };
}

function recordedFile(recorded: RecordedFile, code: keyof typeof PROBLEMS): CheckFinding {
  const { file } = recorded;
  return { ...issue(code, shorten(file), PROBLEMS[code]), path: keyOf(recorded), file, line: 1, diff: "" };
}

function otherVersions(plan: Plan, lockfile: Lockfile): CheckFinding[] {
  return plan.personas.flatMap(({ document }) => {
    const record = lockfile.personas[document.id];
    const installed = { version: document.version, extends: baseOf(document), ...versionsOf(document) };
    const built = { version: record?.version, extends: record?.extends, ...record?.fragments };
    const names = [...new Set([...Object.keys(built), ...Object.keys(installed)])];
    const different = names.flatMap((name) => {
      const [was, is] = [built[name as keyof typeof built], installed[name as keyof typeof installed]];
      return was === is ? [] : [`${name} ${was ?? "nothing"} -> ${is ?? "nothing"}`];
    });
    if (different.length === 0) return [];
    const found = issue("version", document.id, PROBLEMS.version, { cause: different.join(", ") });
    return [{ ...found, path: LOCKFILE, file: LOCKFILE, line: 1, diff: "" }];
  });
}

function conclusion(findings: readonly CheckFinding[], checked: number): string {
  const all = count(checked, "file");
  if (findings.length === 0) return `${all} compared, no drift.`;
  const sourcesOfAdded = [...new Set(findings.flatMap(({ addedFrom }) => addedFrom ?? []))];
  const built = findings.filter(({ addedFrom, code }) => addedFrom === undefined && code !== "limit");
  const edited = built.filter(({ code }) => code === "edited").length;
  const ways = [
    ...(edited > 0 ? [waysOut(edited)] : built.length > 0 ? ["Run personakit build, and commit what it writes."] : []),
    ...sourcesOfAdded.map(
      (each) => `personakit add ${each} writes what is missing, and with --force over a change by hand.`,
    ),
  ];
  return [`${count(findings.length, "finding")} in ${all}.`, ...ways].join(" ");
}
