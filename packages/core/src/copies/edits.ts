import { matchPassages } from "../read/match.ts";
import { type Draft, draftsIn, type Passage, passagesIn } from "../read/passages.ts";
import { type Block, type Split, split } from "../read/split.ts";
import type { CopyPlace } from "./copy-group.ts";
import { templateOf } from "./template.ts";
import { type CopyFile, even } from "./units.ts";
import { likenessOfTexts } from "./word-numbers.ts";

/** An edit of a text that stood in several files, and did not reach all of them. */
export interface PartialEdit {
  /** Whole files, a section, or a paragraph or an item. */
  readonly of: "file" | "section" | "passage";
  /** The heading that it stood under; empty where there was none. */
  readonly heading: string;
  /** What an edited copy said, and what it says now, with line feeds. */
  readonly was: string;
  /** The same, of the first edited copy. */
  readonly is: string;
  /** Where it was edited, as the files are now. */
  readonly edited: readonly CopyPlace[];
  /** Where it was not, as the files are now; none where all copies were edited, in several ways. */
  readonly behind: readonly CopyPlace[];
}

/**
 * Compares two states of files: which edits of a text that stood in two or more files reached some of them only. Texts that were equal
 * are copies, and sections that were equal but for parameters. A text that was taken out, and a file that is gone, were not edited. Returns the largest edits
 * first, and none where every edit reached all copies. Never throws.
 *
 * @example
 * ```ts
 * import { partialEdits } from "@personakit/core/copies";
 *
 * const text = "Run all tests before each commit, and name those that you could not run.";
 * const before = [{ path: "a.md", text }, { path: "b.md", text }];
 * const after = [{ path: "a.md", text: text.replace("commit", "push") }, { path: "b.md", text }];
 * console.log(partialEdits(before, after)[0]?.behind.map(({ path }) => path)); // ["b.md"]
 * ```
 */
export function partialEdits(before: readonly CopyFile[], after: readonly CopyFile[]): PartialEdit[] {
  const now = new Map(after.map((file) => [file.path, file]));
  const changed = new Set(before.flatMap(({ path, text }) => (isChanged(text, now.get(path)?.text) ? [path] : [])));
  if (changed.size === 0) return [];
  const was = new Map(before.map(({ path, text }) => [path, text]));
  /** Whether a file names another one, which it did not at first. */
  const namesNow = (path: string, other: string) => {
    const name = other.slice(other.lastIndexOf("/") + 1);
    return path !== other && now.get(path)?.text.includes(name) === true && was.get(path)?.includes(name) === false;
  };
  const found: PartialEdit[] = [];
  const reported = new Set<string>();
  /** Files that were one at first: an edit of one that all of them have is complete. */
  const whole = new Set(before.filter(({ path }) => changed.has(path)).map(wholeText));
  const copied = before.filter((file) => whole.has(even(file.text)));
  for (const copies of groupsOf(copied, wholeText))
    report(
      copies.map((file) => wholeOf(file, now.get(file.path))),
      "file",
    );
  const sorted = [...before].sort((a, b) => (a.path < b.path ? -1 : 1));
  const states = sorted
    .filter(({ path }) => now.has(path))
    .map((file) => new FileState(file, now.get(file.path) ?? file, changed.has(file.path)));
  // Only a text that stands in a changed file can have been edited.
  const edited = states.filter(({ isChanged }) => isChanged);
  const wanted = new Set(edited.flatMap(({ sections }) => sections.flatMap(({ text, heading }) => [text, heading])));
  const sections = states.flatMap((state) =>
    state.sections
      .filter(({ text, heading }) => wanted.has(text) || wanted.has(heading))
      .map((section) => ({ state, section })),
  );
  for (const group of groupsOf(sections, ({ section }) => (hasWords(section.below) ? section.text : ""))) {
    if (!group.some(({ state }) => state.isChanged)) continue;
    report(
      group.map(({ state, section }) => state.sectionNow(section)),
      "section",
    );
  }
  for (const group of nearCopies(sections)) {
    const members = group.map(({ state, section }) => state.sectionNow(section));
    if (!keepTemplate(members)) report(members, "section");
  }
  const said = new Set(edited.flatMap(({ passages }) => passages.map(({ text }) => even(text))));
  const passages = states.flatMap((state) =>
    state.passages.flatMap((passage) => (said.has(even(passage.text)) ? [{ state, passage }] : [])),
  );
  for (const group of groupsOf(passages, ({ passage }) => (hasWords(passage.text) ? even(passage.text) : ""))) {
    if (!group.some(({ state }) => state.isChanged)) continue;
    report(
      group.map(({ state, passage }) => state.passageNow(passage)),
      "passage",
    );
  }
  const sizeOf = ({ was, behind }: PartialEdit) => was.length * Math.max(behind.length, 1);
  return found.sort((a, b) => sizeOf(b) - sizeOf(a) || (a.was < b.was ? -1 : 1));

  /** What became of the copies of a text: an edit that did not reach all of them is reported, unless a larger one has said so. */
  function report(members: readonly (Now | undefined)[], of: PartialEdit["of"]): void {
    const there = members.filter((member) => member !== undefined);
    const edited = there.filter((each) => each.isEdited && isMeantForAll(each, there, namesNow));
    const [first] = edited;
    if (first === undefined || new Set(there.map(({ place }) => place.path)).size < 2) return;
    const behind = there.filter((each) => !each.isEdited);
    const isApart = behind.length === 0 && new Set(edited.map(({ is, body = is }) => body)).size > 1;
    if (behind.length === 0 && !isApart) return;
    const named = behind.length > 0 ? behind : edited;
    if (named.every(({ place }) => isReported(place))) return;
    for (const { place } of there)
      for (let line = place.first; line <= place.last; line++) reported.add(`${place.path}:${line}`);
    const places = (some: readonly Now[]) => some.map(({ place }) => place);
    found.push({
      of,
      heading: first.heading,
      was: first.was,
      is: first.is,
      edited: places(edited),
      behind: places(behind),
    });
  }

  function isReported({ path, first, last }: CopyPlace): boolean {
    for (let line = first; line <= last; line++) if (!reported.has(`${path}:${line}`)) return false;
    return true;
  }
}

