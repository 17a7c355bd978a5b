import type { PlacedEntry, Rule } from "@personakit/core";
import { kindOf } from "@personakit/core/internal";

/** One thing that can be wrong with an entry's prose, with examples that a test checks. */
export interface ProseCheck {
  readonly code: string;
  /** What it finds, in one sentence. */
  readonly about: string;
  /** What is wrong with an entry, as half a sentence, or undefined. `plain` is its text without code. */
  readonly problemIn: (entry: PlacedEntry, plain: string) => string | undefined;
  /** Rules that it finds something in. */
  readonly bad: readonly string[];
  /** Rules that look similar but are fine. */
  readonly good: readonly string[];
}

const EMPTY_WORDS =
  /\b(?:robust|comprehensive|seamless(?:ly)?|leverag\w+|best[- ]practices?|cutting[- ]edge|world[- ]class|elite|utili[sz]e\w*|appropriate(?:ly)?|properly|as needed|clean code|etc|and so on|production[- ]grade)\b/i;

/** A rule that starts like this describes instead of instructing. */
const NO_IMPERATIVE = /^(?:the|an?|this|that|these|those|it|its|you|we|there|they|every|all|each|any|some|no)\b/i;

/** A number with a unit: a claim that needs a source, or a check. */
const CLAIM = /\b\d+(?:[.,]\d+)?\s?(?:%|ms\b|s\b|seconds?\b|minutes?\b|hours?\b|days?\b|KB\b|MB\b|MiB\b|GB\b|bytes?\b)/;

/** Every check of prose. */
export const PROSE_CHECKS: readonly ProseCheck[] = [
  {
    code: "empty-words",
    about: "A word says nothing that a reader could check.",
    problemIn(_, plain) {
      const word = EMPTY_WORDS.exec(plain)?.[0];
      return word === undefined ? undefined : `"${word}" says nothing that a reader could check`;
    },
    bad: ["Write robust code.", "Handle errors properly.", "Follow best practices."],
    good: ["Fetch the etag of each object.", "Run `leverage --all` before a release."],
  },
  {
    code: "no-imperative",
    about: "A rule describes something and tells nobody to do anything.",
    problemIn(entry) {
      if (!isRule(entry)) return undefined;
      const start = entry.text.replace(/^\*\*[^*]+\*\*\s*/, "");
      return NO_IMPERATIVE.test(start) ? `it tells nobody to do anything: "${start.slice(0, 40)}..."` : undefined;
    },
    bad: ["The service is stateless.", "**State** Every handler is pure."],
    good: ["Keep the service stateless.", "Answer with 404 where there is no such order."],
  },
  {
    code: "unsourced-claim",
    about: "A number with a unit has neither a source nor a check.",
    problemIn(entry, plain) {
      const claim = isRule(entry) ? CLAIM.exec(plain)?.[0] : undefined;
      if (claim === undefined || isChecked(entry as Rule)) return undefined;
      return `"${claim}" has neither a source nor a check`;
    },
    bad: ["Answer within 200 ms.", "Cover 80 % of the code."],
    good: ["Answer within 200 ms, measured by `k6 run`.", "Split a file at its second export."],
  },
];

function isRule(entry: PlacedEntry): entry is PlacedEntry & Rule {
  return entry.kind === "rule";
}

function isChecked({ evidence, enforcedBy, text }: Rule): boolean {
  return evidence !== undefined || enforcedBy !== undefined || text.includes("`");
}

/** What is wrong with the prose of an entry, check by check. */
export function proseProblems(entry: PlacedEntry): { readonly code: string; readonly problem: string }[] {
  const kind = kindOf(entry);
  if (!kind.isProse) return [];
  const plain = kind.content(entry).replace(/`[^`]*`/g, "");
  return PROSE_CHECKS.flatMap(({ code, problemIn }) => {
    const problem = problemIn(entry, plain);
    return problem === undefined ? [] : [{ code, problem }];
  });
}
