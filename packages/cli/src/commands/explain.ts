import { resolve } from "node:path";
import { type Document, type Dropped, type Origin, type PlacedEntry, sectionsOf } from "@personakit/core";
import type { ExitCode } from "../../index.ts";
import { CommandError } from "../command-error.ts";
import type { Options } from "../options.ts";
import { pathInside } from "../paths.ts";
import { makePlan, type PlannedArtifact } from "../plan.ts";
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
  readonly dropped: readonly Dropped[];
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
  const { personas } = await makePlan(sources, options);
  const artifacts = personas.flatMap((persona) => persona.artifacts.map((artifact) => ({ persona, artifact })));
  const found = artifacts.find(({ artifact }) => pathInside(options.out, artifact.path) === resolve(file));
  if (found === undefined) {
    throw new CommandError([
      `${file}: these personas do not build this file. They build, for one: ${firstPath(artifacts)}. Another target needs --target.`,
    ]);
  }
  const { artifact, persona } = found;
  const line = Number(number);
  const origin = artifact.origins[line - 1];
  if (origin === undefined)
    throw new CommandError([`${place}: the file has ${artifact.origins.length} lines as it is compiled.`]);
  const text = artifact.text.split("\n")[line - 1] ?? "";
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

function firstPath(artifacts: readonly { readonly artifact: PlannedArtifact }[]): string {
  return artifacts[0]?.artifact.path ?? "nothing";
}

function named(id: string, version: string | undefined): string {
  return version === undefined ? id : `${id}@${version}`;
}

function entryAt(document: Document, { unit, rule }: Origin): PlacedEntry | undefined {
  const entries = sectionsOf(document).flatMap((section) => section.entries);
  return rule === undefined ? undefined : entries.find(({ origin }) => origin.unit === unit && origin.rule === rule);
}

function droppedAt({ dropped }: Document, { unit }: Origin): Dropped[] {
  return dropped.filter(({ path }) => path === unit || path.startsWith(`${unit}/`));
}

function write({ file, line, text, persona, origin, entry, dropped }: Explanation): void {
  writeLine(`${shorten(resolve(file))}:${line}`);
  writeLine(`${text}\n`);
  const { unit, version, rule, editedBy } = origin;
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
    ["why", notes?.why],
    ["enforced by", notes?.enforcedBy],
    ...(notes?.evidence ?? []).map(({ source, url }): [string, string] => ["evidence", `${source} (${url})`]),
    ...dropped.map(({ path, reason, by }): [string, string] => ["dropped", `${path} by ${by}: ${reason}`]),
  ];
  const known = rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]]));
  for (const row of columns(known)) writeLine(row);
}
