import { hunksBetween, partsOf } from "./words.ts";

/** What differs between copies of a text, and what each says there. */
export interface CopyParameter {
  /** In camelCase, named after what it holds. */
  readonly name: string;
  /** By copy. */
  readonly values: readonly string[];
}

/** A text that others are made of by filling it in. */
export interface Template {
  /** With `{{name}}` where a parameter stands. */
  readonly text: string;
  readonly parameters: readonly CopyParameter[];
}

const MOST_PARAMETERS = 3;
const MOST_WORDS = 4;

/** In parts of a text, words and what stands between them. */
const MOST_DIFFERENT = 80;

/**
 * The text that others are made of by filling in up to three parameters; undefined where there is none. A value is at most four words on one line,
 * and never the number of an item. Unless `isLoose`, values have to look like names: numbers and words of which there are but two are no
 * parameter, but a text that was edited in some places only.
 */
export function templateOf(texts: readonly string[], isLoose = false): Template | undefined {
  const [first = "", ...others] = texts;
  const leader = partsOf(first);
  const rows: Hunks[] = [];
  for (const text of others) {
    const row = hunksFrom(leader, text);
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return templateFrom(leader, rows, isLoose);
}

/** Where a text differs from another one, and what it says there. */
export type Hunks = readonly { readonly from: number; readonly to: number; readonly text: string }[];

/** Where a text differs from the parts of a leader; undefined where it does in too much. */
export function hunksFrom(leader: readonly string[], text: string): Hunks | undefined {
  const parts = partsOf(text);
  return hunksBetween(leader, parts, MOST_DIFFERENT)?.map(({ from, to, start, end }) => ({
    ...{ from, to, text: parts.slice(start, end).join("") },
  }));
}

/** The same as `templateOf`, for a leader in parts, and where each of the others differs from it. */
export function templateFrom(leader: readonly string[], rows: readonly Hunks[], isLoose = false): Template | undefined {
  const byValues = new Map<string, Slot>();
  const written: { readonly slot: Slot; readonly from: number; readonly to: number }[] = [];
  for (const { from, to } of merged(rows.flat(), leader)) {
    const before = leader.slice(Math.max(0, from - 12), from).join("");
    const values = [leader.slice(from, to).join(""), ...rows.map((row) => valueAt(leader, row, from, to))];
    if (!values.every((value) => isValue(value, before))) return undefined;
    if (isSlip(values) || !(isLoose || areNames(values, before))) return undefined;
    const key = JSON.stringify(values);
    const slot = byValues.get(key) ?? { values, before, after: leader.slice(to, to + 12).join("") };
    byValues.set(key, slot);
    if (byValues.size > MOST_PARAMETERS) return undefined;
    written.push({ slot, from, to });
  }
  if (written.length === 0) return undefined;
  const names = named([...byValues.values()]);
  let text = "";
  let at = 0;
  for (const { slot, from, to } of written) {
    text += `${leader.slice(at, from).join("")}{{${names.get(slot)}}}`;
    at = to;
  }
  text += leader.slice(at).join("");
  return { text, parameters: [...names].map(([{ values }, name]) => ({ name, values })) };
}

/** How many variants of a text are tried against each other; what is beyond is compared with the first one alone. */
const MOST_VARIANTS = 40;

/** The texts that are the first one but for parameters, itself among them; undefined where no other is. */
export function fittingOf(texts: readonly string[]): (Template & { readonly members: readonly number[] }) | undefined {
  const [first = "", ...others] = texts;
  const leader = partsOf(first);
  // By member, where it differs from the first one: none of it for the first itself.
  const rows = new Map<number, Hunks>([[0, []]]);
  for (const [index, text] of others.entries()) {
    const row = hunksFrom(leader, text);
    if (row !== undefined && templateFrom(leader, [row], true) !== undefined) rows.set(index + 1, row);
  }
  if (rows.size === 1) return undefined;
  const from = (members: readonly number[], isLoose: boolean) =>
    templateFrom(
      leader,
      members.slice(1).map((index) => rows.get(index) as Hunks),
      isLoose,
    );
  const all = [...rows.keys()];
  const whole = from(all, false);
  if (whole !== undefined) return { members: all, ...whole };
  let members = [0];
  let best: ReturnType<typeof fittingOf>;
  for (const index of all.slice(1, MOST_VARIANTS + 1)) {
    const more = [...members, index];
    if (from(more, true) === undefined) continue;
    members = more;
    const strict = from(more, false);
    if (strict !== undefined) best = { members, ...strict };
  }
  return best;
}

/** What a text says in the place of some parts of the leader, which hold all of a hunk or nothing. */
function valueAt(leader: readonly string[], row: Hunks, from: number, to: number): string {
  let value = "";
  let at = from;
  for (const hunk of row) {
    if (hunk.from < from || hunk.to > to) continue;
    value += leader.slice(at, hunk.from).join("") + hunk.text;
    at = hunk.to;
  }
  return value + leader.slice(at, to).join("");
}

interface Slot {
  readonly values: readonly string[];
  readonly before: string;
  readonly after: string;
}

/** Spans of the leader that differ somewhere, those that only a space parts as one. */
function merged(
  spans: readonly { readonly from: number; readonly to: number }[],
  leader: readonly string[],
): { from: number; to: number }[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from || a.to - b.to);
  const found: { from: number; to: number }[] = [];
  for (const { from, to } of sorted) {
    const last = found.at(-1);
    if (last !== undefined && (from <= last.to || leader.slice(last.to, from).join("") === " "))
      last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found;
}

/** Whether a parameter may hold a value that stands behind a text. */
function isValue(value: string, before: string): boolean {
  if (!/^\S(?:.*\S)?$/.test(value) || /["\r\n()*]|\{\{/.test(value)) return false;
  const words = value.match(/[\p{L}\p{N}_]+(?:[-./@:'’][\p{L}\p{N}_]+)*/gu) ?? [];
  if (words.length === 0 || words.length > MOST_WORDS || value.length > 80) return false;
  // The number of an item, or of a heading, is its place in the list and nothing that it says.
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return !(/^\d+[a-z]?$/i.test(value) && /^[\s#*>-]*(?:(?:step|phase|part|section)\s*)?[\d.]*$/i.test(line));
}

/**
 * Whether values look like one that somebody mistyped or put into other words, which no parameter should keep: two that differ in
 * a letter, or two phrases.
 */
function isSlip(values: readonly string[]): boolean {
  const distinct = [...new Set(values)];
  if (distinct.length === 2 && distinct.some((value) => value.split(/\s+/).length > MOST_WORDS_OF_TWO)) return true;
  if (distinct.length > MOST_COMPARED) return false;
  return distinct.some((one, index) => distinct.slice(index + 1).some((other) => differInLetter(one, other)));
}

/** Whether values are what copies are meant to differ in: names of something, or many different words. */
function areNames(values: readonly string[], before: string): boolean {
  const distinct = [...new Set(values)];
  if (distinct.every((value) => /^[\d.,%]+$/.test(value))) return false;
  if (distinct.length >= MANY || distinct.every((value) => LANGUAGES.test(value))) return true;
  // Any word has a capital where a sentence begins.
  const isFirst = /(?:^|[.!?:]\s+|\n[\s>#*+-]*|\d[.)]\s+|\*\*|\|\s*)$/.test(before);
  const isName = (value: string) => {
    const words = isFirst ? value.charAt(0).toLowerCase() + value.slice(1) : value;
    return /\p{Lu}|[\p{L}\d][-_/.:@][\p{L}\d]|\p{L}\d/u.test(words);
  };
  // Of two phrases, one name among ordinary words makes no name of the other.
  return distinct.every((value) => /\s/.test(value)) ? distinct.every(isName) : distinct.some(isName);
}

/** So many different values of a word are no accident. */
const MANY = 3;

const MOST_WORDS_OF_TWO = 2;
const MOST_COMPARED = 30;

function differInLetter(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()].sort((x, y) => x.length - y.length) as [string, string];
  if (a === b) return true;
  if (a.length < 4 || b.length - a.length > 1) return false;
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const isRest = a.length - head - tail <= 1 && b.length - head - tail <= 1;
  return isRest && /^[\p{L}]*$/u.test(b.slice(head, b.length - tail));
}

const COMMON = new Set(
  "the and for with from that this your you are its not but use into via per has have will can must should all any every each when then them they their than only also else over under such".split(
    " ",
  ),
);

const LANGUAGES =
  /^(?:go(?:lang)?|rust|python|java|kotlin|ruby|php|swift|c\+\+|c#|typescript|javascript|elixir|scala|dart|sql)$/i;

/** Names of parameters, each another one. */
function named(slots: readonly Slot[]): Map<Slot, string> {
  const names = new Map<Slot, string>();
  const taken = new Set<string>();
  for (const slot of slots) {
    const base = nameOf(slot);
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
    taken.add(name);
    names.set(slot, name);
  }
  return names;
}

function nameOf({ values, before, after }: Slot): string {
  if (values.every((value) => LANGUAGES.test(value))) return "language";
  if (values.every((value) => /^https?:/.test(value))) return "url";
  const common = commonWords(values);
  if (common.length > 0) return camelCase(common);
  if (values.every((value) => /[/\\]/.test(value))) return "path";
  const next = /^[\s`*_]*([A-Za-z]{3,})/.exec(after.split("\n")[0] ?? "")?.[1];
  if (next !== undefined && !COMMON.has(next.toLowerCase())) return camelCase([next]);
  const words = (before.match(/[A-Za-z]{3,}/g) ?? []).filter((word) => !COMMON.has(word.toLowerCase()));
  const last = words.at(-1);
  if (last !== undefined) return camelCase([last]);
  return values.every((value) => /^\d/.test(value)) ? "number" : "name";
}

/** The words that all values have, in their order. */
function commonWords(values: readonly string[]): string[] {
  const [first = [], ...others] = values.map((value) => value.match(/[A-Za-z]+/g) ?? []);
  const rest = others.map((words) => new Set(words.map((word) => word.toLowerCase())));
  const found = first.filter((word) => word.length > 2 && rest.every((words) => words.has(word.toLowerCase())));
  return found.slice(0, 3);
}

function camelCase(words: readonly string[]): string {
  return words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join("");
}
