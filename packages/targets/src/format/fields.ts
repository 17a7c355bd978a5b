import type { SaidFields } from "../features/say-fields.ts";
import { failure } from "../issues/issue.ts";
import { insteadOf, type Key, sourceOf } from "./keys.ts";

/**
 * What a persona's features say, with the fields that only the tool knows after it. `keys` says what wrote the features. A field may stand
 * in the place of what is the same for every persona. Throws for one that says again what a feature says.
 */
export function withFields(
  data: object,
  fields: SaidFields,
  keys: { readonly [name: string]: Key },
  place: string,
): object {
  for (const name in fields) {
    const key = keys[name];
    if (!Object.hasOwn(data, name) || key === undefined || sourceOf(key) === undefined) continue;
    const problem = "the persona says this for all targets already";
    throw failure("owned-field", `${place}, fields, ${name}`, problem, insteadOf(keys)[name]);
  }
  return Object.keys(fields).length === 0 ? data : { ...data, ...fields };
}
