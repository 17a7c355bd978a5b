import { createRequire } from "node:module";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { formatIssue, type Issue } from "@personakit/core";
import { own } from "@personakit/core/internal";
import { repositoryOf } from "../files/above.ts";
import { FINDING_CODES } from "../issues/codes.ts";
import type { Finding } from "../issues/command-error.ts";
import { hasColors, paintDiff, paintLabel } from "./color.ts";
import { oneSafeLine, shorten, writeAtOnce, writeRaw } from "./terminal.ts";

/** The formats for issues. */
export const FORMATS = ["text", "json", "github", "sarif"] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];

/** Issues to print: what stopped a command, or what it found. */
export interface Report {
  /** Errors: the command could not do its work. Findings: it did, and this is the result. */
  readonly kind: "errors" | "findings";
  readonly issues: readonly (Issue | Finding)[];
  /** What someone should look at, although it is neither an error nor a finding. */
  readonly warnings?: readonly Issue[];
  /** What to do about all of them. */
  readonly advice?: string | undefined;
  /** What code scanning shows of findings whose codes are not in our table. */
  readonly rules?: readonly Rule[];
  /** More fields for JSON. */
  readonly about?: object;
}

/** What code scanning shows of a kind of finding. */
export interface Rule {
  readonly id: string;
  /** What is found. */
  readonly text: string;
  /** Why it matters. */
  readonly help: string;
  /** The page that says more. */
  readonly uri: string;
  readonly level: "error" | "warning" | "note";
}

/** A report in one of the forms, line by line. */
export const FORMATTERS: { readonly [F in Format]: (report: Report) => string[] } = {
  text: (report) => textLines(report),
  json: (report) => [JSON.stringify(documentOf(report), null, 2)],
  github: ({ issues, warnings = [] }) => [
    ...issues.map((issue) => `::${commandFor(issue)} ${propertiesOf(issue)}::${data(textOf(issue))}`),
    ...warnings.map((issue) => `::warning ${propertiesOf(issue)}::${data(textOf(issue))}`),
  ],
  sarif: (report) => [JSON.stringify(sarif(report), null, 2)],
};

/** What is done to lines of a report before they are written. */
interface Painter {
  readonly line: (line: string) => string;
  readonly diff: (lines: readonly string[]) => readonly string[];
}

const PLAIN: Painter = { line: (line) => line, diff: (lines) => lines };

const COLORED: Painter = {
  line: (line) => paintLabel(oneSafeLine(line)),
  diff: (lines) => paintDiff(lines.map(oneSafeLine)),
};

function textLines({ kind, issues, advice }: Report, { line, diff }: Painter = PLAIN): string[] {
  const prefix = kind === "errors" ? "error: " : "";
  const lines = issues.flatMap((issue) => [line(`${prefix}${formatIssue(issue)}`), ...diff(diffOf(issue))]);
  return advice === undefined ? lines : [...lines, line(`${prefix}${advice}`)];
}

/** A report as a program reads it. */
export function documentOf({ kind, issues, advice, about }: Report): object {
  const written = issues.map((issue) => ({ ...issue, message: formatIssue(issue) }));
  return { ok: issues.length === 0, ...about, [kind]: written, ...(advice === undefined ? {} : { advice }) };
}

function isFinding(issue: Issue | Finding): issue is Finding {
  return "file" in issue;
}

function commandFor(issue: Issue | Finding): string {
  const level = isFinding(issue) ? issue.level : undefined;
  return level === "note" ? "notice" : (level ?? "error");
}

function diffOf(issue: Issue | Finding): string[] {
  if (!isFinding(issue)) return [];
  const { diff, keep = [] } = issue;
  return [...(diff === "" ? [] : [...diff.replace(/\n$/, "").split("\n"), ""]), ...keep];
}

function textOf(issue: Issue | Finding): string {
  return [formatIssue(issue), ...diffOf(issue)].join("\n");
}

