import {
  type Document,
  type PlacedEntry,
  type RenderOptions,
  render,
  type Section,
  type Strength,
} from "@personakit/core";
import { phrasesOf } from "@personakit/core/internal";
import { failure } from "../issues/issue.ts";

/** How long a body may be. */
export interface BodyLimit {
  /** In characters. */
  readonly max: number;
  /** What the tool does with a longer one. */
  readonly beyond: string;
}

/** The id of the reference for rules that are not absolute and do not fit. */
const SPILL = "further-guidance";

/** Whether a reference is one that rules go to. */
export function isSpilled(reference: string): boolean {
  return new RegExp(`^${SPILL}(?:-\\d+)?$`).test(reference);
}

/** Rules of one strength that leave one section. */
interface Step {
  readonly index: number;
  readonly goes: (entry: PlacedEntry) => boolean;
}

/**
 * The document within a limit: `may` rules, then `should` rules, move to a reference, from the last section up, until the
 * body fits; a `must` never does. Returns the same document when it fits. Throws with the numbers and the largest sections
 * when it cannot.
 */
export function fit(document: Document, limit: BodyLimit, options: RenderOptions, place: string): Document {
  const length = (candidate: Document) => render(candidate, options).body.text.length;
  const whole = length(document);
  if (whole <= limit.max) return document;
  const steps = stepsOf(document);
  // Each step makes the body shorter, so that the first that is enough is found by halves: a try is a whole rendering.
  let first = 1;
  let last = steps.length;
  if (last === 0 || length(after(document, steps)) > limit.max) throw tooLong(document, limit, options, place, whole);
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    if (length(after(document, steps.slice(0, middle))) <= limit.max) last = middle;
    else first = middle + 1;
  }
  return after(document, steps.slice(0, first));
}

/** The steps in which rules leave the body. */
function stepsOf({ sections }: Document): Step[] {
  const steps: Step[] = [];
  for (const strength of ["may", "should"] satisfies Strength[]) {
    // A step keeps its place, whoever numbers it.
    const goes = (entry: PlacedEntry) =>
      entry.kind === "rule" && entry.strength === strength && entry.style !== "steps";
    for (let index = sections.length - 1; index >= 0; index--) {
      const { list, entries } = sections[index] as Section;
      if (list !== "steps" && entries.some(goes)) steps.push({ index, goes });
    }
  }
  return steps;
}

/** The document once some steps are done. */
function after(document: Document, steps: readonly Step[]): Document {
  const sections = [...document.sections];
  const spilled = new Map<number, PlacedEntry[]>();
  for (const { index, goes } of steps) {
    const section = sections[index] as Section;
    spilled.set(index, [...section.entries.filter(goes), ...(spilled.get(index) ?? [])]);
    sections[index] = { ...section, entries: section.entries.filter((entry) => !goes(entry)) };
  }
  return withSpill(document, sections, spilled);
}

function withSpill(
  document: Document,
  sections: readonly Section[],
  spilled: ReadonlyMap<number, PlacedEntry[]>,
): Document {
  const moved = [...spilled]
    .sort(([a], [b]) => a - b)
    .map(([index, entries]): Section => ({ ...(document.sections[index] as Section), entries }));
  const taken = new Set(document.references.map(({ id }) => id));
  let id: string = SPILL;
  for (let number = 2; taken.has(id); number++) id = `${SPILL}-${number}`;
  const { further: title, furtherWhen: when } = phrasesOf(document);
  return {
    ...document,
    // A heading that had nothing under it before is there on purpose.
    sections: sections.filter(({ entries }, index) => entries.length > 0 || !spilled.has(index)),
    references: [...document.references, { id, title, when, sections: moved }],
  };
}

function tooLong(document: Document, limit: BodyLimit, options: RenderOptions, place: string, length: number): Error {
  const alone = (section: Section) =>
    render({ ...document, sections: [section], references: [] }, options).body.text.length;
  const largest = document.sections
    .map((section) => ({ title: section.title, size: alone(section) }))
    .sort((a, b) => b.size - a.size)
    .slice(0, 3)
    .map(({ title, size }) => `${title} (${size})`);
  const problem = `the body has ${length} characters, and the tool ${limit.beyond} above ${limit.max}; even what must stay in it does not fit`;
  const hint = `Largest sections: ${largest.join(", ")}. Move one to a reference.`;
  return failure("body-too-long", place, problem, hint);
}
