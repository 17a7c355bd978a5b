import { type Candidate, cannotEnd, type UnitSpan } from "./exact.ts";
import { nearGroups } from "./near.ts";
import { IntList, mixed, Numbering } from "./packed.ts";
import { fittingOf } from "./template.ts";
import type { Units } from "./units.ts";
import type { WholeFiles } from "./whole-files.ts";

/** Passages that say nearly the same, and no template makes them all. */
export interface Apart {
  readonly variants: readonly { readonly text: string; readonly places: readonly UnitSpan[] }[];
}

/** Passages that are the same but for parameters, and those that have drifted apart. */
export interface LikePassages {
  readonly runs: readonly Candidate[];
  readonly drifts: readonly Apart[];
}

/** How alike passages are that may differ in parameters, and that were one. */
const LEAST = 0.5;
const LEAST_DRIFT = 0.6;
const LEAST_WORDS = 12;

/** How many characters a passage has at least that may have enough words. */
const LEAST_CHARACTERS = 40;

/** Finds sections, paragraphs and items of several documents that say nearly the same. */
export function likePassages(units: Units, { document, distinct }: WholeFiles): LikePassages {
  const sections = alike(units, document, sectionsIn(units, distinct));
  const single = alike(units, document, unitsIn(units, distinct));
  return { runs: [...sections.runs, ...single.runs], drifts: [...sections.drifts, ...single.drifts] };
}

function alike(units: Units, document: readonly number[], spans: Iterable<UnitSpan>): LikePassages {
  const variants = new Variants(units, spans);
  const wordsOf = (variant: number) => {
    const { from, to } = variants.first(variant);
    return units.wordsOf(from, to);
  };
  const runs: Candidate[] = [];
  const drifts: Apart[] = [];
  for (const { members, likeness } of nearGroups(variants.count, wordsOf, LEAST)) {
    const own = members.map((variant) => [variants.text(variant), variants.all(variant)] as const);
    const documents = (some: typeof own) =>
      new Set(some.flatMap(([, places]) => places.map(({ from }) => document[units.file[from] as number]))).size;
    if (documents(own) < 2) continue;
    const fitting = fittingOf(own.map(([text]) => text));
    const fitted = (fitting?.members ?? []).map((index) => own[index] as (typeof own)[number]);
    if (fitting !== undefined && documents(fitted) > 1) {
      const places = fitted.flatMap(([, spans], index) => spans.map((span) => ({ ...span, index })));
      places.sort((a, b) => a.from - b.from);
      const parameters = fitting.parameters.map(({ name, values }) => ({
        name,
        values: places.map(({ index }) => values[index] as string),
      }));
      runs.push({ places: places.map(({ from, to }) => ({ from, to })), text: fitting.text, parameters });
    }
    const said = withoutNumbers(own[0]?.[0] ?? "");
    const apart = own.filter(
      ([text], index) =>
        index === 0 ||
        ((likeness[index] as number) >= LEAST_DRIFT &&
          !fitting?.members.includes(index) &&
          withoutNumbers(text) !== said),
    );
    if (apart.length > 1 && documents(apart) > 1)
      drifts.push({ variants: apart.map(([text, places]) => ({ text, places })) });
  }
  return { runs, drifts };
}

/** Spans of units by what they say, what most spans say first. */
class Variants {
  readonly count: number;
  readonly #units: Units;
  readonly #from = new IntList();
  readonly #to = new IntList();
  /** By variant, its spans are at `#spans`, from one start to the next. */
  readonly #starts: Int32Array;
  readonly #spans: Int32Array;