function propertiesOf(issue: Issue | Finding): string {
  const title = `title=${property(`personakit: ${issue.code}`)}`;
  if (!isFinding(issue)) return title;
  const { file, line, column } = issue;
  return `file=${property(pathInRepository(file))},line=${line},${column === undefined ? "" : `col=${column},`}${title}`;
}

/**
 * A path as a code host shows it, wherever the command was started: relative to the repository. A checkout without `.git`
 * is recognized by GitHub's own variable.
 */
function pathInRepository(path: string): string {
  const file = resolve(path);
  const roots = [repositoryOf(dirname(file)), process.env.GITHUB_WORKSPACE];
  const paths = roots.flatMap((root) => (root ? [relative(root, file)] : []));
  const inside = paths.find((each) => each.split(sep)[0] !== ".." && !isAbsolute(each));
  return inside?.split(sep).join("/") ?? shorten(file);
}

/** The escapes of workflow commands (GitHub, toolkit `command.ts`), over lines that are safe to show. */
function data(text: string): string {
  return text.split("\n").map(oneSafeLine).join("\n").replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** A SARIF 2.1.0 log, for code scanning. */
function sarif({ issues, warnings = [], rules: known = [] }: Report): object {
  const findings = issues.filter(isFinding);
  const errors = issues.filter((issue) => !isFinding(issue));
  const rules = [...new Set(findings.map(({ code }) => code))].sort();
  const driver = {
    name: "personakit",
    version: ownVersion(),
    informationUri: "https://github.com/personakit/personakit",
    rules: rules.map((id) => ruleOf(id, known)),
  };
  const notify = (level: string) => (issue: Issue) => ({
    descriptor: { id: issue.code },
    level,
    message: { text: formatIssue(issue) },
  });
  const notifications = [...errors.map(notify("error")), ...warnings.map(notify("warning"))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        invocations: [{ executionSuccessful: errors.length === 0, toolExecutionNotifications: notifications }],
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: rules.indexOf(finding.code),
          level: finding.level ?? "error",
          message: { text: textOf(finding) },
          locations: [locationOf(finding)],
        })),
      },
    ],
  };
}

/** The version of this package. Read on demand, because importing it would load one more module at every start. */
function ownVersion(): string {
  return createRequire(import.meta.url)("personakit/package.json").version;
}

function ruleOf(id: string, known: readonly Rule[]): object {
  const rule = known.find((each) => each.id === id);
  if (rule === undefined) return { id, shortDescription: { text: own(FINDING_CODES, id) ?? id } };
  return {
    id,
    shortDescription: { text: rule.text },
    fullDescription: { text: rule.help },
    helpUri: rule.uri,
    defaultConfiguration: { level: rule.level },
  };
}

function locationOf({ file, line, column }: Finding): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(pathInRepository(file)), uriBaseId: "%SRCROOT%" },
      region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
    },
  };
}

/** Writes a report: errors as text to stderr, all else to stdout. */
export function writeReport(format: Format, report: Report): void {
  const stream = goesToStderr(format, report) ? "stderr" : "stdout";
  const isColored = format === "text" && hasColors(stream);
  for (const line of isColored ? textLines(report, COLORED) : linesOf(format, report)) writeRaw(line, stream);
}

/** The same, synchronously, for a process that will not return to its event loop. */
export function writeReportAtOnce(format: Format, report: Report): void {
  writeAtOnce(goesToStderr(format, report) ? 2 : 1, linesOf(format, report));
}

/** A report as the lines that are written. */
export function linesOf(format: Format, report: Report): string[] {
  const lines = FORMATTERS[format](report);
  return format === "text" ? lines.map(oneSafeLine) : lines;
}

/** Whether a report is for a person who may have sent stdout elsewhere. */
export function goesToStderr(format: Format, { kind }: Report): boolean {
  return format === "text" && kind === "errors";
}
