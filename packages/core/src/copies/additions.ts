import type { CopyGroup, CopyPassage, Cost } from "./copy-group.ts";
import { trimmedOf, type UnitSpan } from "./exact.ts";
import { placeOf, type Units } from "./units.ts";
import { FRAGMENT, USE } from "./whole-files.ts";
import { hunksBetween } from "./words.ts";

type Group = Omit<CopyGroup, "name" | "heading">;

/** Groups of which those with additions say what both of their files have in a row, and save no more than that. */
export function withPassages(units: Units, groups: readonly Group[], cost: Cost): Group[] {
  const fileAt = new Map(units.files.map(({ path }, file) => [path, file]));
  return groups.map((group) => {
    if (group.match !== "additions") return group;
    const [one, other] = group.places.map(({ path }) => fileAt.get(path) as number) as [number, number];
    const found = stretchesOf(units, one, other)
      .flatMap((spans) => trimmedOf(units, spans))
      .flatMap((spans) => passageOf(units, spans, cost) ?? []);
    const saves = found.reduce((sum, each) => sum + each.saves, 0);
    return { ...group, passages: found.map(({ text, places }) => ({ text, places })), saves };
  });
}

function passageOf(
  units: Units,
  spans: readonly UnitSpan[],
  { tokens, least }: Cost,
): (CopyPassage & { readonly saves: number }) | undefined {
  const [{ from, to }] = spans as [UnitSpan];
  const text = units.written(from, to);
  const saves = tokens(text) - 2 * USE - FRAGMENT;
  return saves < least ? undefined : { text, places: spans.map((span) => placeOf(units, span.from, span.to)), saves };
}

/** How many units may be in one of the files only. */
const MOST_UNITS = 200;

/** What two files have in a row, with the same blank lines, as spans of both. */
function stretchesOf(units: Units, one: number, other: number): UnitSpan[][] {
  const [first, second] = [units.starts[one] as number, units.starts[other] as number];
  const row = (file: number) => Array.from(units.text.slice(units.starts[file], units.starts[file + 1]), String);
  const [a, b] = [row(one), row(other)];
  const hunks = hunksBetween(a, b, MOST_UNITS) ?? [];
  const found: UnitSpan[][] = [];
  let [x, y] = [0, 0];
  for (const { from, to, end } of [...hunks, { from: a.length, to: a.length, start: b.length, end: b.length }]) {
    for (let length = 0; x + length < from; ) {
      const begin = length++;
      const isOpen = units.kind(first + x + begin) === "open";
      while (!isOpen && x + length < from && goesOn(units, first + x + length, second + y + length)) length++;
      if (isOpen) continue;
      const [left, right] = [first + x, second + y];
      found.push([
        { from: left + begin, to: left + length - 1 },
        { from: right + begin, to: right + length - 1 },
      ]);
    }
    [x, y] = [to, end];
  }
  return found;
}

function goesOn(units: Units, one: number, other: number): boolean {
  return units.gap[one] === units.gap[other] && units.kind(one) !== "open";
}
