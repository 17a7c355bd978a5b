import type { Block, BlockKind, Item, Lines, Split } from "./split.ts";

/** A part of a text that can be spoken of: a block outside of lists, or an item of a list with everything in it. */
export interface Passage extends Lines {
  readonly kind: BlockKind | "item";
  /** The heading that it stands under, as an id in kebab-case. */
  readonly section: string;
  /** In camelCase; no other passage of the section has it. A heading is its section's "heading". */
  readonly id: string;
  /** As it stands, without the marker of an item. */
  readonly text: string;
}

/** What is above the first heading. */
const OPENING = ["opening"];

const HEADING = "heading";

/** Words that say nothing of what a text is about. Modal words are among them, so that a rule may become stricter. */
const STOP_WORDS = new Set(
  (
    "a all also an and any are as at be been before but by can could do does each every for from has have how i if in into is it its " +
    "may more most must of on or our shall should so some such than that the their them then there these they this those to use using " +
    "was we were what when where which while who will with would you your"
  ).split(" "),
);

/** The words of an id, at first and at most. */
const SECTION_WORDS = { least: 5, most: 12 };
const ENTRY_WORDS = { least: 4, most: 12 };

/**
 * The passages of a text, in order, with ids made of their first words: what an id says does not depend on what stands
 * elsewhere, unless it would say the same.
 *
 * @param lists Whether each item of a list is a passage, or the list as a whole.
 */
export function passagesIn(text: Split, lists: "items" | "whole" = "items"): Passage[] {
  const sections: Draft[][] = [[]];
  for (const each of draftsIn(text, lists)) {
    if (each.kind === "heading") sections.push([]);
    sections.at(-1)?.push(each);
  }
  if (sections[0]?.length === 0) sections.shift();
  const titles = sections.map(([first]) => (first?.kind === "heading" ? wordsOf(first.text) : OPENING));
  const sectionIds = distinct(titles, SECTION_WORDS, kebabCase, () => "section");
  return sections.flatMap((drafts, index) => passagesOf(drafts, sectionIds[index] as string));
}

/** A passage that nobody has to speak of yet. */
export type Draft = Omit<Passage, "section" | "id">;

/** The passages of a text without their ids, which take most of the time. */
export function draftsIn({ text, blocks }: Split, lists: "items" | "whole" = "items"): Draft[] {
  return blocks.flatMap((block) => {
    const parts = block.kind === "list" && lists === "items" ? block.items : [block];
    // What stands above a list stands above its first item.
    return parts.map((part) => ({ ...draft(text, part), ...(part === parts[0] ? { gap: block.gap } : {}) }));
  });
}

function draft(text: string, part: Block | Item): Draft {
  const { first, last, start, end, gap } = part;
  const written = text.slice(start, end);
  const lines = { first, last, start, end, gap };
  if ("kind" in part) return { ...lines, kind: part.kind, text: written };
  return { ...lines, kind: "item", text: written.slice(written.indexOf(part.marker) + part.marker.length).trimStart() };
}

function passagesOf(drafts: readonly Draft[], section: string): Passage[] {
  const entries = drafts.filter(({ kind }) => kind !== "heading");
  const words = entries.map(({ kind, text }) => significant(wordsOf(kind === "item" ? withoutBox(text) : text)));
  const ids = distinct(words, ENTRY_WORDS, camelCase, (index) => camelCase((entries[index] as Draft).kind.split(" ")), [
    HEADING,
  ]);
  return drafts.map((each) => ({ ...each, section, id: each.kind === "heading" ? HEADING : (ids.shift() as string) }));
}

/** A task's text. */
function withoutBox(text: string): string {
  return text.replace(/^\[[ xX]\][ \t]/, "");
}

/** Words of ASCII letters and digits, without markup, and without accents. Looks at the start of a text only. */
function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, 1000)
    .replace(/\]\([^)\s]*\)|<\/?[A-Za-z][^>]*>|https?:\/\/\S*/g, " ")
    .normalize("NFKD")
    .replace(/\p{M}|(?<=\p{L})['’](?=\p{L})/gu, "");
  const words = plain.match(/[A-Za-z\d]+/g) ?? [];
  // An id starts with a letter.
  const first = words.findIndex((word) => /^[A-Za-z]/.test(word));
  return first === -1 ? [] : words.slice(first).map((word) => word.slice(0, 24));
}

function significant(words: readonly string[]): readonly string[] {
  const found = words.filter((word) => !STOP_WORDS.has(word.toLowerCase()));
  const first = found.findIndex((word) => /^[A-Za-z]/.test(word));
  return first === -1 ? words : found.slice(first);
}

/**
 * Ids of lists of words, no two the same: those that are take one more word each, and a number if they still are. What has no
 * words takes a name and a number.
 */
function distinct(
  all: readonly (readonly string[])[],
  { least, most }: { readonly least: number; readonly most: number },
  join: (words: readonly string[]) => string,
  nameOf: (index: number) => string,
  reserved: readonly string[] = [],
): string[] {
  let ids = all.map((words) => join(words.slice(0, least)));
  for (let count = least + 1; count <= most; count++) {
    const times = new Map<string, number>();
    for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
    ids = ids.map((id, index) => {
      const words = all[index] as readonly string[];
      return (times.get(id) ?? 0) > 1 && words.length >= count ? join(words.slice(0, count)) : id;
    });
  }
  const taken = new Set([...reserved, ...ids]);
  const seen = new Set(reserved);
  const next = new Map<string, number>();
  return ids.map((id, index) => {
    if (id !== "" && !seen.has(id)) {
      seen.add(id);
      return id;
    }
    const name = id === "" ? nameOf(index) : id;
    let number = next.get(name) ?? (id === "" ? 1 : 2);
    while (taken.has(`${name}${number}`)) number++;
    next.set(name, number + 1);
    taken.add(`${name}${number}`);
    return `${name}${number}`;
  });
}

function kebabCase(words: readonly string[]): string {
  return words.join("-").toLowerCase();
}

function camelCase(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? lowered(word) : raised(word))).join("");
}

/** `HTTP` is a word like any other; `AbortController` keeps its capitals inside. */
function lowered(word: string): string {
  return /[a-z]/.test(word) ? word.charAt(0).toLowerCase() + word.slice(1) : word.toLowerCase();
}

function raised(word: string): string {
  const low = lowered(word);
  return low.charAt(0).toUpperCase() + low.slice(1);
}
