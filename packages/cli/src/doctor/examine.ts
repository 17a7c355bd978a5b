import type { Diagnosis, Finding as Found } from "@personakit/checks";
import type { ExitCode, Finding } from "../issues/command-error.ts";
import { failure } from "../issues/command-error.ts";
import { documentOf, type Format, writeReport } from "../output/formats.ts";
import { count, shorten, writeJson, writeLine, writeLines, writeWarning } from "../output/terminal.ts";
import { mend } from "./fix.ts";
import { findingOf, linesOfFindings, linesOfSummary, rulesOf } from "./report.ts";
import { type DiskRepository, pathsNamed, repositoryHere } from "./repository.ts";
import { configuredFolder, settingsFor } from "./settings.ts";

/** What the command line asks for. */
export interface ExamineOptions {
  readonly only: readonly string[] | undefined;
  readonly checks: readonly string[] | undefined;
  readonly config: boolean;
  readonly strict: boolean;
  readonly fix: boolean;
  readonly dryRun: boolean;
  readonly format: Format;
  readonly json: boolean;
}

/** Looks at the instruction files of the repository, and mends what can be mended. Returns 1 where something is wrong then. */
export async function examine(named: readonly string[], options: ExamineOptions): Promise<ExitCode> {
  const { only, strict, fix, dryRun } = options;
  if (dryRun && !fix) throw failure("usage", "--dry-run", "needs --fix");
  const library = await import("@personakit/checks");
  let repository = repositoryHere();
  const { root } = repository;
  const settings = await settingsFor(library, configuredFolder(root), options);
  const { checks, off, notRun } = settings;
  const isNamed = pathsNamed(repository, named);
  const look = (at: DiskRepository): Diagnosis => {
    const { facts, findings } = library.runChecks(at, { checks, off, ...(only === undefined ? {} : { only }) });
    return { facts, findings: findings.filter(({ path }) => isNamed(path)) };
  };
  let diagnosis = look(repository);
  const mended = fix ? await mend(root, diagnosis.findings, library.applyFixes, options) : undefined;
  if (mended !== undefined && mended.count > 0 && !dryRun) {
    repository = repositoryHere();
    diagnosis = look(repository);
  }
  const { findings } = diagnosis;
  const unread = repository.unread.map(
    ({ path, why }): Finding => ({
      ...{
        code: "unread",
        place: shorten(path),
        problem: `is left out, because ${why}`,
        file: path,
        line: 1,
        diff: "",
      },
    }),
  );
  const summary = library.summaryOf(diagnosis);
  const issues = [...findings.map((each) => findingOf(root, each)), ...unread];
  const isClean = !findings.some((each) => fails(each, strict)) && unread.length === 0;
  const fixable = findings.filter((each) => each.fix !== undefined).length;
  if (options.json || options.format === "json") {
    const about = { fixed: mended?.paths ?? [], fixable, summary };
    writeJson({ ...documentOf({ kind: "findings", issues, about }), ok: isClean });
  } else if (options.format === "text") {
    for (const line of linesOfFindings(root, findings, only !== undefined)) writeLine(line);
    writeReport("text", { kind: "findings", issues: unread });
    for (const line of linesOfSummary(summary)) writeLine(line);
    if (mended !== undefined) {
      if (dryRun) for (const diff of mended.diffs) writeLines(diff.trimEnd());
      writeLine(
        `${count(mended.count, "finding")} ${dryRun ? "would be mended" : "mended"} in ${count(mended.paths.length, "file")}.`,
      );
    } else if (fixable > 0)
      writeLine(`personakit doctor --fix mends ${fixable} of them without changing what they say.`);
    if (notRun !== undefined) {
      writeWarning(`${notRun} is code and was not run: add --config to switch off what it switches off`, "stdout");
    }
  } else writeReport(options.format, { kind: "findings", issues, rules: rulesOf(checks) });
  return isClean ? 0 : 1;
}

function fails({ severity }: Found, isStrict: boolean): boolean {
  return severity === "error" || (isStrict && severity === "warning");
}

/** In one line, what the doctor would say here, with what a configuration in JSON switches off; undefined where it has nothing to say. */
export async function summaryHere(): Promise<string | undefined> {
  const library = await import("@personakit/checks");
  const repository = repositoryHere();
  const folder = configuredFolder(repository.root);
  const { off } = await settingsFor(library, folder, { checks: undefined, config: false });
  const { errors, warnings, dropped, files } = library.summaryOf(library.runChecks(repository, { off }));
  if (errors + warnings === 0) return undefined;
  const lost = dropped.length === 0 ? "" : ` Tools leave out ${dropped.length} of them.`;
  return `${count(files, "instruction file")} looked at: ${count(errors, "error")}, ${count(warnings, "warning")}.${lost} personakit doctor shows them.`;
}
