import type { Drop, EntrySource } from "./entry.ts";
import { type Issue, throwIssues, unknownName } from "./errors.ts";
import type { AnyFragment, Decisions, Fragment } from "./fragment.ts";
import { KEBAB_CASE } from "./names.ts";
import { applyPatch } from "./patch.ts";

/** What an agent may do, in no tool's words; each target maps it to its own. */
export type Capability = (typeof CAPABILITIES)[number];

/** Every capability there is. */
export const CAPABILITIES = ["read", "search", "edit", "shell", "web", "spawn"] as const;

/** How strong a model the work needs, in no vendor's words; each target maps it to its own. */
export type ModelTier = "fast" | "balanced" | "deep";

/** The colours that tools know. */
export type Color = "red" | "blue" | "green" | "yellow" | "purple" | "orange" | "pink" | "cyan";

/** A conversation that shows when a persona is the right one. */
export interface DescriptionExample {
  readonly context: string;
  readonly user: string;
  readonly assistant: string;
  readonly commentary: string;
}

/** How a tool decides to call the persona. Compiled to one text: does, when, triggers, notFor, examples. */
export interface Description {
  /** What it does, in one sentence. */
  readonly does: string;
  /** When to use it, as sentences. */
  readonly when: string;
  /** Words in a request that call for it. */
  readonly triggers?: readonly string[];
  /** When not to use it, and what to use instead, as sentences. */
  readonly notFor: string;
  readonly examples?: readonly DescriptionExample[];
}

/** A longer document that the persona reads on demand. Link to it with `[title](ref:id)`. */
export interface ReferenceSpec<Used extends AnyFragment = AnyFragment> {
  readonly title: string;
  /** Completes "Read it when ...": the moment at which the document is worth its tokens. */
  readonly when: string;
  readonly use: readonly Used[];
}

/** What a user changed in one rule, or in a whole fragment, and in which persona. */
export interface Edit<Change = Drop | EntrySource<never>> {
  readonly change: Change;
  readonly by: string;
}

/** What users changed in a fragment. */
export interface FragmentEdits {
  /** Set when the whole fragment was taken out. */
  readonly dropped?: Edit<Drop>;
  readonly rules: { readonly [rule: string]: Edit };
}

/** A rule that a user added next to another. */
export interface Addition {
  readonly side: "after" | "before";
  /** `fragment/rule` */
  readonly anchor: string;
  /** The fragment that owns the rule, so that the next persona can edit it. */
  readonly owner: AnyFragment;
  readonly rule: string;
}

/** A reference with its fragments. */
export interface Reference {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly use: readonly AnyFragment[];
}

/** A persona's data: what it was defined with, and what its users have changed since. */
export interface PersonaData {
  readonly kind: "persona";
  readonly schemaVersion: 1;
  readonly id: string;
  readonly version?: string;
  readonly title: string;
  readonly description: Description;
  readonly role: string;
  readonly model?: ModelTier;
  readonly tools?: readonly Capability[];
  readonly mcpServers: readonly string[];
  readonly color?: Color;
  readonly decides: Decisions;
  readonly use: readonly AnyFragment[];
  readonly references: readonly Reference[];
  /** By fragment; the latest persona has the last word. */
  readonly edits: { readonly [fragment: string]: FragmentEdits };
  readonly additions: readonly Addition[];
}

/** A compilable persona. `Used` is the union of its fragments, which types what `extend` may touch. */
export interface Persona<Used extends AnyFragment = AnyFragment, RefId extends string = string> extends PersonaData {
  /** Fragments by id, for types only. */
  readonly "~contract"?: { readonly fragments: Used; readonly references: RefId };
  /**
   * A new persona with a user's changes; this one stays as it is.
   * Throws on an unknown fragment, rule, parameter, reference or anchor, on two anchors, and on a drop without a reason.
   */
  extend<
    const Id extends string,
    Added extends string = never,
    More extends AnyFragment = never,
    NewRefs extends References = Record<never, never>,
  >(
    patch: Patch<Id, Used, RefId, Added, More, NewRefs>,
  ): Persona<Used | More | Own<Id, Added> | UsedBy<NewRefs>, RefId | (keyof NewRefs & string)>;
}

