import type { Issues } from "../issues/issue.ts";
import { isRecord, keysOf, said } from "../issues/values.ts";
import { checkLines, trimmed } from "../markdown/inline.ts";
import type { Origin, Page } from "../markdown/page.ts";
import type { Phrases } from "../phrases/phrases.ts";
import {
  checkItems,
  checkStyle,
  checkText,
  type Item,
  type ItemSpec,
  itemsFrom,
  Marks,
  textFrom,
  textOfItems,
  writeItem,
} from "./item.ts";
import type { EntryKind, ItemStyle, ListState, ListStyle, Spaced, WithOrigin } from "./kind.ts";

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
  /** The rule will go. Whoever uses or replaces it is warned. */
  readonly deprecated?: Deprecation;
}

/** Why a rule will go, and what takes its place. */
export interface Deprecation {
  /** As a sentence: "Clients send a token now." */
  readonly reason: string;
  /** The rule to use instead: `csrf` of the same fragment, or `security-checklist/csrf` of another. */
  readonly successor?: string;
}

/** Something that a rule speaks of, and the last day on which its maker supports it. */
export interface EndOfLife {
  /** A product and its version: "Next.js 15". */
  readonly subject: string;
  /** "2027-01-31" */
  readonly date: string;
}

/** How a rule stands on the page. */
export interface RuleLook extends Spaced {
  /** How it is marked, in a section with `list: "asWritten"`. Default: bullets. */
  readonly style?: ItemStyle;
  /** The number of a step, in a section with `list: "asWritten"`, where it is not the next one. */
  readonly start?: number;
  /** Keeps the line breaks of its text, in a section with `list: "asWritten"`. */
  readonly breaks?: boolean;
  /** Points within it. */
  readonly items?: readonly Item[];
}

/** What may be said of a rule besides its text. */
export type RuleOptions = RuleNotes & Omit<RuleLook, "items"> & { readonly items?: readonly ItemSpec[] };

