import { formatIssue } from "@personakit/core";
import { markDiffering } from "../output/differing.ts";
import { columns, count } from "../output/terminal.ts";
import type { Source } from "./copies.ts";
import type { Entry } from "./entries.ts";
import type { Found, FoundFile } from "./find-files.ts";
import type { Hint } from "./hints.ts";
import type { NearCopy, WordChange } from "./near.ts";
import type { Proposed } from "./propose.ts";

/** What an import shows. */
type Shown = Pick<Proposed, "files" | "refused" | "left" | "sources" | "near" | "entries">;

/** How many rows are shown of each kind. `--json` has all. */
const MOST = 40;

/** What was found, as data. */
export function reportAsData({ files, refused, left, sources, near, entries }: Shown): object {
  const outputs = new Map<FoundFile, string>(
    sources.flatMap(({ file, copies, made }) =>
      [...copies, ...made.map((each) => each.file)].map((each) => [each, file.path] as const),
    ),
  );
  return {
    files: files.map((file) => ({
      path: file.path,
      format: file.place.readable.id,
      tool: file.place.readable.tool,
      name: file.loaded.unit.id,
      tokens: file.tokens,
      ...(file.parts.length === 0 ? {} : { beside: file.parts }),
      ...(outputs.has(file) ? { builtFrom: outputs.get(file) } : {}),
      warnings: file.warnings,
    })),
    entries,
    near: near.map(({ first, second, alike, fields, words }) => ({
      files: [first.path, second.path],
      alike: Number(alike.toFixed(3)),
      frontMatter: fields,
      body: words,
    })),
    apart: sources.flatMap(({ file, apart }) =>
      apart.map((each) => ({ files: [file.path, each.file.path], reason: each.reason })),
    ),
    refused,
    left,
  };
}

/** What was found, line by line. */
export function reportLines(shown: Shown): string[] {
  const { files, sources, near, refused, left } = shown;
  const tokens = files.reduce((sum, file) => sum + file.tokens, 0);
  const apart = sources.flatMap(({ file, apart }) =>
    apart.map((each) => [`  ${file.path} and ${each.file.path}:`, each.reason]),
  );
  const warnings = sources.flatMap(({ file }) => file.warnings);
  return [
    `Found ${count(files.length, "instruction file")}, ${count(tokens, "token")}:`,
    ...(sources.length > MOST ? byFormat(files) : sourceRows(sources)),
    ...part("Nearly the same, and sources of their own:", near.map(nearLine)),
    ...part("The same, and sources of their own all the same:", columns(apart)),
    ...part(
      "Read all the same, but look at:",
      warnings.map((each) => `  ${formatIssue(each)}`),
    ),
    ...part(
      "Not imported:",
      refused.map((each) => `  ${formatIssue(each)}`),
    ),
    ...part("Left alone:", leftLines(left)),
  ];
}

/** How many files are named that are left alone for one reason. */
const MOST_LEFT = 5;

/** Files that are left alone, with the reason; of many for one reason, the first few. */
export function leftLines(left: Found["left"]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { path, reason } of left) reasons.set(reason, [...(reasons.get(reason) ?? []), path]);
  return columns(
    [...reasons].flatMap(([reason, paths]) => [
      ...paths.slice(0, MOST_LEFT).map((path) => [`  ${path}`, reason]),
      ...(paths.length > MOST_LEFT ? [[`  and ${count(paths.length - MOST_LEFT, "more file")}`, reason]] : []),
    ]),
  );
}

function part(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MOST;
  return ["", title, ...lines.slice(0, MOST), ...(more > 0 ? [`  and ${more} more: --json lists them all`] : [])];
}

function sourceRows(sources: readonly Source[]): string[] {
  const rows = sources.flatMap(({ file, copies, made }) => [
    [`  ${file.path}`, file.place.readable.id, count(file.tokens, "token"), besideOf(file)],
    ...copies.map(({ path, place }) => [`    ${path}`, place.readable.id, "the same bytes"]),
    ...made.map(({ file: { path, place } }) => [`    ${path}`, place.readable.id, "what is built from it"]),
  ]);
  return columns(rows);
}

