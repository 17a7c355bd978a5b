/** How many values stand for a text, and how many of them in a row must be equal for two texts to be compared. */
const VALUES = 48;
const BAND = 3;

/** With how many texts of a bucket a new one is compared, at most. */
const MOST_LEADERS = 4;

/** Texts that are nearly the same. */
export interface NearGroup {
  /** Indices; the first text is the one that all others are like. */
  readonly members: readonly number[];
  /** How much each is like the first, from 0 to 1. */
  readonly likeness: readonly number[];
}

interface OpenGroup {
  readonly members: number[];
  readonly likeness: number[];
}

/**
 * Puts texts that are nearly the same into groups: those whose rows of three words are, to the given part, the same (Jaccard)
 * as those of the group's first text. Time grows with the
 * texts, not with the pairs of them. Groups of one are left out.
 *
 * @param texts The more often one stands somewhere, the further ahead it is.
 */
export function nearGroups(texts: readonly string[], least: number): NearGroup[] {
  const rows = texts.map(rowsOf);
  const buckets = new Map<number, number[]>();
  const groupOf: number[] = [];
  const groups: OpenGroup[] = [];
  for (const [index, own] of rows.entries()) {
    const values = valuesOf(own);
    const keys = Array.from({ length: VALUES / BAND }, (_, band) => keyOf(values, band));
    const asked = new Set<number>();
    let found: number | undefined;
    let like = 0;
    for (const key of keys) {
      for (const leader of buckets.get(key) ?? []) {
        if (asked.has(leader)) continue;
        asked.add(leader);
        like = likenessOf(own, rows[leader] as Int32Array);
        if (like < least) continue;
        found = leader;
        break;
      }
      if (found !== undefined) break;
    }
    if (found !== undefined) {
      const group = groups[groupOf[found] as number] as OpenGroup;
      group.members.push(index);
      group.likeness.push(like);
      continue;
    }
    groupOf[index] = groups.length;
    groups.push({ members: [index], likeness: [1] });
    for (const key of keys) {
      const leaders = buckets.get(key);
      if (leaders === undefined) buckets.set(key, [index]);
      else if (leaders.length < MOST_LEADERS) leaders.push(index);
    }
  }
  return groups.filter(({ members }) => members.length > 1);
}

/** How much two texts are alike, from 0 to 1. */
export function likenessOfTexts(one: string, other: string): number {
  return likenessOf(rowsOf(one), rowsOf(other));
}

const WORD = /[\p{L}\p{N}]+/gu;

/** The rows of three words of a text, as numbers in order, each once. A shorter text is one row. */
function rowsOf(text: string): Int32Array {
  const hashes: number[] = [];
  for (const [word] of text.matchAll(WORD)) hashes.push(hashOf(word));
  const rows = new Set<number>();
  for (let at = 0; at < Math.max(hashes.length - 2, 1); at++) {
    const [one = 0, two = 0, three = 0] = [hashes[at], hashes[at + 1], hashes[at + 2]];
    rows.add(mixed(Math.imul(mixed(Math.imul(mixed(one), 31) + two), 31) + three));
  }
  return Int32Array.from(rows).sort();
}

function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}

function mixed(value: number): number {
  let mix = value ^ (value >>> 16);
  mix = Math.imul(mix, 0x85ebca6b);
  mix ^= mix >>> 13;
  mix = Math.imul(mix, 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}

const FACTORS = Int32Array.from({ length: VALUES }, (_, index) => mixed(index * 2 + 1) | 1);
const ADDENDS = Int32Array.from({ length: VALUES }, (_, index) => mixed(index * 2 + 2));

/** The least value of all rows under each of several hashes. */
function valuesOf(rows: Int32Array): Int32Array {
  const values = new Int32Array(VALUES).fill(0x7fffffff);
  for (let index = 0; index < VALUES; index++) {
    const factor = FACTORS[index] as number;
    const addend = ADDENDS[index] as number;
    let least = 0x7fffffff;
    for (let at = 0; at < rows.length; at++) {
      let value = (Math.imul(rows[at] as number, factor) + addend) | 0;
      value ^= value >>> 15;
      if (value < least) least = value;
    }
    values[index] = least;
  }
  return values;
}

function keyOf(values: Int32Array, band: number): number {
  let key = band + 1;
  for (let at = band * BAND; at < (band + 1) * BAND; at++) key = mixed(Math.imul(key, 31) + (values[at] as number));
  // Apart by band, in one number that is exact.
  return (key >>> 0) * (VALUES / BAND) + band;
}

/** What two texts have in common, from 0 to 1, from their rows in order. */
function likenessOf(one: Int32Array, other: Int32Array): number {
  let [at, to, common] = [0, 0, 0];
  while (at < one.length && to < other.length) {
    const [left, right] = [one[at] as number, other[to] as number];
    if (left === right) common++;
    if (left <= right) at++;
    if (right <= left) to++;
  }
  return common / (one.length + other.length - common);
}
