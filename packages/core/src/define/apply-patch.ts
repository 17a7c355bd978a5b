import type { ListStyle } from "../entries/kind.ts";
import { checkSource, type EntrySource, isDrop } from "../entries/kinds.ts";
import { type Issue, Issues, type OldNames } from "../issues/issue.ts";
import { isRecord, keysOf, own, said } from "../issues/values.ts";
import type { AnyFragment } from "../model/fragment.ts";
import type { Anchor, AnyPatch } from "../model/patch.ts";
import {
  type Addition,
  CAPABILITIES,
  type Capability,
  type Dropped,
  type Edit,
  fragmentsOf,
  type PersonaData,
  type Reference,
} from "../model/persona.ts";
import { idsNow, oldRules, renamesOf } from "../model/renames.ts";
import type { Wording } from "../phrases/wording.ts";
import { checkCapability, checkFragment, checkItem, checkReference } from "./checks.ts";
import { section } from "./define-fragment.ts";
import { withNamesOfNow } from "./names-of-now.ts";
import { patchTargets } from "./patch-targets.ts";
import { checkRights, isPersona, recordOf, takeOver } from "./take-over.ts";

type AnyAnchor = Partial<Anchor<string>>;
type Edits = PersonaData["edits"];

/** What every step of a patch looks at. */
interface Context {
  readonly issues: Issues;
  readonly base: PersonaData;
  readonly patch: AnyPatch;
  /** Those of the base, by id. */
  readonly fragments: ReadonlyMap<string, AnyFragment>;
}

/** The data of the persona that a patch makes of another. Throws with every mistake of the patch at once. */
export function applyPatch(base: PersonaData, given: AnyPatch): PersonaData {
  const issues = new Issues(isRecord(given) ? `persona "${said(given.id)}"` : `persona "${base.id}", extend`);
  if (!isRecord(given)) issues.add("wrong-type", "there is no patch");
  else checkShape(issues, given);
  issues.throw();

  const fragments = new Map(fragmentsOf(base).map((fragment) => [fragment.id, fragment]));
  const { patch, warnings } = withNamesOfNow(issues, given, fragments);
  const context: Context = { issues, base, patch, fragments };
  // A persona that has added rules under its own name keeps it: they stay in the section that they have.
  const isOwn = patch.id === base.id && patch.addRules === undefined;
  if (fragments.has(patch.id) && !isOwn) {
    issues.add("duplicate-fragment", "the id is already that of a fragment in it");
  }
  const updated = updatedFragments(context);
  const dropped = [...droppedFragments(context), ...droppedReferences(context)];
  const gone = new Set(dropped.map(({ path }) => path));
  const keep = (list: readonly AnyFragment[]) =>
    list.filter(({ id }) => !gone.has(id)).map((fragment) => updated.get(fragment.id) ?? fragment);

  const { parts: placed, rest } = placeFragments(context, {
    use: keep(base.use),
    references: [...keptReferences(context, gone, keep), ...addedReferences(context)],
  });
  const additions = [...base.additions.filter(({ owner }) => !gone.has(owner.id)), ...addedRules(context)];
  checkAnchors(issues, additions, [...placed.use, ...placed.references.flatMap(({ use }) => use)]);
  const edits = editsOf(context, gone);
  const tools = patchTools(issues.at("tools"), base.tools, patch.tools);
  const targets = patchTargets(issues, base, patch);
  issues.throw();

  const { version, title = base.title, role = base.role, model = base.model } = patch;
  const { color = base.color, paths = base.paths } = patch;
  const patched: PersonaData = {
    kind: "persona",
    schemaVersion: 1,
    id: patch.id,
    title,
    role,
    description: patch.description === undefined ? base.description : { ...base.description, ...patch.description },
    mcpServers: [...new Set([...base.mcpServers, ...(patch.mcpServers ?? [])])],
    decides: { ...base.decides, ...patch.decides },
    ...(version === undefined ? {} : { version }),
    ...(model === undefined ? {} : { model }),
    ...(tools === undefined ? {} : { tools }),
    ...targets,
    ...(color === undefined ? {} : { color }),
    ...(paths === undefined ? {} : { paths }),
    ...patchWording(base, patch),
    ...placed,
    edits,
    additions,
    dropped: [...base.dropped, ...dropped],
    ...(base.appliesTo === undefined ? {} : { appliesTo: base.appliesTo }),
    ...publishedBase(base),
    ...(base.source === undefined ? {} : { source: base.source }),
    ...warningsOf(base, warnings),
  };
  const personas = rest.filter(isPersona);
  if (personas.length === 0) return patched;
  const parts = takeOver(issues, { use: [patched, ...rest], references: [], decides: patch.decides ?? {} });
  checkRights(issues, personas, patched, patch);
  issues.throw();
  return { ...patched, ...parts, ...recordOf(personas, patched) };
}

