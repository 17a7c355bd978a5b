import { type Drop, type EntrySource, sourceIssues } from "./entry.ts";
import { type Issue, isRecord, own, PersonaKitError, throwIssues, unknownKeys, unknownName } from "./errors.ts";
import { type AnyFragment, section } from "./fragment.ts";
import {
  type Addition,
  type Anchor,
  CAPABILITIES,
  type Capability,
  capabilityIssues,
  type Dropped,
  type Edit,
  fragmentsOf,
  type Patch,
  type PersonaData,
  type Reference,
  type References,
  referenceIssues,
  useIssues,
} from "./persona.ts";

type AnyAnchor = Partial<Anchor<string>>;
type AnyItem = AnyFragment | (AnyAnchor & { readonly fragment: AnyFragment });
type AnyPatch = Patch<string, AnyFragment, string, string, AnyItem, References>;
type Edits = Record<string, { readonly [rule: string]: Edit }>;

const PATCH_KEYS = [
  ...["params", "rules", "addRules", "use", "references"],
  ...["id", "version", "title", "description", "role", "model", "tools", "mcpServers", "color", "paths", "decides"],
];

/** The data of the persona that a patch makes of another. Throws with every mistake of the patch at once. */
export function applyPatch(base: PersonaData, patch: AnyPatch): PersonaData {
  const from = `persona "${base.id}"`;
  if (!isRecord(patch)) throw new PersonaKitError([{ place: `${from}, extend`, problem: "there is no patch" }]);
  const place = `persona "${patch.id}"`;
  const issues = [...unknownKeys(place, patch, PATCH_KEYS), ...shapeIssues(place, patch)];
  throwIssues(issues);

  const fragments = new Map(fragmentsOf(base).map((fragment) => [fragment.id, fragment]));
  if (fragments.has(patch.id)) issues.push({ place, problem: "the id is already that of a fragment in it" });
  const updated = withParams(issues, place, fragments, patch);
  const { edits, dropped } = withEdits(issues, place, base, fragments, patch);
  const gone = new Set(dropped.map(({ path }) => path));

  const keep = (list: readonly AnyFragment[]) =>
    list.filter(({ id }) => !gone.has(id)).map((fragment) => updated.get(fragment.id) ?? fragment);
  const references = withReferences(issues, place, base, patch, dropped, edits, keep);
  const use = keep(base.use);
  for (const item of patch.use ?? []) insert(issues, place, item, use, references);
  const additions = withAdditions(issues, place, base, fragments, gone, patch);
  anchorIssues(issues, place, additions, [...use, ...references.flatMap((reference) => reference.use)]);
  const tools = patchTools(issues, place, base.tools, patch.tools);
  throwIssues(issues);

  const { version, title = base.title, role = base.role, model = base.model } = patch;
  const { color = base.color, paths = base.paths } = patch;
  return {
    kind: "persona",
    schemaVersion: 1,
    id: patch.id,
    title,
    role,
    description: { ...base.description, ...patch.description },
    mcpServers: [...new Set([...base.mcpServers, ...(patch.mcpServers ?? [])])],
    decides: { ...base.decides, ...patch.decides },
    ...(version === undefined ? {} : { version }),
    ...(model === undefined ? {} : { model }),
    ...(tools === undefined ? {} : { tools }),
    ...(color === undefined ? {} : { color }),
    ...(paths === undefined ? {} : { paths }),
    use,
    references,
    edits,
    additions,
    dropped: [...base.dropped, ...dropped],
    ...(base.suits === undefined ? {} : { suits: base.suits }),
    ...publishedBase(base),
  };
}

/** The nearest published persona under a patch. */
function publishedBase({ id, version, extends: further }: PersonaData): Pick<PersonaData, "extends"> {
  if (version !== undefined) return { extends: { id, version } };
  return further === undefined ? {} : { extends: further };
}

/** Whether a change takes a rule out. */
export function isDrop(change: unknown): change is Drop {
  return isRecord(change) && change.kind === "drop";
}

/** Every option of a patch that holds others must be an object, or the wrong one would pass as empty. */
function shapeIssues(place: string, patch: AnyPatch): Issue[] {
  const { description, decides, params, rules, addRules, tools, references } = patch;
  const records = { description, decides, params, rules, addRules, tools, references };
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(records)) {
    if (value !== undefined && !isRecord(value))
      issues.push({ place: `${place}, ${name}`, problem: "this is not an object" });
  }
  for (const name of ["mcpServers", "use"] as const) {
    const value: unknown = patch[name];
    if (value !== undefined && !Array.isArray(value))
      issues.push({ place: `${place}, ${name}`, problem: "this is not a list" });
  }
  for (const [id, values] of Object.entries(isRecord(params) ? params : {})) {
    if (!isRecord(values)) issues.push({ place: `${place}, params["${id}"]`, problem: "these are no values" });
  }
  for (const [name, value] of Object.entries(isRecord(tools) ? tools : {})) {
    if (!Array.isArray(value)) issues.push({ place: `${place}, tools.${name}`, problem: "this is not a list" });
  }
  for (const [name, value] of Object.entries(isRecord(references) ? references : {})) {
    if (!isRecord(value)) issues.push({ place: `${place}, references.${name}`, problem: "this is not an object" });
  }
  if (isRecord(tools)) issues.push(...unknownKeys(`${place}, tools`, tools, ["add", "remove"]));
  if (isRecord(references)) issues.push(...unknownKeys(`${place}, references`, references, ["add", "drop"]));
  return issues;
}