/** References by id. */
export type References = { readonly [id: string]: ReferenceSpec };

/** The fragments of all references. */
export type UsedBy<Refs extends References> = Refs[keyof Refs]["use"][number];

/** The rules that `addRules` brings, as a fragment named after the persona that brings them. */
export type Own<Id extends string, Added extends string> = [Added] extends [never]
  ? never
  : Fragment<Id, Added, Record<string, never>>;

/** What `definePersona` takes. */
export interface PersonaSpec<Id extends string, Used extends AnyFragment, Refs extends References> {
  /** kebab-case, at most 64 characters (Agent Skills specification, `name`); the name under which tools list the persona. */
  readonly id: Id;
  /** The package's version: `import manifest from "./package.json"` and pass `manifest.version`. */
  readonly version?: string;
  /** The heading of the compiled document. */
  readonly title: string;
  readonly description: Description;
  /** Who speaks and what for, in a sentence or two. */
  readonly role: string;
  /** Absent: the tool's own default. */
  readonly model?: ModelTier;
  /** A restriction to these capabilities. Absent: whatever the tool grants. */
  readonly tools?: readonly Capability[];
  /** MCP servers that the text relies on. */
  readonly mcpServers?: readonly string[];
  readonly color?: Color;
  /** Settles topics that its fragments decide differently. */
  readonly decides?: Decisions;
  /** Fragments and own sections, in document order. */
  readonly use: readonly Used[];
  readonly references?: Refs;
}

type FragmentOf<Used extends AnyFragment, Id extends string> = Extract<Used, { readonly id: Id }>;

/** The ids of a fragment's rules. */
export type RuleIds<Used extends AnyFragment> = keyof Used["rules"] & string;

/** New values for a fragment's parameters. */
export type ParamEdits<Used extends AnyFragment> = {
  readonly [Id in Used["id"]]?: Partial<FragmentOf<Used, Id>["values"]>;
};

/** Changes by fragment, then by rule: another text, or `drop(reason)`; `drop(reason)` for a whole fragment. */
export type RuleEdits<Used extends AnyFragment> = {
  readonly [Id in Used["id"]]?:
    | Drop
    | {
        readonly [Rule in RuleIds<FragmentOf<Used, Id>>]?: Drop | EntrySource<FragmentOf<Used, Id>["values"]>;
      };
};

/** `fragment/rule` for every rule of every fragment. */
export type RulePath<Used extends AnyFragment> = Used extends AnyFragment ? `${Used["id"]}/${RuleIds<Used>}` : never;

/** One place: after a name or before it, not both. */
export type Anchor<Name extends string> =
  | { readonly after: Name; readonly before?: never }
  | { readonly before: Name; readonly after?: never };

/** What a user changes in an existing persona. */
export interface Patch<
  Id extends string,
  Used extends AnyFragment,
  RefId extends string,
  Added extends string,
  More extends AnyFragment,
  NewRefs extends References,
> {
  /** The new persona's name. */
  readonly id: Id;
  readonly version?: string;
  readonly title?: string;
  readonly description?: Partial<Description>;
  readonly role?: string;
  readonly model?: ModelTier;
  /** Adds to a restriction, or takes from it. On a persona without one, `remove` starts from all capabilities. */
  readonly tools?: { readonly add?: readonly Capability[]; readonly remove?: readonly Capability[] };
  readonly mcpServers?: readonly string[];
  readonly color?: Color;
  readonly decides?: Decisions;
  readonly params?: ParamEdits<Used>;
  readonly rules?: RuleEdits<Used>;
  /** New rules next to existing ones, among those of their strength. */
  readonly addRules?: {
    readonly [Rule in Added]: Anchor<RulePath<Used>> & { readonly rule: EntrySource<Record<string, never>> };
  };
  /** More fragments or sections: at the end, or next to a fragment. */
  readonly use?: readonly (More | (Anchor<Used["id"]> & { readonly fragment: More }))[];
  /** New references, and those to take out, each with its reason. */
  readonly references?: { readonly add?: NewRefs; readonly drop?: { readonly [Ref in RefId]?: string } };
}

