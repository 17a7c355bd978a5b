import {
  type AnyFragment,
  compile,
  type Document,
  type PersonaData,
  type Snapshot,
  snapshot,
  snapshotOfFragment,
} from "@personakit/core";
import { failure } from "../issues/command-error.ts";

/** A persona, or one that is compiled already. */
export type PersonaUnit = PersonaData | Document;

/** What a package of content exports. */
export type AnyUnit = PersonaUnit | AnyFragment;

/** What every unit says of itself. */
export interface UnitHead {
  readonly kind: string;
  readonly schemaVersion: number;
  readonly id: string;
}

/** A persona's document, compiled if it is not yet. */
export function documentOf(unit: PersonaUnit): Document {
  return unit.kind === "document" ? unit : compile(unit);
}

/** What a unit promises. */
export function snapshotOf(unit: AnyUnit): Snapshot {
  return unit.kind === "fragment" ? snapshotOfFragment(unit) : snapshot(documentOf(unit));
}

/** Throws for a unit of a later version of the model than this one reads. */
export function refuseNewer(place: string, { kind, id, schemaVersion }: UnitHead): void {
  if (schemaVersion === 1) return;
  const problem = `${kind} "${id}" has schema version ${schemaVersion}; this version of personakit reads 1`;
  throw failure("newer-schema", place, problem, "Update personakit.");
}
