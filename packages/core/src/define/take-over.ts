import { isDrop } from "../entries/kinds.ts";
import type { Issues } from "../issues/issue.ts";
import { isDecision, isRecord, isSame, own, said } from "../issues/values.ts";
import type { AnyFragment, Decisions, DecisionValue } from "../model/fragment.ts";
import { nameWithVersion } from "../model/names.ts";
import {
  type Addition,
  CAPABILITIES,
  type Edit,
  fragmentsOf,
  type PersonaData,
  type Reference,
} from "../model/persona.ts";

/** What a persona takes over from others, with what it has itself. */
type Parts = Pick<PersonaData, "use" | "references" | "edits" | "additions" | "dropped" | "decides">;

/** What the new persona says itself. */
interface Own {
  /** Its fragments, and the personas that it takes over, in order. */
  readonly use: readonly (AnyFragment | PersonaData)[];
  readonly references: readonly Reference[];
  readonly decides: Decisions;
}

/** A fragment, and where it was found. */
interface Found {
  readonly fragment: AnyFragment;
  /** Absent: in the list of the new persona itself. */
  readonly from: PersonaData | undefined;
}

/**
 * The parts of a persona that takes over others: all of their fragments, references, edits, additions and drops. What two of
 * them have and say alike stands once, at its first place, in the body before in a reference. Files what they say differently.
 */
export function takeOver(issues: Issues, { use: items, references: ownReferences, decides }: Own): Parts {
  // Most personas are made of fragments alone.
  if (isWithoutPersonas(items)) {
    return { use: items, references: ownReferences, edits: {}, additions: [], dropped: [], decides };
  }
  const personas = items.filter(isPersona);
  const all: Found[] = items.flatMap((item): Found[] =>
    isPersona(item) ? item.use.map((fragment) => ({ fragment, from: item })) : [{ fragment: item, from: undefined }],
  );
  const taken = new Map<string, Found>();
  const take = (found: Found) => isFirst(issues, taken, found);
  const use = all.filter(take).map(({ fragment }) => fragment);
  const references = takeReferences(issues, personas, ownReferences, take);
  const additions = takeAdditions(issues, personas, taken);
  const standing = new Set([...taken.keys(), ...references.map(({ id }) => `ref:${id}`)]);
  const edits: Record<string, PersonaData["edits"][string]> = {};
  for (const [id, { from }] of taken) {
    const changes = own(from?.edits, id);
    if (changes !== undefined) edits[id] = changes;
  }
  const dropped = personas.flatMap((persona) => persona.dropped).filter(({ path }) => !standing.has(path));
  return {
    use,
    references,
    edits,
    additions,
    dropped: withoutCopies(dropped),
    decides: settledBy(issues, personas, decides),
  };
}

function isWithoutPersonas(items: readonly (AnyFragment | PersonaData)[]): items is readonly AnyFragment[] {
  return !items.some(isPersona);
}

/** Whether a value is a persona. */
export function isPersona(value: unknown): value is PersonaData {
  return isRecord(value) && value.kind === "persona";
}

/** Whether a fragment is new here. Files what another of its id says differently. */
function isFirst(issues: Issues, taken: Map<string, Found>, found: Found): boolean {
  const { id } = found.fragment;
  const earlier = taken.get(id);
  if (earlier === undefined) {
    taken.set(id, found);
    return true;
  }
  // Twice in the new persona's own list: what checks the persona says so.
  if (earlier.from === undefined && found.from === undefined) return true;
  const difference = differenceOf(earlier, found);
  if (difference !== undefined) issues.add("conflicting-personas", difference, hintFor(earlier, found));
  return false;
}