function withParams(
  issues: Issue[],
  place: string,
  fragments: ReadonlyMap<string, AnyFragment>,
  { params = {} }: AnyPatch,
): Map<string, AnyFragment> {
  const updated = new Map<string, AnyFragment>();
  for (const [id, values] of Object.entries(params)) {
    const fragment = fragments.get(id);
    if (fragment === undefined) {
      issues.push(unknownName(`${place}, params`, "fragment", id, [...fragments.keys()]));
      continue;
    }
    const at = fragment.home === undefined ? {} : { home: fragment.home };
    collectIssues(issues, place, () => updated.set(id, { ...fragment.with(values as object), ...at }));
  }
  return updated;
}

/** Rules replaced and dropped, and fragments dropped whole. */
function withEdits(
  issues: Issue[],
  place: string,
  base: PersonaData,
  fragments: ReadonlyMap<string, AnyFragment>,
  { id: by, rules = {} }: AnyPatch,
): { edits: Edits; dropped: Dropped[] } {
  const edits: Edits = { ...base.edits };
  const dropped: Dropped[] = [];
  for (const [id, change] of Object.entries(rules as { readonly [fragment: string]: unknown })) {
    const at = `${place}, rules["${id}"]`;
    const fragment = fragments.get(id);
    if (fragment === undefined) {
      const earlier = base.dropped.find(({ path }) => path === id);
      if (earlier !== undefined) issues.push({ place: at, problem: `persona "${earlier.by}" dropped this fragment` });
      else issues.push(unknownName(`${place}, rules`, "fragment", id, [...fragments.keys()]));
    } else if (isDrop(change)) {
      checkReason(issues, at, change.reason);
      dropped.push({ path: id, reason: change.reason, by });
      delete edits[id];
    } else if (!isRecord(change)) {
      issues.push({
        place: at,
        problem: "these are no changes",
        hint: 'Expected { rule: must("...") }, or drop("...").',
      });
    } else {
      edits[id] = { ...own(base.edits, id), ...changesOf(issues, at, fragment, change, by) };
    }
  }
  return { edits, dropped };
}

function changesOf(
  issues: Issue[],
  place: string,
  { rules }: AnyFragment,
  changes: { readonly [rule: string]: unknown },
  by: string,
): Record<string, Edit> {
  const edits: Record<string, Edit> = {};
  for (const [rule, change] of Object.entries(changes)) {
    const at = `${place}.${rule}`;
    if (!Object.hasOwn(rules, rule)) issues.push(unknownName(place, "rule", rule, Object.keys(rules)));
    else if (isDrop(change)) checkReason(issues, at, change.reason);
    else issues.push(...sourceIssues(at, change));
    edits[rule] = { change: change as Edit["change"], by };
  }
  return edits;
}

function withReferences(
  issues: Issue[],
  place: string,
  base: PersonaData,
  patch: AnyPatch,
  dropped: Dropped[],
  edits: Edits,
  keep: (list: readonly AnyFragment[]) => AnyFragment[],
): Reference[] {
  const names = base.references.map((reference) => reference.id);
  const reasons = new Map<string, unknown>(Object.entries(patch.references?.drop ?? {}));
  for (const [id, reason] of reasons) {
    const at = `${place}, references.drop["${id}"]`;
    if (!names.includes(id)) issues.push(unknownName(`${place}, references.drop`, "reference", id, names));
    else checkReason(issues, at, reason);
    dropped.push({ path: `ref:${id}`, reason: String(reason), by: patch.id });
  }
  const references: Reference[] = [];
  for (const reference of base.references) {
    if (reasons.has(reference.id)) {
      for (const { id } of reference.use) delete edits[id];
      continue;
    }
    const use = keep(reference.use);
    if (use.length === 0) {
      const hint = `Drop the reference itself: references: { drop: { "${reference.id}": "..." } }.`;
      issues.push({ place: `${place}, reference "${reference.id}"`, problem: "nothing is left in it", hint });
    }
    references.push({ ...reference, use });
  }
  for (const [id, reference] of Object.entries(patch.references?.add ?? {})) {
    const at = `${place}, references.add["${id}"]`;
    if (references.some((other) => other.id === id))
      issues.push({ place: at, problem: "there is already a reference of this name" });
    const found = referenceIssues(at, reference);
    issues.push(...found);
    if (found.length === 0) references.push({ id, title: reference.title, when: reference.when, use: reference.use });
  }
  return references;
}

