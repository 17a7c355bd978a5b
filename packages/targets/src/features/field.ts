import type { Capability, FieldValue } from "@personakit/core";
import { type FieldSchema, itemsOf } from "./field-schema.ts";

/** A field that a tool knows and PersonaKit has no word of its own for. */
export interface Field {
  /** What it may hold, as JSON Schema. */
  readonly schema: FieldSchema;
  /** What it does, as one clause: "stops the agent after this many turns". */
  readonly does: string;
  /** Set where its value says what the agent may do: how values order. */
  readonly restricts?: Restriction;
  /** Set where it was compared with another source, or at another time, than the rest of the target. */
  readonly checked?: { readonly date: string; readonly source: string };
}

/** A tool's fields, in the order in which they are written. */
export interface KnownFields {
  readonly [name: string]: Field;
}

/** What a restriction is about: a target may answer it by a field that is about the same. */
export type Concern = "tools" | "approval";

/**
 * How the values of a field order, from narrow to wide. `levels`: single values, the narrowest first; `absent` is what the tool
 * takes for a missing one. `taken`: a list of what is taken away. `left`: a list of what is left, where none is everything.
 * `given`: what is given in addition, so that nothing is lost without it. `unordered`: any other value may be wider.
 */
export type Restriction = { readonly about?: Concern } & (
  | {
      readonly order: "levels";
      /** Words that say the same stand together. */
      readonly levels: readonly (Level | readonly Level[])[];
      readonly absent: Level;
      /** The capabilities that a level takes away. */
      readonly takes?: { readonly [level: string]: readonly Capability[] };
    }
  | { readonly order: "taken" }
  | { readonly order: "left" }
  | { readonly order: "given" }
  | { readonly order: "unordered" }
);

/** One of the values that a field with levels takes. */
export type Level = string | boolean;

/** Whether a value takes something away that an agent without the field may do. */
export function isRestricting({ restricts }: Field, value: FieldValue): boolean {
  if (restricts === undefined || restricts.order === "given") return false;
  if (restricts.order === "levels") return rank(restricts, value) < rank(restricts, restricts.absent);
  return restricts.order !== "taken" || itemsOf(value).length > 0;
}

/** Whether a value lets an agent do more than another; undefined is a field that is absent. */
export function isWider({ restricts }: Field, before: FieldValue | undefined, after: FieldValue | undefined): boolean {
  if (restricts === undefined) return false;
  if (restricts.order === "levels") {
    return rank(restricts, after ?? restricts.absent) > rank(restricts, before ?? restricts.absent);
  }
  if (restricts.order === "unordered") return before !== undefined;
  const none = restricts.order === "left" ? [ALL] : [];
  const [was, is] = [before, after].map((value) => (value === undefined ? none : itemsOf(value)));
  const [wider = [], narrower = []] = restricts.order === "taken" ? [was, is] : [is, was];
  return !narrower.includes(ALL) && wider.some((item) => !narrower.includes(item));
}

/** Stands for all that there is, in a list of what is left. */
const ALL = "*";

/** A value that no level has may be the widest. */
function rank({ levels }: { readonly levels: readonly (Level | readonly Level[])[] }, value: FieldValue): number {
  const index = levels.findIndex((level) => [level].flat().some((word) => word === value));
  return index === -1 ? levels.length : index;
}

/** Values in an order, the narrowest first; a missing field counts as `absent`. */
export function levels(
  names: readonly (Level | readonly Level[])[],
  absent: Level,
  more: { readonly about?: Concern; readonly takes?: { readonly [level: string]: readonly Capability[] } } = {},
): Restriction {
  return { order: "levels", levels: names, absent, ...more };
}

/** A list of tools that are taken away. */
export const taken: Restriction = { order: "taken", about: "tools" };

/** What is given in addition: servers, approvals, commands. */
export const given: Restriction = { order: "given" };
