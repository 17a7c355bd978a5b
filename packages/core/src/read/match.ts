import type { Passage } from "./passages.ts";

/** How alike two passages must be (Dice, over words and pairs of words), the surer the less else speaks for them. */
const LEAST = {
  /** With the same id. */
  sameId: 0.3,
  /** Alone between the same neighbours. */
  alone: 0.15,
  /** Among several between the same neighbours. */
  among: 0.3,
  /** In the same section. */
  section: 0.5,
  anywhere: 0.6,
};

/**
 * Finds the passages of an old text again in a new one: those that stayed, moved or were reworded. For each new passage the
 * index of the old one, or undefined where it is new.
 */
export function matchPassages(old: readonly Passage[], now: readonly Passage[]): (number | undefined)[] {
  const matching = new Matching(old, now);
  matching.matchEqual(({ section, text }) => `${section}\n${even(text)}`);
  matching.matchEqual(({ text }) => even(text));
  matching.matchIds();
  matching.matchBetween();
  matching.matchAlike();
  return matching.found;
}

function even(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

class Matching {
  /** By new passage, the old one. */
  readonly found: (number | undefined)[];
  /** By old passage, the new one. */
  readonly #taken: (number | undefined)[];
  readonly #old: readonly Passage[];
  readonly #now: readonly Passage[];
  readonly #features = new Map<Passage, ReadonlySet<string>>();

  constructor(old: readonly Passage[], now: readonly Passage[]) {
    this.#old = old;
    this.#now = now;
    this.found = now.map(() => undefined);
    this.#taken = old.map(() => undefined);
  }

  /** Passages of which something is equal, in their order. */
  matchEqual(keyOf: (passage: Passage) => string): void {
    const waiting = new Map<string, number[]>();
    for (let index = this.#old.length - 1; index >= 0; index--) {
      if (this.#taken[index] !== undefined) continue;
      const key = keyOf(this.#old[index] as Passage);
      const same = waiting.get(key);
      if (same === undefined) waiting.set(key, [index]);
      else same.push(index);
    }
    for (const [index, passage] of this.#now.entries()) {
      if (this.found[index] !== undefined) continue;
      const old = waiting.get(keyOf(passage))?.pop();
      if (old !== undefined) this.#pair(old, index);
    }
  }

  /** Passages with the same id that are somewhat alike. */
  matchIds(): void {
    const ids = new Map(this.#old.map(({ section, id }, index) => [`${section}/${id}`, index]));
    for (const [index, { section, id }] of this.#now.entries()) {
      const old = ids.get(`${section}/${id}`);
      if (old === undefined || this.found[index] !== undefined || this.#taken[old] !== undefined) continue;
      if (this.#likeness(old, index) >= LEAST.sameId) this.#pair(old, index);
    }
  }

  /** Passages that stand between the same neighbours. */
  matchBetween(): void {
    for (let start = 0; start < this.#now.length; start++) {
      if (this.found[start] !== undefined) continue;
      let end = start;
      while (end < this.#now.length && this.found[end] === undefined) end++;
      const oldStart = start === 0 ? 0 : (this.found[start - 1] as number) + 1;
      const oldEnd = end === this.#now.length ? this.#old.length : (this.found[end] as number);
      const news = range(start, end);
      const olds = range(oldStart, oldEnd);
      start = end;
      if (oldEnd <= oldStart || olds.some((old) => this.#taken[old] !== undefined)) continue;
      this.#pairBest(olds, news, olds.length === 1 && news.length === 1 ? LEAST.alone : LEAST.among);
    }
  }

  /** Passages that are very much alike, wherever they stand. */
  matchAlike(): void {
    const byFeature = new Map<string, number[]>();
    for (const [index, old] of this.#old.entries()) {
      if (this.#taken[index] !== undefined) continue;
      for (const feature of this.#featuresOf(old)) {
        const known = byFeature.get(feature);
        if (known === undefined) byFeature.set(feature, [index]);
        else known.push(index);
      }
    }
    const pairs: Pair[] = [];
    for (const [index, now] of this.#now.entries()) {
      if (this.found[index] !== undefined) continue;
      const common = new Map<number, number>();
      for (const feature of this.#featuresOf(now)) {
        for (const old of byFeature.get(feature) ?? []) common.set(old, (common.get(old) ?? 0) + 1);
      }
      for (const [old, count] of common) {
        const before = this.#old[old] as Passage;
        const likeness = dice(count, this.#featuresOf(before).size, this.#featuresOf(now).size);
        const least = before.section === now.section ? LEAST.section : LEAST.anywhere;
        if (likeness >= least && isHeading(before) === isHeading(now)) pairs.push({ old, now: index, likeness });
      }
    }
    this.#pairAll(pairs);
  }

  #pairBest(olds: readonly number[], news: readonly number[], least: number): void {
    // What was rewritten as a whole is too much to compare each with each; what is very much alike is found all the same.
    if (olds.length * news.length > MOST_PAIRS) return;
    const pairs = news.flatMap((now) => olds.map((old) => ({ old, now, likeness: this.#likeness(old, now) })));
    this.#pairAll(pairs.filter(({ likeness }) => likeness >= least));
  }

  #pairAll(pairs: Pair[]): void {
    pairs.sort((a, b) => b.likeness - a.likeness || a.now - b.now || a.old - b.old);
    for (const { old, now } of pairs) {
      if (this.found[now] === undefined && this.#taken[old] === undefined) this.#pair(old, now);
    }
  }

  #pair(old: number, now: number): void {
    this.found[now] = old;
    this.#taken[old] = now;
  }

  /** From 0 to 1. A heading is like no other text. */
  #likeness(old: number, now: number): number {
    const before = this.#old[old] as Passage;
    const after = this.#now[now] as Passage;
    if (isHeading(before) !== isHeading(after)) return 0;
    const [few, many] = [this.#featuresOf(before), this.#featuresOf(after)];
    let common = 0;
    for (const feature of few) if (many.has(feature)) common++;
    return dice(common, few.size, many.size);
  }

  #featuresOf(passage: Passage): ReadonlySet<string> {
    let features = this.#features.get(passage);
    if (features === undefined) {
      const words = passage.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
      features = new Set([...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)]);
      this.#features.set(passage, features);
    }
    return features;
  }
}

const MOST_PAIRS = 10_000;

interface Pair {
  readonly old: number;
  readonly now: number;
  readonly likeness: number;
}

function dice(common: number, one: number, other: number): number {
  return one + other === 0 ? 0 : (2 * common) / (one + other);
}

function isHeading({ kind }: Passage): boolean {
  return kind === "heading";
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(end - start, 0) }, (_, index) => start + index);
}
