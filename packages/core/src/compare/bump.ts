import { strengthOfState } from "../entries/rule.ts";
import { own } from "../issues/values.ts";
import type { Change } from "./change.ts";
import { kindOfRewording } from "./changes.ts";

/** What a change means for those who use the package, by semantic versioning. */
export type Bump = "major" | "minor" | "patch";

const BUMPS: readonly Bump[] = ["patch", "minor", "major"];

/**
 * The greatest of several bumps, or undefined if there are none.
 *
 * @example
 * ```ts
 * import { type Bump, bumpOf, type Change, greatestBump } from "@personakit/core";
 *
 * export function bumpOfAll(changes: readonly Change[]): Bump | undefined {
 *   return greatestBump(changes.map(bumpOf));
 * }
 * ```
 */
export function greatestBump(bumps: readonly Bump[]): Bump | undefined {
  return bumps.reduce<Bump | undefined>(
    (greatest, bump) => (greatest === undefined || isLess(greatest, bump) ? bump : greatest),
    undefined,
  );
}

/** Whether a bump promises less than another. */
export function isLess(bump: Bump, other: Bump): boolean {
  return BUMPS.indexOf(bump) < BUMPS.indexOf(other);
}

/**
 * The version bump that a change needs. Major: something that users rely on is gone or weaker, or the agent may do more. Minor: more is
 * asked or offered. Patch: the same in other words.
 *
 * @example
 * ```ts
 * import { bumpOf } from "@personakit/core";
 *
 * export const major = bumpOf({ kind: "removed", path: "security/csrf", before: "must: Send a CSRF token." });
 * ```
 */
export function bumpOf(change: Change): Bump {
  const { kind, path, before = "", after = "" } = change;
  if (kind === "renamed") return bumpOfRename(change);
  if (isRulePath(path)) {
    if (kind === "reworded") return "patch";
    if (kind === "added" || kind === "strengthened" || kind === "widened") return "minor";
    // An id that is gone breaks whoever overrides it, whatever stood there; with some values, a narrowed rule is gone.
    if (kind === "removed" || kind === "narrowed") return "major";
    if (kind === "changed") return isRule(after) ? "minor" : isRule(before) ? "major" : "patch";
    return before.startsWith("must: ") ? "major" : "minor";
  }
  const [name = ""] = path.split(" ", 1);
  return own(ABOUT, name)?.(change) ?? "patch";
}

/** Without its old name, a rule is gone for whoever overrides it; with it, only what it says counts. */
function bumpOfRename({ path, alias, before, after }: Change): Bump {
  if (alias === undefined) return "major";
  if (before === undefined || after === undefined || before === after) return "minor";
  const bump = bumpOf({ kind: kindOfRewording(before, after), path, before, after });
  return isLess(bump, "minor") ? "minor" : bump;
}

/** Everything else is named by a word, which a topic or a name may follow: `decision a/b`. */
function isRulePath(path: string): boolean {
  return path.includes("/") && !path.includes(" ");
}

/** Whether a state is that of a rule, and not of prose, a table or an example. */
function isRule(state: string): boolean {
  return strengthOfState(state) !== -1;
}

type Judge = (change: Change) => Bump;

/** Of lists, where less is worse for the user. */
const shrinks: Judge = ({ before, after }) => (isPartOf(before, after) ? "minor" : "major");

/** Of permissions, where more is worse. No list is no restriction. */
const widens: Judge = ({ before, after }) => {
  if (after === undefined) return "major";
  if (before === undefined) return "minor";
  return isPartOf(after, before) ? "minor" : "major";
};

function isPartOf(part: string | undefined, whole: string | undefined): boolean {
  return itemsOf(part).every((item) => itemsOf(whole).includes(item));
}

/** Of references, which a text may link to. */
const gone: Judge = ({ kind }) => (kind === "removed" ? "major" : kind === "added" ? "minor" : "patch");

/** What is not a rule, by the first word of its path. Everything else is wording. */
const ABOUT: { readonly [name: string]: Judge } = {
  triggers: shrinks,
  tools: widens,
  exactTools: widens,
  // More of them, and a text means something else to its tool.
  substitutions: ({ before, after }) => (isPartOf(after, before) ? "minor" : "major"),
  // Only who knows the tool can tell a field that restricts from another, and what is wider.
  field: ({ kind }) => (kind === "added" ? "minor" : "major"),
  uncheckedField: () => "major",
  // The same holds for a field that stays in its file.
  restriction: ({ kind }) => (kind === "added" ? "minor" : "major"),
  carried: () => "patch",
  // A server that is new may be called by an agent with a list of tools.
  mcpServers: (change) => widens({ ...change, before: change.before ?? "", after: change.after ?? "" }),
  decision: ({ kind }) => (kind === "added" ? "minor" : "major"),
  reference: gone,
  // Whoever writes the old name is broken without it, and changes another rule where it leads elsewhere.
  alias: ({ kind }) => (kind === "added" ? "minor" : "major"),
  deprecation: ({ kind }) => (kind === "changed" ? "patch" : "minor"),
  param: ({ kind, before = "null", after = "null" }) => {
    if (kind === "added") return "minor";
    return kind === "removed" || narrows(JSON.parse(before), JSON.parse(after)) ? "major" : "minor";
  },
  model: () => "minor",
  paths: () => "minor",
  list: () => "patch",
};

function itemsOf(list: string | undefined): string[] {
  return (list ?? "").split(", ").filter((item) => item !== "");
}

/** What we read of a parameter's JSON Schema. */
interface Schema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly [bound: string]: unknown;
}

const LOWER = ["minimum", "exclusiveMinimum", "minLength", "minItems"];
const UPPER = ["maximum", "exclusiveMaximum", "maxLength", "maxItems"];

/** Whether a schema refuses a value that an earlier one took. A pattern that is another one is taken to do so. */
function narrows(before: Schema, after: Schema): boolean {
  if (before.type !== after.type || (after.pattern !== undefined && after.pattern !== before.pattern)) return true;
  if (after.enum !== undefined && !(before.enum ?? [undefined]).every((value) => after.enum?.includes(value)))
    return true;
  const bound = (schema: Schema, name: string, none: number) =>
    schema[name] === undefined ? none : Number(schema[name]);
  if (LOWER.some((name) => bound(after, name, -Infinity) > bound(before, name, -Infinity))) return true;
  if (UPPER.some((name) => bound(after, name, Infinity) < bound(before, name, Infinity))) return true;
  return after.items !== undefined && narrows(before.items ?? {}, after.items);
}
