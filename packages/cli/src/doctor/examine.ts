import type { Finding as Found } from "@personakit/checks";
import type { ExitCode } from "../issues/command-error.ts";
import { type Format, writeReport } from "../output/formats.ts";
import { writeLine } from "../output/terminal.ts";
import { aboutOf, findingOf, linesOfFindings, linesOfSummary, rulesOf } from "./report.ts";
import { pathsNamed, repositoryHere } from "./repository.ts";

/** What the command line asks for. */
export interface ExamineOptions {
  readonly only: readonly string[] | undefined;
  readonly strict: boolean;
  readonly fix: boolean;
  readonly dryRun: boolean;
  readonly format: Format;
  readonly json: boolean;
}

/** Looks at the instruction files of the repository. Returns 1 where something is wrong. */
export async function examine(named: readonly string[], options: ExamineOptions): Promise<ExitCode> {
  const { only, strict, json } = options;
  const { checks, runChecks, summaryOf } = await import("@personakit/checks");
  const repository = repositoryHere();
  const { root } = repository;
  const isNamed = pathsNamed(repository, named);
  const { facts, findings: all } = runChecks(repository, only === undefined ? {} : { only });
  const findings = all.filter(({ path }) => isNamed(path));
  const diagnosis = { facts, findings };
  const summary = summaryOf(diagnosis);
  const format = json ? "json" : options.format;
  if (format === "text") {
    for (const line of linesOfFindings(root, findings)) writeLine(line);
    for (const line of linesOfSummary(summary)) writeLine(line);
  } else {
    const issues = findings.map((each) => findingOf(root, each));
    writeReport(format, { kind: "findings", issues, rules: rulesOf(checks), about: aboutOf(diagnosis, summary) });
  }
  return findings.some((each) => fails(each, strict)) ? 1 : 0;
}

function fails({ severity }: Found, isStrict: boolean): boolean {
  return severity === "error" || (isStrict && severity === "warning");
}
