import type { Entry, PersonaData } from "@personakit/core";
import { entriesOf, fragmentsOf, isRecord, own } from "@personakit/core/internal";
import type { Edits, RuleEdit } from "@personakit/preview";
import type { PlannedPersona } from "../plan/make-plan.ts";
import type { PersonaEntry } from "../sources/define-config.ts";
import { type Change, lookOf, valueAsJson } from "../sources/override.ts";

/** A patch as a configuration says it: all of it is data but for what its author has written as code. */
export interface PatchData {
  readonly id: string;
  readonly [option: string]: unknown;
}

type Layers = { readonly [fragment: string]: { readonly [name: string]: unknown } };

/** What is tried, as changes to sources. */
export interface TriedChanges {
  readonly params: Layers;
  /** Undefined for what is taken out of the configuration, so that the rule is as its package says. */
  readonly rules: { readonly [fragment: string]: { readonly [rule: string]: Change | undefined } };
}

/** The `extend` of the configuration, where the persona has one. */
export function extendOf({ request: { item } }: PlannedPersona): PatchData | undefined {
  return isEntry(item) ? item.extend : undefined;
}

/** Whether a persona of the configuration is an entry with settings of its own. */
export function isEntry(item: PlannedPersona["request"]["item"]): item is PersonaEntry {
  return typeof item === "object" && "persona" in item;
}

/** What is tried as changes; whatever was sent that is of another form is left out. */
export function triedChanges(persona: PlannedPersona, { params, rules }: Edits): TriedChanges {
  const layers = layersIn(params);
  const { document } = persona;
  const entryAt = (fragment: string, rule: string) =>
    entriesOf(document).find(({ origin }) => origin.unit === fragment && origin.rule === rule) ??
    document.dropped.find(({ path }) => path === `${fragment}/${rule}`)?.base;
  return {
    params: layers,
    rules: mapLayers(layersIn(rules), (edit, fragment, rule) => {
      const { kind } = edit as RuleEdit;
      if (kind === "drop") return { kind, reason: String((edit as { reason?: unknown }).reason ?? "") };
      if (kind === "reword") return reworded(entryAt(fragment, rule), edit as RuleEdit & { readonly kind: "reword" });
      return isInExtend(persona, fragment, rule) ? undefined : saidByFragment(persona, fragment, rule, layers);
    }),
  };
}

/** Another text for an entry, which stands on the page as the entry does. */
function reworded(entry: Entry | undefined, { text, strength }: RuleEdit & { readonly kind: "reword" }): Change {
  if (entry?.kind === "prose" || entry?.kind === "markdown")
    return { ...entryAlone(entry), text: String(text) } as Entry;
  const look = entry === undefined ? {} : lookOf(entry);
  const bound = strength === undefined || strength === "point" ? {} : { strength };
  return { ...look, kind: "rule", ...bound, text: String(text) } as Entry;
}

/** An entry without what a document says of it. */
function entryAlone(entry: Entry): Entry {
  const { origin: _, base: __, ...alone } = entry as Entry & { readonly origin?: unknown; readonly base?: unknown };
  return alone as Entry;
}

function isInExtend(persona: PlannedPersona, fragment: string, rule: string): boolean {
  const rules = extendOf(persona)?.rules;
  const changes = isRecord(rules) ? own(rules, fragment) : undefined;
  return isRecord(changes) && Object.hasOwn(changes, rule);
}

/** What a fragment says of a rule, with the parameters that are tried. */
function saidByFragment(
  { request: { unit } }: PlannedPersona,
  id: string,
  rule: string,
  params: Layers,
): Entry | undefined {
  const fragment = fragmentsOf(unit as PersonaData).find((each) => each.id === id);
  const source = fragment === undefined ? undefined : own(fragment.rules, rule);
  if (fragment === undefined || typeof source !== "function") return source as Entry | undefined;
  return source({ ...fragment.values, ...own(params, id) } as never);
}

/** The `extend` that says what is tried: that of the configuration, with the changes in it. */
export function patchWith(persona: PlannedPersona, { params, rules }: TriedChanges): PatchData {
  const patch = extendOf(persona) ?? { id: persona.document.id };
  const [added, others] = partsOf(patch, rules);
  const next = {
    ...patch,
    params: withLayers(patch.params, params),
    rules: withLayers(
      patch.rules,
      mapLayers(others, (change) => change && valueAsJson(change as Change)),
    ),
    addRules: withOwnRules(patch.addRules, added),
  };
  const said = Object.entries(next).filter(([, value]) => !isRecord(value) || Object.keys(value).length > 0);
  return Object.fromEntries(said.filter(([, value]) => value !== undefined)) as unknown as PatchData;
}

type Rules = TriedChanges["rules"];

/** Changes of rules that an `extend` has added itself, and all others. */
function partsOf({ id, addRules }: PatchData, rules: Rules): [added: Rules[string], others: Rules] {
  const known = isRecord(addRules) ? addRules : {};
  const { [id]: mine = {}, ...rest } = rules;
  const isAdded = ([rule]: readonly [string, unknown]) => Object.hasOwn(known, rule);
  const added = Object.fromEntries(Object.entries(mine).filter(isAdded));
  const others = Object.entries(mine).filter((each) => !isAdded(each));
  return [added, others.length === 0 ? rest : { ...rest, [id]: Object.fromEntries(others) }];
}

function withOwnRules(addRules: unknown, changes: Rules[string]): unknown {
  if (!isRecord(addRules)) return addRules;
  const kept = Object.entries(addRules).flatMap(([rule, added]) => {
    const change = own(changes, rule);
    if (change === undefined) return [[rule, added]];
    return change.kind === "drop" ? [] : [[rule, { ...(added as object), rule: valueAsJson(change) }]];
  });
  return Object.fromEntries(kept);
}

/** Settings by fragment and name, with others in their place; undefined for one that goes. */
function withLayers(given: unknown, changes: Layers): object {
  const before = isRecord(given) ? given : {};
  const merged = Object.entries({ ...before, ...changes }).flatMap(([fragment, after]) => {
    const earlier = own(before, fragment);
    if (!Object.hasOwn(changes, fragment)) return [[fragment, after]];
    const values = Object.entries({ ...(isRecord(earlier) ? earlier : {}), ...(after as object) });
    const said = values.filter(([, value]) => value !== undefined);
    return said.length === 0 ? [] : [[fragment, Object.fromEntries(said)]];
  });
  return Object.fromEntries(merged);
}

function layersIn(given: unknown): Layers {
  const layers = Object.entries(isRecord(given) ? given : {});
  return Object.fromEntries(layers.filter(([, inner]) => isRecord(inner) && Object.keys(inner).length > 0)) as Layers;
}

function mapLayers<Value>(
  layers: Layers,
  change: (value: unknown, fragment: string, name: string) => Value,
): { readonly [fragment: string]: { readonly [name: string]: Value } } {
  return Object.fromEntries(
    Object.entries(layers).map(([fragment, inner]) => [
      fragment,
      Object.fromEntries(Object.entries(inner).map(([name, value]) => [name, change(value, fragment, name)])),
    ]),
  );
}
