// jsdiff writes unified diffs: maintained, typed, no dependencies.
import { createTwoFilesPatch } from "diff";
import type { ExitCode } from "../../index.ts";
import { readManifest } from "../manifest.ts";
import type { Options } from "../options.ts";
import { makePlan } from "../plan.ts";
import { count, writeJson, writeLine } from "../report.ts";
import { type Compared, compare } from "../state.ts";

const PROBLEMS = {
  missing: "is missing",
  stale: "is not what the personas compile to now",
  edited: "was changed by hand, or is not a file of ours",
};

/** Compares the files of a project with what the personas compile to; 1 when any differs. */
export async function check(sources: readonly string[], { target, json, out }: Options): Promise<ExitCode> {
  const plan = await makePlan(sources, target);
  const artifacts = plan.flatMap((persona) => persona.artifacts);
  const compared = compare(out, artifacts, readManifest(out));
  const findings = compared.flatMap(({ state, ...rest }) => (state === "current" ? [] : [{ state, ...rest }]));
  if (json) {
    const files = findings.map((finding) => ({
      path: finding.artifact.path,
      file: finding.file,
      state: finding.state,
      diff: diff(finding),
    }));
    writeJson({ ok: findings.length === 0, checked: compared.length, findings: files });
  } else {
    for (const finding of findings) {
      writeLine(`${finding.file}: ${PROBLEMS[finding.state]}`);
      writeLine(diff(finding));
    }
    const all = count(compared.length, "file");
    if (findings.length === 0) writeLine(`${all} compared, no drift.`);
    else writeLine(`${findings.length} of ${all} differ. Run personakit build.`);
  }
  return findings.length === 0 ? 0 : 1;
}

function diff({ artifact, found }: Pick<Compared, "artifact" | "found">): string {
  if (found === undefined) return "";
  return createTwoFilesPatch(`a/${artifact.path}`, `b/${artifact.path}`, found, artifact.text, "on disk", "compiled");
}