/** What two fragments of one id, of two personas, say differently; undefined if nothing. */
function differenceOf(one: Found, other: Found): string | undefined {
  const [a, b] = [one.fragment, other.fragment];
  const between = (is: (found: Found) => string) => `${is(one)} in ${nameOf(one)} and ${is(other)} in ${nameOf(other)}`;
  if (a.version !== b.version) {
    const versionOf = ({ fragment: { version } }: Found) =>
      version === undefined ? "a section" : `version ${version}`;
    return `fragment "${a.id}" is ${between(versionOf)}`;
  }
  const [before, after] = [a.values, b.values] as { readonly [name: string]: unknown }[];
  const name = Object.keys({ ...before, ...after }).find((each) => !isSame(own(before, each), own(after, each)));
  if (name !== undefined) {
    const setTo = ({ fragment: { values } }: Found) => said(own(values as { readonly [name: string]: unknown }, name));
    return `parameter "${name}" of fragment "${a.id}" is ${between(setTo)}`;
  }
  if (!isSame(textOf(a), textOf(b))) {
    if (isSame(a.home, b.home)) return `fragment "${a.id}" has another text in ${nameOf(one)} than in ${nameOf(other)}`;
    const homeOf = ({ fragment: { home } }: Found) =>
      home === undefined ? "its own" : `that of ${nameWithVersion(home)}`;
    return `section "${a.id}" is ${between(homeOf)}`;
  }
  const edits = [one, other].map(({ from }) => own(from?.edits, a.id) ?? {});
  const rule = Object.keys(Object.assign({}, ...edits)).find(
    (each) => !isSameEdit(own(edits[0], each), own(edits[1], each)),
  );
  if (rule === undefined) return undefined;
  const changeOf = ({ from }: Found) => changeIn(own(own(from?.edits, a.id), rule));
  return `rule "${a.id}/${rule}" ${between(changeOf)}`;
}

/** What a fragment writes, in its order. */
function textOf({ title, depth, blank, blankWithin, keep, list, rules }: AnyFragment): readonly unknown[] {
  return [title, depth, blank, blankWithin, keep, list, Object.entries(rules)];
}

function changeIn(edit: Edit | undefined): string {
  if (edit === undefined) return "stands";
  return isDrop(edit.change) ? "is dropped" : "is replaced";
}

/** Two drops are the same for whatever reason. */
function isSameEdit(one: Edit | undefined, other: Edit | undefined): boolean {
  if (isDrop(one?.change) && isDrop(other?.change)) return true;
  return isSame(one?.change, other?.change);
}

function nameOf({ from }: Pick<Found, "from">): string {
  return from === undefined ? "use" : `persona "${from.id}"`;
}

/** The line that settles which of two fragments stands. */
function hintFor(one: Found, other: Found): string {
  const { id } = one.fragment;
  const later = other.from ?? (one.from as PersonaData);
  const stands = other.from === undefined ? other : one;
  const line = extended(later, `rules: { ${keyOf(id)}: drop("${reasonFor(stands)}") }`);
  const isSection = one.fragment.version === undefined || other.fragment.version === undefined;
  const both = isSection ? " For both of them, give one another id." : "";
  return `For that of ${nameOf(stands)}, write ${line} in the place of "${later.id}".${both}`;
}

function reasonFor({ from }: Pick<Found, "from">): string {
  return from === undefined ? "Ours stands." : `As in ${from.id}.`;
}

/** A persona with a change, as its user would write it. */
function extended({ id }: PersonaData, change: string): string {
  const variable = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return `${variable}.extend({ id: "${id}", ${change} })`;
}

function keyOf(id: string): string {
  return id.includes("-") ? `"${id}"` : id;
}

/** A reference, and where it was found. */
interface FoundReference {
  readonly reference: Reference;
  readonly from: PersonaData | undefined;
}

