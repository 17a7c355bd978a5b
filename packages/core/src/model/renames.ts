import { own } from "../issues/values.ts";
import type { AnyFragment } from "./fragment.ts";

/** Old names and new ones: `old-fragment` to `fragment`, and `fragment/oldRule` to `fragment/rule`. */
export type Renames = { readonly [old: string]: string };

/** The name that a rule of a fragment has now; undefined where it has no rule that is or was called so. */
export function ruleNow({ rules, renamed }: Pick<AnyFragment, "rules" | "renamed">, rule: string): string | undefined {
  let name: string | undefined = rule;
  // A rename of a rename: those of a definition end, and no more are followed than there are.
  for (let left = Object.keys(renamed ?? {}).length; name !== undefined; left--) {
    if (Object.hasOwn(rules, name)) return name;
    name = left > 0 ? own(renamed, name) : undefined;
  }
  return undefined;
}

/** The names of now by old names of a fragment's rules. */
export function oldRules(fragment: Pick<AnyFragment, "rules" | "renamed">): Map<string, string> {
  return new Map(
    Object.keys(fragment.renamed ?? {}).flatMap((old): [string, string][] => {
      const now = ruleNow(fragment, old);
      return now === undefined ? [] : [[old, now]];
    }),
  );
}

/** The ids of now by old ids. One that a fragment has now means that; one that two have had means neither. */
export function idsNow(fragments: Iterable<AnyFragment>): Map<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, formerly } of fragments) {
    taken.add(id);
    for (const old of formerly ?? []) {
      if (ids.has(old)) taken.add(old);
      ids.set(old, id);
    }
  }
  for (const old of taken) ids.delete(old);
  return ids;
}

/** Every old name of some fragments and their rules, with the name of now; undefined where there is none. */
export function renamesOf(fragments: readonly AnyFragment[]): Renames | undefined {
  // Every compilation asks, and few fragments have had another name.
  if (!fragments.some(({ formerly, renamed }) => (formerly ?? renamed) !== undefined)) return undefined;
  const renames: Record<string, string> = Object.fromEntries(idsNow(fragments));
  for (const fragment of fragments) {
    const { id } = fragment;
    for (const [old, now] of oldRules(fragment)) renames[`${id}/${old}`] = `${id}/${now}`;
  }
  return Object.keys(renames).length === 0 ? undefined : renames;
}

/** The path that a rule has now: `old-fragment/oldRule` becomes `fragment/rule`. */
export function pathNow(path: string, renames: Renames): string {
  const at = path.indexOf("/");
  const unit = at === -1 ? path : path.slice(0, at);
  const moved = `${own(renames, unit) ?? unit}${at === -1 ? "" : path.slice(at)}`;
  return at === -1 ? moved : (own(renames, moved) ?? moved);
}
