import type { Issues } from "../issues/issue.ts";
import { isRecord, said } from "../issues/values.ts";
import { checkInline, checkLines, trimmed } from "../markdown/inline.ts";
import type { Origin, Page } from "../markdown/page.ts";
import type { EntryKind, ListState, WithOrigin } from "./kind.ts";

/** How binding a rule is (RFC 2119): `must` has no exception, `should` yields to a project that decides otherwise, `may` is an offer. */
export type Strength = (typeof STRENGTHS)[number];

/** Every strength, hardest first. */
export const STRENGTHS = ["must", "should", "may"] as const;

/** A published text that a rule rests on. Shown in the fragment's README, never in the prompt. */
export interface Evidence {
  /** Standard and clause, as one would cite it: "OWASP ASVS 5.0 V11.4.2". */
  readonly source: string;
  /** Where a reader finds it. */
  readonly url: string;
}

/** What is known about a rule besides its text. None of it is rendered into the prompt. */
export interface RuleNotes {
  /** Why the rule holds, for the reader who wants to drop it. */
  readonly why?: string;
  /** What enforces it: a linter rule, a test, a permission. */
  readonly enforcedBy?: string;
  /** The published texts that it rests on. */
  readonly evidence?: readonly Evidence[];
  /** The month in which someone last compared the rule with what it speaks of: "2026-11". For facts that age. */
  readonly reviewed?: string;
  /** What the rule speaks of, and when its support ends. */
  readonly endOfLife?: EndOfLife;
}

/** Something that a rule speaks of, and the last day on which its maker supports it. */
export interface EndOfLife {
  /** A product and its version: "Next.js 15". */
  readonly subject: string;
  /** "2027-01-31" */
  readonly date: string;
}

/** One instruction. `text` is inline Markdown on one line. */
export interface Rule extends RuleNotes {
  readonly kind: "rule";
  readonly strength: Strength;
  readonly text: string;
}

/**
 * A rule without exception. `text` is inline Markdown on one line: lists, code and paragraphs are entries of their own.
 *
 * @example
 * ```ts
 * import { must } from "@personakit/core";
 *
 * export const bindValues = must("Bind every value in SQL as a parameter.", {
 *   why: "A value that is part of the statement can change what it does.",
 * });
 * ```
 */
export function must(text: string, notes?: RuleNotes): Rule {
  return make("must", text, notes);
}

/**
 * A rule that holds unless the project decides otherwise. `text` as for `must`.
 *
 * @example
 * ```ts
 * import { should } from "@personakit/core";
 *
 * export const pageSize = should("Return at most 100 items a page.");
 * ```
 */
export function should(text: string, notes?: RuleNotes): Rule {
  return make("should", text, notes);
}

/**
 * An option worth knowing. `text` as for `must`.
 *
 * @example
 * ```ts
 * import { may } from "@personakit/core";
 *
 * export const etag = may("Answer `304` to a request whose `If-None-Match` is the current ETag.");
 * ```
 */
export function may(text: string, notes?: RuleNotes): Rule {
  return make("may", text, notes);
}

function make(strength: Strength, text: string, notes: RuleNotes | undefined): Rule {
  return { ...notes, kind: "rule", strength, text: trimmed(text) };
}

/** What stands above rules that are not absolute. */
const LEADS: { readonly [S in Strength]?: string } = {
  should: "Unless the project has decided otherwise:",
  may: "Where it helps:",
};

/** The strength whose rules stand below a line that the compiler writes above them; undefined for any other line. */
export function strengthOfLead(line: string): Strength | undefined {
  return STRENGTHS.find((strength) => LEADS[strength] === line);
}

type PlacedRule = Rule & WithOrigin;

function openList(page: Page, strength: Strength, origin: Origin): void {
  const lead = LEADS[strength];
  if (lead !== undefined) page.paragraph(lead, origin);
  page.blank(origin);
}

