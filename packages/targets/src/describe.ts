import { own } from "@personakit/core/internal";
import { ownedFields } from "./define/compile.ts";
import type { Target } from "./define/target.ts";
import type { FieldSchema } from "./features/field-schema.ts";
import { typeOf } from "./features/field-schema.ts";

/** What is known of a field, for people and programs. */
export interface FieldFacts {
  readonly name: string;
  /** What it does, as one clause. */
  readonly does: string;
  /** What it may hold, as TypeScript writes it. */
  readonly type: string;
  /** The same as JSON Schema. */
  readonly schema: FieldSchema;
  /** Whether it says what the agent may do, so that a wider value is a major change. */
  readonly restricts: boolean;
  /** When it was compared with the tool, and with what. */
  readonly checked: { readonly date: string; readonly source: string };
}

/**
 * The fields that only a target's tool knows, in the order in which they are written. Returns none for a format without fields.
 *
 * @example
 * ```ts
 * import { fieldsOf, targets } from "@personakit/targets";
 *
 * export const lines = targets.flatMap((target) => fieldsOf(target).map(({ name, does }) => `${target.id} ${name}: ${does}`));
 * ```
 */
export function fieldsOf({ fields = {}, checked: all }: Pick<Target, "fields" | "checked">): FieldFacts[] {
  return Object.entries(fields).map(([name, { does, schema, restricts, checked = all }]) => ({
    name,
    does,
    type: typeOf(schema),
    schema,
    restricts: restricts !== undefined,
    checked: { date: checked.date, source: checked.source },
  }));
}

/**
 * The fields that a target writes from what a persona says for all targets, each with what to say. Returns undefined for a format that has
 * no fields at all.
 *
 * @example
 * ```ts
 * import { ownFieldsOf, targets } from "@personakit/targets";
 *
 * export const withoutFields = targets.filter((target) => ownFieldsOf(target) === undefined);
 * ```
 */
export function ownFieldsOf(
  target: Pick<Target, "fields" | "frontMatter" | "ownFields">,
): { readonly [name: string]: string } | undefined {
  const owned = ownedFields(target);
  return owned && Object.fromEntries(Object.entries(owned).filter(([name]) => own(target.fields, name) === undefined));
}