/** Whether an edit could stand in the other copies too. */
function isMeantForAll(
  { was, is, place }: Now,
  copies: readonly Now[],
  namesNow: (path: string, other: string) => boolean,
): boolean {
  if (withoutDates(was) === withoutDates(is)) return false;
  // What is said in another file now, which is named here, was taken out.
  return !(is.length < was.length && copies.some((other) => namesNow(place.path, other.place.path)));
}

/** A text without the lines that say which version of it this is: each file has its own. */
function withoutDates(text: string): string {
  return text.replace(/^\W*(?:version|(?:last )?(?:updated|modified|reviewed)|date)\b.*$/gim, "");
}

const LEAST_WORDS = 12;

/** How alike a section is to what it became under another heading, and sections are that are the same but for parameters. */
const LEAST_LIKE = 0.5;

/** A copy as it is now. */
interface Now {
  readonly heading: string;
  readonly was: string;
  readonly is: string;
  /** Of a file, what stands below its front matter, which may be its own. */
  readonly body?: string;
  readonly isEdited: boolean;
  readonly place: CopyPlace;
}

interface Section {
  readonly heading: string;
  readonly text: string;
  /** What stands below the heading. */
  readonly below: string;
  readonly place: CopyPlace;
}

/** A file before and after. */
class FileState {
  readonly path: string;
  readonly isChanged: boolean;
  readonly sections: readonly Section[];
  readonly passages: readonly Draft[];
  readonly #before: Split;
  readonly #after: CopyFile;
  readonly #above: number;
  #sectionsNow: readonly Section[] | undefined;
  #matches: Map<number, Passage> | undefined;
  #taken = new Set<Section>();

