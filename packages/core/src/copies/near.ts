/** How many values stand for a text, and how many of them in a row must be equal for two texts to be compared. */
const VALUES = 48;
const BAND = 3;

/** Texts that are nearly the same. */
export interface NearGroup {
  /** Indices; the first text is the one that all others are like. */
  readonly members: readonly number[];
  /** How much each is like the first, from 0 to 1. */
  readonly likeness: readonly number[];
}

/**
 * Puts texts that are nearly the same into groups: those whose rows of three words are, to the given part, the same (Jaccard)
 * as those of the group's first text. Time grows with the texts, not with the pairs of them. Groups of one are left out.
 *
 * @param texts The more often one stands somewhere, the further ahead it is.
 */
export function nearGroups(texts: readonly string[], least: number): NearGroup[] {
  const rows = new Rows();
  const bands = VALUES / BAND;
  const keys = new Int32Array(texts.length * bands);
  for (const [index, text] of texts.entries()) {
    const values = valuesOf(rows.add(rowsOf(text)));
    for (let band = 0; band < bands; band++) keys[index * bands + band] = keyOf(values, band);
  }
  // By text, the first one of its group; a group joins the one that begins further ahead.
  const first = Int32Array.from(texts.keys());
  const firstOf = (index: number) => {
    let at = index;
    while (first[at] !== at) at = first[at] = first[first[at] as number] as number;
    return at;
  };
  const order = new Float64Array(texts.length);
  for (let band = 0; band < bands; band++) {
    // A key and an index in one number that is exact, so that sorting puts equal keys side by side.
    for (let index = 0; index < texts.length; index++)
      order[index] = ((keys[index * bands + band] as number) >>> 0) * MOST_TEXTS + index;
    order.sort();
    for (let at = 1, leader = 0; at < order.length; at++) {
      if (Math.floor((order[at] as number) / MOST_TEXTS) !== Math.floor((order[leader] as number) / MOST_TEXTS)) {
        leader = at;
        continue;
      }
      const [one, other] = [
        firstOf((order[leader] as number) % MOST_TEXTS),
        firstOf((order[at] as number) % MOST_TEXTS),
      ];
      if (one === other || likenessOf(rows.of(one), rows.of(other)) < least) continue;
      first[Math.max(one, other)] = Math.min(one, other);
    }
  }
  const groups = new Map<number, { members: number[]; likeness: number[] }>();
  for (let index = 0; index < texts.length; index++) {
    const leader = firstOf(index);
    if (leader === index) continue;
    // A group that joined another one brings along what is like its own first text alone.
    const likeness = likenessOf(rows.of(leader), rows.of(index));
    if (likeness < least) continue;
    const group = groups.get(leader) ?? { members: [leader], likeness: [1] };
    group.members.push(index);
    group.likeness.push(likeness);
    groups.set(leader, group);
  }
  return [...groups].sort(([one], [other]) => one - other).map(([, group]) => group);
}

/** The rows of many texts, in one array: an array for each would take more than what is in it. */
class Rows {
  #all = new Int32Array(2 ** 16);
  readonly #ends = [0];

  add(rows: Int32Array): Int32Array {
    const start = this.#ends.at(-1) as number;
    const end = start + rows.length;
    if (end > this.#all.length) {
      const more = new Int32Array(Math.max(end, Math.ceil(this.#all.length * 1.5)));
      more.set(this.#all);
      this.#all = more;
    }
    this.#all.set(rows, start);
    this.#ends.push(end);
    return rows;
  }

  of(index: number): Int32Array {
    return this.#all.subarray(this.#ends[index], this.#ends[index + 1]);
  }
}

/** More texts than this cannot be told apart in one number with their keys. */
const MOST_TEXTS = 2 ** 21;

/** How much two texts are alike, from 0 to 1. */
export function likenessOfTexts(one: string, other: string): number {
  return likenessOf(rowsOf(one), rowsOf(other));
}

/** Letters and digits; what is not ASCII is a letter. */
const IS_WORD = Uint8Array.from({ length: 128 }, (_, code) => (/[A-Za-z\d]/.test(String.fromCharCode(code)) ? 1 : 0));

/** The rows of three words of a text, as numbers in order, each once. A shorter text is one row. */
function rowsOf(text: string): Int32Array {
  const found: number[] = [];
  let [one, two, three, words] = [0, 0, 0, 0];
  let hash = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128 || IS_WORD[code] === 1) {
      hash = Math.imul((hash === 0 ? 0x811c9dc5 : hash) ^ code, 0x01000193);
      continue;
    }
    if (hash === 0) continue;
    [one, two, three] = [two, three, hash];
    hash = 0;
    if (++words >= 3) found.push(rowOf(one, two, three));
  }
  if (words < 3) found.push(rowOf(one, two, three));
  const rows = Int32Array.from(found).sort();
  let count = 0;
  for (const row of rows) if (count === 0 || rows[count - 1] !== row) rows[count++] = row;
  return rows.slice(0, count);
}

function rowOf(one: number, two: number, three: number): number {
  return mixed(Math.imul(mixed(Math.imul(mixed(one), 31) + two), 31) + three);
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
  const values = new Int32Array(VALUES);
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
  return key;
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
