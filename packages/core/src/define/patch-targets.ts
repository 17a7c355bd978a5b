import { hintFor, type Issues } from "../issues/issue.ts";
import { assign, isRecord, own, said } from "../issues/values.ts";
import type { TargetSettings } from "../model/fields.ts";

/** The settings of single targets that a patch may change. */
type Edits = { readonly [Name in keyof TargetSettings]?: unknown };

const LISTS = ["exactTools", "uncheckedTools", "substitutions"] as const satisfies (keyof TargetSettings)[];
const NAMES = [...LISTS, "fields", "uncheckedFields"] as const satisfies (keyof TargetSettings)[];

/** The settings of single targets once a patch is applied. A setting that nothing is left of is absent. */
export function patchTargets(issues: Issues, base: TargetSettings, patch: Edits): TargetSettings {
  // Nearly every persona: the rest is not looked at.
  if (NAMES.every((name) => base[name] === undefined && patch[name] === undefined)) return {};
  const lists = LISTS.map((name) => [name, merged(issues.at(name), base[name], patch[name])] as const);
  const settings = {
    ...Object.fromEntries(lists),
    fields: mergedFields(issues.at("fields"), base.fields, patch.fields),
    uncheckedFields: mergedFields(issues.at("uncheckedFields"), base.uncheckedFields, patch.uncheckedFields),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => isFilled(value)));
}

/** One map over another; null takes a key out. Files one that is not there: under a misspelt name, the setting would stay. */
function merged(issues: Issues, base: object = {}, edits: unknown): { readonly [key: string]: unknown } {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries({ ...base, ...(isRecord(edits) ? edits : {}) })) {
    if (value !== null) assign(result, key, value);
    else if (!Object.hasOwn(base, key)) {
      const set = Object.keys(base);
      const hint = set.length === 0 ? "The persona sets none." : hintFor(key, set);
      issues.add("unknown-option", `there is no "${said(key)}" to take out`, hint);
    }
  }
  return result;
}

function mergedFields(issues: Issues, base: TargetSettings["fields"], edits: unknown): object {
  const result: Record<string, unknown> = {};
  const targets: { readonly [target: string]: unknown } = isRecord(edits) ? edits : {};
  for (const [target, fields] of Object.entries({ ...base, ...targets })) {
    const at = issues.at(`["${target}"]`);
    if (!isRecord(fields)) at.add("wrong-type", "these are no fields", "Expected { field: value }.");
    const left = merged(at, own(base, target), targets[target]);
    // A target that the base says nothing of may be misspelt: whoever knows the targets says so.
    if (isFilled(left) || own(base, target) === undefined) assign(result, target, left);
  }
  return result;
}

function isFilled(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length > 0;
}
