import type { Document, Issue } from "@personakit/core";
import { own } from "@personakit/core/internal";
import { checkExactTools, checked } from "./features/exact-tools.ts";
import { knownTarget } from "./features/known.ts";
import { problemsOfFields } from "./features/say-fields.ts";
import { checkSubstitutions } from "./features/substitutions.ts";
import { contextOf } from "./model/context.ts";

/**
 * Everything that is wrong with what a persona says for one target alone: its fields there, and its exact tools. Compiling for the target
 * throws the same; this is for a target that nothing is compiled for, where a misspelt restriction would not be noticed. Returns none for a
 * target that nothing has defined.
 *
 * @example
 * ```ts
 * import type { Document } from "@personakit/core";
 * import { checkSettings, targets } from "@personakit/targets";
 *
 * export function isValid(document: Document): boolean {
 *   return targets.every(({ id }) => checkSettings(document, id).length === 0);
 * }
 * ```
 */
export function checkSettings(document: Document, target: string): readonly Issue[] {
  const known = knownTarget(target);
  if (known === undefined) return [];
  const context = contextOf(document, target);
  const names = own(document.exactTools, target) ?? [];
  return [
    ...problemsOfFields(known, context),
    ...checkExactTools(known.features, checked(document, target, names), `${context.place}, exactTools`),
    ...checkSubstitutions(known.filledIn, context),
  ];
}