/** Defines a persona. Throws on an invalid id, an empty text, a fragment used twice, and a reference without fragments. */
export function definePersona<
  const Id extends string,
  Used extends AnyFragment,
  const Refs extends References = Record<never, never>,
>(spec: PersonaSpec<Id, Used, Refs>): Persona<Used | UsedBy<Refs>, keyof Refs & string> {
  const references: [string, ReferenceSpec][] = Object.entries(spec.references ?? {});
  return makePersona({
    kind: "persona",
    schemaVersion: 1,
    ...spec,
    mcpServers: spec.mcpServers ?? [],
    decides: spec.decides ?? {},
    references: references.map(([id, { title, when, use }]) => ({ id, title, when, use })),
    edits: {},
    additions: [],
  }) as never;
}

/** All fragments of a persona: those of its body, of its references, and the ones that own added rules. */
export function fragmentsOf(data: PersonaData): AnyFragment[] {
  const owners = data.additions.map((addition) => addition.owner);
  return [...data.use, ...data.references.flatMap((reference) => reference.use), ...new Set(owners)];
}

/** Checks persona data and adds `extend`. A closure, so that personas of another copy of this package work alike. */
function makePersona(data: PersonaData): PersonaData {
  throwIssues(personaIssues(data));
  const home = { id: data.id, ...(data.version === undefined ? {} : { version: data.version }) };
  const settle = (fragment: AnyFragment) =>
    fragment.version === undefined && fragment.home === undefined ? { ...fragment, home } : fragment;
  const settled = {
    ...data,
    use: data.use.map(settle),
    references: data.references.map((reference) => ({ ...reference, use: reference.use.map(settle) })),
    additions: data.additions.map((addition) => ({ ...addition, owner: settle(addition.owner) })),
  };
  return { ...settled, extend: (patch: never) => makePersona(applyPatch(settled, patch)) } as PersonaData;
}

/** The longest name that the Agent Skills specification allows, in characters. */
const MAX_NAME = 64;

function personaIssues(data: PersonaData): Issue[] {
  const place = `persona "${data.id}"`;
  const issues: Issue[] = [];
  if (!KEBAB_CASE.test(data.id) || data.id.length > MAX_NAME) {
    issues.push({
      place,
      problem: "the id is not a valid name",
      hint: `Expected kebab-case of at most ${MAX_NAME} characters, such as "backend-developer".`,
    });
  }
  const texts: Record<string, unknown> = { title: data.title, role: data.role };
  if (data.description === undefined) issues.push({ place, problem: "the description is missing" });
  else {
    const { does, when, notFor } = data.description;
    Object.assign(texts, { "description.does": does, "description.when": when });
    if (typeof notFor !== "string") issues.push({ place, problem: "description.notFor is missing" });
  }
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text !== "string" || text.trim() === "") issues.push({ place, problem: `${name} is missing or empty` });
  }
  if (data.tools?.length === 0) {
    issues.push({ place, problem: "tools is empty", hint: "Leave it out to grant what the tool grants by itself." });
  }
  for (const tool of data.tools ?? []) {
    if (!CAPABILITIES.includes(tool)) issues.push(unknownName(`${place}, tools`, "capability", tool, CAPABILITIES));
  }
  const seen = new Set<string>();
  for (const { id } of fragmentsOf(data)) {
    if (seen.has(id)) issues.push({ place, problem: `fragment "${id}" is used twice` });
    seen.add(id);
  }
  for (const reference of data.references) {
    if (!KEBAB_CASE.test(reference.id)) {
      issues.push({ place: `${place}, reference "${reference.id}"`, problem: "the id is not kebab-case" });
    }
    if (reference.use.length === 0) {
      issues.push({ place: `${place}, reference "${reference.id}"`, problem: "there is nothing in it" });
    }
  }
  return issues;
}
