import type { Drop, EntrySource } from "./entry.ts";
import { type Issue, throwIssues, unknownName } from "./errors.ts";
import { type AnyFragment, section } from "./fragment.ts";
import {
  type Addition,
  type Anchor,
  CAPABILITIES,
  type Capability,
  type Edit,
  type FragmentEdits,
  fragmentsOf,
  type Patch,
  type PersonaData,
  type Reference,
  type References,
} from "./persona.ts";

type AnyPatch = Patch<string, AnyFragment, string, string, AnyFragment, References>;
type AnyAnchor = Partial<Anchor<string>>;

/** The data of the persona that a patch makes of another. Throws with every mistake of the patch at once. */
export function applyPatch(base: PersonaData, patch: AnyPatch): PersonaData {
  const place = `persona "${patch.id}"`;
  const issues: Issue[] = [];
  const fragments = new Map(fragmentsOf(base).map((fragment) => [fragment.id, fragment]));
  const known = [...fragments.keys()];
  if (fragments.has(patch.id)) issues.push({ place, problem: "the id is already that of a fragment in it" });

  const updated = new Map<string, AnyFragment>();
  for (const [id, values] of Object.entries(patch.params ?? {})) {
    const fragment = fragments.get(id);
    if (fragment === undefined) issues.push(unknownName(`${place}, params`, "fragment", id, known));
    else {
      const { home } = fragment;
      const at = home === undefined ? {} : { home };
      collectIssues(issues, place, () => updated.set(id, { ...fragment.with(values ?? {}), ...at }));
    }
  }

  const edits: Record<string, FragmentEdits> = { ...base.edits };
  for (const [id, change] of Object.entries((patch.rules ?? {}) as Record<string, object>)) {
    const at = `${place}, rules["${id}"]`;
    const fragment = fragments.get(id);
    if (fragment === undefined) issues.push(unknownName(`${place}, rules`, "fragment", id, known));
    else if (base.edits[id]?.dropped !== undefined)
      issues.push({ place: at, problem: `persona "${base.edits[id].dropped.by}" dropped this fragment` });
    else if (isDrop(change)) {
      checkReason(issues, at, change.reason);
      const anchored = base.additions.filter(({ anchor }) => anchor.startsWith(`${id}/`));
      for (const { rule } of anchored)
        issues.push({ place: at, problem: `rule "${rule}" is anchored in it and would be lost` });
      edits[id] = { dropped: { change, by: patch.id }, rules: {} };
    } else {
      const rules: Record<string, Edit> = { ...base.edits[id]?.rules };
      for (const [rule, edit] of Object.entries(change)) {
        const ruleAt = `${at}.${rule}`;
        if (!Object.hasOwn(fragment.rules, rule))
          issues.push(unknownName(at, "rule", rule, Object.keys(fragment.rules)));
        else if (isDrop(edit)) checkReason(issues, ruleAt, edit.reason);
        else checkSource(issues, ruleAt, edit);
        rules[rule] = { change: edit, by: patch.id };
      }
      edits[id] = { rules };
    }
  }

  const additions = [...base.additions];
  const added = Object.entries(patch.addRules ?? {});
  if (added.length > 0) {
    collectIssues(issues, place, () => {
      const rules = Object.fromEntries(added.map(([rule, addition]) => [rule, addition.rule]));
      const owner = section({ id: patch.id, title: patch.title ?? base.title, rules });
      for (const [rule, addition] of added) {
        const at = `${place}, addRules.${rule}`;
        checkSource(issues, at, addition.rule);
        const anchor = readAnchor(issues, at, addition);
        if (anchor === undefined) continue;
        checkAnchor(issues, at, anchor.name, base, fragments);
        additions.push({ side: anchor.side, anchor: anchor.name, owner, rule } satisfies Addition);
      }
    });
  }

  const use = base.use.map((fragment) => updated.get(fragment.id) ?? fragment);
  const references: Reference[] = [];
  const names = base.references.map((reference) => reference.id);
  const reasons = new Map(Object.entries(patch.references?.drop ?? {}));
  for (const [id, reason] of reasons) {
    if (!names.includes(id)) issues.push(unknownName(`${place}, references.drop`, "reference", id, names));
    else checkReason(issues, `${place}, references.drop["${id}"]`, reason);
  }
  for (const reference of base.references) {
    if (reasons.has(reference.id)) continue;
    references.push({ ...reference, use: reference.use.map((fragment) => updated.get(fragment.id) ?? fragment) });
  }
  for (const [id, reference] of Object.entries(patch.references?.add ?? {})) {
    const at = `${place}, references.add["${id}"]`;
    if (names.includes(id)) issues.push({ place: at, problem: "there is already a reference of this name" });
    references.push({ id, ...reference });
  }
  for (const item of patch.use ?? []) insert(issues, place, item, use, references, known);

  throwIssues(issues);
  const { tools, params, rules, addRules, use: more, references: moreReferences, ...metadata } = patch;
  return {
    ...base,
    ...metadata,
    version: patch.version,
    description: { ...base.description, ...patch.description },
    mcpServers: [...new Set([...base.mcpServers, ...(patch.mcpServers ?? [])])],
    decides: { ...base.decides, ...patch.decides },
    ...(tools === undefined ? {} : { tools: patchTools(base.tools, tools) }),
    use,
    references,
    edits,
    additions,
  } as PersonaData;
}

