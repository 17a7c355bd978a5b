import {
  type Bump,
  bumpOf,
  type Change,
  changesBetween,
  compile,
  type Document,
  greatestBump,
  type Snapshot,
  snapshot,
  snapshotOfFragment,
} from "@personakit/core";
import type { LoadedPackage } from "./load.ts";

/** A change, and the bump that it deserves. */
export type JudgedChange = Change & { readonly bump: Bump };

/** What lies between two versions of a package. */
export interface Comparison {
  readonly changes: readonly JudgedChange[];
  /** Absent: nothing has changed. */
  readonly bump?: Bump;
}

/** Every difference between two snapshots, and what they mean together. */
export function compareSnapshots(before: Snapshot, after: Snapshot): Comparison {
  const changes = changesBetween(before, after).map((change) => ({ ...change, bump: bumpOf(change) }));
  const bump = greatestBump(changes.map((change) => change.bump));
  return { changes, ...(bump === undefined ? {} : { bump }) };
}

/** What a unit promises. */
export function snapshotOf(unit: LoadedPackage["unit"]): Snapshot {
  return unit.kind === "fragment" ? snapshotOfFragment(unit) : snapshot(documentOf(unit));
}

/** A persona's document, compiled if it is not yet. */
export function documentOf(unit: Exclude<LoadedPackage["unit"], { readonly kind: "fragment" }>): Document {
  return unit.kind === "document" ? unit : compile(unit);
}