/** One instruction, or a point. `text` is inline Markdown on one line. */
export interface Rule extends RuleNotes, RuleLook {
  readonly kind: "rule";
  /** Absent: a point, which says itself how binding it is. */
  readonly strength?: Strength;
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
export function must(text: string, options?: RuleOptions): Rule {
  return make("must", text, options);
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
export function should(text: string, options?: RuleOptions): Rule {
  return make("should", text, options);
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
export function may(text: string, options?: RuleOptions): Rule {
  return make("may", text, options);
}

/**
 * A point of a list that says itself how binding it is: it has no strength, and stands where it is written. Only sections with
 * `list: "asWritten"` take points. `text` as for `must`.
 *
 * @example
 * ```ts
 * import { point, section } from "@personakit/core";
 *
 * export const layout = section({
 *   id: "layout",
 *   title: "Layout",
 *   list: "asWritten",
 *   rules: {
 *     core: point("`core` holds the model.", { items: ["No I/O.", "No names of tools."] }),
 *     build: point("Build with `pnpm build`.", { style: "steps" }),
 *   },
 * });
 * ```
 */
export function point(text: string, options?: RuleOptions): Rule {
  return make(undefined, text, options);
}

function make(strength: Strength | undefined, text: string, options: RuleOptions | undefined): Rule {
  // Nearly every rule: functions of parameters make theirs anew for each persona.
  if (options === undefined && strength !== undefined) return { kind: "rule", strength, text: trimmed(text) };
  const bound = strength === undefined ? {} : { strength };
  const { items, ...rest } = options ?? {};
  const inner = items === undefined ? {} : { items: itemsFrom(items) };
  return { ...rest, ...inner, kind: "rule", ...bound, text: textFrom(text, rest.breaks === true) };
}

/** The strength whose rules stand below a line that the compiler writes above them; undefined for any other line. */
export function strengthOfLead(line: string, { should, may }: Phrases): Strength | undefined {
  if (line === should) return "should";
  return line === may ? "may" : undefined;
}

type PlacedRule = Rule & WithOrigin;

/** Opens a list, below what says that its rules are not absolute. */
function openList(page: Page, strength: Strength, origin: Origin, blank: number, phrases: Phrases): void {
  if (strength !== "must") page.paragraph(phrases[strength], origin, blank);
  page.blank(origin, strength === "must" ? blank : 1);
}

function writeRule(page: Page, marker: string, rule: PlacedRule): void {
  if (rule.items === undefined) page.item(marker, rule.text, rule.origin);
  else writeItem(page, "", marker, rule, rule.origin);
}

/** Rules of each strength, hardest first, under its lead. No list is made for a strength: this is where time goes. */
function renderByStrength(page: Page, marker: string, rules: readonly PlacedRule[], list: ListState): void {
  let left = rules.length;
  for (const strength of STRENGTHS) {
    let isFirst = true;
    for (let index = 0; left > 0 && index < rules.length; index++) {
      const rule = rules[index] as PlacedRule;
      if (rule.strength !== strength) continue;
      if (isFirst) openList(page, strength, rule.origin, rule.blank ?? list.blanks, list.phrases);
      else if (rule.blank !== undefined) separate(page, rule);
      isFirst = false;
      writeRule(page, marker, rule);
      left--;
    }
  }
}

/** Rules in their own order, numbered on from the steps above. */
function renderSteps(page: Page, rules: readonly PlacedRule[], list: ListState): void {
  for (const [index, rule] of rules.entries()) {
    if (index === 0) page.blank(rule.origin, rule.blank ?? list.blanks);
    else separate(page, rule);
    writeRule(page, `${list.step++}. `, rule);
  }
}

/** The blank lines that an author wants between two items of a list: most have none. */
function separate(page: Page, { origin, blank = 0 }: PlacedRule): void {
  if (blank > 0) page.blank(origin, blank);
}

/** Rules where they stand, each with its own mark. */
function renderAsWritten(page: Page, rules: readonly PlacedRule[], list: ListState): void {
  const marks = new Marks();
  for (const rule of rules) {
    if (marks.goesOn(rule.style)) separate(page, rule);
    else page.blank(rule.origin, rule.blank ?? list.blanks);
    writeItem(page, "", marks.next(rule.style, rule.start), rule, rule.origin);
  }
}

/** Files how a rule looks where that is not possible: only where rules stand as written can each have a look of its own. */
function checkLook(
  issues: Issues,
  { style, start, breaks, items }: { readonly [part: string]: unknown },
  list: ListStyle,
): void {
  checkStyle(issues, style);
  if (start !== undefined && !(Number.isInteger(start) && (start as number) >= 0 && (start as number) < 1e9)) {
    issues.add("wrong-type", "start is not a whole number of at most nine digits");
  }
  if (start !== undefined && style !== "steps") issues.add("wrong-type", "start numbers a step", 'Set style: "steps".');
  if (items !== undefined) checkItems(issues, items);
  if (list === "asWritten") return;
  for (const [name, value] of Object.entries({ style, start, breaks })) {
    if (value !== undefined) issues.add("out-of-place", `${name} has no meaning in a list of ${list}`, AS_WRITTEN);
  }
}

const AS_WRITTEN = 'Set list: "asWritten" for the section.';

/** Files notes that are none: they are compiled too, and READMEs show them. */
function checkNotes(issues: Issues, notes: { readonly [note: string]: unknown }): void {
  const { why, enforcedBy, evidence, reviewed, endOfLife, deprecated } = notes;
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
  if (deprecated !== undefined) checkDeprecation(issues, deprecated);
}

const DEPRECATION_KEYS = keysOf<Deprecation>({ reason: true, successor: true });

function checkDeprecation(issues: Issues, deprecated: unknown): void {
  if (!isRecord(deprecated)) {
    issues.add("wrong-type", "deprecated gives no reason", 'Expected { reason: "...", successor: "otherRule" }.');
    return;
  }
  issues.at("deprecated").unknownKeys(deprecated, DEPRECATION_KEYS);
  const { reason, successor } = deprecated;
  issues.wrongTexts({ "deprecated.reason": reason });
  checkLines(issues, { "deprecated.reason": reason });
  if (successor === undefined || (typeof successor === "string" && SUCCESSOR.test(successor))) return;
  issues.add("wrong-type", "deprecated.successor names no rule", 'Expected "otherRule" or "fragment/otherRule".');
}

/** A rule of the same fragment, or of another. */
const SUCCESSOR = /^(?:[a-z][a-z0-9-]*\/)?[a-z][A-Za-z0-9]*$/;

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

/** A successor's path: `fragment/rule`, also where only the rule was named. */
export function successorPath(unit: string, successor: string): string {
  return successor.includes("/") ? successor : `${unit}/${successor}`;
}

/** Why a rule of a unit will go and what takes its place, as one text. */
export function describeDeprecation(unit: string, { reason, successor }: Deprecation): string {
  return successor === undefined ? reason : `${reason} Use ${successorPath(unit, successor)} instead.`;
}

/** Every part of a rule's look. */
export const LOOK = ["style", "start", "breaks", "items", "blank"] as const satisfies (keyof RuleLook)[];

/** Every note that a rule can have. */
export const NOTES = [
  "why",
  "enforcedBy",
  "evidence",
  "reviewed",
  "endOfLife",
  "deprecated",
] as const satisfies (keyof RuleNotes)[];

export const ruleKind: EntryKind<Rule> = {
  keys: ["kind", "strength", "text", ...NOTES, ...LOOK],
  check(issues, value, list) {
    const { strength, text, why, enforcedBy, evidence, reviewed, endOfLife, deprecated } = value;
    const { style, start, breaks, items } = value;
    if ((why ?? enforcedBy ?? evidence ?? reviewed ?? endOfLife ?? deprecated) !== undefined) {
      checkNotes(issues, { why, enforcedBy, evidence, reviewed, endOfLife, deprecated });
    }
    if ((style ?? start ?? breaks ?? items) !== undefined) checkLook(issues, value, list);
    if (strength === undefined && list !== "asWritten") {
      const hint = `Say must("..."), should("...") or may("..."), or set list: "asWritten" for the section.`;
      issues.add("out-of-place", `a point without a strength stands in a list of ${list}`, hint);
    } else if (strength !== undefined && !STRENGTHS.includes(strength as Strength)) {
      issues.unknown("strength", said(strength), STRENGTHS);
    } else checkText(issues, text, breaks);
  },
  label: ({ strength = POINT }) => strength,
  headline: ({ strength = POINT, text }) => `${strength}: ${text}`,
  state: ({ strength = POINT, text, items }) => `${strength}: ${text}${items === undefined ? "" : nested(items)}`,
  content: ({ text, items }) => (items === undefined ? text : text + nested(items)),
  isProse: true,
  instructs: true,
  since: ({ strength, style, start, breaks, items }) =>
    strength === undefined || (style ?? start ?? breaks ?? items) !== undefined ? 2 : 1,
  render(page, run, list) {
    if (list.style === "asWritten") renderAsWritten(page, run, list);
    else if (list.style === "steps") renderSteps(page, run, list);
    else renderByStrength(page, list.style === "checklist" ? "- [ ] " : "- ", run, list);
  },
};

/** What stands for the strength of a point. */
const POINT = "point";

/** The points within a rule, as its text goes on. */
function nested(items: readonly Item[]): string {
  return textOfItems(items, (level) => `\n${"  ".repeat(level)}- `);
}

const RANKS: readonly string[] = [...STRENGTHS, POINT];

/** The rank of the strength of a rule's state, hardest first, a point last; -1 for the state of anything else. */
export function strengthOfState(state: string): number {
  return RANKS.indexOf(state.slice(0, state.indexOf(":")));
}
