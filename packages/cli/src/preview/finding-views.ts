import type { Check, Finding } from "@personakit/checks";
import type { CheckView, DoctorView, FindingView } from "@personakit/preview";
import type { SeenRepository } from "./seen-repository.ts";

/** What the doctor finds, and the summary that the command ends with. */
export async function doctorView(repository: SeenRepository): Promise<DoctorView> {
  const { summaryOf } = await import("@personakit/checks");
  const diagnosis = await repository.examine();
  const { files, dropped, tools } = summaryOf(diagnosis);
  return {
    ...findingViews(diagnosis.findings, diagnosis.checks),
    ...{ files, dropped },
    tools: tools.map(({ name, version, ...counts }) => ({ name: `${name} ${version}`, ...counts })),
    unread: repository.unread.map(({ path, why }) => ({ path: repository.shown(path), why })),
  };
}

/** Findings, and what there is to say of the checks that found them. */
export function findingViews(
  findings: readonly Finding[],
  checks: readonly Check[],
): Pick<DoctorView, "findings" | "checks"> {
  const used = new Set<string>(findings.map(({ check }) => check));
  const told = checks.filter(({ id }) => used.has(id));
  return {
    findings: findings.map(findingView),
    checks: Object.fromEntries(told.map((check) => [check.id, checkView(check)])),
  };
}

function findingView({ check, severity, path, line, tools, problem, hint, fix }: Finding): FindingView {
  const mended = hint === undefined ? {} : { hint };
  return { check, severity, path, line, tools, problem, ...mended, isFixable: fix !== undefined };
}

function checkView({ what, why, examples }: Check): CheckView {
  const observed = examples.bad.flatMap(({ tools = [] }) => tools.map(({ tool, does }) => `${tool} ${does}`));
  return { what, why: why.text, observed: [...new Set(observed)] };
}
