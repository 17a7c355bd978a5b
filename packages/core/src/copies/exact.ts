import type { Cost } from "./copy-group.ts";
import { IntList } from "./packed.ts";
import { repeatsIn } from "./repeats.ts";
import type { CopyParameter } from "./template.ts";
import { ABOVE, BELOW, type Units } from "./units.ts";
import { FRAGMENT, USE, type WholeFiles } from "./whole-files.ts";

/** Units from one to another. */
export interface UnitSpan {
  readonly from: number;
  readonly to: number;
}

/** What stands in several places and could be one fragment. */
export interface Run {
  /** With `{{name}}` for parameters. */
  readonly text: string;
  readonly parameters: readonly CopyParameter[];
  readonly places: readonly UnitSpan[];
  readonly tokens: number;
  readonly saves: number;
}

/** A run that is not chosen yet: what it saves depends on what others have taken. */
export interface Candidate {
  readonly places: readonly UnitSpan[];
  readonly text: string;
  readonly parameters: readonly CopyParameter[];
}

/** Finds runs of units that are equal in two or more documents. */
export function exactRuns(units: Units, { document, distinct }: WholeFiles, { tokens, least }: Cost): Candidate[] {
  const isShared = sharedTexts(units, document, distinct);
  const sizes = new Int32Array(units.texts).fill(-1);
  const sizeOf = (text: number) => {
    if (sizes[text] === -1) sizes[text] = tokens(units.textOf(text));
    return sizes[text] as number;
  };
  const row = new IntList();
  const unitAt = new IntList();
  let separator = 2 * units.texts + 2 * units.length + 2;
  for (const file of distinct) {
    let isOpen = false;
    for (let unit = units.starts[file] as number; unit < (units.starts[file + 1] as number); unit++) {
      const text = units.text[unit] as number;
      if (isShared[text] === 0 || units.kind(unit) === "open") {
        isOpen = false;
        continue;
      }
      // The gap above the first unit of a run does not matter.
      row.push(isOpen ? 2 * (units.gap[unit] as number) + 1 : separator++);
      row.push(2 * text + 2);
      unitAt.push(-1);
      unitAt.push(unit);
      isOpen = true;
    }
  }
  const sums = new Float64Array(row.length + 1);
  for (let at = 0; at < row.length; at++) {
    const unit = unitAt.get(at);
    sums[at + 1] = (sums[at] as number) + (unit === -1 ? 0 : sizeOf(units.text[unit] as number));
  }
  const isWorth = (place: number, length: number, times: number) =>
    (times - 1) * ((sums[place + length] as number) - (sums[place] as number)) - times * USE - FRAGMENT >= least / 2;
  const found = new Map<string, Candidate>();
  for (const { places, length } of repeatsIn(row.all(), isWorth)) {
    const inUnits = [...Array(length).keys()].filter((at) => unitAt.get((places[0] as number) + at) !== -1);
    const [head, tail] = [inUnits[0], inUnits.at(-1)];
    if (head === undefined || tail === undefined) continue;
    const spans = places.map((place) => ({ from: unitAt.get(place + head), to: unitAt.get(place + tail) }));
    for (const trimmed of trimmedOf(units, spans)) {
      const [first] = trimmed as [UnitSpan];
      // One that is longer has fewer places, and both may be worth something.
      const key = `${first.from} ${first.to}`;
      if ((found.get(key)?.places.length ?? 0) >= trimmed.length) continue;
      found.set(key, { places: trimmed, text: units.written(first.from, first.to), parameters: [] });
    }
  }
  return [...found.values()];
}

/** By text, whether two documents have it. */
function sharedTexts(units: Units, document: readonly number[], distinct: readonly number[]): Uint8Array {
  const isShared = new Uint8Array(units.texts);
  const firsts = new Int32Array(units.texts).fill(-1);
  for (const file of distinct) {
    for (let unit = units.starts[file] as number; unit < (units.starts[file + 1] as number); unit++) {
      const text = units.text[unit] as number;
      if (firsts[text] === -1) firsts[text] = document[file] as number;
      else if (firsts[text] !== document[file]) isShared[text] = 1;
    }
  }
  return isShared;
}

/** Words outside of headings, at least. */
const LEAST_WORDS = 8;

/** Items without the rest of their list are proposed where so many files have them. */
const FILES_OF_PART = 3;

/**
 * What can be proposed of a run: without what it cannot begin or end with, and without part of a list beside other text. One that begins within a section and goes
 * on with others is two. None where nothing is left that says something.
 */
export function trimmedOf(units: Units, spans: readonly UnitSpan[]): UnitSpan[][] {
  const [sample] = spans as [UnitSpan];
  const length = sample.to - sample.from + 1;
  const isHeading = (offset: number) => units.kind(sample.from + offset) === "heading";
  const headings = [...Array(length).keys()].slice(1).filter(isHeading);
  const isOpening = spans.every(({ from }) => from === units.starts[units.file[from] as number]);
  const isWhole = spans.every(({ to }) => endsSection(units, to));
  const cuts = [
    ...(isHeading(0) || isOpening ? [] : headings.slice(0, 1)),
    // What goes on in other words is a passage of its own, if it is worth that.
    ...(isWhole ? [] : headings.slice(-1)),
  ];
  const starts = [...new Set([0, ...cuts])];
  const parts = starts.map((from, index) => [from, (starts[index + 1] ?? length) - 1] as const);
  return parts.flatMap(([from, to]) => {
    const trimmed = trimmedPart(
      units,
      spans.map((span) => ({ from: span.from + from, to: span.from + to })),
    );
    return trimmed === undefined ? [] : [trimmed];
  });
}

