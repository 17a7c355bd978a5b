import { join } from "node:path";
import type { Copies, CopyDrift, CopyGroup, CopyPlace, DifferingPart } from "@personakit/core/copies";
import { type Finding, issue } from "../issues/command-error.ts";
import { markDiffering } from "../output/differing.ts";
import { count } from "../output/terminal.ts";
import type { LastEdit } from "./edited-when.ts";

/** What was looked at, and what stands in it several times. */
export interface CopyReport extends Copies {
  readonly files: number;
  readonly tokens: number;
  /** A text in parts: those that another one says too, and the others. */
  readonly compare: (text: string, other: string) => readonly DifferingPart[] | undefined;
  /** By drift, which of its texts was edited last. */
  readonly edits: ReadonlyMap<CopyDrift, LastEdit>;
}

/** How alike the places of a group are. */
export const MATCHES = {
  equal: "equal",
  head: "equal below their front matter",
  parameters: "equal but for parameters",
  additions: "one with additions",
} as const;

/** How many places of a group are named where nobody asked for it. */
const MOST_PLACES = 4;

/** The answer where nothing would pay for the line that stands in its place. */
const NOTHING = "Nothing shared is worth a fragment.";

/** The report for a terminal, line by line. With `isFull`, all places and the whole text of each group. */
export function reportAsText(report: CopyReport, isFull: boolean): string[] {
  const { groups, drifts, numbers, files, tokens } = report;
  const saved = groups.reduce((sum, { saves }) => sum + saves, 0);
  const found = [
    ...part(
      "Whole files",
      groups.filter((group) => group.of === "file"),
      isFull,
    ),
    ...part(
      "Passages",
      groups.filter((group) => group.of === "passage"),
      isFull,
    ),
    ...(drifts.length === 0 ? [] : ["", "Drift: what was one text, and differs now"]),
    ...drifts.flatMap((drift) => driftAsText(drift, report, isFull)),
    ...(numbers.length === 0 ? [] : ["", "Numbers that differ: are they meant to?"]),
    ...numbers.flatMap(({ topic, values }) => [
      `  ${topic}`,
      ...values.map(
        ({ value, places }) =>
          `    ${value}: ${named(
            places.map(({ path, line }) => `${path}:${line}`),
            isFull,
          )}`,
      ),
    ]),
  ];
  const about = `${count(files, "instruction file")}, ${amount(tokens)} tokens.`;
  if (groups.length === 0) return [...found.slice(1), ...(found.length === 0 ? [] : [""]), `${about} ${NOTHING}`];
  return [
    ...found.slice(1),
    "",
    `${about} One text in place of ${count(groups.length, "group")} of copies saves ${amount(saved)}.`,
  ];
}

function part(title: string, groups: readonly CopyGroup[], isFull: boolean): string[] {
  if (groups.length === 0) return [];
  return ["", title, ...groups.flatMap((group) => groupAsText(group, isFull))];
}

function groupAsText(group: CopyGroup, isFull: boolean): string[] {
  const { name, of, match, places, parameters, saves } = group;
  const where = `${count(places.length, of === "file" ? "file" : "place")}, ${MATCHES[match]}`;
  const gain =
    group.passages?.length === 0
      ? "what they share is in pieces too short for a fragment"
      : `saves ${amount(saves)} tokens`;
  const shown = isFull ? places : places.slice(0, MOST_PLACES);
  return [
    `  ${name}: ${where}, ${gain}`,
    ...parameters.map(({ name, values }) => `    {{${name}}}: ${[...new Set(values)].slice(0, 6).join(" | ")}`),
    ...shown.map((place) => `    ${at(place)}`),
    ...(shown.length < places.length ? [`    and ${places.length - shown.length} more`] : []),
    ...(isFull ? group.text.split("\n").map((line) => `      ${line}`.trimEnd()) : []),
  ];
}

/** A text that has drifted apart, for a terminal: each wording with its places, and what differs in it. */
export function driftLines(drift: CopyDrift, report: CopyReport): string[] {
  return driftAsText(drift, report, true);
}

function driftAsText(drift: CopyDrift, { edits, compare }: CopyReport, isFull: boolean): string[] {
  const edit = edits.get(drift);
  const { name, variants } = drift;
  const all = variants.reduce((sum, { places }) => sum + places.length, 0);
  return [
    `  ${name}: ${count(variants.length, "wording")} in ${count(all, "place")}`,
    ...(edit === undefined ? [] : [`    ${sayEdit(edit, all)}`]),
    ...variants
      .slice(0, isFull ? undefined : 3)
      .flatMap(({ places }, index) => [
        `    ${named(places.map(at), isFull)}`,
        ...marked(drift, index, compare, isFull).map((line) => `      ${line}`),
      ]),
  ];
}

/** Says which wording was edited last, and when, as one sentence. */
export function sayEdit({ on, edited, others }: LastEdit, all: number): string {
  const say = others.length === 1 ? "the other still says" : "the others still say";
  return `${edited.length} of ${all} ${edited.length === 1 ? "was" : "were"} edited on ${on} (${named(
    edited.map(({ path }) => path),
    false,
  )}); ${say} what stood there before.`;
}

/** How many lines with differences are shown where nobody asked for all. */
const MOST_LINES = 3;
const WIDTH = 160;

