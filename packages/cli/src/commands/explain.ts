import { existsSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import type { Document, DroppedEntry, Entry, Origin, PlacedEntry } from "@personakit/core";
import { describeDeprecation, entriesOf, kindOf, nameWithVersion, nearest, own } from "@personakit/core/internal";
import { targets } from "@personakit/targets";
import { placeOf } from "../disk/artifact-key.ts";
import { lineInBlock } from "../disk/block.ts";
import { keysInFile } from "../disk/links.ts";
import { settle } from "../disk/lock.ts";
import { LOCKFILE, type Lockfile } from "../disk/lockfile.ts";
import { fileOf, projectPath } from "../disk/paths.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { readText } from "../files/text.ts";
import { type CommandError, failure } from "../issues/command-error.ts";
import { columns, shorten, writeJson, writeLine } from "../output/terminal.ts";
import { conditionalRules } from "../plan/conditions.ts";
import { makePlan, type Plan, type PlannedArtifact, type PlannedPersona } from "../plan/make-plan.ts";
import { addedPersonas, readAdded, requestFor } from "../project/added-personas.ts";
import { projectFolder } from "../project/find-project.ts";
import { noProject, openProject, type ProjectOptions, planOf } from "../project/open-project.ts";
import type { FileLine } from "../sources/file-line.ts";
import { defineCommand } from "../usage/define-command.ts";
import { project, sources, strict, targets as targetOptions, timeout } from "../usage/options.ts";

/** Where a line comes from, and details of its rule. */
interface Explanation {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly persona: string;
  readonly origin: Origin;
  readonly entry: PlacedEntry | undefined;
  /** Of a rule that does not stand with every value of the parameters: `when queue is sqs`. */
  readonly stands: string | undefined;
  /** What the rule was called before: `fragment/oldRule`. */
  readonly formerly: readonly string[];
  /** The field that it sets, where only the tool knows it. */
  readonly field: ExplainedField | undefined;
  /** What users have dropped from the same fragment. */
  readonly dropped: readonly DroppedEntry[];
  /** Where it stands in a file of the user's that the persona was read from. */
  readonly source?: FileLine;
}

/** A field of a single tool. */
interface ExplainedField {
  readonly target: string;
  readonly name: string;
  /** Absent for one that PersonaKit does not know. */
  readonly does?: string;
}

/** Traces one line of a built file to its rule, its fragment's version, and the persona that changed it. */
export default defineCommand({
  name: "explain",
  group: "daily",
  summary: "Show which rule a line of a built file comes from",
  details: "Also shows the version of its fragment, and who changed it.",
  arguments: [["<file:line>", "a built file and a line in it, such as .claude/agents/dev.md:12"], sources],
  options: { ...targetOptions, ...strict, ...project, ...timeout },
  async run([place = "", ...named], options) {
    const out = projectFolder(options);
    await settle(out, "explain");
    const explanation = await find(place, named, { ...options, out });
    if (options.json) writeJson({ ok: true, ...explanation });
    else print(explanation);
    return 0;
  },
});

async function find(place: string, named: readonly string[], options: ProjectOptions): Promise<Explanation> {
  const [, file = "", number = ""] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (file === "") {
    throw failure("usage", place, "expected a file and a line, such as .claude/agents/dev.md:12");
  }
  const out = folderOf(file, options.out);
  const path = projectPath(out, file);
  const line = Number(number);
  const lockfile = readLockfile(out);
  const keys = keysInFile(out, file, Object.keys(lockfile.artifacts));
  if (keys.length === 0 && keysInFile(out, file, lockfile.ejected).length > 0) {
    throw failure("already-ejected", file, "is ejected, so it is your own text now");
  }
  const built = await artifactsFor(place, keys, lockfile, named, { ...options, out });
  const paths = new Set([path, ...keys.map((key) => placeOf(key).path)]);
  const inFile = built.filter(({ artifact }) => paths.has(artifact.path));
  if (inFile.length === 0) {
    const first = built[0]?.artifact.path ?? "nothing";
    const hint = `They build ${first}, for example. For another target, add --target.`;
    throw failure("not-ours", file, "these personas do not build this file", hint);
  }
  const lines = (readText(fileOf(out, path)) ?? "").replace(/^\uFEFF/, "").split(/\r?\n/);
  const { artifact, persona, line: lineInArtifact } = inBlock(inFile, lines, line, place);
  const compiledLine = asCompiled(artifact, lineInArtifact, lines[line - 1], place);
  const origin = artifact.origins[compiledLine - 1];
  if (origin === undefined) {
    throw failure("not-ours", place, `the compiled file has only ${artifact.origins.length} lines`);
  }
  const { document } = persona;
  const source = sourceOf(artifact, persona, compiledLine);
  return {
    file,
    line,
    text: linesOf(artifact)[compiledLine - 1] ?? "",
    persona: nameWithVersion(document),
    origin,
    entry: entryAt(document, origin),
    stands: standsAt(persona, origin),
    formerly: oldNamesAt(document, origin),
    field: fieldAt(artifact, compiledLine, document),
    dropped: droppedAt(document, origin),
    ...(source === undefined ? {} : { source }),
  };
}

/** The line of the user's own file that a line was read from. */
function sourceOf(
  { origins, isOwnText, from }: PlannedArtifact,
  { request }: PlannedPersona,
  line: number,
): FileLine | undefined {
  const { file, source } = request;
  const { unit, rule, editedBy } = origins[line - 1] as Origin;
  if (from !== undefined) return { file: from, line };
  if (file === undefined || editedBy !== undefined) return undefined;
  const first = file.lines.get(`${unit}/${rule}`);
  if (first === undefined) return isOwnText && rule === undefined && file.isWhole ? { file: source, line } : undefined;
  // Blank lines above an entry have its origin, too, and are not of its text.
  const begin = origins.findIndex((each) => each.unit === unit && each.rule === rule && each.verbatim);
  return { ...first, line: first.line + Math.max(0, line - 1 - begin) };
}

/** The lines of an artifact, whatever ends them. */
function linesOf({ text }: PlannedArtifact): string[] {
  return text.replace(/^\uFEFF/, "").split(/\r?\n/);
}

/** The project that a file belongs to: the given one, or one above the file whose lockfile has it. */
function folderOf(file: string, named: string): string {
  const isIn = (folder: string) => keysInFile(folder, file, Object.keys(readLockfile(folder).artifacts)).length > 0;
  const root = resolve(named);
  if (isIn(root)) return root;
  for (let here = dirname(resolve(file)); here.startsWith(root + sep); here = dirname(here)) {
    if (existsSync(join(here, LOCKFILE)) && isIn(here)) return here;
  }
  return root;
}

/** The compiled line for a line on disk, which a hand edit may have moved. */
function asCompiled(artifact: PlannedArtifact, line: number, found: string | undefined, place: string): number {
  const lines = linesOf(artifact);
  if (found === undefined || found === lines[line - 1]) return line;
  const [first, second] = lines.flatMap((each, index) => (each === found ? [index + 1] : []));
  if (first !== undefined && second === undefined) return first;
  throw failure("edited", place, "this line was changed by hand", "personakit check shows the change.");
}

interface Built {
  readonly persona: PlannedPersona;
  readonly artifact: PlannedArtifact;
}

/** Everything built from the sources, the configuration, or the package that the file was added from. */
async function artifactsFor(
  place: string,
  keys: readonly string[],
  lockfile: Lockfile,
  named: readonly string[],
  options: ProjectOptions,
): Promise<Built[]> {
  const writers = new Set(keys.map((key) => lockfile.artifacts[key]?.persona));
  const plans: Plan[] = [];
  // Only the package that the file was written from: others need not be installed.
  for (const added of named.length > 0 ? [] : addedPersonas(lockfile).filter(({ id }) => writers.has(id))) {
    const found = await readAdded(options.out, added, { cache: "first" });
    plans.push(makePlan([requestFor(added.id, found, lockfile)]));
  }
  const project = openProject(named, { ...options, inDetail: true });
  if (project !== undefined) plans.push(await planOf(project));
  if (plans.length === 0)
    throw keys.length > 0 ? unknownSource(place) : await unknownFile(place, options.out, lockfile);
  return plans.flatMap(({ personas }) =>
    personas.flatMap((persona) => persona.artifacts.map((artifact) => ({ persona, artifact }))),
  );
}

/** The lockfile does not record what a built persona was read from. */
function unknownSource(place: string): CommandError {
  const problem = "was built from a source on the command line, which the lockfile does not record";
  return failure("no-project", place, problem, `Name the source: personakit explain ${place} <source>.`);
}

/** Without sources or a configuration, only added personas are known. */
async function unknownFile(place: string, folder: string, { artifacts }: Lockfile): Promise<CommandError> {
  const keys = Object.keys(artifacts);
  if (keys.length === 0) return noProject();
  const path = projectPath(folder, place.replace(/:\d+$/, ""));
  const near = nearest(path, keys);
  const hint = near === undefined ? {} : { hint: `Did you mean "${near}"?` };
  return failure("not-ours", path, "is not a file that personakit wrote here", hint);
}

/** The artifact that contains a line of a file, and the line in it: in a user's file, the surrounding block. */
function inBlock(
  inFile: readonly Built[],
  lines: readonly string[],
  line: number,
  place: string,
): Built & { readonly line: number } {
  const [whole] = inFile.filter(({ artifact }) => artifact.block === undefined);
  if (whole !== undefined) return { ...whole, line };
  for (const built of inFile) {
    const inside = lineInBlock(lines, line, built.artifact.block ?? "");
    if (inside !== undefined) return { ...built, line: inside };
  }
  throw failure("not-ours", place, "this line is your own text, outside of any generated block");
}

/** The field of a tool that a line of a main file sets, by the nearest key above it that is not indented. */
function fieldAt(
  { text, targets: ids }: PlannedArtifact,
  line: number,
  document: Document,
): ExplainedField | undefined {
  const lines = text.split("\n");
  const end = lines[0] === "---" ? lines.indexOf("---", 1) : lines.findIndex((each) => /= (?:'{3}|"{3})$/.test(each));
  if (line > end) return undefined;
  const name = lines
    .slice(0, line)
    .flatMap((each) => /^([A-Za-z][\w-]*)(?::| = )/.exec(each)?.[1] ?? [])
    .at(-1);
  if (name === undefined) return undefined;
  for (const target of ids) {
    if (own(own(document.uncheckedFields, target), name) !== undefined) return { target, name };
    if (own(own(document.fields, target), name) === undefined) continue;
    const does = targets.find(({ id }) => id === target)?.fields?.[name]?.does;
    return { target, name, ...(does === undefined ? {} : { does }) };
  }
  return undefined;
}

function entryAt(document: Document, { unit, rule }: Origin): PlacedEntry | undefined {
  return entriesOf(document).find(({ origin }) => origin.unit === unit && origin.rule === rule);
}

function standsAt(
  { document, request: { unit } }: PlannedPersona,
  { unit: fragment, rule }: Origin,
): string | undefined {
  const path = `${fragment}/${rule}`;
  return conditionalRules(unit, document).find((each) => each.rule === path)?.when;
}

function oldNamesAt({ renamed = {} }: Document, { unit, rule }: Origin): string[] {
  const path = rule === undefined ? unit : `${unit}/${rule}`;
  return Object.keys(renamed).filter((old) => renamed[old] === path);
}

function droppedAt({ dropped }: Document, { unit }: Origin): DroppedEntry[] {
  return dropped.filter(({ path }) => path === unit || path.startsWith(`${unit}/`));
}

/** Why a rule will go, and what takes its place. */
function deprecationIn(unit: string, entry: Entry | undefined): string | undefined {
  if (entry?.kind !== "rule" || entry.deprecated === undefined) return undefined;
  return describeDeprecation(unit, entry.deprecated);
}

function print(explanation: Explanation): void {
  const { file, line, text, persona, origin, entry, stands, formerly, field, dropped, source } = explanation;
  writeLine(`${shorten(resolve(file))}:${line}`);
  writeLine(text);
  writeLine("");
  const { unit, version, rule, editedBy } = origin;
  const base = entry?.base;
  const notes = entry?.kind === "rule" ? entry : undefined;
  const kind = entry === undefined ? "heading, role or front matter" : kindOf(entry).label(entry);
  const rows: [string, string | undefined][] = [
    ["rule", rule === undefined ? undefined : `${unit}/${rule} (${kind})`],
    ["stands in", rule === undefined ? kind : undefined],
    ["field", field && `${field.name} of ${field.target}: ${field.does ?? "not known to PersonaKit, and unchecked"}`],
    origin.persona === undefined
      ? ["fragment", nameWithVersion({ id: unit, version })]
      : ["section", `${unit} of ${nameWithVersion({ id: origin.persona, version })}`],
    ["stands", stands],
    ["formerly", formerly.length === 0 ? undefined : formerly.join(", ")],
    ["deprecated", deprecationIn(origin.unit, base ?? entry)],
    ["persona", persona],
    ["written in", source && `${source.file}:${source.line}`],
    ["changed by", editedBy],
    ["instead of", base === undefined ? undefined : kindOf(base).headline(base)],
    ["why", notes?.why],
    ["enforced by", notes?.enforcedBy],
    ["reviewed", notes?.reviewed],
    ["ends", notes?.endOfLife && `${notes.endOfLife.subject}, on ${notes.endOfLife.date}`],
    ...(notes?.evidence ?? []).map(({ source, url }): [string, string] => ["evidence", `${source} (${url})`]),
    ...dropped.map(({ path, reason, by }): [string, string] => ["dropped", `${path} by ${by}: ${reason}`]),
  ];
  const known = rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]]));
  for (const row of columns(known)) writeLine(row);
}
