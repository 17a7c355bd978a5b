import { resolve } from "node:path";
import { type Document, type DroppedEntry, nearest, type Origin, type PlacedEntry, sectionsOf } from "@personakit/core";
import { requestsForAdded } from "../added.ts";
import { CommandError } from "../command-error.ts";
import type { ExitCode } from "../exit-code.ts";
import { readManifest, readText } from "../manifest.ts";
import type { Options } from "../options.ts";
import { makePlan, type Plan, type PlannedArtifact, type PlannedPersona } from "../plan.ts";
import { fileOf, noProject, openProject, projectPath } from "../project.ts";
import { columns, shorten, writeJson, writeLine } from "../report.ts";

/** Where a line comes from, and what is known about its rule. */
interface Explanation {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly persona: string;
  readonly origin: Origin;
  readonly entry: PlacedEntry | undefined;
  /** What users have taken out of the same fragment. */
  readonly dropped: readonly DroppedEntry[];
}

/** Traces one line of a built file to its rule, its fragment's version, and the persona that changed it. */
export async function explain([place = "", ...sources]: readonly string[], options: Options): Promise<ExitCode> {
  const explanation = await find(place, sources, options);
  if (options.json) writeJson({ ok: true, ...explanation });
  else write(explanation);
  return 0;
}

async function find(place: string, sources: readonly string[], options: Options): Promise<Explanation> {
  const [, file = "", number = ""] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (file === "") throw new CommandError([`${place}: expected a file and a line, such as .claude/agents/dev.md:12.`]);
  const folder = options.out ?? ".";
  const path = projectPath(folder, file);
  const line = Number(number);
  if (readManifest(folder).ejected.includes(path)) {
    throw new CommandError([`${file}: is ejected: it is your own text now.`]);
  }
  const built = await artifactsFor(path, folder, sources, options);
  const inFile = built.filter(({ artifact }) => artifact.path === path);
  if (inFile.length === 0) {
    const first = built[0]?.artifact.path ?? "nothing";
    throw new CommandError([
      `${file}: these personas do not build this file. They build, for one: ${first}. Another target needs --target.`,
    ]);
  }
  const lines = (readText(fileOf(folder, path)) ?? "").split(/\r?\n/);
  const { artifact, persona, own: compiledLine } = inBlock(inFile, lines, line, place);
  const own = asCompiled(artifact, compiledLine, lines[line - 1], place);
  const origin = artifact.origins[own - 1];
  if (origin === undefined)
    throw new CommandError([`${place}: the file has ${artifact.origins.length} lines as it is compiled.`]);
  const text = artifact.text.split("\n")[own - 1] ?? "";
  const { document } = persona;
  return {
    file,
    line,
    text,
    persona: named(document.id, document.version),
    origin,
    entry: entryAt(document, origin),
    dropped: droppedAt(document, origin),
  };
}

/** Where the line that stands on disk was compiled: a hand may have moved it. */
function asCompiled({ text }: PlannedArtifact, line: number, found: string | undefined, place: string): number {
  const lines = text.split("\n");
  if (found === undefined || found === lines[line - 1]) return line;
  const [first, second] = lines.flatMap((each, index) => (each === found ? [index + 1] : []));
  if (first !== undefined && second === undefined) return first;
  throw new CommandError([`${place}: the line is not as it was compiled. personakit check shows what has changed.`]);
}

interface Built {
  readonly persona: PlannedPersona;
  readonly artifact: PlannedArtifact;
}

/** What the sources build, or the configuration, or the package that the file was added from. */
async function artifactsFor(
  path: string,
  folder: string,
  sources: readonly string[],
  options: Options,
): Promise<Built[]> {
  const manifest = readManifest(folder);
  const keys = Object.keys(manifest.artifacts).filter((key) => key === path || key.startsWith(`${path}#`));
  const isAdded = (id: string | undefined) => id !== undefined && manifest.personas[id]?.package !== undefined;
  const fromPackages = sources.length === 0 && keys.some((key) => isAdded(manifest.artifacts[key]?.persona));
  const plans: Plan[] = [];
  if (fromPackages) plans.push(makePlan(await requestsForAdded(folder, manifest), false));
  const project = await openProject(sources, options);
  if (project !== undefined) plans.push(project.plan);
  if (plans.length === 0) throw unknownFile(path, Object.keys(manifest.artifacts));
  return plans.flatMap(({ personas }) =>
    personas.flatMap((persona) => persona.artifacts.map((artifact) => ({ persona, artifact }))),
  );
}

/** Without sources or a configuration, only what was added is known. */
function unknownFile(path: string, keys: readonly string[]): CommandError {
  if (keys.length === 0) return noProject();
  const near = nearest(path, keys);
  return new CommandError([
    `${path}: is not a file that personakit has written here.${near === undefined ? "" : ` Did you mean "${near}"?`}`,
  ]);
}

/** The artifact that a line of a file stands in, and its line there: in a file of the user's, the block around it. */
function inBlock(
  inFile: readonly Built[],
  lines: readonly string[],
  line: number,
  place: string,
): Built & { readonly own: number } {
  const [whole] = inFile.filter(({ artifact }) => artifact.block === undefined);
  if (whole !== undefined) return { ...whole, own: line };
  for (const built of inFile) {
    const begin = lines.indexOf(`<!-- personakit:begin ${built.artifact.block} -->`) + 1;
    const end = lines.indexOf(`<!-- personakit:end ${built.artifact.block} -->`) + 1;
    if (begin > 0 && line > begin && line < end) return { ...built, own: line - begin };
  }
  throw new CommandError([`${place}: the line is not in a block of ours; it is your own text.`]);
}

function named(id: string, version: string | undefined): string {
  return version === undefined ? id : `${id}@${version}`;
}

function entryAt(document: Document, { unit, rule }: Origin): PlacedEntry | undefined {
  const entries = sectionsOf(document).flatMap((section) => section.entries);
  return rule === undefined ? undefined : entries.find(({ origin }) => origin.unit === unit && origin.rule === rule);
}

function droppedAt({ dropped }: Document, { unit }: Origin): DroppedEntry[] {
  return dropped.filter(({ path }) => path === unit || path.startsWith(`${unit}/`));
}

function write({ file, line, text, persona, origin, entry, dropped }: Explanation): void {
  writeLine(`${shorten(resolve(file))}:${line}`);
  writeLine(`${text}\n`);
  const { unit, version, rule, editedBy } = origin;
  const base = entry?.base;
  const notes = entry?.kind === "rule" ? entry : undefined;
  const kind = notes === undefined ? (entry?.kind ?? "heading, role or front matter") : notes.strength;
  const rows: [string, string | undefined][] = [
    ["rule", rule === undefined ? undefined : `${unit}/${rule} (${kind})`],
    ["stands in", rule === undefined ? kind : undefined],
    origin.persona === undefined
      ? ["fragment", named(unit, version)]
      : ["section", `${unit} of ${named(origin.persona, version)}`],
    ["persona", persona],
    ["changed by", editedBy],
    [
      "instead of",
      base === undefined ? undefined : base.kind === "rule" ? `${base.strength}: ${base.text}` : base.kind,
    ],
    ["why", notes?.why],
    ["enforced by", notes?.enforcedBy],
    ...(notes?.evidence ?? []).map(({ source, url }): [string, string] => ["evidence", `${source} (${url})`]),
    ...dropped.map(({ path, reason, by }): [string, string] => ["dropped", `${path} by ${by}: ${reason}`]),
  ];
  const known = rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]]));
  for (const row of columns(known)) writeLine(row);
}
