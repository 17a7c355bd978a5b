import type { Issues } from "../issues/issue.ts";
import type { Origin, Page } from "../markdown/page.ts";
import type { Phrases } from "../phrases/phrases.ts";

/** How a rule or a point is marked in a list. */
export type ItemStyle = (typeof ITEM_STYLES)[number];

/** Every mark there is. */
export const ITEM_STYLES = ["bullets", "checklist", "steps"] as const;

/**
 * How a fragment's rules are listed. Bullets and a checklist put `must` before `should` before `may`; steps keep their order;
 * `asWritten` keeps the order too, marks each rule in its own style and says nothing of strengths.
 */
export type ListStyle = (typeof LIST_STYLES)[number];

/** Every style there is. */
export const LIST_STYLES = [...ITEM_STYLES, "asWritten"] as const;

/** A section in the making: how it lists, in which words, the blank lines above each entry, and the number of its next step. */
export interface ListState {
  readonly style: ListStyle;
  readonly phrases: Phrases;
  readonly blanks: number;
  step: number;
}

/** How any entry stands on the page. */
export interface Spaced {
  /** The blank lines above it: 0, 1, 2... Default: what its section says. Where two blocks would become one, a blank line stays. */
  readonly blank?: number;
}

/** What says how entries look, and nothing of what they say. */
export const LOOKS = ["style", "start", "breaks", "blank", "delimiter", "padded", "exact", "fence"] as const;

/** How an entry looks where its author has said so, for comparing two versions; empty where nothing is said. */
export function looksOf(entry: { readonly [Key in (typeof LOOKS)[number]]?: unknown }): string {
  return LOOKS.flatMap((key) => (entry[key] === undefined ? [] : `${key} ${String(entry[key])}`)).join(", ");
}

/** At most so many blank lines stand above anything. */
export const MOST_BLANK = 20;

/** Files a number of blank lines that is none. */
export function checkBlank(issues: Issues, name: string, blank: unknown): void {
  if (Number.isInteger(blank) && (blank as number) >= 0 && (blank as number) <= MOST_BLANK) return;
  issues.add("wrong-type", `${name} is not a whole number from 0 to ${MOST_BLANK}`);
}

/** Where an entry of a document comes from: always from a rule of a fragment or a section. */
export interface WithOrigin {
  readonly origin: Origin & { readonly rule: string };
}

/**
 * A version of the model. 2 has Markdown as it stands, sections without a title or at another depth, documents without a title
 * or a role, and all that says how entries stand on the page: lists as written, points, nested points, blank lines. A unit says the lowest version that can read it.
 */
export type SchemaVersion = 1 | 2;

/** The latest version of the model. */
export const NEWEST_SCHEMA: SchemaVersion = 2;

/** All that the rest of the compiler has to know of a kind of entry. A new kind says each of these in its own file. */
export interface EntryKind<Entry> {
  /** What an author may say of one. */
  readonly keys: readonly string[];
  /**
   * Files what is wrong with a value of this kind, in a section that lists its rules like this: it may come from JavaScript, or
   * from a document that anybody wrote.
   */
  check(issues: Issues, value: { readonly [part: string]: unknown }, list: ListStyle): void;
  /** In a word or two, for lists: "must", "table". */
  label(entry: Entry): string;
  /** In one line, for people. */
  headline(entry: Entry): string;
  /** What two versions are compared by: all that a reader would notice, after a word that says the kind. */
  state(entry: Entry): string;
  /** All of its text, for lengths and for looking through. */
  content(entry: Entry): string;
  /** Whether `content` is prose, whose words and links count. Code is not. */
  readonly isProse: boolean;
  /** Whether it says what to do, and does not only explain. */
  readonly instructs: boolean;
  /** The first version of the model that can read it. */
  since(entry: Entry): SchemaVersion;
  /** Writes neighbours of this kind: a run is everything up to the next entry of another kind. */
  render(page: Page, run: readonly (Entry & WithOrigin)[], list: ListState): void;
}
