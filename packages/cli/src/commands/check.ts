import { difference, firstDifference } from "../difference.ts";
import type { ExitCode } from "../exit-code.ts";
import { githubAnnotations, sarif } from "../findings.ts";
import { baseOf, type Manifest, readManifest, versionsOf } from "../manifest.ts";
import type { Options } from "../options.ts";
import { comparePlan, waysOut } from "../outcome.ts";
import type { Plan } from "../plan.ts";
import { noProject, openProject } from "../project.ts";
import { count, shorten, writeJson, writeLine } from "../report.ts";
import { fileLimits, recorded } from "../state.ts";

const PROBLEMS = {
  missing: "is missing",
  stale: "is not what the personas compile to now",
  edited: "was changed by hand, or is not a file of ours",
  orphan: "is not made by any persona any more",
  version: "was built from other versions than those that are installed",
  limit: "is larger than its tool reads",
};

/** Something in a project that is not as it should be. */
export interface Finding {
  readonly path: string;
  readonly file: string;
  readonly state: keyof typeof PROBLEMS;
  /** In one sentence, with the path. */
  readonly message: string;
  /** The first line that differs, from 1. */
  readonly line: number;
  /** A unified diff; empty for a file that is missing or too much. */
  readonly diff: string;
  /** What the file's persona was added from. */
  readonly addedFrom?: string;
}

interface CheckOptions extends Options {
  readonly format: "text" | "json" | "github" | "sarif";
  /** Versions must be those of the manifest. */
  readonly frozen: boolean;
}

/** Compares the files of a project with what the personas compile to; 1 when any differs. Asks no network. */
export async function check(sources: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const project = await openProject(sources, options);
  const folder = project?.folder ?? options.out ?? ".";
  const manifest = project?.manifest ?? readManifest(folder);
  const whole = sources.length === 0;
  if (project === undefined && Object.keys(manifest.artifacts).length === 0) throw noProject();
  const findings: Finding[] = [];
  let checked = 0;
  if (project !== undefined) {
    const { compared, orphans } = comparePlan(folder, project.plan, manifest, whole);
    checked += compared.length;
    for (const each of compared) {
      if (each.state === "current") continue;
      const { artifact, file, state } = each;
      findings.push({
        ...findingOf(artifact.path, file, state),
        line: firstDifference(each),
        diff: difference(each),
      });
    }
    for (const { key, file, state } of orphans) if (state !== "gone") findings.push(findingOf(key, file, "orphan"));
    for (const line of fileLimits(compared.filter(({ state }) => state === "current"))) {
      const path = line.slice(0, line.indexOf(": "));
      findings.push({ ...findingOf(path, path, "limit"), message: line });
    }
    if (options.frozen) findings.push(...otherVersions(project.plan, manifest));
  }
  if (whole) {
    // Without their source only the hashes can be compared.
    const added = recorded(folder, manifest, (_, { persona }) => isAdded(manifest, persona, project === undefined));
    checked += added.length;
    for (const { path, file, state, record } of added) {
      if (state === "untouched") continue;
      const finding = findingOf(path, file, state === "gone" ? "missing" : "edited");
      const source = manifest.personas[record.persona]?.package;
      findings.push(source === undefined ? finding : { ...finding, addedFrom: source });
    }
  }
  report(findings, checked, options);
  return findings.length === 0 ? 0 : 1;
}

/** Whether a persona came by `add`. Where there is no configuration, every other one is looked at in the same way. */
function isAdded({ personas }: Manifest, persona: string, orAny: boolean): boolean {
  return orAny || personas[persona]?.package !== undefined;
}

function otherVersions(plan: Plan, manifest: Manifest): Finding[] {
  return plan.personas.flatMap(({ document }) => {
    const record = manifest.personas[document.id];
    const installed = { version: document.version, extends: baseOf(document), ...versionsOf(document) };
    const built = { version: record?.version, extends: record?.extends, ...record?.fragments };
    const names = [...new Set([...Object.keys(built), ...Object.keys(installed)])];
    const different = names.flatMap((name) => {
      const [was, is] = [built[name as keyof typeof built], installed[name as keyof typeof installed]];
      return was === is ? [] : [`${name} ${was ?? "nothing"} -> ${is ?? "nothing"}`];
    });
    if (different.length === 0) return [];
    const file = `personakit.lock.json`;
    const message = `${document.id}: ${PROBLEMS.version}: ${different.join(", ")}`;
    return [{ path: file, file, state: "version" as const, message, line: 1, diff: "" }];
  });
}

function findingOf(path: string, file: string, state: Finding["state"]): Finding {
  return { path, file, state, message: `${shorten(file)}: ${PROBLEMS[state]}`, line: 1, diff: "" };
}

function report(findings: readonly Finding[], checked: number, { json, format }: CheckOptions): void {
  if (json || format === "json") writeJson({ ok: findings.length === 0, checked, findings });
  else if (format === "sarif") writeJson(sarif(findings));
  else if (format === "github") for (const line of githubAnnotations(findings)) writeLine(line);
  else {
    for (const { message, diff } of findings) {
      writeLine(message);
      if (diff !== "") writeLine(diff);
    }
    writeLine(conclusion(findings, checked));
  }
}

function conclusion(findings: readonly Finding[], checked: number): string {
  const all = count(checked, "file");
  if (findings.length === 0) return `${all} compared, no drift.`;
  const sources = [...new Set(findings.flatMap(({ addedFrom }) => addedFrom ?? []))];
  const built = findings.filter(({ addedFrom, state }) => addedFrom === undefined && state !== "limit");
  const edited = built.filter(({ state }) => state === "edited").length;
  const ways = [
    ...(edited > 0 ? [waysOut(edited)] : built.length > 0 ? ["Run personakit build, and commit what it writes."] : []),
    ...sources.map((each) => `personakit add ${each} writes what is missing, and with --force over a change by hand.`),
  ];
  return [`${count(findings.length, "finding")} in ${all}.`, ...ways].join(" ");
}