/** Another language starts from its own phrases; in the same one, those of a patch come on top. */
function patchWording(base: Wording, patch: Wording): Wording {
  const language = patch.language ?? base.language;
  const kept = patch.language === undefined || patch.language === base.language ? base.phrases : undefined;
  const phrases = { ...kept, ...patch.phrases };
  return {
    ...(language === undefined ? {} : { language }),
    ...(Object.keys(phrases).length === 0 ? {} : { phrases }),
  };
}

/** Whoever publishes a persona is told of its own old names; who extends it can do nothing about them. */
function warningsOf({ version, warnings = [] }: PersonaData, own: readonly Issue[]): Pick<PersonaData, "warnings"> {
  const all = version === undefined ? [...warnings, ...own] : own;
  return all.length === 0 ? {} : { warnings: all };
}

/** The nearest published persona under a patch. */
function publishedBase({
  id,
  version,
  extends: further,
  includes,
}: PersonaData): Pick<PersonaData, "extends" | "includes"> {
  if (version !== undefined) return { extends: { id, version } };
  return { ...(further === undefined ? {} : { extends: further }), ...(includes === undefined ? {} : { includes }) };
}

// Of names that are equally near, the first is proposed.
const PATCH_KEYS = keysOf<AnyPatch>({
  params: true,
  rules: true,
  addRules: true,
  use: true,
  references: true,
  id: true,
  version: true,
  title: true,
  description: true,
  role: true,
  model: true,
  tools: true,
  exactTools: true,
  uncheckedTools: true,
  substitutions: true,
  fields: true,
  uncheckedFields: true,
  mcpServers: true,
  color: true,
  paths: true,
  decides: true,
  language: true,
  phrases: true,
});
const TOOLS_KEYS = keysOf<NonNullable<AnyPatch["tools"]>>({ add: true, remove: true });
const REFERENCES_KEYS = keysOf<NonNullable<AnyPatch["references"]>>({ add: true, drop: true });

const RECORDS = [
  "description",
  "decides",
  "params",
  "rules",
  "addRules",
  "tools",
  "references",
  "exactTools",
  "uncheckedTools",
  "substitutions",
  "fields",
  "uncheckedFields",
  "phrases",
] as const satisfies (keyof AnyPatch)[];

/** Every option of a patch that holds others must be an object, or the wrong one would pass as empty. */
function checkShape(issues: Issues, patch: AnyPatch): void {
  const { params, tools, references } = patch;
  issues.unknownKeys(patch, PATCH_KEYS);
  for (const name of RECORDS) {
    const value: unknown = patch[name];
    if (value !== undefined && !isRecord(value)) issues.at(name).add("wrong-type", "this is not an object");
  }
  for (const name of ["mcpServers", "use"] as const) {
    if (patch[name] !== undefined && !Array.isArray(patch[name])) {
      issues.at(name).add("wrong-type", "this is not a list");
    }
  }
  for (const [id, values] of Object.entries(isRecord(params) ? params : {})) {
    if (!isRecord(values)) issues.at(`params["${id}"]`).add("wrong-type", "these are no values");
  }
  if (isRecord(tools)) {
    issues.at("tools").unknownKeys(tools, TOOLS_KEYS);
    for (const [name, value] of Object.entries(tools)) {
      if (!Array.isArray(value)) issues.at(`tools.${name}`).add("wrong-type", "this is not a list");
    }
  }
  if (isRecord(references)) {
    issues.at("references").unknownKeys(references, REFERENCES_KEYS);
    for (const [name, value] of Object.entries(references)) {
      if (!isRecord(value)) issues.at(`references.${name}`).add("wrong-type", "this is not an object");
    }
  }
}

