import { own } from "../issues/values.ts";

/**
 * What the compiler itself says in a built file, apart from what authors write. `<link>` and the like are places: each phrase
 * has its own, and they may stand in any order.
 */
export interface Phrases {
  /** Above rules that hold unless the project decides otherwise. */
  readonly should: string;
  /** Above rules that are an offer. */
  readonly may: string;
  /** The heading of the list of references. */
  readonly references: string;
  /** A reference in that list: `<link>` leads to it, and `<when>` is the clause that says when it is worth reading. */
  readonly readWhen: string;
  /** At the top of a long reference: the `<titles>` of its sections. */
  readonly contents: string;
  /** Between two titles. */
  readonly betweenTitles: string;
  /** In a description: the `<triggers>` that call for the persona. */
  readonly triggers: string;
  /** Between two triggers. */
  readonly betweenTriggers: string;
  /** Between two sentences of a description; may be empty. */
  readonly betweenSentences: string;
  /** The title of the reference for rules that do not fit into a tool's limit. */
  readonly further: string;
  /** The `<when>` of that reference. */
  readonly furtherWhen: string;
}

/** A place in a phrase. */
export const PLACE = /<(\w+)>/g;

/** A phrase with its places filled in. */
export function fillPhrase(phrase: string, values: { readonly [place: string]: string }): string {
  return phrase.replace(PLACE, (whole, place: string) => own(values, place) ?? whole);
}
