import type { CopyDrift, Cost } from "./copy-group.ts";
import type { Candidate, Run, UnitSpan } from "./exact.ts";
import type { Apart } from "./like.ts";
import { ABOVE, BELOW, placeOf, type Units } from "./units.ts";
import { FRAGMENT, USE, VALUE, type WholeFiles } from "./whole-files.ts";

/** What is chosen of the candidates, none of which overlap, and what has drifted apart outside of them. */
export interface Chosen {
  readonly runs: readonly Run[];
  readonly drifts: readonly Omit<CopyDrift, "name" | "heading">[];
}

/** A run that takes part of a list must save so much more. */
const LEAST_OF_PART = 60;

/** Chooses candidates by what they save, largest first; what is left of one that others overlap with is considered again. */
export function chosen(
  units: Units,
  { groups, document }: WholeFiles,
  candidates: readonly Candidate[],
  apart: readonly Apart[],
  { tokens, least }: Cost,
): Chosen {
  const isTaken = new Uint8Array(units.length);
  const isFree = ({ from, to }: UnitSpan) => {
    for (let unit = from; unit <= to; unit++) if (isTaken[unit] === 1) return false;
    return true;
  };
  const take = ({ from, to }: UnitSpan) => isTaken.fill(1, from, to + 1);

  // A body that is one text as a whole has no part in another one.
  const isWhole = new Set(
    groups.flatMap(({ match, places }) =>
      match === "head" || match === "parameters" ? places.map(({ path }) => path) : [],
    ),
  );
  for (const [file, { path }] of units.files.entries())
    if (isWhole.has(path)) isTaken.fill(1, units.starts[file], units.starts[file + 1]);

  /** What is left of a candidate, and what it saves. */
  const rated = (candidate: Candidate): Run | undefined => {
    const kept: number[] = [];
    let end = -1;
    for (const [index, place] of candidate.places.entries()) {
      if (place.from <= end || !isFree(place)) continue;
      kept.push(index);
      end = place.to;
    }
    const places = kept.map((index) => candidate.places[index] as UnitSpan);
    if (new Set(places.map(({ from }) => document[units.file[from] as number])).size < 2) return undefined;
    const parameters = candidate.parameters.map(({ name, values }) => ({
      name,
      values: kept.map((index) => values[index] as string),
    }));
    const size = tokens(candidate.text);
    const values = parameters.flatMap((each) => each.values).reduce((sum, value) => sum + VALUE + tokens(value), 0);
    const saves = (places.length - 1) * size - places.length * USE - FRAGMENT - values;
    const isPart = places.some(
      ({ from, to }) =>
        ((units.isInside[from] as number) & ABOVE) !== 0 || ((units.isInside[to] as number) & BELOW) !== 0,
    );
    return saves < (isPart ? Math.max(least, LEAST_OF_PART) : least)
      ? undefined
      : { text: candidate.text, parameters, places, tokens: size, saves };
  };

  const queue = candidates.flatMap((candidate) => rated(candidate) ?? []).sort(byRank);
  const runs: Run[] = [];
  // What shrinks is put back among those that save as much; each time it has fewer places, so that this ends.
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const now = next.places.every(isFree) ? next : rated(next);
    if (now === undefined) continue;
    if (now !== next) {
      insert(queue, now);
      continue;
    }
    for (const place of now.places) take(place);
    runs.push(now);
  }

  // What one wording of a drift has in several places is worth a fragment, and has drifted from the other all the same.
  isTaken.fill(0);
  for (const { parameters, places } of runs) if (parameters.length > 0) for (const place of places) take(place);
  const drifts = apart.flatMap(({ variants }) => {
    const free = variants
      .map(({ text, places }) => ({ text, places: places.filter(isFree) }))
      .filter(({ places }) => places.length > 0);
    const places = free.flatMap((each) => each.places);
    if (free.length < 2 || new Set(places.map(({ from }) => document[units.file[from] as number])).size < 2) return [];
    for (const place of places) take(place);
    const shown = free.map((each) => ({
      text: each.text,
      places: each.places.map(({ from, to }) => placeOf(units, from, to)),
    }));
    return [{ of: "passage" as const, variants: shown, tokens: tokens(free[0]?.text ?? "") }];
  });
  return { runs, drifts };
}

function byRank(one: Run, other: Run): number {
  return (
    other.saves - one.saves ||
    (one.places[0]?.from ?? 0) - (other.places[0]?.from ?? 0) ||
    one.text.length - other.text.length
  );
}

function insert(queue: Run[], run: Run): void {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byRank(queue[middle] as Run, run) <= 0) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, run);
}
