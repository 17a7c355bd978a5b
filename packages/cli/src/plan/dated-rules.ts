import type { Document, EndOfLife, PlacedEntry, Rule } from "@personakit/core";
import { entriesOf, pathOf } from "@personakit/core/internal";

/** A rule that states facts which age: when they were reviewed, or when their subject loses support. */
export interface DatedRule {
  /** `fragment/rule` */
  readonly rule: string;
  /** "2026-11" */
  readonly reviewed?: string;
  readonly endOfLife?: EndOfLife;
}

/** A rule that is out of date on a day, and why. */
export interface OutOfDate {
  /** `fragment/rule` */
  readonly rule: string;
  readonly problem: string;
}

/** Every rule of a document, references included, that says when it was reviewed or when its subject ends. */
export function datedRules(document: Document): DatedRule[] {
  return entriesOf(document)
    .filter(isDated)
    .map((entry) => {
      const { reviewed, endOfLife } = entry;
      return { rule: pathOf(entry), ...(reviewed && { reviewed }), ...(endOfLife && { endOfLife }) };
    });
}

function isDated(entry: PlacedEntry): entry is PlacedEntry & Rule {
  return entry.kind === "rule" && (entry.reviewed ?? entry.endOfLife) !== undefined;
}

/** The rules whose review is more than a year old, or whose subject has ended, on `day` ("2026-11-27"). */
export function outOfDateOn(day: string, rules: readonly DatedRule[]): OutOfDate[] {
  return rules.flatMap(({ rule, reviewed, endOfLife }) => [
    ...(reviewed !== undefined && aYearAfter(reviewed) < day.slice(0, 7)
      ? [{ rule, problem: `last reviewed in ${reviewed}` }]
      : []),
    ...(endOfLife !== undefined && endOfLife.date < day
      ? [{ rule, problem: `support for ${endOfLife.subject} ended on ${endOfLife.date}` }]
      : []),
  ]);
}

function aYearAfter(month: string): string {
  return `${Number(month.slice(0, 4)) + 1}${month.slice(4)}`;
}
