import type { Drop, Entry, ExampleLook, Item, RuleLook, TableLook } from "@personakit/core";
import { isRecord, LOOKS, RULE_ID } from "@personakit/core/internal";

/** What becomes of a rule: another entry, or that it is dropped. */
export type Change = Entry | Drop;

/** Changes of a persona's rules, as `extend` takes them. */
export interface Override {
  /** By fragment and rule: another entry, or that it is dropped. A drop in the place of the rules takes the whole fragment out. */
  readonly rules: { readonly [fragment: string]: Drop | { readonly [rule: string]: Change } };
  /** New rules. */
  readonly addRules: { readonly [rule: string]: AddedRule };
  /** Rules that the persona has added itself, as they are to be; null for one that goes. */
  readonly ownRules: { readonly [rule: string]: Entry | null };
}

/** A new rule, and the one that it stands next to. */
export type AddedRule = { readonly rule: Entry } & ({ readonly after: string } | { readonly before: string });

/** Stands where only the user can say why. */
export const NO_REASON = "<your reason>";

/** A step into an `extend`, and what is to stand there; null for what goes. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: Change | AddedRule | null;
}

/** An override, value by value. */
export function settingsOf({ rules, addRules, ownRules }: Override): Setting[] {
  return [
    ...Object.entries(rules).flatMap(([fragment, changes]): Setting[] =>
      isDropped(changes)
        ? [{ path: ["rules", fragment], value: changes }]
        : Object.entries(changes).map(([rule, value]) => ({ path: ["rules", fragment, rule], value })),
    ),
    ...Object.entries(ownRules).map(
      ([rule, value]): Setting => ({ path: ["addRules", rule, ...(value === null ? [] : ["rule"])], value }),
    ),
    ...Object.entries(addRules).map(([rule, value]): Setting => ({ path: ["addRules", rule], value })),
  ];
}

function isDropped(changes: Override["rules"][string]): changes is Drop {
  return changes.kind === "drop" && typeof (changes as Drop).reason === "string";
}

/** Settings with the reason for what is dropped without one. */
export function withReason(settings: readonly Setting[], reason: string): Setting[] {
  return settings.map((each) => (lacksReason(each) ? { ...each, value: { kind: "drop", reason } } : each));
}

/** Whether something is dropped, and nobody has said why. */
export function lacksReason({ value }: Setting): boolean {
  return value !== null && "reason" in value && value.reason === NO_REASON;
}

/** Whether nothing is changed. */
export function isEmpty({ rules, addRules, ownRules }: Override): boolean {
  return [rules, addRules, ownRules].every((changes) => Object.keys(changes).length === 0);
}

/** How the functions of the builder are called where code is written: an import may have renamed them. */
export type NameOf = (maker: string) => string;

/** A change as the builder writes it: `must("...")`. */
export function changeAsCode(change: Change, nameOf: NameOf = (maker) => maker): string {
  const [maker, ...args] = callOf(change);
  return `${nameOf(maker)}(${args.map((each) => spaced(each, keyAsCode)).join(", ")})`;
}

type Call = readonly [maker: string, ...args: unknown[]];

/** How the builder makes each kind of change: the function, and its arguments. */
const CALLS: { readonly [Kind in Change["kind"]]: (change: Extract<Change, { readonly kind: Kind }>) => Call } = {
  drop: ({ reason }) => ["drop", reason],
  rule: (rule) => [rule.strength ?? "point", rule.text, ...optionsOf(rule)],
  prose: (prose) => ["prose", prose.text, ...optionsOf(prose)],
  table: (table) => ["table", table.columns, table.rows, ...optionsOf(table)],
  example: (example) => ["example", example.language, example.code, ...optionsOf(example)],
  markdown: (markdown) => ["markdown", markdown.text, ...optionsOf(markdown)],
};

/** The last argument of a call, where there is anything to say. */
function optionsOf(entry: Entry): object[] {
  const look = writtenLook(entry);
  return Object.keys(look).length === 0 ? [] : [look];
}

type Look = RuleLook & TableLook & ExampleLook;

/** How an entry stands on the page, where that is said, and the points within it. */
export function lookOf(entry: Entry): Look {
  const said: { readonly [Key in keyof Look]?: unknown } = entry;
  return Object.fromEntries([...LOOKS, "items" as const].flatMap((key) => (key in said ? [[key, said[key]]] : [])));
}

