import { Issues } from "../issues/issue.ts";
import { isRecord } from "../issues/values.ts";
import { type Example, exampleKind } from "./example.ts";
import { checkBlank, type EntryKind, type ListStyle, type Spaced } from "./kind.ts";
import { type Markdown, markdownKind } from "./markdown.ts";
import { type Prose, proseKind } from "./prose.ts";
import { type Rule, ruleKind } from "./rule.ts";
import { type Table, tableKind } from "./table.ts";

/** What a fragment is made of. */
export type Entry = Rule | Prose | Table | Example | Markdown;

type EntryOf<Kind> = Extract<Entry, { readonly kind: Kind }>;

/** Every kind of entry. One that is in `Entry` and not here does not compile. */
const KINDS: { readonly [Kind in Entry["kind"]]: EntryKind<EntryOf<Kind>> } = {
  rule: ruleKind,
  prose: proseKind,
  table: tableKind,
  example: exampleKind,
  markdown: markdownKind,
};

/** What the compiler has to know of an entry's kind. */
export function kindOf(entry: Entry): EntryKind<Entry> {
  return KINDS[entry.kind] as EntryKind<never>;
}

function isKind(value: unknown): value is Entry["kind"] {
  return typeof value === "string" && Object.hasOwn(KINDS, value);
}

/** Files what is wrong with a value that should be an entry, in a section that lists its rules like this. */
export function checkEntry(issues: Issues, value: unknown, list: ListStyle = "bullets"): void {
  const kind = isRecord(value) && isKind(value.kind) ? kindOf(value as never) : undefined;
  if (kind === undefined) {
    const expected = 'Expected must("..."), should("..."), may("..."), point, prose, table, example or markdown.';
    const isNothing = value === null || value === false;
    const hint = isNothing ? "A rule that does not stand is undefined: return undefined, or nothing." : expected;
    issues.add("not-an-entry", "this is not a rule", hint);
    return;
  }
  const { blank } = value as Spaced;
  if (blank !== undefined) checkBlank(issues, "blank", blank);
  kind.check(issues, value as never, list);
}

/** The same for what an author has written: a misspelt option must not vanish. */
export function checkAuthored(issues: Issues, value: unknown, list?: ListStyle): void {
  if (isRecord(value) && isKind(value.kind)) issues.unknownKeys(value, KINDS[value.kind].keys);
  checkEntry(issues, value, list);
}

/** Files what is wrong with an entry that is right by itself where its section lists rules like this. Most fit any list. */
export function checkPlace(issues: Issues, entry: unknown, list: ListStyle): void {
  if (!isRecord(entry) || !isKind(entry.kind) || list === "asWritten") return;
  if (kindOf(entry as never).since(entry as never) === 1) return;
  const alone = new Issues("");
  checkEntry(alone, entry, "asWritten");
  if (alone.found.length === 0) checkEntry(issues, entry, list);
}

/**
 * An entry, or a function that makes it from the fragment's parameters. Where the function returns nothing, the rule does not
 * stand: `({ queue }) => (queue === "sqs" ? must("...") : undefined)`.
 */
export type EntrySource<Params> = Entry | ((params: Params) => Entry | undefined);

/** Files what is wrong with a value that should be an entry, or a function that makes one. */
export function checkSource(issues: Issues, source: unknown, list?: ListStyle): void {
  if (typeof source !== "function") checkAuthored(issues, source, list);
}

/** A rule that a user takes out, and why. */
export interface Drop {
  readonly kind: "drop";
  readonly reason: string;
  /** Never set. The edits of a fragment have it too, so that they take a drop of the whole fragment. */
  readonly "~drop"?: never;
}

/**
 * Takes a rule or a whole fragment out of a persona. The reason is kept in the compiled document.
 *
 * @example
 * ```ts
 * import { definePersona, drop, must, section } from "@personakit/core";
 *
 * const base = definePersona({
 *   id: "api-developer",
 *   title: "API developer",
 *   description: { does: "Builds APIs.", when: "Use it for an endpoint.", notFor: "" },
 *   role: "You build APIs.",
 *   use: [section({ id: "requests", title: "Requests", rules: { csrf: must("Send a CSRF token.") } })],
 * });
 * export const ours = base.extend({ id: "our-api-developer", rules: { requests: { csrf: drop("token auth only") } } });
 * ```
 */
export function drop(reason: string): Drop {
  return { kind: "drop", reason };
}

/** Whether a change takes a rule out. */
export function isDrop(change: unknown): change is Drop {
  return isRecord(change) && change.kind === "drop";
}