/** The lines of a variant in which words differ from another one, with those words in `[[ ]]`. */
function marked({ variants }: CopyDrift, index: number, compare: CopyReport["compare"], isFull: boolean): string[] {
  const own = variants[index];
  const other = variants[index === 0 ? 1 : 0];
  if (own === undefined || other === undefined) return [];
  const parts = compare(own.text, other.text);
  if (parts === undefined) return [];
  const lines = markDiffering(parts)
    .split("\n")
    .filter((line) => line.includes("[["));
  const shown = isFull ? lines : lines.slice(0, MOST_LINES);
  return [
    ...shown.map(clipped),
    ...(shown.length < lines.length ? [`and ${lines.length - shown.length} more lines`] : []),
  ];
}

/** A line around its first difference. */
function clipped(line: string): string {
  const trimmed = line.trim();
  if (trimmed.length <= WIDTH) return trimmed;
  const start = Math.max(0, trimmed.indexOf("[[") - 60);
  return `${start > 0 ? "... " : ""}${trimmed.slice(start, start + WIDTH)}${start + WIDTH < trimmed.length ? " ..." : ""}`;
}

/** The report as Markdown, for a pull request. */
export function reportAsMarkdown(report: CopyReport): string[] {
  const { groups, drifts, numbers, files, tokens } = report;
  const saved = groups.reduce((sum, { saves }) => sum + saves, 0);
  const about = `${count(files, "instruction file")}, ${amount(tokens)} tokens.`;
  const lines = [
    groups.length === 0
      ? `${about} ${NOTHING}`
      : `${about} ${count(groups.length, "group")} of copies; one text for each saves **${amount(saved)} tokens**.`,
  ];
  if (groups.length > 0) {
    lines.push("", "| Copies | What | Where | Saves |", "| --- | --- | --- | ---: |");
    for (const { name, of, match, places, parameters, saves } of groups) {
      const values = parameters.map((each) => `\`${each.name}\``).join(", ");
      const what = `${of}, ${MATCHES[match]}${values === "" ? "" : ` (${values})`}`;
      lines.push(`| ${name} | ${what} | ${places.map((place) => code(at(place))).join("<br>")} | ${amount(saves)} |`);
    }
  }
  for (const drift of drifts) {
    const edit = report.edits.get(drift);
    const all = drift.variants.reduce((sum, { places }) => sum + places.length, 0);
    lines.push("", `**${drift.name}** says the same thing in ${count(drift.variants.length, "wording")}.`);
    if (edit !== undefined) lines.push("", sayEdit(edit, all));
    lines.push("");
    for (const { places } of drift.variants) lines.push(`- ${places.map((place) => code(at(place))).join(", ")}`);
  }
  for (const { topic, values } of numbers) {
    lines.push("", `**${topic}**: is it meant to differ?`, "");
    for (const { value, places } of values)
      lines.push(`- ${value}: ${places.map(({ path, line }) => code(`${path}:${line}`)).join(", ")}`);
  }
  return lines;
}

/** Each group, drift and question as a finding at its first place, for annotations and code scanning. */
export function reportAsFindings({ groups, drifts, numbers, edits }: CopyReport, folder: string): Finding[] {
  const finding = (
    code: "copied" | "drifted" | "numbers-differ",
    path: string,
    line: number,
    problem: string,
    hint: string,
  ) => ({
    ...issue(code, `${path}:${line}`, problem, { hint }),
    ...{ file: join(folder, path), line, diff: "", level: "note" as const },
  });
  return [
    ...groups.map(({ name, match, places, saves }) => {
      const [{ path, first }, ...others] = places as [CopyPlace, ...CopyPlace[]];
      const problem = `stands in ${count(places.length, "file")}, ${MATCHES[match]}; one text saves ${amount(saves)} tokens. The others: ${others.map(at).join(", ")}`;
      return finding("copied", path, first, problem, `Run personakit extract ${name}.`);
    }),
    ...drifts.map((drift) => {
      const all = drift.variants.flatMap(({ places }) => places);
      const [{ path, first }, ...others] = all as [CopyPlace, ...CopyPlace[]];
      const edit = edits.get(drift);
      const when = edit === undefined ? "" : ` ${sayEdit(edit, all.length)}`;
      const problem = `was one text with ${others.map(at).join(", ")}, and differs now.${when}`;
      return finding(
        "drifted",
        path,
        first,
        problem,
        `Choose a wording: personakit extract ${drift.name} --take <file>.`,
      );
    }),
    ...numbers.map(({ topic, values }) => {
      const [{ path, line } = { path: "", line: 1 }] = values[0]?.places ?? [];
      const said = values.map(
        ({ value, places }) =>
          `${value} (${named(
            places.map((each) => `${each.path}:${each.line}`),
            false,
          )})`,
      );
      return finding(
        "numbers-differ",
        path,
        line,
        `${topic} differs: ${said.join("; ")}`,
        "Make them one, unless each is meant.",
      );
    }),
  ];
}

function at({ path, first, last }: CopyPlace): string {
  return first === last ? `${path}:${first}` : `${path}:${first}-${last}`;
}

function named(names: readonly string[], isFull: boolean): string {
  const shown = isFull ? names : names.slice(0, MOST_PLACES);
  return `${shown.join(", ")}${shown.length < names.length ? ` and ${names.length - shown.length} more` : ""}`;
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}

/** A number with its thousands apart, the same in every locale. */
function amount(number: number): string {
  return String(Math.round(number)).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