/** Whether nothing of a section stands behind a unit. */
function endsSection(units: Units, unit: number): boolean {
  const next = unit + 1;
  if (next === units.starts[(units.file[unit] as number) + 1]) return true;
  return units.kind(next) === "heading" || units.kind(next) === "break";
}

function trimmedPart(units: Units, spans: readonly UnitSpan[]): UnitSpan[] | undefined {
  const [{ from: start, to: end }] = spans as [UnitSpan];
  let [from, to] = [start, end];
  const isInside = (offset: number, side: number) =>
    spans.some((span) => ((units.isInside[span.from + offset] as number) & side) !== 0);
  for (let isChanged = true; isChanged && from <= to; ) {
    isChanged = true;
    const isList = allItems(units, from, to);
    if (units.kind(from) === "break") from++;
    else if (cannotEnd(units, to)) to--;
    else if (!isList && isInside(from - start, ABOVE)) while (units.kind(from) === "item") from++;
    else if (!isList && isInside(to - start, BELOW)) while (units.kind(to) === "item") to--;
    else {
      const [first, last] = unbalanced(units, from, to);
      isChanged = first !== undefined && last !== undefined;
      // The longer part beside the tag.
      if (isChanged && (first as number) - from >= to - (first as number)) to = (first as number) - 1;
      else if (isChanged) from = (last as number) + 1;
    }
  }
  if (from > to || wordsIn(units, from, to) < LEAST_WORDS || isContents(units, from, to)) return undefined;
  if (isInside(from - start, ABOVE) || isInside(to - start, BELOW)) {
    const files = new Set(spans.map((span) => units.file[span.from])).size;
    const isNumbered = /^\s*\d/.test(units.said(from));
    if (files < FILES_OF_PART || isNumbered || areLinks(units, from, to)) return undefined;
  }
  return spans.map((span) => ({ from: span.from + from - start, to: span.from + to - start }));
}

/** Whether a run is a table of contents: links to the headings of its own file. */
function isContents(units: Units, from: number, to: number): boolean {
  for (let unit = from; unit <= to; unit++)
    if (units.kind(unit) !== "heading" && !CONTENTS.test(units.said(unit))) return false;
  return true;
}

const CONTENTS = /^(?:\s*(?:[-*+]|\d+[.)])\s+\[[^\]]*\]\(#[^)]*\)[ \t]*(?:\n|$))+$/;

/** Whether items only name other files, of which each list has its own. */
function areLinks(units: Units, from: number, to: number): boolean {
  for (let unit = from; unit <= to; unit++) if (!/^\s*[-*+]\s+\W*\[[^\]]*\]\(/.test(units.said(unit))) return false;
  return true;
}

/** Whether a run is items of one list. */
function allItems(units: Units, from: number, to: number): boolean {
  for (let unit = from; unit <= to; unit++) {
    if (units.kind(unit) !== "item") return false;
    if (unit > from && ((units.isInside[unit] as number) & ABOVE) === 0) return false;
  }
  return true;
}

/** Whether a passage cannot end with a unit: a heading, a break, a label, or the line that names a licence. */
export function cannotEnd(units: Units, unit: number): boolean {
  const kind = units.kind(unit);
  if (kind === "heading" || kind === "break") return true;
  if (LICENCE.test(units.said(unit))) return true;
  return kind === "text" && /[:：]\s*(?:\*\*|__|<\/\w+>)?\s*$/.test(units.said(unit));
}

const TAG = /^<(\/?)([A-Za-z][\w-]*)(?:\s[^>]*)?>$/;

/** The first and last unit with a tag alone on a line whose other half is missing. */
function unbalanced(units: Units, from: number, to: number): [first: number | undefined, last: number | undefined] {
  const open: { readonly name: string; readonly unit: number }[] = [];
  const lone: number[] = [];
  for (let unit = from; unit <= to; unit++) {
    const text = units.said(unit);
    if (!text.includes("<") || text.startsWith("```")) continue;
    for (const line of text.split("\n")) {
      const [, slash, name] = TAG.exec(line.trim()) ?? [];
      if (name === undefined) continue;
      if (slash === "") open.push({ name, unit });
      else if (open.at(-1)?.name === name) open.pop();
      else lone.push(unit);
    }
  }
  const all = [...lone, ...open.map(({ unit }) => unit)].sort((a, b) => a - b);
  return [all[0], all.at(-1)];
}

const LICENCE = /^\W*licen[cs]e\W*:|\b(?:licen[cs]ed? under|copyright|all rights reserved|SPDX-)/i;

/** The words of a run outside of headings, a licence's left out. */
function wordsIn(units: Units, from: number, to: number): number {
  let words = 0;
  for (let unit = from; unit <= to; unit++) {
    if (units.kind(unit) === "heading") continue;
    const text = units.said(unit);
    if (!LICENCE.test(text)) words += text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  }
  return words;
}
