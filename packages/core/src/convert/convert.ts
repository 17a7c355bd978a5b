import { compile } from "../compile/compile.ts";
import { section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import type { Entry } from "../entries/kinds.ts";
import { markdown } from "../entries/markdown.ts";
import { issuesOf } from "../issues/issue.ts";
import { type Passage, passagesIn } from "../read/passages.ts";
import { type Block, type Item, type Split, split } from "../read/split.ts";
import { render } from "../render/render.ts";
import { entryOfBlock, entryOfItem, titleOf } from "./read-entry.ts";

/** What `section` takes, for what stands under a heading. */
export interface ConvertedSection {
  readonly id: string;
  readonly title: string | false;
  readonly depth?: 1 | 2 | 3 | 4 | 5 | 6;
  readonly blank?: number;
  readonly blankWithin?: number;
  readonly keep?: true;
  readonly list: "asWritten";
  readonly rules: { readonly [rule: string]: Entry };
}

/** What a persona takes to say a text of Markdown. */
export interface Converted {
  readonly title: string | false;
  readonly role: string | false;
  readonly sections: readonly ConvertedSection[];
}

/**
 * Says a text of Markdown in the words of the model: title, role, sections, points without strength, steps, prose, tables and
 * examples, and verbatim Markdown where nothing else says the same characters. A persona of it renders the text itself, with
 * LF line ends, without blank lines above it and white space below. That is proved here; undefined where it fails, as for a
 * text that leaves a code fence open, or one that is empty.
 */
export function convertMarkdown(text: string): Converted | undefined {
  const even = text
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();
  return [new Converter(split(even)).convert(), verbatim(even)].find((converted) => says(converted, even));
}

/** A text as it stands: for white space in its blank lines, which nothing else can say. */
function verbatim(text: string): Converted {
  const rules = { text: markdown(text) };
  return { title: false, role: false, sections: [{ id: "text", title: false, list: "asWritten", rules }] };
}

function says({ title, role, sections }: Converted, text: string): boolean {
  try {
    const description = { does: "D.", when: "W.", notFor: "" };
    const use = sections.map((each) => section(each));
    const persona = definePersona({ id: "converted", title, role, description, use });
    return render(compile(persona), { referencePath: (id) => id }).body.text === `${text}\n`;
  } catch (error) {
    if (issuesOf(error) !== undefined) return false;
    throw error;
  }
}

/** An entry of a section in the making. */
interface Placed {
  readonly id: string;
  readonly entry: Entry;
  readonly gap: number;
  /** Whether it is an item that goes on with the list above it: there, no blank line is the habit. */
  readonly goesOn: boolean;
}

interface Draft {
  readonly id: string;
  readonly heading: { readonly title: string; readonly depth: number; readonly gap: number } | undefined;
  readonly entries: Placed[];
}

/** How a sentence ends, whatever marks stand around it. */
const SENTENCE = /[.!?。！？]["'”’)*_`]*$/;

class Converter {
  readonly #text: string;
  readonly #blocks: readonly Block[];
  readonly #passages: readonly Passage[];
  readonly #drafts: Draft[] = [];
  /** The passage of the next block or item. */
  #next = 0;
  #step = 0;

  constructor(whole: Split) {
    this.#text = whole.text;
    this.#blocks = whole.blocks;
    this.#passages = passagesIn(whole);
  }

  convert(): Converted {
    const title = this.#takeTitle();
    const role = this.#takeRole(title !== false);
    const rest = this.#blocks.slice(this.#next);
    for (const block of rest) {
      if (block.kind === "heading") this.#addHeading(block);
      else if (block.kind === "list") this.#addList(block);
      else this.#add(entryOfBlock(this.#text, block), block);
    }
    return { title, role, sections: this.#drafts.map(sectionOf) };
  }

  #takeTitle(): string | false {
    const [first] = this.#blocks;
    const title = first?.kind === "heading" && first.depth === 1 ? titleOf(this.#text, first) : undefined;
    if (title === undefined) return false;
    this.#next++;
    return title;
  }

  /** A first paragraph of one line that is a sentence: not a label, nor a line of something else. */
  #takeRole(hasTitle: boolean): string | false {
    const block = this.#blocks[this.#next];
    if (block?.kind !== "paragraph" || block.first !== block.last || block.gap !== (hasTitle ? 1 : 0)) return false;
    const entry = entryOfBlock(this.#text, block);
    if (entry?.kind !== "prose" || !SENTENCE.test(entry.text)) return false;
    this.#next++;
    return entry.text;
  }

  #addHeading(block: Block): void {
    const { section } = this.#passages[this.#next] as Passage;
    const title = titleOf(this.#text, block);
    const heading = title === undefined ? undefined : { title, depth: block.depth, gap: block.gap };
    this.#drafts.push({ id: section, heading, entries: [] });
    if (heading === undefined) this.#add(undefined, block);
    else this.#next++;
  }

  #addList({ items }: Block): void {
    const entries = items.map((item) => entryOfItem(this.#text, item));
    for (let at = 0; at < items.length; ) {
      let end = at + 1;
      // Items that no point says stay together.
      if (entries[at] === undefined) while (end < items.length && entries[end] === undefined) end++;
      this.#add(entries[at], { start: (items[at] as Item).start, end: (items[end - 1] as Item).end }, end - at);
      at = end;
    }
  }

  /** Adds an entry; Markdown as it stands where there is none. */
  #add(entry: Entry | undefined, { start, end }: Pick<Block, "start" | "end">, passages = 1): void {
    const { section, id, gap } = this.#passages[this.#next] as Passage;
    this.#next += passages;
    if (this.#drafts.at(-1)?.id !== section) this.#drafts.push({ id: section, heading: undefined, entries: [] });
    const draft = this.#drafts.at(-1) as Draft;
    const above = draft.entries.at(-1)?.entry;
    const goesOn = entry?.kind === "rule" && above?.kind === "rule" && isSteps(above) === isSteps(entry);
    const written = entry ?? markdown(this.#text.slice(start, end));
    draft.entries.push({ id, entry: goesOn ? this.#numbered(written) : written, gap, goesOn });
    if (!goesOn) this.#step = startOf(written);
  }

  /** A step says its number only where it is not the next one. */
  #numbered(entry: Entry): Entry {
    if (entry.kind !== "rule" || entry.style !== "steps") return entry;
    const { start, ...rest } = entry;
    const number = start ?? 1;
    this.#step++;
    if (number === this.#step) return rest;
    this.#step = number;
    return { ...rest, start: number };
  }
}

function startOf(entry: Entry): number {
  return entry.kind === "rule" ? (entry.start ?? 1) : 0;
}

function isSteps(entry: Entry): boolean {
  return entry.kind === "rule" && entry.style === "steps";
}

function sectionOf({ id, heading, entries }: Draft): ConvertedSection {
  const blankWithin = habitOf(entries.filter(({ goesOn }) => !goesOn).map(({ gap }) => gap));
  const rules = entries.map(({ id, entry, gap, goesOn }): [string, Entry] => {
    return [id, gap === (goesOn ? 0 : blankWithin) ? entry : { ...entry, blank: gap }];
  });
  const { title = false, depth = 2, gap = 1 } = heading ?? {};
  return {
    id,
    title,
    ...(depth === 2 ? {} : { depth: depth as 1 }),
    ...(gap === 1 ? {} : { blank: gap }),
    ...(blankWithin === 1 ? {} : { blankWithin }),
    ...(heading !== undefined && rules.length === 0 ? { keep: true } : {}),
    list: "asWritten",
    rules: Object.fromEntries(rules),
  };
}

/** The number of blank lines that most entries have above them. */
function habitOf(gaps: readonly number[]): number {
  const times = new Map<number, number>();
  for (const gap of gaps) times.set(gap, (times.get(gap) ?? 0) + 1);
  let habit = 1;
  for (const [gap, count] of times) if (count > (times.get(habit) ?? 0)) habit = gap;
  return habit;
}