/** The fragments with new values for their parameters, by id. */
function updatedFragments({ issues, fragments, patch: { params = {} } }: Context): Map<string, AnyFragment> {
  const updated = new Map<string, AnyFragment>();
  for (const [id, values] of Object.entries(params)) {
    const fragment = fragments.get(id);
    if (fragment === undefined) {
      unknownFragment(issues.at("params"), id, fragments);
      continue;
    }
    const home = fragment.home === undefined ? {} : { home: fragment.home };
    issues.collect(() => updated.set(id, { ...fragment.with(values as object), ...home }));
  }
  return updated;
}

function ruleChanges({ rules = {} }: AnyPatch): [fragment: string, change: unknown][] {
  return Object.entries(rules);
}

/** The fragments that a patch drops whole. */
function droppedFragments({ issues, fragments, patch }: Context): Dropped[] {
  return ruleChanges(patch).flatMap(([id, change]) => {
    if (!isDrop(change) || !fragments.has(id)) return [];
    checkReason(issues.at(`rules["${id}"]`), change.reason);
    return [{ path: id, reason: change.reason, by: patch.id }];
  });
}

/** The references that a patch drops. */
function droppedReferences({ issues, base, patch }: Context): Dropped[] {
  const known = base.references.map(({ id }) => id);
  return Object.entries(patch.references?.drop ?? {}).map(([id, reason]: [string, unknown]) => {
    const at = issues.at("references.drop");
    if (known.includes(id)) checkReason(at.at(`["${id}"]`), reason);
    else at.unknown("reference", id, known);
    return { path: pathOfReference(id), reason: said(reason), by: patch.id };
  });
}

function pathOfReference(id: string): string {
  return `ref:${id}`;
}

/** Rules replaced and dropped, those of the base included. What stood in a fragment that is gone goes with it. */
function editsOf({ issues, base, fragments, patch }: Context, gone: ReadonlySet<string>): Edits {
  const edits: Record<string, Edits[string]> = { ...base.edits };
  for (const [id, change] of ruleChanges(patch)) {
    const at = issues.at(`rules["${id}"]`);
    const fragment = fragments.get(id);
    if (fragment === undefined) {
      const earlier = base.dropped.find(({ path }) => path === id);
      if (earlier === undefined) unknownFragment(issues.at("rules"), id, fragments);
      else at.add("already-dropped", `persona "${earlier.by}" dropped this fragment`);
    } else if (isDrop(change)) continue;
    else if (!isRecord(change)) {
      at.add("wrong-type", "these are no changes", 'Expected { rule: must("...") }, or drop("...").');
    } else edits[id] = { ...own(base.edits, id), ...editsIn(at, fragment, change, patch.id) };
  }
  const ofReferences = base.references.filter(({ id }) => gone.has(pathOfReference(id))).flatMap(({ use }) => use);
  for (const id of [...gone, ...ofReferences.map((fragment) => fragment.id)]) delete edits[id];
  return edits;
}

function unknownFragment(issues: Issues, id: string, fragments: ReadonlyMap<string, AnyFragment>): void {
  issues.unknown("fragment", id, [...fragments.keys()], id, undefined, () => idsNow(fragments.values()));
}

/** The edits of one fragment, by rule. */
function editsIn(
  issues: Issues,
  fragment: AnyFragment,
  changes: { readonly [rule: string]: unknown },
  by: string,
): Edits[string] {
  const { id, rules, list } = fragment;
  const edits: Record<string, Edit> = {};
  const old = () => oldRules(fragment);
  for (const [rule, change] of Object.entries(changes)) {
    const at = issues.at(`.${rule}`);
    if (!Object.hasOwn(rules, rule)) issues.unknown("rule", rule, Object.keys(rules), `${id}/${rule}`, undefined, old);
    else if (isDrop(change)) checkReason(at, change.reason);
    else checkSource(at, change, list);
    edits[rule] = { change: change as Edit["change"], by };
  }
  return edits;
}

