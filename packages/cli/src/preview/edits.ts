import type { Entry, PersonaData } from "@personakit/core";
import { entriesOf, fragmentsOf, isRecord, own } from "@personakit/core/internal";
import type { Edits, RuleEdit } from "@personakit/preview";
import type { PlannedPersona } from "../plan/make-plan.ts";
import type { PersonaEntry } from "../sources/define-config.ts";
import { type Change, lookOf, type Setting, valueAsJson } from "../sources/override.ts";

/** An `extend` as a configuration says it. */
export interface PatchData {
  readonly id: string;
  readonly [option: string]: unknown;
}

/** What is tried, as steps into an `extend` and what is to stand there. */
export interface Tried {
  readonly params: readonly ParamSetting[];
  /** Null for what is taken out of the `extend`: the rule then is as its package says. */
  readonly rules: readonly Setting[];
}

interface ParamSetting {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Whether a persona of the configuration is an entry with settings of its own. */
export function isEntry(item: PlannedPersona["request"]["item"]): item is PersonaEntry {
  return typeof item === "object" && "persona" in item;
}

/** The `extend` of the configuration, where the persona has one. */
export function extendOf({ request: { item } }: PlannedPersona): PatchData | undefined {
  return isEntry(item) ? item.extend : undefined;
}

/** What is tried, for sources. What was sent in another form is left out; what a function of the author throws, this throws. */
export function triedOf(persona: PlannedPersona, { params, rules }: Edits): Tried {
  const values = stepsIn(params).map(([fragment, name, value]) => ({ path: ["params", fragment, name], value }));
  return {
    params: values,
    rules: stepsIn(rules).flatMap(([fragment, rule, edit]) =>
      isRecord(edit) ? settingFor(persona, { fragment, rule, edit: edit as never, params }) : [],
    ),
  };
}

/** The `extend` that says what is tried: that of the configuration with the changes in it, or a new one. */
export function patchWith(persona: PlannedPersona, { params, rules }: Tried): PatchData {
  const settings = [
    ...params,
    ...rules.map(({ path, value }) => ({ path, value: value === null ? undefined : valueAsJson(value) })),
  ];
  const patch = extendOf(persona) ?? { id: persona.document.id };
  return settings.reduce((all: object, { path, value }) => withValue(all, path, value), patch) as PatchData;
}

/** An object with another value behind some steps; what is empty then goes too. */
function withValue(map: unknown, [key = "", ...rest]: readonly string[], value: unknown): object {
  const before = isRecord(map) ? map : {};
  const inner = rest.length === 0 ? value : withValue(own(before, key), rest, value);
  const isNothing = rest.length > 0 && Object.keys(inner as object).length === 0;
  if (inner !== undefined && !isNothing) return { ...before, [key]: inner };
  const { [key]: _, ...others } = before;
  return others;
}

interface Edited {
  readonly fragment: string;
  readonly rule: string;
  readonly edit: RuleEdit;
  readonly params: unknown;
}

function settingFor(persona: PlannedPersona, edited: Edited): Setting[] {
  const { fragment, rule, edit } = edited;
  const patch = extendOf(persona);
  const path = ["rules", fragment, rule];
  if (edit.kind === "restore") {
    if (hasAt(patch, path)) return [{ path, value: null }];
    const said = saidByFragment(persona, edited);
    return said === undefined ? [] : [{ path, value: said }];
  }
  const value = changeOf(entryAt(persona, `${fragment}/${rule}`), edit);
  // A rule that this very `extend` adds is changed where it is added.
  const added = ["addRules", rule];
  if (fragment !== patch?.id || !hasAt(patch, added)) return [{ path, value }];
  return [value.kind === "drop" ? { path: added, value: null } : { path: [...added, "rule"], value }];
}

function hasAt(map: unknown, [key = "", ...rest]: readonly string[]): boolean {
  if (!isRecord(map) || !Object.hasOwn(map, key)) return false;
  return rest.length === 0 || hasAt(map[key], rest);
}

/** A rule as it stands, or as its fragment says it where it was taken out. */
function entryAt({ document }: PlannedPersona, path: string): Entry | undefined {
  const standing = entriesOf(document).find(({ origin }) => `${origin.unit}/${origin.rule}` === path);
  return standing ?? document.dropped.find((each) => each.path === path)?.base;
}

/** A change of an entry: another text stands on the page as the entry does. */
function changeOf(entry: Entry | undefined, edit: Exclude<RuleEdit, { readonly kind: "restore" }>): Change {
  if (edit.kind === "drop") return { kind: "drop", reason: String(edit.reason) };
  const text = String(edit.text);
  const look = entry === undefined ? {} : lookOf(entry);
  if (entry?.kind === "prose" || entry?.kind === "markdown") return { ...look, kind: entry.kind, text };
  const { strength = "point" } = edit;
  return { ...look, kind: "rule", ...(strength === "point" ? {} : { strength }), text } as Entry;
}

/** What a fragment says of a rule, with the parameters that are tried; undefined where it does not stand with them. */
function saidByFragment(
  { request: { unit } }: PlannedPersona,
  { fragment: id, rule, params }: Edited,
): Entry | undefined {
  const fragment = fragmentsOf(unit as PersonaData).find((each) => each.id === id);
  const source = fragment === undefined ? undefined : own(fragment.rules, rule);
  if (typeof source !== "function") return source;
  const tried = isRecord(params) ? own(params, id) : undefined;
  return source({ ...fragment?.values, ...(isRecord(tried) ? tried : {}) } as never);
}

/** What is sent for names of fragments; nothing of what has another form. */
export function stepsIn(layers: unknown): [fragment: string, name: string, value: unknown][] {
  return Object.entries(isRecord(layers) ? layers : {}).flatMap(([fragment, inner]) =>
    Object.entries(isRecord(inner) ? inner : {}).map(([name, value]): [string, string, unknown] => [
      fragment,
      name,
      value,
    ]),
  );
}
