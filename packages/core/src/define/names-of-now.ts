import { isDrop } from "../entries/kinds.ts";
import type { Issue, Issues } from "../issues/issue.ts";
import { isRecord, said } from "../issues/values.ts";
import type { AnyFragment } from "../model/fragment.ts";
import type { AnyPatch } from "../model/patch.ts";
import { idsNow, ruleNow } from "../model/renames.ts";

/** A patch in which every fragment and rule has the name of now, and a warning for each that had an old one. */
export interface NamedPatch {
  readonly patch: AnyPatch;
  readonly warnings: readonly Issue[];
}

type Json = { readonly [key: string]: unknown };

/** What every step of a translation looks at. */
interface Context {
  readonly issues: Issues;
  readonly fragments: ReadonlyMap<string, AnyFragment>;
  /** Ids of now by old ids. */
  readonly ids: ReadonlyMap<string, string>;
  readonly warnings: Issue[];
}

/**
 * Puts the names of now in the place of old ones: of fragments in `params`, `rules`, `addRules` and `use`, and of rules in the
 * middle two. Files a fragment or a rule that a patch changes under two names.
 */
export function withNamesOfNow(
  issues: Issues,
  patch: AnyPatch,
  fragments: ReadonlyMap<string, AnyFragment>,
): NamedPatch {
  const isNamed = [...fragments.values()].some(({ formerly, renamed }) => (formerly ?? renamed) !== undefined);
  if (!isNamed) return { patch, warnings: [] };
  const context: Context = { issues, fragments, ids: idsNow(fragments.values()), warnings: [] };
  const { params, rules, addRules, use } = patch;
  const named = {
    ...(params === undefined ? {} : { params: withIds(context, issues.at("params"), params) }),
    ...(rules === undefined ? {} : { rules: rulesNow(context, rules) }),
    ...(addRules === undefined ? {} : { addRules: anchorsNow(context, addRules) }),
    ...(use === undefined ? {} : { use: use.map((item) => itemNow(context, item)) }),
  };
  return { patch: { ...patch, ...named } as AnyPatch, warnings: context.warnings };
}

function warn(context: Context, at: Issues, what: "rule" | "fragment", old: string, now: string, line: string): void {
  const problem = `${what} "${old}" is called "${now}" now`;
  context.warnings.push({ code: `renamed-${what}`, place: at.place, problem, hint: `Write ${line}.`, subject: old });
}

/** A map by fragment under the ids of now. */
function withIds(context: Context, at: Issues, map: Json): Json {
  return renamedKeys(at, map, (id) => {
    const now = context.ids.get(id);
    if (now !== undefined) warn(context, at.at(`["${id}"]`), "fragment", id, now, `${quoted(now)}: { ... }`);
    return now;
  });
}

function rulesNow(context: Context, rules: Json): Json {
  const at = context.issues.at("rules");
  const byFragment = withIds(context, at, rules);
  const entries = Object.entries(byFragment).map(([id, changes]): [string, unknown] => {
    const fragment = context.fragments.get(id);
    if (fragment?.renamed === undefined || !isRecord(changes) || isDrop(changes)) return [id, changes];
    const inside = context.issues.at(`rules["${id}"]`);
    const named = renamedKeys(inside, changes, (rule) => {
      const now = ruleNow(fragment, rule);
      if (now === undefined || now === rule) return undefined;
      const line = `${quoted(id)}: { ${quoted(now)}: ... }`;
      warn(context, inside.at(`.${rule}`), "rule", `${id}/${rule}`, `${id}/${now}`, line);
      return now;
    });
    return [id, named];
  });
  return Object.fromEntries(entries);
}

/** A map with new keys in the place of some. Files a key that two of its entries would have. */
function renamedKeys(at: Issues, map: Json, nameNow: (key: string) => string | undefined): Json {
  const entries = new Map<string, { readonly key: string; readonly value: unknown }>();
  for (const [key, value] of Object.entries(map)) {
    const now = nameNow(key) ?? key;
    const earlier = entries.get(now);
    if (earlier !== undefined) {
      const problem = `"${now}" is changed under two names, "${said(earlier.key)}" and "${said(key)}"`;
      at.add("two-names", problem, `Write all of it under "${now}".`);
    }
    entries.set(now, { key, value });
  }
  return Object.fromEntries([...entries].map(([now, { value }]) => [now, value]));
}

function anchorsNow(context: Context, added: Json): Json {
  const entries = Object.entries(added).map(([rule, addition]): [string, unknown] => {
    const at = context.issues.at(`addRules.${rule}`);
    return [rule, isRecord(addition) ? withAnchor(context, at, addition, "rule") : addition];
  });
  return Object.fromEntries(entries);
}

function itemNow(context: Context, item: unknown): unknown {
  return isRecord(item) && "fragment" in item ? withAnchor(context, context.issues.at("use"), item, "fragment") : item;
}

/** Something placed, next to the name of now. */
function withAnchor(context: Context, at: Issues, placed: Json, what: "rule" | "fragment"): Json {
  const anchors = (["after", "before"] as const).flatMap((side) => {
    const name = placed[side];
    const now = typeof name === "string" ? pathNow(context, name) : undefined;
    if (now === undefined || now === name) return [];
    warn(context, at, what, said(name), now, `${side}: ${quoted(now)}`);
    return [[side, now]];
  });
  return anchors.length === 0 ? placed : { ...placed, ...Object.fromEntries(anchors) };
}

/** `fragment` or `fragment/rule` under the names of now; undefined where there is no such rule. */
function pathNow({ ids, fragments }: Context, path: string): string | undefined {
  const [id = "", rule] = path.split("/", 2);
  const now = ids.get(id) ?? id;
  const fragment = fragments.get(now);
  if (rule === undefined || fragment === undefined) return fragment === undefined ? undefined : now;
  const name = ruleNow(fragment, rule);
  return name === undefined ? undefined : `${now}/${name}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
