/** What stands several times in a row of numbers, and goes on in no two places alike. */
export interface Repeat {
  readonly length: number;
  readonly places: readonly number[];
}

/**
 * The maximal repeats of a row of numbers, all of them positive: with a suffix array, in time that grows with the row and the
 * length of what repeats. `isWorth` is asked before the places of a repeat are looked up.
 */
export function repeatsIn(
  row: Int32Array,
  isWorth: (place: number, length: number, times: number) => boolean,
): Repeat[] {
  const suffixes = sorted(row);
  const common = commonLengths(row, suffixes);
  const found: Repeat[] = [];
  const open: { length: number; from: number; before: number }[] = [];
  const before = (rank: number) => row[(suffixes[rank] as number) - 1] ?? -1;
  for (let rank = 0; rank <= suffixes.length; rank++) {
    // What the suffix has in common with the one above it.
    const length = rank === 0 ? 0 : (common[rank] ?? 0);
    let from = rank - 1;
    let left = rank === 0 ? VARIOUS : before(rank - 1);
    for (let last = open.at(-1); last !== undefined && last.length > length; last = open.at(-1)) {
      open.pop();
      last.before = same(last.before, left);
      const place = suffixes[last.from] as number;
      if (last.before === VARIOUS && isWorth(place, last.length, rank - last.from))
        found.push({ length: last.length, places: [...suffixes.subarray(last.from, rank)].sort((a, b) => a - b) });
      from = last.from;
      left = last.before;
    }
    const last = open.at(-1);
    if (last?.length === length) last.before = same(last.before, left);
    else if (length > 0) open.push({ length, from: Math.max(from, 0), before: left });
  }
  return found;
}

const VARIOUS = -2;

function same(one: number, other: number): number {
  return one === other && one !== -1 ? one : VARIOUS;
}

/** The suffixes of a row in order, by doubling the length that is compared. */
function sorted(row: Int32Array): Int32Array {
  const { length } = row;
  let suffixes = new Int32Array(length);
  let ranks = ranksOf(row);
  let next = new Int32Array(length);
  const counts = new Int32Array(Math.max(length, 1) + 1);
  for (let at = 0; at < length; at++) suffixes[at] = at;
  let byFirst = new Int32Array(length);
  countingSort(suffixes, byFirst, (at) => ranks[at] as number, counts);
  suffixes = byFirst;
  byFirst = new Int32Array(length);
  for (let width = 1; width < length; width *= 2) {
    // By the second half: suffixes that end within the first have none, and come first.
    let count = 0;
    for (let at = length - width; at < length; at++) byFirst[count++] = at;
    for (const at of suffixes) if (at >= width) byFirst[count++] = at - width;
    const halves = ranks;
    countingSort(byFirst, suffixes, (at) => halves[at] as number, counts);
    let rank = 0;
    for (let index = 0; index < length; index++) {
      const at = suffixes[index] as number;
      const above = suffixes[index - 1] ?? 0;
      const isSame =
        index > 0 && halves[at] === halves[above] && (halves[at + width] ?? -1) === (halves[above + width] ?? -1);
      if (index > 0 && !isSame) rank++;
      next[at] = rank;
    }
    [ranks, next] = [next, ranks];
    if (rank === length - 1) break;
  }
  return suffixes;
}

/** The numbers of a row as ranks, without gaps. */
function ranksOf(row: Int32Array): Int32Array<ArrayBuffer> {
  const values = row.slice().sort();
  const ranks = new Map<number, number>();
  for (const value of values) if (!ranks.has(value)) ranks.set(value, ranks.size);
  return Int32Array.from(row, (value) => ranks.get(value) as number);
}

function countingSort(from: Int32Array, to: Int32Array, keyOf: (at: number) => number, counts: Int32Array): void {
  counts.fill(0);
  for (const at of from) {
    const key = keyOf(at) + 1;
    counts[key] = (counts[key] as number) + 1;
  }
  for (let key = 1; key < counts.length; key++) counts[key] = (counts[key] as number) + (counts[key - 1] as number);
  for (const at of from) {
    const key = keyOf(at);
    const place = counts[key] as number;
    to[place] = at;
    counts[key] = place + 1;
  }
}

/** By rank, how much a suffix has in common with the one above it. */
function commonLengths(row: Int32Array, suffixes: Int32Array): Int32Array {
  const ranks = new Int32Array(row.length);
  for (const [rank, at] of suffixes.entries()) ranks[at] = rank;
  const common = new Int32Array(row.length);
  let length = 0;
  for (let at = 0; at < row.length; at++) {
    const rank = ranks[at] as number;
    if (rank === 0) {
      length = 0;
      continue;
    }
    const above = suffixes[rank - 1] as number;
    while (at + length < row.length && above + length < row.length && row[at + length] === row[above + length])
      length++;
    common[rank] = length;
    if (length > 0) length--;
  }
  return common;
}
