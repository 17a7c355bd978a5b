import { type Bump, type Change, changesBetween, greatestBump, type Snapshot } from "@personakit/core";
import { judge } from "./judge.ts";

/** A change, and the bump that it deserves. */
export type JudgedChange = Change & { readonly bump: Bump };

/** What lies between two versions of a package. */
export interface VersionComparison {
  readonly changes: readonly JudgedChange[];
  /** Absent: nothing has changed. */
  readonly bump?: Bump;
}

/** Every difference between two snapshots, and what they mean together. */
export function compareVersions(before: Snapshot, after: Snapshot): VersionComparison {
  const changes = changesBetween(before, after).map((change) => ({ ...change, bump: judge(change, before, after) }));
  const bump = greatestBump(changes.map((change) => change.bump));
  return { changes, ...(bump === undefined ? {} : { bump }) };
}
