import { type Candidate, cannotEnd, type UnitSpan } from "./exact.ts";
import { nearGroups } from "./near.ts";
import type { Units } from "./units.ts";
import { fittingOf, type WholeFiles } from "./whole-files.ts";

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
  const byText = new Map<string, UnitSpan[]>();
  for (const span of spans) {
    const text = units.written(span.from, span.to);
    const known = byText.get(text);
    if (known === undefined) byText.set(text, [span]);
    else known.push(span);
  }
  const variants = [...byText].sort(
    ([, a], [, b]) => b.length - a.length || (a[0] as UnitSpan).from - (b[0] as UnitSpan).from,
  );
  const runs: Candidate[] = [];
  const drifts: Apart[] = [];
  for (const { members, likeness } of nearGroups(
    variants.map(([text]) => text),
    LEAST,
  )) {
    const own = members.map((index) => variants[index] as (typeof variants)[number]);
    const documents = (some: readonly (typeof variants)[number][]) =>
      new Set(some.flatMap(([, places]) => places.map(({ from }) => document[units.file[from] as number]))).size;
    if (documents(own) < 2) continue;
    const fitting = fittingOf(own.map(([text]) => text));
    const fitted = (fitting?.members ?? []).map((index) => own[index] as (typeof variants)[number]);
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

/** A heading with what stands below it, up to the next one. */
function* sectionsIn(units: Units, distinct: readonly number[]): Generator<UnitSpan> {
  for (const file of distinct) {
    const end = units.starts[file + 1] as number;
    for (let from = units.starts[file] as number; from < end; ) {
      let to = from + 1;
      while (to < end && units.kind[to] !== "heading") to++;
      const next = to;
      while (to - 1 > from && cannotEnd(units, to - 1)) to--;
      if (to - from > 1 && units.kind[to - 1] !== "open" && hasWords(units, from, to - 1)) yield { from, to: to - 1 };
      from = next;
    }
  }
}

function* unitsIn(units: Units, distinct: readonly number[]): Generator<UnitSpan> {
  for (const file of distinct) {
    for (let unit = units.starts[file] as number; unit < (units.starts[file + 1] as number); unit++) {
      const kind = units.kind[unit];
      if ((kind === "text" || kind === "item") && hasWords(units, unit, unit)) yield { from: unit, to: unit };
    }
  }
}

function hasWords(units: Units, from: number, to: number): boolean {
  if ((units.end[to] as number) - (units.start[from] as number) < LEAST_CHARACTERS) return false;
  let words = 0;
  const pattern = /[\p{L}\p{N}]+/gu;
  const text = units.written(from, to);
  while (words < LEAST_WORDS && pattern.test(text)) words++;
  return words === LEAST_WORDS;
}

/** A text without what is layout: the numbers of items and steps, and how lines break. */
function withoutNumbers(text: string): string {
  return text.replace(/^([\s#>*-]*(?:step|phase|part)?\s*)\d+[.):]?/gim, "$1").replace(/\s+/g, " ");
}
