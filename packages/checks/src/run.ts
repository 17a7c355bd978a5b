import { factsOf } from "./facts/facts.ts";
import { type Off, offIn, offOf } from "./facts/off.ts";
import { issue, throwIssues } from "./issues/issue.ts";
import type { Check } from "./model/check.ts";
import type { Facts, Repository } from "./model/facts.ts";
import type { InstructionFile } from "./model/file.ts";
import type { Finding, Found } from "./model/finding.ts";
import { type CheckId, GROUPS, SEVERITIES } from "./model/groups.ts";
import { checks as allChecks } from "./registry.ts";

/** What `runChecks` may be told. */
export interface RunOptions {
  /** Which checks run. Absent: all of this package. */
  readonly checks?: readonly Check[];
  /** Checks or groups, by id, and nothing else. */
  readonly only?: readonly string[];
  /** Checks or groups that are switched off, each with the reason. */
  readonly off?: { readonly [id: string]: string };
}

/** What is wrong with a repository's instruction files. */
export interface Diagnosis {
  /** The worst first, then by file and line. */
  readonly findings: readonly Finding[];
  /** What was looked up for it. */
  readonly facts: Facts;
}

const COMMENT: CheckId = "off/comment";

/**
 * Runs checks over a repository. Returns what they find, the worst first. Reads only what `repository` gives it. Throws a PersonaKitError
 * for an id in `only` or `off` that no check and no group has.
 *
 * @example
 * ```ts
 * import { runChecks } from "@personakit/checks";
 * import { filesInMemory } from "@personakit/targets/context";
 *
 * const path = ".github/agents/dev.agent.md";
 * const files = filesInMemory({ [`/repo/${path}`]: "---\ndescription: Use it when: always\n---\n\nDo it.\n" });
 * const { findings } = runChecks({ root: "/repo", paths: [path], files });
 * for (const { check, line, problem } of findings) console.log(check, line, problem);
 * ```
 */
export function runChecks(repository: Repository, options: RunOptions = {}): Diagnosis {
  const { checks = allChecks, only, off = {} } = options;
  const known = checks.map(({ id }) => id);
  throwIssues([
    ...known.flatMap((id, index) =>
      known.indexOf(id) === index ? [] : [issue("repeated-check", `check "${id}"`, "another check has this id")],
    ),
    ...[...(only ?? []), ...Object.keys(off)].flatMap((id) =>
      isKnown(id, known) ? [] : [issue("unknown-check", id, "there is no check and no group of this id")],
    ),
  ]);
  const facts = factsOf(repository);
  const isWanted = ({ id, group }: Check) =>
    (only === undefined || only.includes(id) || only.includes(group)) &&
    !Object.hasOwn(off, id) &&
    !Object.hasOwn(off, group);
  const running = checks.filter(isWanted);
  const lookWith = (look: (check: Check) => Iterable<Found> | undefined) =>
    running.flatMap((check) => [...(look(check) ?? [])].map((each) => findingOf(check, each, facts)));
  // File by file: what is in one is forgotten when the next ones are looked at.
  const found = [
    ...facts.files.flatMap((file) => lookWith((check) => lookIn(file, check, facts))),
    ...lookWith(({ inRepository }) => inRepository?.(facts)),
  ];
  const comment = running.find(({ id }) => id === COMMENT);
  const switches = new Map(facts.files.map((file) => [file.path, offIn(file)]));
  const used = new Set<Off>();
  const left = found.filter(({ check, path }) => {
    const by = offOf(switches.get(path) ?? [], check);
    for (const each of by) used.add(each);
    return by.length === 0;
  });
  const unused =
    comment === undefined
      ? []
      : facts.files.flatMap((file) => unusedIn(file, switches.get(file.path) ?? [], used, running, comment, facts));
  return { findings: [...left, ...unused].sort(byWeight), facts };
}

function isKnown(id: string, known: readonly string[]): boolean {
  return known.includes(id) || Object.hasOwn(GROUPS, id);
}

/** Groups of what a text says, which a link to it says once more. */
const OF_TEXT: ReadonlySet<string> = new Set(["danger", "says"]);

function lookIn(file: InstructionFile, { inFile, formats, group }: Check, facts: Facts): Iterable<Found> | undefined {
  const { kind, path, realPath } = file;
  const isRepeated = realPath !== path && OF_TEXT.has(group) && facts.file(realPath) !== undefined;
  const isMeant = (formats === undefined || formats.includes(kind)) && !isRepeated;
  return isMeant ? inFile?.(file, facts) : undefined;
}

function findingOf({ id, severity: own }: Check, found: Found, facts: Facts): Finding {
  const { path, at, problem, hint, severity = own, fix } = found;
  const file = facts.file(path);
  const start = typeof at === "object" ? at.start : (at ?? 0);
  const { line, column } = file?.positionOf(start) ?? { line: 1, column: 1 };
  return {
    ...{ check: id, severity, path, line, column, tools: found.tools ?? file?.readers ?? [], problem },
    ...(hint === undefined ? {} : { hint }),
    ...(fix === undefined || fix.length === 0 ? {} : { fix }),
  };
}

/** Comments that switch off what would find nothing. What did not run may have found something. */
function unusedIn(
  { path }: InstructionFile,
  switches: readonly Off[],
  used: ReadonlySet<Off>,
  running: readonly Check[],
  comment: Check,
  facts: Facts,
): Finding[] {
  return switches.flatMap((each) => {
    const hasRun = running.some(({ id, group }) => id === each.id || group === each.id);
    if (!hasRun || used.has(each) || each.reason === "") return [];
    const problem = `nothing here gives reason to switch off ${each.id}`;
    return [findingOf(comment, { path, at: each.start, problem, hint: "Remove the comment." }, facts)];
  });
}

function byWeight(a: Finding, b: Finding): number {
  const weight = ({ severity, check }: Finding) =>
    SEVERITIES.indexOf(severity) * 100 + Object.keys(GROUPS).indexOf(check.slice(0, check.indexOf("/")));
  const order = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
  return (
    weight(a) - weight(b) ||
    order(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    order(a.check, b.check) ||
    order(a.problem, b.problem)
  );
}