function takeReferences(
  issues: Issues,
  personas: readonly PersonaData[],
  ownReferences: readonly Reference[],
  take: (found: Found) => boolean,
): Reference[] {
  const all: FoundReference[] = [
    ...personas.flatMap((from) => from.references.map((reference) => ({ reference, from }))),
    ...ownReferences.map((reference) => ({ reference, from: undefined })),
  ];
  const taken = new Map<string, FoundReference>();
  return all.flatMap(({ reference, from }): Reference[] => {
    const { id } = reference;
    const earlier = taken.get(id);
    if (earlier !== undefined) {
      if (isSameReference(earlier, { reference, from })) return [];
      const [stands, later] = from === undefined ? [{ from }, earlier.from as PersonaData] : [earlier, from];
      const line = extended(later, `references: { drop: { ${keyOf(id)}: "${reasonFor(stands)}" } }`);
      const problem = `reference "${id}" is one thing in ${nameOf(earlier)} and another in ${nameOf({ from })}`;
      issues.add(
        "conflicting-personas",
        problem,
        `For that of ${nameOf(stands)}, write ${line} in the place of "${later.id}".`,
      );
      return [];
    }
    taken.set(id, { reference, from });
    const use = reference.use.filter((fragment) => take({ fragment, from }));
    if (use.length > 0 || reference.use.length === 0) return [{ ...reference, use }];
    const ids = reference.use.map((fragment) => `"${fragment.id}"`).join(", ");
    const problem = `reference "${id}" of ${nameOf({ from })} holds only ${ids}, which stands elsewhere already`;
    issues.add(
      "empty-reference",
      problem,
      "Drop the fragment there, or the reference here and the rules that link to it.",
    );
    return [];
  });
}

function isSameReference(one: FoundReference, other: FoundReference): boolean {
  const [a, b] = [one.reference, other.reference];
  if (a.title !== b.title || a.when !== b.when || a.use.length !== b.use.length) return false;
  return a.use.every((fragment, index) => {
    const against = b.use[index] as AnyFragment;
    if (fragment.id !== against.id) return false;
    return differenceOf({ fragment, from: one.from }, { fragment: against, from: other.from }) === undefined;
  });
}

/** The rules that users of the personas have added, with the sections that own them. */
function takeAdditions(issues: Issues, personas: readonly PersonaData[], taken: Map<string, Found>): Addition[] {
  const placesOf = ({ additions }: PersonaData, owner: AnyFragment) =>
    additions.filter((each) => each.owner.id === owner.id);
  return personas.flatMap((from) => {
    const owners = new Map(from.additions.map(({ owner }) => [owner.id, owner]));
    return [...owners.values()].flatMap((owner) => {
      const found = { fragment: owner, from };
      const earlier = taken.get(owner.id);
      const places = placesOf(from, owner);
      if (isFirst(issues, taken, found)) return places;
      const bare = (additions: readonly Addition[]) => additions.map(({ owner: _, ...place }) => place);
      if (earlier?.from !== undefined && !isSame(bare(placesOf(earlier.from, owner)), bare(places))) {
        const problem = `the rules that "${owner.id}" adds stand elsewhere in ${nameOf(earlier)} than in ${nameOf(found)}`;
        issues.add("conflicting-personas", problem, hintFor(earlier, found));
      }
      return [];
    });
  });
}

/**
 * What a persona keeps of others besides their text: the nearest published ones, each itself or what it was made from, and
 * what is to be said of those that are not published. The second is the persona that is extended.
 */
export function recordOf(
  personas: readonly PersonaData[],
  { extends: known, includes: earlier = [], warnings: own = [] }: Partial<PersonaData> = {},
): Pick<PersonaData, "includes" | "warnings"> {
  const all = personas.flatMap(({ id, version, extends: base, includes = [] }) =>
    version === undefined ? [...(base === undefined ? [] : [base]), ...includes] : [{ id, version }],
  );
  const includes = withoutCopies([...earlier, ...all]).filter((each) => !isSame(each, known));
  const theirs = personas.flatMap(({ version, warnings = [] }) => (version === undefined ? warnings : []));
  const warnings = withoutCopies([...own, ...theirs]);
  return { ...(includes.length === 0 ? {} : { includes }), ...(warnings.length === 0 ? {} : { warnings }) };
}

function withoutCopies<Item>(list: readonly Item[]): Item[] {
  return list.filter((each, index) => list.findIndex((other) => isSame(other, each)) === index);
}

/** What is decided, and by what: `persona "a"`, or one of its fragments. */
interface Decided {
  readonly value: DecisionValue;
  readonly by: string;
}

