import type { Check, Finding as Found, Summary } from "@personakit/checks";
import type { Finding } from "../issues/command-error.ts";
import { count, shorten } from "../output/terminal.ts";

/** Where the pages of our own checks are. */
const PAGES = "https://github.com/personakit/personakit/blob/main/docs/checks";

/** A finding for all formats. */
export function findingOf(root: string, { check, severity, path, line, column, tools, problem, hint }: Found): Finding {
  const file = `${root}/${path}`;
  const isSaid = tools.every((name) => problem.includes(name));
  const whom = isSaid ? "" : ` (${tools.join(", ")})`;
  return {
    code: check,
    place: `${shorten(file)}:${line}:${column}`,
    problem: problem + whom,
    ...(hint === undefined ? {} : { hint }),
    ...{ file, line, column, diff: "", subject: tools.join(", ") },
    ...(severity === "error" ? {} : { level: severity }),
  };
}

/** What code scanning shows of a check. */
export function rulesOf(checks: readonly Check[]) {
  return checks.map(({ id, what, why, severity }) => ({
    id,
    text: what,
    help: why.text,
    uri: `${PAGES}/${id.replace("/", "-")}.md`,
    level: severity,
  }));
}

/** So many findings of a check are shown for a tool: what is wrong in all files of a kind would hide what is wrong in one. */
const MOST = 10;

/** What was found, for people: by tool, the worst first. `isWhole`: however many there are of a check. */
export function linesOfFindings(root: string, findings: readonly Found[], isWhole: boolean): string[] {
  const groups = new Map<string, Found[]>();
  for (const finding of findings) {
    const name = finding.tools.join(", ") || "Every tool";
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [finding]);
    else known.push(finding);
  }
  return [...groups].flatMap(([name, all]) => {
    const counts = new Map<string, number>();
    const shown = all.filter(({ check }) => {
      const nth = (counts.get(check) ?? 0) + 1;
      counts.set(check, nth);
      return isWhole || nth <= MOST;
    });
    const more = isWhole ? [] : [...counts].filter(([, each]) => each > MOST);
    return [
      name,
      ...shown.flatMap(({ check, severity, path, line, column, problem, hint }) => [
        `  ${severity}: ${shorten(`${root}/${path}`)}:${line}:${column}: ${problem}. [${check}]`,
        ...(hint === undefined ? [] : [`    ${hint}`]),
      ]),
      ...more.map(([check, each]) => `  ${each - MOST} more of ${check}: personakit doctor --only ${check}`),
      "",
    ];
  });
}

/** The end of the report: what there is, what loads and what it takes. */
export function linesOfSummary({ tools, files, dropped, errors, warnings, notes }: Summary): string[] {
  const width = Math.max(0, ...tools.map(({ name, version }) => name.length + version.length + 1));
  const lines = tools.map(({ name, version, files: read, tokens }) => {
    return `  ${`${name} ${version}`.padEnd(width)}  ${count(read, "file")}, about ${tokens} tokens always on`;
  });
  const loads =
    dropped.length === 0 ? "all of them load" : `${dropped.length} of them not loaded by a tool that should`;
  return [
    `${count(files, "instruction file")}, ${loads}.`,
    ...lines,
    `${count(errors, "error")}, ${count(warnings, "warning")}, ${count(notes, "note")}.`,
  ];
}
