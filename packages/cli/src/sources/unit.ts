import {
  type AnyFragment,
  compile,
  type Document,
  type PersonaData,
  type Snapshot,
  snapshot,
  snapshotOfFragment,
} from "@personakit/core";
import { plainCopy, said } from "@personakit/core/internal";
import type { Target } from "@personakit/targets";
import { failure } from "../issues/command-error.ts";
import { checkedDocument } from "./document-schema.ts";

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

/** A persona's document, compiled if it is not yet: plain data of a size that every step can bear, whoever made the persona. */
export function documentOf(unit: PersonaUnit): Document {
  const place = `persona "${said(unit.id)}"`;
  return unit.kind === "document" ? checkedDocument(unit, place) : (plainCopy(compile(unit), place) as Document);
}

/** What a unit promises. */
export function snapshotOf(unit: AnyUnit): Snapshot {
  return unit.kind === "fragment" ? snapshotOfFragment(unit) : snapshot(documentOf(unit));
}

/** Whether a target can say which tools a persona may use; of one that it cannot restrict there is no file. */
export function canRestrict({ restricts }: Pick<Target, "restricts">, { tools }: Pick<Document, "tools">): boolean {
  return restricts || tools === undefined;
}

/** Throws for a unit of a later version of the model than this one reads. */
export function refuseNewer(place: string, { kind, id, schemaVersion }: UnitHead): void {
  if (schemaVersion === 1) return;
  const problem = `${kind} "${said(id)}" has schema version ${said(schemaVersion)}; this version of personakit reads 1`;
  throw failure("newer-schema", place, problem, "Update personakit.");
}