/** Rules of each strength, hardest first, under its lead. No list is made for a strength: this is where time goes. */
function renderByStrength(page: Page, marker: string, rules: readonly PlacedRule[]): void {
  let left = rules.length;
  for (const strength of STRENGTHS) {
    let isFirst = true;
    for (let index = 0; left > 0 && index < rules.length; index++) {
      const rule = rules[index] as PlacedRule;
      if (rule.strength !== strength) continue;
      if (isFirst) openList(page, strength, rule.origin);
      isFirst = false;
      page.item(marker, rule.text, rule.origin);
      left--;
    }
  }
}

/** Rules in their own order, numbered on from the steps above. */
function renderSteps(page: Page, rules: readonly PlacedRule[], list: ListState): void {
  page.blank((rules[0] as PlacedRule).origin);
  for (const { text, origin } of rules) page.item(`${list.step++}. `, text, origin);
}

/** Files notes that are none: they are compiled too, and READMEs show them. */
function checkNotes(issues: Issues, notes: { readonly [note: string]: unknown }): void {
  const { why, enforcedBy, evidence, reviewed, endOfLife } = notes;
  for (const [name, note] of Object.entries({ why, enforcedBy })) {
    if (note === undefined) continue;
    if (typeof note === "string") issues.atMost("text", name, note.length);
    else issues.add("wrong-type", `${name} is not a text`);
  }
  checkLines(issues, { why, enforcedBy });
  if (evidence !== undefined && !(Array.isArray(evidence) && evidence.every(isEvidence))) {
    issues.add("wrong-type", "evidence is not a list", "Expected [{ source, url }].");
  }
  if (reviewed !== undefined && !(typeof reviewed === "string" && MONTH.test(reviewed))) {
    issues.add("wrong-type", "reviewed is not a month", 'Expected a form such as "2026-11".');
  }
  if (endOfLife !== undefined && !isEndOfLife(endOfLife)) {
    issues.add("wrong-type", "endOfLife names no subject and day", 'Expected { subject, date: "2027-01-31" }.');
  }
}

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const LONGEST_SUBJECT = 100;

function isEvidence(value: unknown): value is Evidence {
  return isRecord(value) && typeof value.source === "string" && typeof value.url === "string";
}

function isEndOfLife(value: unknown): value is EndOfLife {
  if (!isRecord(value) || typeof value.subject !== "string" || typeof value.date !== "string") return false;
  return value.subject.length <= LONGEST_SUBJECT && DAY.test(value.date);
}

/** Every note that a rule can have. */
export const NOTES = ["why", "enforcedBy", "evidence", "reviewed", "endOfLife"] as const satisfies (keyof RuleNotes)[];

export const ruleKind: EntryKind<Rule> = {
  check(issues, { strength, text, why, enforcedBy, evidence, reviewed, endOfLife }) {
    if ((why ?? enforcedBy ?? evidence ?? reviewed ?? endOfLife) !== undefined) {
      checkNotes(issues, { why, enforcedBy, evidence, reviewed, endOfLife });
    }
    if (!STRENGTHS.includes(strength as Strength)) issues.unknown("strength", said(strength), STRENGTHS);
    else if (typeof text !== "string" || text.trim() === "") issues.add("missing-text", "the text is empty");
    else if (!issues.atMost("text", "the text", text.length)) return;
    else checkInline(issues, "the text", text);
  },
  label: ({ strength }) => strength,
  headline: ({ strength, text }) => `${strength}: ${text}`,
  state: ({ strength, text }) => `${strength}: ${text}`,
  content: ({ text }) => text,
  isProse: true,
  instructs: true,
  since: () => 1,
  render(page, run, list) {
    if (list.style === "steps") renderSteps(page, run, list);
    else renderByStrength(page, list.style === "checklist" ? "- [ ] " : "- ", run);
  },
};

/** The rank of the strength of a rule's state, hardest first; -1 for the state of anything else. */
export function strengthOfState(state: string): number {
  return STRENGTHS.indexOf(state.slice(0, state.indexOf(":")) as Strength);
}
