import {
  type Document,
  type PlacedEntry,
  type RenderOptions,
  render,
  type Section,
  type Strength,
} from "@personakit/core";
import { failure } from "../issues/issue.ts";

/** How long a body may be. */
export interface BodyLimit {
  /** In characters. */
  readonly max: number;
  /** What the tool does with a longer one. */
  readonly beyond: string;
}

/** Where rules go that are not absolute and do not fit. */
const SPILL = {
  id: "further-guidance",
  title: "Further guidance",
  when: "the sections above do not settle a question",
};

/**
 * The document within a limit: `may` rules, then `should` rules, move to a reference, from the last section up, until the
 * body fits; a `must` never does. Returns the same document when it fits. Throws with the numbers and the largest sections
 * when it cannot.
 */
export function fit(document: Document, limit: BodyLimit, options: RenderOptions, place: string): Document {
  const length = (candidate: Document) => render(candidate, options).body.text.length;
  if (length(document) <= limit.max) return document;
  let sections: readonly Section[] = document.sections;
  const spilled = new Map<number, PlacedEntry[]>();
  for (const strength of ["may", "should"] satisfies Strength[]) {
    for (let index = sections.length - 1; index >= 0; index--) {
      const section = sections[index] as Section;
      const goes = (entry: PlacedEntry) => entry.kind === "rule" && entry.strength === strength;
      if (section.list === "steps" || !section.entries.some(goes)) continue;
      spilled.set(index, [...section.entries.filter(goes), ...(spilled.get(index) ?? [])]);
      const rest = { ...section, entries: section.entries.filter((entry) => !goes(entry)) };
      sections = sections.with(index, rest);
      const candidate = withSpill(document, sections, spilled);
      if (length(candidate) <= limit.max) return candidate;
    }
  }
  throw tooLong(document, limit, options, place, length(document));
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
  let id = SPILL.id;
  for (let number = 2; taken.has(id); number++) id = `${SPILL.id}-${number}`;
  return {
    ...document,
    sections: sections.filter(({ entries }) => entries.length > 0),
    references: [...document.references, { ...SPILL, id, sections: moved }],
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
  const problem = `the body has ${length} characters, the tool ${limit.beyond} above ${limit.max}, and what may not move does not fit alone`;
  const hint = `Largest sections: ${largest.join(", ")}. Move one to a reference.`;
  return failure("body-too-long", place, problem, hint);
}
