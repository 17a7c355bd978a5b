// jsdiff writes unified diffs: maintained, typed, no dependencies.
import { createTwoFilesPatch } from "diff";
import type { ExitCode } from "../../index.ts";
import { readManifest } from "../manifest.ts";
import type { Options } from "../options.ts";
import { makePlan } from "../plan.ts";
import { count, shorten, writeJson, writeLine } from "../report.ts";
import { type Compared, compare, findOrphans } from "../state.ts";

const PROBLEMS = {
  missing: "is missing",
  stale: "is not what the personas compile to now",
  edited: "was changed by hand, or is not a file of ours",
  orphan: "is not made by any persona any more",
};

interface Finding {
  readonly path: string;
  readonly file: string;
  readonly state: keyof typeof PROBLEMS;
  /** A unified diff; empty for a file that is missing or too much. */
  readonly diff: string;
}

/** Compares the files of a project with what the personas compile to; 1 when any differs. */
export async function check(sources: readonly string[], options: Options): Promise<ExitCode> {
  const { json, out } = options;
  const { artifacts } = await makePlan(sources, options);
  const manifest = readManifest(out);
  const compared = compare(out, artifacts, manifest);
  const findings: Finding[] = compared.flatMap(({ artifact, file, state, found }) =>
    state === "current" ? [] : [{ path: artifact.path, file, state, diff: diff({ artifact, found }) }],
  );
  for (const { key, file } of findOrphans(out, artifacts, manifest).filter(({ gone }) => !gone))
    findings.push({ path: key, file, state: "orphan", diff: "" });
  if (json) writeJson({ ok: findings.length === 0, checked: compared.length, findings });
  else {
    for (const finding of findings) {
      writeLine(`${shorten(finding.file)}: ${PROBLEMS[finding.state]}`);
      if (finding.diff !== "") writeLine(finding.diff);
    }
    const all = count(compared.length, "file");
    if (findings.length === 0) writeLine(`${all} compared, no drift.`);
    else {
      const edited = findings.some(({ state }) => state === "edited");
      const first = edited ? "Move what was changed by hand into the persona, delete those files, and run" : "Run";
      writeLine(`${count(findings.length, "finding")} in ${all}. ${first} personakit build.`);
    }
  }
  return findings.length === 0 ? 0 : 1;
}

function diff({ artifact, found }: Pick<Compared, "artifact" | "found">): string {
  if (found === undefined) return "";
  return createTwoFilesPatch(`a/${artifact.path}`, `b/${artifact.path}`, found, artifact.text, "on disk", "compiled");
}
