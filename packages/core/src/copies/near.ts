import { IntList, mixed, Numbering } from "./packed.ts";
import { inOrder, likenessOf, rowsOf, wordsOf } from "./word-numbers.ts";

/** How many values stand for a text, and how many of them in a row must be equal for two texts to be compared. */
const VALUES = 48;
const BAND = 3;
const BANDS = VALUES / BAND;

/** Texts that are nearly the same. */
export interface NearGroup {
  /** Indices; the first text is the one that all others are like. */
  readonly members: readonly number[];
  /** How much each is like the first, from 0 to 1. */
  readonly likeness: readonly number[];
}

/**
 * Puts texts that are nearly the same into groups: those whose rows of three words are, to the given part, the same (Jaccard) as those of
 * the group's first text. Time grows with the texts, not with the pairs of them. Returns the groups of two or more, by their first
 * text. Never throws.
 *
 * @param texts The more often one stands somewhere, the further ahead it is.
 * @param least How much of two texts is the same, from 0 to 1.
 *
 * @example
 * ```ts
 * import { nearTexts } from "@personakit/core/copies";
 *
 * const text = "Run all tests before each commit, and name those that you could not run.";
 * const [group] = nearTexts([text, "Another text.", `${text} Ask first.`], 0.8);
 * console.log(group?.members); // [0, 2]
 * ```
 */
export function nearTexts(texts: readonly string[], least: number): NearGroup[] {
  return nearGroups(texts.length, (index) => wordsOf(texts[index] as string), least);
}

/** The same for texts by their words, which are asked for one after the other, and again for those that may be near another one. */
export function nearGroups(count: number, wordsOf: (index: number) => Int32Array, least: number): NearGroup[] {
  const keys = new Int32Array(count * BANDS);
  for (let index = 0; index < count; index++) addKeys(rowsOf(wordsOf(index)), keys, index * BANDS);
  const rows = (index: number) => inOrder(rowsOf(wordsOf(index)));
  // Only those of leaders are kept: what is like one is asked once or twice.
  const kept = new Map<number, Int32Array>();
  const likeness = (leader: number, index: number) => {
    const known = kept.get(leader) ?? rows(leader);
    kept.set(leader, known);
    return likenessOf(known, rows(index));
  };
  // By text, the first one of its group; a group joins the one that begins further ahead.
  const first = Int32Array.from({ length: count }, (_, index) => index);
  const firstOf = (index: number) => {
    let at = index;
    while (first[at] !== at) at = first[at] = first[first[at] as number] as number;
    return at;
  };
  for (let band = 0; band < BANDS; band++) {
    const leaders = new IntList();
    const numbers = new Numbering();
    for (let index = 0; index < count; index++) {
      // One hash for one key: what has the number has the key.
      const number = numbers.numberOf(keys[index * BANDS + band] as number, () => true);
      if (number === leaders.length) {
        leaders.push(index);
        continue;
      }
      const [one, other] = [firstOf(leaders.get(number)), firstOf(index)].sort((a, b) => a - b) as [number, number];
      if (one !== other && likeness(one, other) >= least) first[other] = one;
    }
  }
  const groups = new Map<number, { members: number[]; likeness: number[] }>();
  for (let index = 0; index < count; index++) {
    const leader = firstOf(index);
    if (leader === index) continue;
    // A group that joined another one brings along what is like its own first text alone.
    const share = likeness(leader, index);
    if (share < least) continue;
    const group = groups.get(leader) ?? { members: [leader], likeness: [1] };
    group.members.push(index);
    group.likeness.push(share);
    groups.set(leader, group);
  }
  return [...groups].sort(([one], [other]) => one - other).map(([, group]) => group);
}

const FACTORS = Int32Array.from({ length: VALUES }, (_, index) => mixed(index * 2 + 1) | 1);
const ADDENDS = Int32Array.from({ length: VALUES }, (_, index) => mixed(index * 2 + 2));

const leasts = new Int32Array(VALUES);

/** The keys of a text: from the least values of all rows under each of several hashes. */
function addKeys(rows: Int32Array, keys: Int32Array, start: number): void {
  for (let index = 0; index < VALUES; index++) {
    const factor = FACTORS[index] as number;
    const addend = ADDENDS[index] as number;
    let least = 0x7fffffff;
    for (let at = 0; at < rows.length; at++) {
      let value = (Math.imul(rows[at] as number, factor) + addend) | 0;
      value ^= value >>> 15;
      if (value < least) least = value;
    }
    leasts[index] = least;
  }
  for (let band = 0; band < BANDS; band++) {
    let key = band + 1;
    for (let at = band * BAND; at < (band + 1) * BAND; at++) key = mixed(Math.imul(key, 31) + (leasts[at] as number));
    keys[start + band] = key;
  }
}