/** Whether a change takes a rule out. */
export function isDrop(change: unknown): change is Drop {
  return typeof change === "object" && change !== null && (change as Drop).kind === "drop";
}

function checkReason(issues: Issue[], place: string, reason: unknown): void {
  if (typeof reason === "string" && reason.trim() !== "") return;
  issues.push({ place, problem: "the drop has no reason", hint: 'Say why: drop("token auth only").' });
}

const ENTRY_KINDS = new Set(["rule", "prose", "table", "example"]);

function checkSource(issues: Issue[], place: string, source: EntrySource<never> | unknown): void {
  if (typeof source === "function") return;
  if (typeof source === "object" && source !== null && ENTRY_KINDS.has((source as { kind: string }).kind)) return;
  issues.push({
    place,
    problem: "this is not a rule",
    hint: 'Expected must("..."), should("..."), may("...") or drop("...").',
  });
}

function readAnchor(
  issues: Issue[],
  place: string,
  { after, before }: AnyAnchor,
): { side: Addition["side"]; name: string } | undefined {
  if (after !== undefined && before === undefined) return { side: "after", name: after };
  if (before !== undefined && after === undefined) return { side: "before", name: before };
  const problem = after === undefined ? "there is no anchor" : "there are two anchors";
  issues.push({ place, problem, hint: 'Expected either after: "fragment/rule" or before: "fragment/rule".' });
  return undefined;
}

function checkAnchor(
  issues: Issue[],
  place: string,
  anchor: string,
  base: PersonaData,
  fragments: ReadonlyMap<string, AnyFragment>,
): void {
  const [fragmentId = "", rule = ""] = anchor.split("/");
  const fragment = fragments.get(fragmentId);
  const paths = [...fragments.values()].flatMap(({ id, rules }) => Object.keys(rules).map((name) => `${id}/${name}`));
  if (fragment === undefined || !Object.hasOwn(fragment.rules, rule))
    issues.push(unknownName(place, "rule", anchor, paths));
  else if (base.edits[fragmentId]?.dropped !== undefined)
    issues.push({ place, problem: `fragment "${fragmentId}" was dropped` });
}

function insert(
  issues: Issue[],
  place: string,
  item: AnyFragment | (AnyAnchor & { readonly fragment: AnyFragment }),
  use: AnyFragment[],
  references: Reference[],
  known: readonly string[],
): void {
  if (!("fragment" in item)) {
    use.push(item);
    return;
  }
  const anchor = readAnchor(issues, `${place}, use`, item);
  if (anchor === undefined) return;
  const isAnchor = (fragment: AnyFragment) => fragment.id === anchor.name;
  const inserted = (list: readonly AnyFragment[]) =>
    list.flatMap((fragment) => {
      if (!isAnchor(fragment)) return [fragment];
      return anchor.side === "after" ? [fragment, item.fragment] : [item.fragment, fragment];
    });
  if (use.some(isAnchor)) use.splice(0, use.length, ...inserted(use));
  else {
    const index = references.findIndex((reference) => reference.use.some(isAnchor));
    const reference = references[index];
    if (reference === undefined) issues.push(unknownName(`${place}, use`, "fragment", anchor.name, known));
    else references[index] = { ...reference, use: inserted(reference.use) };
  }
}

function patchTools(
  base: readonly Capability[] | undefined,
  { add = [], remove = [] }: NonNullable<AnyPatch["tools"]>,
): readonly Capability[] {
  return [...new Set([...(base ?? CAPABILITIES), ...add])].filter((tool) => !remove.includes(tool));
}

/** Runs a step that throws issues of its own, and files them with the others. */
function collectIssues(issues: Issue[], place: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    const found = (error as { issues?: readonly Issue[] }).issues;
    if (found === undefined) throw error;
    issues.push(...found.map((issue) => ({ ...issue, place: `${place}, ${issue.place}` })));
  }
}
