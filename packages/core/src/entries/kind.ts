import type { Issues } from "../issues/issue.ts";
import type { Origin, Page } from "../markdown/page.ts";

/** How a fragment's rules are listed. Steps keep their order; the others put `must` before `should` before `may`. */
export type ListStyle = (typeof LIST_STYLES)[number];

/** Every style there is. */
export const LIST_STYLES = ["bullets", "checklist", "steps"] as const;

/** A section in the making: how it lists, and the number of its next step. */
export interface ListState {
  readonly style: ListStyle;
  step: number;
}

/** Where an entry of a document comes from: always from a rule of a fragment or a section. */
export interface WithOrigin {
  readonly origin: Origin & { readonly rule: string };
}

/**
 * A version of the model. 2 has verbatim Markdown, sections without a title or at another depth, and documents without a title
 * or a role. A unit says the lowest version that can read it.
 */
export type SchemaVersion = 1 | 2;

/** The latest version of the model. */
export const NEWEST_SCHEMA: SchemaVersion = 2;

/** All that the rest of the compiler has to know of a kind of entry. A new kind says each of these in its own file. */
export interface EntryKind<Entry> {
  /** Files what is wrong with a value of this kind: it may come from JavaScript, or from a document that anybody wrote. */
  check(issues: Issues, value: { readonly [part: string]: unknown }): void;
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
