import { strengthOfState } from "../entries/rule.ts";
import { own } from "../issues/values.ts";
import type { Change } from "./change.ts";
import { aliasChanges, withNamesOf } from "./renames.ts";
import { LAYOUT, type Snapshot } from "./snapshot.ts";
import { standingChanges } from "./standing.ts";

/**
 * Every difference between two snapshots: fragments with another id, rules in the order of the later one, then those removed,
 * then the rest.
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
  const { earlier, fragments, rules } = withNamesOf(after, before);
  const changes = [
    ...fragments,
    ...withRenames(compareMaps(earlier.rules, after.rules, kindOfRewording, rules)),
    ...standingChanges(earlier, after),
    ...aliasChanges(before, after, rules),
    ...compareMaps(deprecations(earlier), deprecations(after), () => "changed"),
    ...compareMaps(joined(before.about), joined(after.about), () => "changed"),
  ];
  const others = changes.filter(({ path }) => path !== LAYOUT);
  return others.length > 0 ? others : changes;
}

function compareMaps(
  before: { readonly [path: string]: string },
  after: { readonly [path: string]: string },
  kindOf: (before: string, after: string) => Change["kind"],
  renamed: ReadonlyMap<string, string> = new Map(),
): Change[] {
  const changes: Change[] = [];
  for (const [path, text] of Object.entries(after)) {
    const earlier = own(before, path);
    const from = renamed.get(path);
    if (earlier === undefined) changes.push({ kind: "added", path, after: text });
    else if (from !== undefined) {
      changes.push({ kind: "renamed", path, from, alias: true, before: earlier, after: text });
    } else if (earlier !== text) changes.push({ kind: kindOf(earlier, text), path, before: earlier, after: text });
  }
  for (const [path, text] of Object.entries(before)) {
    if (!Object.hasOwn(after, path)) changes.push({ kind: "removed", path, before: text });
  }
  return changes;
}

function deprecations({ deprecated = {} }: Snapshot): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(deprecated).map(([path, reason]) => [`deprecation ${path}`, reason]));
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

/** What has become of a rule's text. */
export function kindOfRewording(before: string, after: string): Change["kind"] {
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
