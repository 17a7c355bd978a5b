import { strengthOfState } from "../entries/rule.ts";
import { LAYOUT, type Snapshot } from "./snapshot.ts";

/** One difference between two versions of a persona. */
export interface Change {
  /**
   * `added`, `removed`; `renamed`: the same text under a new id; `reworded`: the same strength in other words; `changed`:
   * anything that is not a rule's text.
   */
  readonly kind: "added" | "removed" | "renamed" | "reworded" | "strengthened" | "weakened" | "changed";
  /** `fragment/rule`, or what else has changed: `tools`, `decision testing.coverage`. */
  readonly path: string;
  /** The path that a renamed rule had before. */
  readonly from?: string;
  readonly before?: string;
  readonly after?: string;
}

/**
 * Every difference between two snapshots: rules in the order of the later one, then those removed, then the rest.
 *
 * @example
 * ```ts
 * import { changesBetween, type Document, snapshot } from "@personakit/core";
 *
 * export function whatChanged(before: Document, after: Document): string[] {
 *   return changesBetween(snapshot(before), snapshot(after)).map(({ kind, path }) => `${path}: ${kind}`);
 * }
 * ```
 */
export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
  const changes = [
    ...withRenames(compareMaps(before.rules, after.rules, kindOfRewording)),
    ...compareMaps(joined(before.about), joined(after.about), () => "changed"),
  ];
  const others = changes.filter(({ path }) => path !== LAYOUT);
  return others.length > 0 ? others : changes;
}

function compareMaps(
  before: { readonly [path: string]: string },
  after: { readonly [path: string]: string },
  kindOf: (before: string, after: string) => Change["kind"],
): Change[] {
  const changes: Change[] = [];
  for (const [path, text] of Object.entries(after)) {
    const earlier = Object.hasOwn(before, path) ? before[path] : undefined;
    if (earlier === undefined) changes.push({ kind: "added", path, after: text });
    else if (earlier !== text) changes.push({ kind: kindOf(earlier, text), path, before: earlier, after: text });
  }
  for (const [path, text] of Object.entries(before)) {
    if (!Object.hasOwn(after, path)) changes.push({ kind: "removed", path, before: text });
  }
  return changes;
}

/** Makes one change of a rule that was removed and one that was added with the same text. */
function withRenames(changes: readonly Change[]): Change[] {
  const removed = changes.filter(({ kind }) => kind === "removed");
  const renamed = new Set<Change>();
  const found = changes.map((change): Change => {
    const { kind, path, after } = change;
    const earlier = removed.find((each) => kind === "added" && each.before === after && !renamed.has(each));
    if (earlier === undefined || after === undefined) return change;
    renamed.add(earlier);
    return { kind: "renamed", path, from: earlier.path, before: after, after };
  });
  return found.filter((change) => !renamed.has(change));
}

function kindOfRewording(before: string, after: string): Change["kind"] {
  const [weight, next] = [strengthOfState(before), strengthOfState(after)];
  if (weight === next) return "reworded";
  if (weight === -1 || next === -1) return "changed";
  return next < weight ? "strengthened" : "weakened";
}

function joined(about: Snapshot["about"]): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(about).map(([name, value]) => [name, typeof value === "string" ? value : value.join(", ")]),
  );
}