/** The references of the base that stay. */
function keptReferences(
  { issues, base }: Context,
  gone: ReadonlySet<string>,
  keep: (list: readonly AnyFragment[]) => AnyFragment[],
): Reference[] {
  return base.references.flatMap((reference) => {
    if (gone.has(pathOfReference(reference.id))) return [];
    const use = keep(reference.use);
    if (use.length === 0) {
      const hint = `Drop the reference itself: references: { drop: { "${reference.id}": "..." } }.`;
      issues.at(`reference "${reference.id}"`).add("empty-reference", "nothing is left in it", hint);
    }
    return [{ ...reference, use }];
  });
}

/** The references that a patch adds. */
function addedReferences({ issues, base, patch: { references: { add = {}, drop = {} } = {} } }: Context): Reference[] {
  return Object.entries(add).flatMap(([id, reference]) => {
    const at = issues.at(`references.add["${id}"]`);
    if (base.references.some((other) => other.id === id) && !Object.hasOwn(drop, id)) {
      at.add("duplicate-reference", "there is already a reference of this name");
    }
    const before = issues.found.length;
    checkReference(at, reference);
    if (issues.found.length > before) return [];
    return [{ id, title: reference.title, when: reference.when, use: reference.use }];
  });
}

interface Anchored {
  readonly side: Addition["side"];
  readonly name: string;
}

/** The rules that a patch adds. Their owner is a section of the patch, so that the next one can edit them. */
function addedRules({ issues, base, fragments, patch }: Context): Addition[] {
  const added = Object.entries((patch.addRules ?? {}) as { readonly [rule: string]: unknown });
  if (added.length === 0 || !issues.at("addRules").atMost("additions", "the patch", added.length)) return [];
  const before = issues.found.length;
  const paths = [...fragments.values()].flatMap(({ id, rules }) => Object.keys(rules).map((name) => `${id}/${name}`));
  const oldPaths = () => new Map(Object.entries(renamesOf([...fragments.values()]) ?? {}));
  const rules: Record<string, EntrySource<Record<string, never>>> = {};
  const anchors: Omit<Addition, "owner">[] = [];
  for (const [rule, addition] of added) {
    const anchor = checkAddition(issues.at(`addRules.${rule}`), addition, paths, oldPaths);
    if (anchor === undefined) continue;
    rules[rule] = (addition as { rule: EntrySource<Record<string, never>> }).rule;
    anchors.push({ side: anchor.side, anchor: anchor.name, rule });
  }
  // What is wrong is already known; the section would only say it again.
  if (issues.found.length > before) return [];
  let additions: Addition[] = [];
  issues.collect(() => {
    const owner = section({ id: patch.id, title: patch.title ?? base.title, list: listFor(rules), rules });
    additions = anchors.map((anchor) => ({ ...anchor, owner }));
  });
  return additions;
}

/** A list that takes all of some rules. */
function listFor(rules: { readonly [rule: string]: unknown }): ListStyle {
  const issues = new Issues("");
  for (const source of Object.values(rules)) checkSource(issues, source);
  return issues.found.length > 0 ? "asWritten" : "bullets";
}

/** Files what is wrong with an added rule, and returns its anchor. */
function checkAddition(
  issues: Issues,
  addition: unknown,
  paths: readonly string[],
  oldPaths: () => OldNames,
): Anchored | undefined {
  if (!isRecord(addition)) {
    const hint = 'Expected { after: "fragment/rule", rule: must("...") }.';
    issues.add("wrong-type", "this is not an addition", hint);
    return undefined;
  }
  issues.unknownKeys(addition, ["after", "before", "rule"]);
  // What the list of its anchor takes is known when it is placed there.
  checkSource(issues, addition.rule, "asWritten");
  const anchor = readAnchor(issues, addition);
  if (anchor === undefined || paths.includes(anchor.name)) return anchor;
  const siblings = paths.filter((path) => path.startsWith(anchor.name.replace(/[^/]*$/, "")));
  issues.unknown("rule", anchor.name, siblings.length > 0 ? siblings : paths, anchor.name, undefined, oldPaths);
  return anchor;
}