  constructor(units: Units, spans: Iterable<UnitSpan>) {
    this.#units = units;
    const numbering = new Numbering();
    const numbers = new IntList();
    const firsts = new IntList();
    for (const { from, to } of spans) {
      let hash = units.text[from] as number;
      for (let unit = from + 1; unit <= to; unit++)
        hash = mixed(Math.imul(hash, 31) + (units.text[unit] as number)) ^ (units.gap[unit] as number);
      const number = numbering.numberOf(hash, (known) => {
        const first = firsts.get(known);
        return isSameSpan(units, { from, to }, { from: this.#from.get(first), to: this.#to.get(first) });
      });
      if (number === firsts.length) firsts.push(this.#from.length);
      numbers.push(number);
      this.#from.push(from);
      this.#to.push(to);
    }
    this.count = firsts.length;
    const counts = new Int32Array(this.count);
    for (let span = 0; span < numbers.length; span++) counts[numbers.get(span)] = (counts[numbers.get(span)] ?? 0) + 1;
    const order = Int32Array.from(counts.keys()).sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
    this.#starts = new Int32Array(this.count + 1);
    const next = new Int32Array(this.count);
    for (const [variant, number] of order.entries()) {
      next[number] = this.#starts[variant] as number;
      this.#starts[variant + 1] = (this.#starts[variant] as number) + (counts[number] as number);
    }
    this.#spans = new Int32Array(numbers.length);
    for (let span = 0; span < numbers.length; span++) {
      const at = next[numbers.get(span)] as number;
      this.#spans[at] = span;
      next[numbers.get(span)] = at + 1;
    }
  }

  first(variant: number): UnitSpan {
    return this.#span(this.#starts[variant] as number);
  }

  all(variant: number): UnitSpan[] {
    const found: UnitSpan[] = [];
    for (let at = this.#starts[variant] as number; at < (this.#starts[variant + 1] as number); at++)
      found.push(this.#span(at));
    return found;
  }

  text(variant: number): string {
    const { from, to } = this.first(variant);
    return this.#units.written(from, to);
  }

  #span(at: number): UnitSpan {
    const span = this.#spans[at] as number;
    return { from: this.#from.get(span), to: this.#to.get(span) };
  }
}

function isSameSpan({ text, gap }: Units, one: UnitSpan, other: UnitSpan): boolean {
  const { from, to } = one;
  if (to - from !== other.to - other.from) return false;
  for (let at = 0; at <= to - from; at++) {
    if (text[from + at] !== text[other.from + at]) return false;
    if (at > 0 && gap[from + at] !== gap[other.from + at]) return false;
  }
  return true;
}

/** A heading with what stands below it, up to the next one. */
function* sectionsIn(units: Units, distinct: readonly number[]): Generator<UnitSpan> {
  for (const file of distinct) {
    const end = units.starts[file + 1] as number;
    for (let from = units.starts[file] as number; from < end; ) {
      let to = from + 1;
      while (to < end && units.kind(to) !== "heading") to++;
      const next = to;
      while (to - 1 > from && cannotEnd(units, to - 1)) to--;
      if (to - from > 1 && units.kind(to - 1) !== "open" && hasWords(units, from, to - 1)) yield { from, to: to - 1 };
      from = next;
    }
  }
}

function* unitsIn(units: Units, distinct: readonly number[]): Generator<UnitSpan> {
  for (const file of distinct) {
    for (let unit = units.starts[file] as number; unit < (units.starts[file + 1] as number); unit++) {
      const kind = units.kind(unit);
      if ((kind === "text" || kind === "item") && hasWords(units, unit, unit)) yield { from: unit, to: unit };
    }
  }
}

function hasWords(units: Units, from: number, to: number): boolean {
  if ((units.end[to] as number) - (units.start[from] as number) < LEAST_CHARACTERS) return false;
  let words = 0;
  for (let unit = from; unit <= to; unit++) words += units.wordCount(units.text[unit] as number);
  return words >= LEAST_WORDS;
}

/** A text without what is layout: the numbers of items and steps, and how lines break. */
function withoutNumbers(text: string): string {
  return text.replace(/^([\s#>*-]*(?:step|phase|part)?\s*)\d+[.):]?/gim, "$1").replace(/\s+/g, " ");
}
