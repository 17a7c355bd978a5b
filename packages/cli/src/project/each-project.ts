import type { Issue } from "@personakit/core";
import { forgetRefused } from "../guard/user-code.ts";
import { CommandError, debugLines, type ExitCode, type Finding, failure } from "../issues/command-error.ts";
import { documentOf, type Format, type Report, writeReport } from "../output/formats.ts";
import { count, shorten, writeJson, writeLine } from "../output/terminal.ts";
import { type FolderOptions, projectFolder, type Signs } from "./find-project.ts";
import { findWorkspace } from "./workspace.ts";

/** The outcome of a command in one project. Text has already been printed. */
export interface Outcome {
  readonly exitCode: ExitCode;
  /** For JSON. */
  readonly document: () => object;
  /** For annotations and SARIF. */
  readonly issues?: readonly (Issue | Finding)[];
  /** The same, where nothing fails. */
  readonly warnings?: readonly Issue[];
}

/** Which projects a command line means. */
export interface ProjectsOptions extends FolderOptions {
  readonly workspace: boolean;
  readonly format?: Format;
}

type Step = (folder: string) => Promise<Outcome>;

/** Runs a command in its project, or in each project of the workspace, and prints the outcome in the requested format. */
export async function eachProject(
  sources: readonly string[],
  options: ProjectsOptions,
  step: Step,
  signs: Signs = { orLockfile: true },
): Promise<ExitCode> {
  const format = options.json ? "json" : (options.format ?? "text");
  if (options.workspace) return inWorkspace(await projectsOf(sources, options, signs), format, step);
  const { exitCode, document, issues = [], warnings = [] } = await step(folderFor(sources, options, signs));
  if (format === "json") writeJson(document());
  else if (format !== "text") writeReport(format, { kind: "findings", issues, warnings });
  return exitCode;
}

/** The folder that a command works in: sources on the command line are built here, whatever is configured above. */
export function folderFor(sources: readonly string[], options: FolderOptions, signs: Signs): string {
  return sources.length > 0 ? (options.out ?? ".") : projectFolder(options, signs);
}

async function projectsOf(
  sources: readonly string[],
  { out }: FolderOptions,
  signs: Signs,
): Promise<readonly string[]> {
  const other = sources[0] ?? (out === undefined ? undefined : "--out");
  if (other !== undefined) {
    const problem = "cannot be combined with --workspace, which finds the projects itself";
    throw failure("conflicting-options", other, problem);
  }
  const workspace = await findWorkspace(signs);
  if (workspace === undefined) {
    const problem = 'there is no workspace here: no pnpm-workspace.yaml, and no package.json with "workspaces"';
    throw failure("no-project", "--workspace", problem);
  }
  if (workspace.projects.length > 0) return workspace.projects;
  const hint = "Run personakit init in a package to make one.";
  throw failure("no-project", shorten(workspace.root), "no package of this workspace has a personakit.config.*", hint);
}

async function inWorkspace(folders: readonly string[], format: Format, step: Step): Promise<ExitCode> {
  const documents: object[] = [];
  const issues: (Issue | Finding)[] = [];
  const warnings: Issue[] = [];
  const failed: string[] = [];
  let exitCode: ExitCode = 0;
  for (const folder of folders) {
    const project = shorten(folder);
    if (format === "text") writeLine(`${project}:`);
    const outcome = await attemptIn(project, format, () => step(folder));
    if (format === "text") writeLine("");
    if (format === "json") documents.push({ project, ...outcome.document() });
    issues.push(...(outcome.issues ?? []));
    warnings.push(...(outcome.warnings ?? []).map((each) => within(project, each)));
    if (outcome.exitCode !== 0) failed.push(project);
    if (outcome.exitCode > exitCode) exitCode = outcome.exitCode;
  }
  if (format === "json") writeJson({ ok: exitCode === 0, projects: documents });
  else if (format !== "text") writeReport(format, { kind: "findings", issues, warnings });
  else {
    const summary = failed.length === 0 ? "no problems" : `problems in ${failed.join(", ")}`;
    writeLine(`${count(folders.length, "project")}: ${summary}.`);
  }
  return exitCode;
}

/** An error in one project does not stop the others. */
async function attemptIn(project: string, format: Format, step: () => Promise<Outcome>): Promise<Outcome> {
  forgetRefused();
  try {
    return await step();
  } catch (error) {
    const { issues, advice, exitCode } = CommandError.known(error) ?? CommandError.internal(error);
    const report: Report = { kind: "errors", issues: issues.map((each) => within(project, each)), advice };
    if (format === "text") writeReport(format, report);
    for (const line of debugLines(error)) writeLine(line, "stderr");
    return { exitCode, issues: report.issues, document: () => documentOf(report) };
  }
}

/** An issue with the project before its place, unless it is already there. */
function within<Each extends Issue>(project: string, issue: Each): Each {
  const { place = "" } = issue;
  if (project === "." || "file" in issue || place.startsWith(`${project}/`)) return issue;
  return { ...issue, place: place === "" ? project : `${project}: ${place}` };
}