/** What the personas settle and the new one does not. Files each topic that they decide differently. */
function settledBy(issues: Issues, personas: readonly PersonaData[], decides: Decisions): Decisions {
  const decided = new Map<string, Decided>();
  for (const persona of personas) {
    for (const [topic, now] of decisionsOf(persona)) {
      const earlier = decided.get(topic);
      if (earlier === undefined) decided.set(topic, now);
      else if (earlier.value !== now.value && !Object.hasOwn(decides, topic)) {
        const problem = `"${topic}" is ${said(earlier.value)} in ${earlier.by} and ${said(now.value)} in ${now.by}`;
        const hint = `Set the same value in both, or settle it: decides: { "${topic}": ${JSON.stringify(now.value)} }.`;
        issues.add("conflicting-decisions", problem, hint);
      }
    }
  }
  return Object.assign({}, ...personas.map((persona) => persona.decides), decides);
}

/** What a persona decides, by topic. What is no decision is said when it is compiled. */
function decisionsOf(persona: PersonaData): Map<string, Decided> {
  const decided = new Map<string, Decided>();
  for (const fragment of fragmentsOf(persona)) {
    const decisions: unknown = fragment.decides(fragment.values as never);
    for (const [topic, value] of Object.entries(isRecord(decisions) ? decisions : {})) {
      const by = `fragment "${fragment.id}" of persona "${persona.id}"`;
      if (isDecision(value) && !decided.has(topic)) decided.set(topic, { value, by });
    }
  }
  for (const [topic, value] of Object.entries(persona.decides)) {
    decided.set(topic, { value, by: `persona "${persona.id}"` });
  }
  return decided;
}

/** Settings that say what a persona may do. */
type Rights = Pick<PersonaData, "tools" | "mcpServers" | (typeof BY_TARGET)[number]>;

/** Settings in the words of single targets; any of them may be a restriction. */
const BY_TARGET = ["exactTools", "uncheckedTools", "substitutions", "fields", "uncheckedFields"] as const;

/**
 * Files what a persona would be allowed, or would lack, without a word of its own: nothing is granted in silence. `said` is what
 * it was defined or extended with.
 */
export function checkRights(
  issues: Issues,
  personas: readonly PersonaData[],
  rights: Rights,
  said: { readonly [Name in keyof Rights]?: unknown },
): void {
  if (said.tools === undefined) checkTools(issues, personas, rights);
  if (said.mcpServers === undefined) checkServers(issues, personas, rights);
  for (const name of BY_TARGET) {
    if (said[name] !== undefined) continue;
    for (const { id, [name]: settings } of personas) {
      for (const [target, value] of Object.entries(settings ?? {})) {
        if (isSame(value, own<unknown>(rights[name], target))) continue;
        const problem = `persona "${id}" sets ${name} for ${target}; this one does not`;
        const same = JSON.stringify({ [target]: value });
        issues.add("unsaid-rights", problem, `Say the same, ${name}: ${same}, or that there are none, ${name}: {}.`);
      }
    }
  }
}

function checkTools(issues: Issues, personas: readonly PersonaData[], { tools }: Rights): void {
  const mayUse = ({ tools: own = CAPABILITIES }: Pick<PersonaData, "tools">) => own;
  const restricted = personas.filter((each) => each.tools !== undefined);
  const wider = restricted.filter((each) => (tools ?? CAPABILITIES).some((tool) => !mayUse(each).includes(tool)));
  if (wider.length === 0) return;
  const shared = CAPABILITIES.filter((tool) => restricted.every((each) => mayUse(each).includes(tool)));
  const names = wider.map((each) => `persona "${each.id}" may only ${mayUse(each).join(", ")}`).join("; ");
  const such = shared.length === 0 ? "" : `, such as tools: ${JSON.stringify(shared).replaceAll(",", ", ")}`;
  issues.add("unsaid-rights", `${names}; this one would be allowed more`, `Say what it may do${such}.`);
}

function checkServers(issues: Issues, personas: readonly PersonaData[], { mcpServers }: Rights): void {
  const servers = [...new Set(personas.flatMap((each) => each.mcpServers))];
  if (servers.every((server) => mcpServers.includes(server))) return;
  const names = personas.flatMap((each) => (each.mcpServers.length === 0 ? [] : [`"${each.id}"`])).join(", ");
  const hint = `Say which ones it may use: mcpServers: ${JSON.stringify(servers).replaceAll(",", ", ")}.`;
  issues.add("unsaid-rights", `the text of persona ${names} relies on MCP servers that this one does not name`, hint);
}