function withAdditions(
  issues: Issue[],
  place: string,
  base: PersonaData,
  fragments: ReadonlyMap<string, AnyFragment>,
  gone: ReadonlySet<string>,
  patch: AnyPatch,
): Addition[] {
  const additions = base.additions.filter(({ owner }) => !gone.has(owner.id));
  const added = Object.entries((patch.addRules ?? {}) as { readonly [rule: string]: unknown });
  if (added.length === 0) return additions;
  const rules: Record<string, EntrySource<Record<string, never>>> = {};
  const paths = [...fragments.values()].flatMap(({ id, rules }) => Object.keys(rules).map((name) => `${id}/${name}`));
  const anchors: Pick<Addition, "side" | "anchor" | "rule">[] = [];
  for (const [rule, addition] of added) {
    const at = `${place}, addRules.${rule}`;
    if (!isRecord(addition)) {
      issues.push({
        place: at,
        problem: "this is not an addition",
        hint: 'Expected { after: "fragment/rule", rule: must("...") }.',
      });
      continue;
    }
    issues.push(...unknownKeys(at, addition, ["after", "before", "rule"]), ...sourceIssues(at, addition.rule));
    const anchor = readAnchor(issues, at, addition);
    if (anchor === undefined) continue;
    if (!paths.includes(anchor.name)) {
      const siblings = paths.filter((path) => path.startsWith(anchor.name.replace(/[^/]*$/, "")));
      issues.push(unknownName(at, "rule", anchor.name, siblings.length > 0 ? siblings : paths));
    }
    rules[rule] = addition.rule as EntrySource<Record<string, never>>;
    anchors.push({ side: anchor.side, anchor: anchor.name, rule });
  }
  // What is wrong is already known; the section would only say it again.
  if (anchors.length !== added.length || issues.length > 0) return additions;
  collectIssues(issues, place, () => {
    const owner = section({ id: patch.id, title: patch.title ?? base.title, rules });
    additions.push(...anchors.map((anchor) => ({ ...anchor, owner })));
  });
  return additions;
}

/** Issues for added rules whose anchor, or an anchor of that anchor, has gone. */
function anchorIssues(
  issues: Issue[],
  place: string,
  additions: readonly Addition[],
  standing: readonly AnyFragment[],
): void {
  if (additions.length === 0) return;
  const here = new Set(standing.map(({ id }) => id));
  const owners = new Set(additions.map(({ owner }) => owner.id));
  for (const { anchor, rule } of additions) {
    const fragment = anchor.slice(0, anchor.indexOf("/"));
    if (here.has(fragment) || owners.has(fragment)) continue;
    issues.push({ place, problem: `rule "${rule}" is anchored in "${anchor}", which is dropped, and would be lost` });
  }
}

function checkReason(issues: Issue[], place: string, reason: unknown): void {
  if (typeof reason === "string" && reason.trim() !== "") return;
  issues.push({ place, problem: "the drop has no reason", hint: 'Say why: drop("token auth only").' });
}

function readAnchor(
  issues: Issue[],
  place: string,
  { after, before }: AnyAnchor,
): { side: Addition["side"]; name: string } | undefined {
  if (typeof after === "string" && before === undefined) return { side: "after", name: after };
  if (typeof before === "string" && after === undefined) return { side: "before", name: before };
  const problem = after === undefined || before === undefined ? "there is no anchor" : "there are two anchors";
  issues.push({ place, problem, hint: 'Expected either after: "..." or before: "...".' });
  return undefined;
}

function insert(issues: Issue[], place: string, item: AnyItem, use: AnyFragment[], references: Reference[]): void {
  if (!isRecord(item) || !("fragment" in item)) {
    const found = useIssues(place, [item]);
    issues.push(...found);
    if (found.length === 0) use.push(item as AnyFragment);
    return;
  }
  const placed = item as AnyAnchor & { readonly fragment: AnyFragment };
  const anchor = readAnchor(issues, `${place}, use`, placed);
  const found = useIssues(place, [placed.fragment]);
  issues.push(...found);
  if (anchor === undefined || found.length > 0) return;
  const isAnchor = (fragment: AnyFragment) => fragment.id === anchor.name;
  const inserted = (list: readonly AnyFragment[]) =>
    list.flatMap((fragment) => {
      if (!isAnchor(fragment)) return [fragment];
      return anchor.side === "after" ? [fragment, placed.fragment] : [placed.fragment, fragment];
    });
  if (use.some(isAnchor)) {
    use.splice(0, use.length, ...inserted(use));
    return;
  }
  const index = references.findIndex((reference) => reference.use.some(isAnchor));
  const reference = references[index];
  const known = [...use, ...references.flatMap((other) => other.use)].map(({ id }) => id);
  if (reference === undefined) issues.push(unknownName(`${place}, use`, "fragment", anchor.name, known));
  else references[index] = { ...reference, use: inserted(reference.use) };
}

function patchTools(
  issues: Issue[],
  place: string,
  base: readonly Capability[] | undefined,
  { add = [], remove = [] }: NonNullable<AnyPatch["tools"]> = {},
): readonly Capability[] | undefined {
  for (const tool of [...add, ...remove]) issues.push(...capabilityIssues(`${place}, tools`, tool));
  // Without a restriction there is nothing to add to; only taking away makes one.
  if (base === undefined && remove.length === 0) return undefined;
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
