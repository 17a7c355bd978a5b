import { pathNow } from "../model/renames.ts";
import type { Change } from "./change.ts";
import type { Snapshot } from "./snapshot.ts";

/** An earlier snapshot with the names of a later one. */
interface Renamed {
  readonly earlier: Snapshot;
  /** A change for each fragment that has another id. */
  readonly fragments: readonly Change[];
  /** The earlier paths of rules that have another name, by the paths of now. */
  readonly rules: ReadonlyMap<string, string>;
}

/** An earlier snapshot with the names of a later one, as far as that knows the old ones. */
export function withNamesOf({ rules: now, renamed = {} }: Snapshot, before: Snapshot): Renamed {
  if (Object.keys(renamed).length === 0) return { earlier: before, fragments: [], rules: new Map() };
  const fragments = new Map<string, string>();
  const moved = new Map<string, string>();
  const nameOf = (path: string): string => {
    const target = pathNow(path, renamed);
    if (Object.hasOwn(now, path) || Object.hasOwn(before.rules, target) || !Object.hasOwn(now, target)) return path;
    const [unit, unitNow] = [unitOf(path), unitOf(target)];
    if (unit !== unitNow) fragments.set(unitNow, unit);
    // With its fragment, a rule of the same id has moved along.
    if (target.slice(unitNow.length) !== path.slice(unit.length)) moved.set(target, path);
    return target;
  };
  const rename = <Value>(map: { readonly [path: string]: Value }): { readonly [path: string]: Value } =>
    Object.fromEntries(Object.entries(map).map(([path, value]) => [nameOf(path), value]));
  const { standing, deprecated } = before;
  const earlier = {
    ...before,
    rules: rename(before.rules),
    ...(standing === undefined ? {} : { standing: rename(standing) }),
    ...(deprecated === undefined ? {} : { deprecated: rename(deprecated) }),
  };
  const changes = [...fragments].map(([path, from]): Change => ({ kind: "renamed", path, from, alias: true }));
  return { earlier, fragments: changes, rules: moved };
}

/** Old names that no longer work, that lead elsewhere, or that are new without a rename: of the rules in `moved`, that is said. */
export function aliasChanges(before: Snapshot, after: Snapshot, moved: ReadonlyMap<string, string>): Change[] {
  const gone = Object.entries(before.renamed ?? {}).flatMap(([old, target]): Change[] => {
    const expected = nameIn(after, target);
    const found = nameIn(after, old);
    // Where the rule is gone as well, that is said already.
    if (found === expected) return [];
    const path = `alias ${old}`;
    return [found === undefined ? removed(path, target) : { kind: "changed", path, before: target, after: found }];
  });
  const fresh = Object.entries(after.renamed ?? {}).flatMap(([old, target]): Change[] =>
    nameIn(before, old) === undefined && !moved.has(target)
      ? [{ kind: "added", path: `alias ${old}`, after: target }]
      : [],
  );
  return [...fresh, ...gone];
}

function removed(path: string, before: string): Change {
  return { kind: "removed", path, before };
}

/** What a name, of now or of old, stands for in a snapshot; undefined where it stands for nothing. */
function nameIn({ rules, renamed = {} }: Snapshot, name: string): string | undefined {
  const exists = (each: string) =>
    each.includes("/") ? Object.hasOwn(rules, each) : Object.keys(rules).some((path) => unitOf(path) === each);
  if (exists(name)) return name;
  const now = pathNow(name, renamed);
  return exists(now) ? now : undefined;
}

function unitOf(path: string): string {
  const at = path.indexOf("/");
  return at === -1 ? path : path.slice(0, at);
}