function besideOf({ parts }: FoundFile): string {
  return parts.length === 0 ? "" : `and ${count(parts.length, "file")} beside it`;
}

/** One row for each format. */
function byFormat(files: readonly FoundFile[]): string[] {
  const groups = new Map<string, FoundFile[]>();
  for (const each of files) {
    const { id } = each.place.readable;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [each]);
    else group.push(each);
  }
  const rows = [...groups].map(([id, group]) => [
    `  ${id}`,
    count(group.length, "file"),
    count(
      group.reduce((sum, { tokens }) => sum + tokens, 0),
      "token",
    ),
  ]);
  return columns(rows, [1, 2]);
}

/** How many differences of two files are shown in words. */
const MOST_WORDS = 3;

/** In characters: the beginning of a longer text is enough to find it. */
const MOST_TEXT = 40;

function nearLine({ first, second, alike, fields, words }: NearCopy): string {
  const said = words.slice(0, MOST_WORDS).map(wordsAsText);
  const more = words.length - said.length;
  const body = [...said, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
  const differ = [
    ...(fields.length === 0 ? [] : [`front matter: ${fields.join(", ")}`]),
    ...(body === "" ? [] : [`body: ${body}`]),
  ];
  const share = body === "" ? "the same text" : `${Math.min(99, Math.floor(alike * 100))} % alike`;
  return `  ${first.path} and ${second.path}, ${share}: ${differ.join("; ") || "only blank lines differ"}`;
}

function wordsAsText({ line, before, after }: WordChange): string {
  if (after === "") return `line ${line} only in the first: ${quoted(before)}`;
  if (before === "") return `from line ${line} only in the second: ${quoted(after)}`;
  return `line ${line}: ${quoted(before)} and ${quoted(after)}`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}...` : text);
}

/** What would be written, line by line. */
export function entryLines(entries: readonly Entry[], format: (entry: Entry) => string): string[] {
  const more = entries.length - MOST;
  const lines = entries.slice(0, MOST).map((each) => `  ${format(each)},`);
  return more > 0 ? [...lines, `  and ${more} more`] : lines;
}

/** Points that published rules say too, as data. */
export function hintsAsData(hints: readonly Hint[]): object[] {
  return hints.map((hint) => ({
    places: hint.places,
    text: hint.text,
    reason: reasonOf(hint),
    rule: hint.rule,
    alike: Number(hint.alike.toFixed(3)),
    differing: { point: differing(hint.parts.point), rule: differing(hint.parts.rule) },
  }));
}

function differing(parts: Hint["parts"]["rule"]): string[] {
  return parts.flatMap(({ text, differs }) => (differs ? [text] : []));
}

const SAME = "says this";

function reasonOf({ parts }: Hint): string {
  return [...parts.point, ...parts.rule].some(({ differs }) => differs) ? "says nearly this" : SAME;
}

/** Points that published rules say too, line by line. Words that only one of the two has are in `[[ ]]`. */
export function hintLines(hints: readonly Hint[]): string[] {
  if (hints.length === 0) return ["", "No published rule says what a point of these files says."];
  const lines = hints.slice(0, MOST).flatMap((hint) => {
    const { rule, parts, places, text } = hint;
    const [place, ...others] = places.map(({ path, line }) => `${path}:${line}`);
    const where = others.length === 0 ? place : `${place} and ${count(others.length, "more place")}`;
    const reason = reasonOf(hint);
    const texts =
      reason === SAME
        ? [`    ${text}`]
        : [`    file  ${markDiffering(parts.point)}`, `    rule  ${markDiffering(parts.rule)}`];
    return [`  ${where}: ${rule.path} (${rule.strength}, ${rule.package}) ${reason}`, ...texts];
  });
  const more = hints.length - MOST;
  const rest = more > 0 ? [`  and ${more} more: --json lists them all`] : [];
  return ["", "Published already, with the words that differ in [[ ]]:", ...lines, ...rest];
}