  constructor(before: CopyFile, after: CopyFile, isChanged: boolean) {
    const { text, body = 0 } = before;
    this.path = before.path;
    this.isChanged = isChanged;
    this.#after = after;
    this.#before = split(text.slice(body));
    this.passages = draftsIn(this.#before);
    this.sections = sectionsOf(before, this.#before);
    this.#above = linesOf(after.text.slice(0, after.body ?? 0)) - 1;
  }

  sectionNow(section: Section): Now | undefined {
    const { heading, text: was } = section;
    const said = { heading, was };
    if (!this.isChanged) return { ...said, is: was, isEdited: false, place: section.place };
    this.#sectionsNow ??= sectionsOf(this.#after, splitOf(this.#after));
    const same = this.#sectionsNow.find(({ text }) => text === was);
    if (same !== undefined) return { ...said, is: was, isEdited: false, place: same.place };
    const old = new Set(this.sections.map(({ text }) => text));
    const others = this.#sectionsNow.filter((each) => !old.has(each.text) && !this.#taken.has(each));
    const like = others.find((each) => likenessOfTexts(each.text, was) >= LEAST_LIKE);
    // Where several sections have the heading, it does not say which one this is.
    const isOnly = (some: readonly Section[]) => some.filter((each) => each.heading === heading).length === 1;
    const isNamed = isOnly(this.sections) && isOnly(this.#sectionsNow);
    const is = (isNamed ? others.find((each) => each.heading === heading) : undefined) ?? like;
    if (is === undefined) return undefined;
    this.#taken.add(is);
    return { ...said, is: is.text, isEdited: true, place: is.place };
  }

  passageNow(passage: Draft): Now | undefined {
    const was = even(passage.text);
    const said = { heading: "", was };
    if (!this.isChanged) return { ...said, is: was, isEdited: false, place: this.#placeOf(passage) };
    if (this.#matches === undefined) {
      const now = passagesIn(splitOf(this.#after));
      const found = matchPassages(passagesIn(this.#before), now);
      this.#matches = new Map();
      for (const [index, old] of found.entries()) if (old !== undefined) this.#matches.set(old, now[index] as Passage);
    }
    const is = this.#matches.get(this.passages.indexOf(passage));
    if (is === undefined) return undefined;
    const text = even(is.text);
    return { ...said, is: text, isEdited: text !== was, place: this.#placeOf(is) };
  }

  #placeOf({ first, last, start, end }: Draft): CopyPlace {
    const { body = 0 } = this.#after;
    return {
      path: this.path,
      first: first + this.#above,
      last: last + this.#above,
      start: start + body,
      end: end + body,
    };
  }
}

function splitOf({ text, body = 0 }: CopyFile): Split {
  return split(text.slice(body));
}

/** What stands below each heading, up to the next one. */
function sectionsOf({ path, text, body = 0 }: CopyFile, { blocks }: Split): Section[] {
  const above = linesOf(text.slice(0, body)) - 1;
  return blocks.flatMap((block, index) => {
    if (block.kind !== "heading") return [];
    let to = index;
    while (to + 1 < blocks.length && blocks[to + 1]?.kind !== "heading") to++;
    // A line below it parts it from the next one, and is no text of its own.
    while (to > index && (blocks[to]?.kind === "break" || opens(text, body, blocks[to] as Block))) to--;
    const last = blocks[to] as (typeof blocks)[number];
    if (to === index) return [];
    const [start, end] = [block.start + body, last.end + body];
    const written = even(text.slice(start, end));
    const below = even(text.slice(block.end + body, end));
    const heading = even(text.slice(start, block.end + body)).replace(/^#+\s*|\s*#*$/g, "");
    return [
      {
        ...{ heading, text: written, below },
        place: { path, first: block.first + above, last: last.last + above, start, end },
      },
    ];
  });
}

/** Whether a block is a tag alone, of what stands below. */
function opens(text: string, body: number, { start, end }: Block): boolean {
  return /^<[A-Za-z][\w-]*>$/.test(text.slice(start + body, end + body).trim());
}

/** Sections with one heading in several files, some of them changed, that were the same but for parameters. */
function nearCopies<Each extends { readonly state: FileState; readonly section: Section }>(
  sections: readonly Each[],
): Each[][] {
  const long = sections.filter(({ section }) => hasWords(section.below));
  return groupsOf(long, ({ section }) => section.heading).flatMap((group) => {
    const texts = new Map<string, Each>();
    for (const each of group) if (!texts.has(each.section.text)) texts.set(each.section.text, each);
    if (texts.size < 2 || texts.size > MOST_VARIANTS || !group.some(({ state }) => state.isChanged)) return [];
    return templateOf([...texts.keys()]) === undefined ? [] : [group];
  });
}

const MOST_VARIANTS = 50;

/** Whether copies that differed in parameters alone still do. */
function keepTemplate(members: readonly (Now | undefined)[]): boolean {
  const there = members.filter((member) => member !== undefined);
  const before = templateOf([...new Set(there.map(({ was }) => was))]);
  const texts = [...new Set(there.map(({ is }) => is))];
  if (before === undefined || texts.length < 2) return true;
  const after = templateOf(texts);
  return after !== undefined && after.parameters.length <= before.parameters.length;
}

function wholeText({ text, body = 0 }: CopyFile): string {
  return hasWords(text.slice(body)) ? even(text) : "";
}

function wholeOf(before: CopyFile, after: CopyFile | undefined): Now | undefined {
  if (after === undefined) return undefined;
  const [was, is] = [even(before.text), even(after.text)];
  const place = { path: after.path, first: 1, last: linesOf(after.text.trimEnd()), start: 0, end: after.text.length };
  const isEdited = withoutName(before) !== withoutName(after);
  return { heading: "", was, is, body: even(after.text.slice(after.body)), isEdited, place };
}

/** A file without the name that its front matter gives it: no two files have one. */
function withoutName({ text, body = 0 }: CopyFile): string {
  return even(text.slice(0, body).replace(/^name:.*$/m, "") + text.slice(body));
}

/** What has one key, and is in several places; nothing with an empty one. */
function groupsOf<Each>(all: readonly Each[], keyOf: (each: Each) => string): Each[][] {
  const groups = new Map<string, Each[]>();
  for (const each of all) {
    const key = keyOf(each);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [each]);
    else known.push(each);
  }
  groups.delete("");
  return [...groups.values()].filter(({ length }) => length > 1);
}

function hasWords(text: string): boolean {
  const pattern = /[\p{L}\p{N}]+/gu;
  let words = 0;
  while (words < LEAST_WORDS && pattern.test(text)) words++;
  return words === LEAST_WORDS;
}

function isChanged(before: string, after: string | undefined): boolean {
  return after !== undefined && even(before) !== even(after);
}

function linesOf(text: string): number {
  return even(text).split("\n").length;
}