/** The options of an entry as a person writes them: a point that is a text and nothing else is only that. */
function writtenLook(entry: Entry): object {
  const { items, ...look } = lookOf(entry);
  return items === undefined ? look : { ...look, items: items.map(writtenItem) };
}

function writtenItem({ items, ...item }: Item): unknown {
  if (items !== undefined) return { ...item, items: items.map(writtenItem) };
  return Object.keys(item).length === 1 ? item.text : item;
}

function callOf(change: Change): Call {
  return (CALLS[change.kind] as (change: Change) => Call)(change);
}

/** The functions that {@link changeAsCode} would call. */
export function makersOf({ value }: Setting): string[] {
  if (value === null) return [];
  return [callOf("rule" in value ? value.rule : value)[0]];
}

/** A change as JSON has it: `{ must: "..." }`. */
function changeAsJson(change: Change): object {
  if (change.kind === "drop") return { drop: change.reason };
  if (change.kind === "markdown") return { markdown: change.text, ...writtenLook(change) };
  return change.kind === "rule" ? { [change.strength ?? "point"]: change.text, ...writtenLook(change) } : change;
}

/** A value of an `extend` as JSON has it. */
export function valueAsJson(value: NonNullable<Setting["value"]>): object {
  return "rule" in value ? { ...value, rule: changeAsJson(value.rule) } : changeAsJson(value);
}

/** A value of an `extend` as code has it, on one line. */
export function valueAsCode(value: NonNullable<Setting["value"]>, write: (change: Change) => string): string {
  if (!("rule" in value)) return write(value);
  const { rule, ...anchor } = value;
  const [[side, path] = ["after", ""]] = Object.entries(anchor);
  return `{ ${side}: ${JSON.stringify(path)}, rule: ${write(rule)} }`;
}

/** A change as a configuration in code has it where it imports none of the builder's functions: `{ must: "..." }`. */
export function changeAsData(change: Change): string {
  return spaced(changeAsJson(change), keyAsCode);
}

/** A key as code has it. */
export function keyAsCode(key: string): string {
  return RULE_ID.test(key) ? key : JSON.stringify(key);
}

/** The part of an `extend` that settings are, for a person to paste. */
export function formatSettings(settings: readonly Setting[], language: "code" | "json"): string[] {
  const tree: Tree = new Map();
  for (const { path, value } of settings) if (value !== null) put(tree, path, value);
  return formatTree(tree, language, "");
}

/** What a person has to take out, which no text to paste says. */
export function removalsIn(settings: readonly Setting[]): string[] {
  return settings.flatMap(({ path, value }) => (value === null ? [`Take ${path.join(".")} out of it.`] : []));
}

type Tree = Map<string, Tree | NonNullable<Setting["value"]>>;

function put(tree: Tree, [key = "", ...rest]: readonly string[], value: NonNullable<Setting["value"]>): void {
  if (rest.length === 0) tree.set(key, value);
  else {
    const inner = tree.get(key);
    const next: Tree = inner instanceof Map ? inner : new Map();
    tree.set(key, next);
    put(next, rest, value);
  }
}

function formatTree(tree: Tree, language: "code" | "json", indent: string): string[] {
  const entries = [...tree];
  return entries.flatMap(([key, value], index) => {
    const name = `${indent}${language === "json" ? JSON.stringify(key) : keyAsCode(key)}: `;
    const comma = language === "json" && index === entries.length - 1 ? "" : ",";
    if (value instanceof Map) return [`${name}{`, ...formatTree(value, language, `${indent}  `), `${indent}}${comma}`];
    const written = language === "json" ? spaced(valueAsJson(value)) : valueAsCode(value, (each) => changeAsCode(each));
    return [`${name}${written}${comma}`];
  });
}

/** Data on one line, with the spaces that a person would write. */
export function spaced(value: unknown, keyOf: (key: string) => string = JSON.stringify): string {
  if (Array.isArray(value)) return `[${value.map((each) => spaced(each, keyOf)).join(", ")}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${keyOf(key)}: ${spaced(inner, keyOf)}`);
  return `{ ${entries.join(", ")} }`;
}