/** Files each added rule whose anchor, or an anchor of that anchor, has gone. */
function checkAnchors(issues: Issues, additions: readonly Addition[], standing: readonly AnyFragment[]): void {
  if (additions.length === 0) return;
  const here = new Set([...standing.map(({ id }) => id), ...additions.map(({ owner }) => owner.id)]);
  for (const { anchor, rule } of additions) {
    if (here.has(anchor.slice(0, anchor.indexOf("/")))) continue;
    issues.add("lost-anchor", `rule "${rule}" is anchored in "${anchor}", which is dropped, and would be lost`);
  }
}

function checkReason(issues: Issues, reason: unknown): void {
  if (typeof reason === "string" && reason.trim() !== "") return;
  issues.add("missing-reason", "the drop has no reason", 'Say why: drop("token auth only").');
}

function readAnchor(issues: Issues, { after, before }: { after?: unknown; before?: unknown }): Anchored | undefined {
  if (typeof after === "string" && before === undefined) return { side: "after", name: after };
  if (typeof before === "string" && after === undefined) return { side: "before", name: before };
  const problem = after === undefined || before === undefined ? "there is no anchor" : "there are two anchors";
  issues.add("invalid-anchor", problem, 'Expected either after: "..." or before: "...".');
  return undefined;
}

type Parts = Pick<PersonaData, "use" | "references">;

/** What a patch makes of a persona's parts, and what comes after them: the first persona that it takes over, and what follows. */
interface Placed {
  readonly parts: Parts;
  readonly rest: readonly (AnyFragment | PersonaData)[];
}

/** A persona's parts with the fragments that a patch puts at the end, or next to another. */
function placeFragments({ issues, patch }: Context, parts: Parts): Placed {
  let placed = parts;
  const rest: (AnyFragment | PersonaData)[] = [];
  for (const [index, item] of (patch.use ?? []).entries()) {
    const before = issues.found.length;
    const isPlaced = isRecord(item) && "fragment" in item;
    const anchor = isPlaced ? readAnchor(issues.at("use"), item as AnyAnchor) : undefined;
    const fragment = (isPlaced ? item.fragment : item) as AnyFragment;
    (isPlaced ? checkFragment : checkItem)(issues.at(`use[${index}]`), fragment);
    if (issues.found.length > before) continue;
    if (anchor !== undefined) placed = insert(issues, placed, anchor, fragment);
    else if (rest.length > 0 || isPersona(item)) rest.push(fragment);
    else placed = { ...placed, use: [...placed.use, fragment] };
  }
  return { parts: placed, rest };
}

function insert(issues: Issues, { use, references }: Parts, { side, name }: Anchored, fragment: AnyFragment): Parts {
  const inserted = (list: readonly AnyFragment[]) =>
    list.flatMap((each) => {
      if (each.id !== name) return [each];
      return side === "after" ? [each, fragment] : [fragment, each];
    });
  const known = [...use, ...references.flatMap((reference) => reference.use)].map(({ id }) => id);
  if (!known.includes(name)) issues.at("use").unknown("fragment", name, known);
  return {
    use: inserted(use),
    references: references.map((reference) => ({ ...reference, use: inserted(reference.use) })),
  };
}

function patchTools(
  issues: Issues,
  base: readonly Capability[] | undefined,
  { add = [], remove = [] }: NonNullable<AnyPatch["tools"]> = {},
): readonly Capability[] | undefined {
  for (const tool of [...add, ...remove]) checkCapability(issues, tool);
  // Without a restriction there is nothing to add to; only taking away makes one.
  if (base === undefined && remove.length === 0) return undefined;
  return [...new Set([...(base ?? CAPABILITIES), ...add])].filter((tool) => !remove.includes(tool));
}
