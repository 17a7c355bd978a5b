import type { Drop, EntrySource } from "./entry.ts";
import { type Issue, isRecord, PersonaKitError, textIssues, throwIssues, unknownKeys, unknownName } from "./errors.ts";
import type { AnyFragment, Decisions, Fragment } from "./fragment.ts";
import { KEBAB_CASE } from "./names.ts";
import { applyPatch } from "./patch.ts";

/** What an agent may do, in no tool's words; each target maps it to its own. */
export type Capability = (typeof CAPABILITIES)[number];

/** Every capability there is. */
export const CAPABILITIES = ["read", "search", "edit", "shell", "web", "spawn"] as const;

/** How strong a model the work needs, in no vendor's words; each target maps it to its own. */
export type ModelTier = (typeof MODEL_TIERS)[number];

/** Every tier there is. */
export const MODEL_TIERS = ["fast", "balanced", "deep"] as const;

/** A tier, and exact model ids for the targets that should not choose by it. */
export interface ModelChoice {
  readonly tier?: ModelTier;
  /** By target id, in that tool's own words: `{ "opencode-agent": "anthropic/claude-sonnet-4-5" }`. */
  readonly exact: { readonly [target: string]: string };
}

/** The colours that tools know. */
export type Color = (typeof COLORS)[number];

/** Every colour there is. */
export const COLORS = ["red", "blue", "green", "yellow", "purple", "orange", "pink", "cyan"] as const;

/** What a persona asks of the tool that runs it, in no tool's words. */
export interface Choices {
  /** Absent: the tool's own default. */
  readonly model?: ModelTier | ModelChoice;
  readonly color?: Color;
  /** Globs of the files that the persona is for, where a tool loads it by file. Absent: all files. */
  readonly paths?: readonly string[];
}

/** What shows, in a repository, that a persona is for it. */
export interface Signs {
  /** Names of npm packages that the project depends on; `*` at the end stands for any ending. */
  readonly dependencies?: readonly string[];
  /** Files and folders at its root. */
  readonly files?: readonly string[];
}

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

/** What a user changed in one rule, and in which persona. */
export interface Edit {
  readonly change: Drop | EntrySource<never>;
  readonly by: string;
}

/** Something that a user has taken out of a persona. */
export interface Dropped {
  /** `fragment/rule`, `fragment` for a whole one, `ref:id` for a reference. */
  readonly path: string;
  readonly reason: string;
  readonly by: string;
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
export interface PersonaData extends Choices {
  readonly kind: "persona";
  readonly schemaVersion: 1;
  readonly id: string;
  readonly version?: string;
  readonly title: string;
  readonly description: Description;
  readonly role: string;
  readonly tools?: readonly Capability[];
  readonly mcpServers: readonly string[];
  readonly decides: Decisions;
  readonly use: readonly AnyFragment[];
  readonly references: readonly Reference[];
  /** By fragment, then by rule; the latest persona has the last word. */
  readonly edits: { readonly [fragment: string]: { readonly [rule: string]: Edit } };
  readonly additions: readonly Addition[];
  /** Whole fragments and references. */
  readonly dropped: readonly Dropped[];
  readonly suits?: Signs;
  /** The nearest published persona that it was made from. */
  readonly extends?: { readonly id: string; readonly version: string };
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
    Item extends AnyFragment | Placed<Used["id"]> = never,
    NewRefs extends References = Record<never, never>,
  >(
    patch: Patch<Id, Used, RefId, Added, Item, NewRefs>,
  ): Persona<Used | FragmentIn<Item> | Own<Id, Added> | UsedBy<NewRefs>, RefId | (keyof NewRefs & string)>;
}

/** References by id. */
export type References = { readonly [id: string]: ReferenceSpec };

/** The fragments of all references. */
export type UsedBy<Refs extends References> = Refs[keyof Refs]["use"][number];

/** The rules that `addRules` brings, as a fragment named after the persona that brings them. */
export type Own<Id extends string, Added extends string> = [Added] extends [never]
  ? never
  : Fragment<Id, { [Rule in Added]?: unknown }, Record<string, never>>;

/** What `definePersona` takes. */
export interface PersonaSpec<Id extends string, Used extends AnyFragment, Refs extends References> extends Choices {
  /** kebab-case, at most 64 characters (Agent Skills specification, `name`); the name under which tools list the persona. */
  readonly id: Id;
  /** The package's version: `import manifest from "./package.json"` and pass `manifest.version`. */
  readonly version?: string;
  /** The heading of the compiled document. */
  readonly title: string;
  readonly description: Description;
  /** Who speaks and what for, in a sentence or two. */
  readonly role: string;
  /** A restriction to these capabilities. Absent: whatever the tool grants. */
  readonly tools?: readonly Capability[];
  /** MCP servers that the text relies on. */
  readonly mcpServers?: readonly string[];
  /** Settles topics that its fragments decide differently. */
  readonly decides?: Decisions;
  /** Fragments and own sections, in document order. */
  readonly use: readonly Used[];
  readonly references?: Refs;
  /** The projects that it is for, so that `personakit init` can propose it. Absent: any project. */
  readonly suits?: Signs;
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
    // Without the declared rules, an editor on TypeScript 7.0 shows no rule's text (microsoft/typescript-go#3659).
    | ({
        readonly [Rule in keyof FragmentOf<Used, Id>["rules"]]?: Drop | EntrySource<FragmentOf<Used, Id>["values"]>;
      } & NonNullable<FragmentOf<Used, Id>["~rules"]>);
};

/** `fragment/rule` for every rule of every fragment. */
export type RulePath<Used extends AnyFragment> = Used extends AnyFragment ? `${Used["id"]}/${RuleIds<Used>}` : never;

/** One place: after a name or before it, not both. */
export type Anchor<Name extends string> =
  | { readonly after: Name; readonly before?: never }
  | { readonly before: Name; readonly after?: never };

/** A fragment next to another. */
export type Placed<Name extends string> = Anchor<Name> & { readonly fragment: AnyFragment };

/** The fragment of an item of `use`, placed or not. */
export type FragmentIn<Item> = Item extends { readonly fragment: infer Used extends AnyFragment }
  ? Used
  : Extract<Item, AnyFragment>;

/** What a user changes in an existing persona. */
export interface Patch<
  Id extends string,
  Used extends AnyFragment,
  RefId extends string,
  Added extends string,
  Item,
  NewRefs extends References,
> extends Choices {
  /** The new persona's name. */
  readonly id: Id;
  readonly version?: string;
  readonly title?: string;
  readonly description?: Partial<Description>;
  readonly role?: string;
  /** Adds to a restriction, or takes from it. On a persona without one, `remove` starts from all capabilities. */
  readonly tools?: { readonly add?: readonly Capability[]; readonly remove?: readonly Capability[] };
  readonly mcpServers?: readonly string[];
  readonly decides?: Decisions;
  readonly params?: ParamEdits<Used>;
  readonly rules?: RuleEdits<Used>;
  /** New rules next to existing ones, among those of their strength. */
  readonly addRules?: {
    readonly [Rule in Added]: Anchor<RulePath<Used>> & { readonly rule: EntrySource<Record<string, never>> };
  };
  /** More fragments or sections: at the end, or next to a fragment. */
  readonly use?: readonly Item[];
  /** New references, and those to take out, each with its reason. */
  readonly references?: { readonly add?: NewRefs; readonly drop?: { readonly [Ref in RefId]?: string } };
}

/** Defines a persona. Throws on an invalid id, an empty text, a fragment used twice, and a reference without fragments. */
export function definePersona<
  const Id extends string,
  Used extends AnyFragment,
  const Refs extends References = Record<never, never>,
>(spec: PersonaSpec<Id, Used, Refs>): Persona<Used | UsedBy<Refs>, keyof Refs & string> {
  if (!isRecord(spec)) throw new PersonaKitError([{ place: "definePersona", problem: "there is nothing to define" }]);
  const place = `persona "${spec.id}"`;
  const references: [string, ReferenceSpec][] = isRecord(spec.references) ? Object.entries(spec.references) : [];
  const records = { references: spec.references, decides: spec.decides };
  throwIssues([
    ...unknownKeys(place, spec, SPEC_KEYS),
    ...Object.entries(records)
      .filter(([, value]) => value !== undefined && !isRecord(value))
      .map(([name]) => ({ place: `${place}, ${name}`, problem: "this is not an object" })),
    ...useIssues(place, spec.use),
    ...references.flatMap(([id, reference]) => referenceIssues(`${place}, reference "${id}"`, reference)),
  ]);
  return makePersona({
    kind: "persona",
    schemaVersion: 1,
    ...spec,
    mcpServers: spec.mcpServers ?? [],
    decides: spec.decides ?? {},
    references: references.map(([id, { title, when, use }]) => ({ id, title, when, use })),
    edits: {},
    additions: [],
    dropped: [],
  }) as never;
}

const SPEC_KEYS = [
  ...["id", "version", "title", "description", "role", "model", "tools", "mcpServers", "color", "paths"],
  ...["decides", "use", "references", "suits"],
];
const DESCRIPTION_KEYS = ["does", "when", "triggers", "notFor", "examples"];
const REFERENCE_KEYS = ["title", "when", "use"];
const SIGN_KEYS = ["dependencies", "files"];

/** All fragments of a persona: those of its body, of its references, and the ones that own added rules. */
export function fragmentsOf(data: PersonaData): AnyFragment[] {
  const owners = new Map(data.additions.map(({ owner }) => [owner.id, owner]));
  return [...data.use, ...data.references.flatMap((reference) => reference.use), ...owners.values()];
}

/** What is wrong with a list of fragments. */
export function useIssues(place: string, use: unknown): Issue[] {
  if (!Array.isArray(use)) return [{ place, problem: "use is not a list of fragments" }];
  return use.flatMap((fragment: unknown, index) => {
    if (isRecord(fragment) && fragment.kind === "fragment") return [];
    const hint = "Is it imported, and is the import spelt right?";
    return [{ place: `${place}, use[${index}]`, problem: "this is not a fragment", hint }];
  });
}

/** What is wrong with a reference. */
export function referenceIssues(place: string, reference: unknown): Issue[] {
  if (!isRecord(reference))
    return [{ place, problem: "this is not a reference", hint: "Expected { title, when, use }." }];
  const { title, when, use } = reference;
  const empty = Array.isArray(use) && use.length === 0 ? [{ place, problem: "there is nothing in it" }] : [];
  return [
    ...unknownKeys(place, reference, REFERENCE_KEYS),
    ...textIssues(place, { title, when }),
    ...useIssues(place, use),
    ...empty,
  ];
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

/** Names that Windows keeps for devices: no file can have them. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

function personaIssues(data: PersonaData): Issue[] {
  const place = `persona "${data.id}"`;
  const issues: Issue[] = textIssues(place, { title: data.title, role: data.role });
  if (
    typeof data.id !== "string" ||
    !KEBAB_CASE.test(data.id) ||
    data.id.length > MAX_NAME ||
    DEVICE_NAME.test(data.id)
  ) {
    issues.push({
      place,
      problem: "the id is not a valid name",
      hint: `Expected kebab-case of at most ${MAX_NAME} characters, such as "backend-developer".`,
    });
  }
  if (data.version !== undefined) issues.push(...textIssues(place, { version: data.version }));
  issues.push(...descriptionIssues(place, data.description), ...choiceIssues(place, data));
  if (data.suits !== undefined) issues.push(...signIssues(`${place}, suits`, data.suits));
  const seen = new Set<string>();
  for (const { id } of fragmentsOf(data)) {
    if (seen.has(id)) issues.push({ place, problem: `fragment "${id}" is used twice` });
    seen.add(id);
  }
  for (const reference of data.references) {
    if (!KEBAB_CASE.test(reference.id)) {
      issues.push({ place: `${place}, reference "${reference.id}"`, problem: "the id is not kebab-case" });
    }
  }
  return issues;
}

function descriptionIssues(place: string, description: unknown): Issue[] {
  if (!isRecord(description)) return [{ place, problem: "the description is missing" }];
  const { does, when, notFor, triggers = [], examples = [] } = description;
  const issues = [
    ...unknownKeys(`${place}, description`, description, DESCRIPTION_KEYS),
    ...textIssues(place, { "description.does": does, "description.when": when }),
  ];
  if (typeof notFor !== "string") issues.push({ place, problem: "description.notFor is missing" });
  if (!isNames(triggers, /\S/)) issues.push({ place, problem: "description.triggers is not a list of texts" });
  if (!Array.isArray(examples)) issues.push({ place, problem: "description.examples is not a list" });
  for (const [index, example] of (Array.isArray(examples) ? examples : []).entries()) {
    const { context, user, assistant, commentary } = isRecord(example) ? example : {};
    issues.push(...textIssues(`${place}, description.examples[${index}]`, { context, user, assistant, commentary }));
  }
  return issues;
}

function signIssues(place: string, signs: unknown): Issue[] {
  if (!isRecord(signs)) return [{ place, problem: "this is not an object" }];
  const lists = Object.entries(signs).filter(([, names]) => !isNames(names, /\S/));
  return [
    ...unknownKeys(place, signs, SIGN_KEYS),
    ...lists.map(([name]) => ({ place, problem: `${name} is not a list of names` })),
  ];
}

/** What is wrong with the model, the tools, the servers and the colour. */
function choiceIssues(place: string, { model, tools, mcpServers, color, paths }: PersonaData): Issue[] {
  const issues: Issue[] = [];
  const tier = isRecord(model) ? model.tier : model;
  if (tier !== undefined && !MODEL_TIERS.includes(tier as ModelTier)) {
    issues.push(unknownName(`${place}, model`, "tier", String(tier), MODEL_TIERS));
  }
  if (isRecord(model) && (!isRecord(model.exact) || !isNames(Object.values(model.exact), /\S/))) {
    issues.push({
      place: `${place}, model`,
      problem: "exact does not name models by target",
      hint: 'Expected { exact: { "target-id": "model-id" } }.',
    });
  }
  if (color !== undefined && !COLORS.includes(color)) issues.push(unknownName(place, "colour", String(color), COLORS));
  if (tools !== undefined && (!Array.isArray(tools) || tools.length === 0)) {
    issues.push({ place, problem: "tools is empty", hint: "Leave it out to grant what the tool grants by itself." });
  }
  for (const tool of Array.isArray(tools) ? tools : []) issues.push(...capabilityIssues(`${place}, tools`, tool));
  if (!isNames(mcpServers, /^[\w-]+$/)) {
    issues.push({ place, problem: "mcpServers is not a list of names", hint: 'Expected names such as ["context7"].' });
  }
  if (paths !== undefined && (!isNames(paths, /^[^\s,'"]+$/) || paths.length === 0)) {
    issues.push({ place, problem: "paths is not a list of globs", hint: 'Expected globs such as ["src/api/**"].' });
  }
  return issues;
}

/** An issue for a capability that there is not. */
export function capabilityIssues(place: string, tool: unknown): Issue[] {
  if (CAPABILITIES.includes(tool as Capability)) return [];
  return [unknownName(place, "capability", String(tool), CAPABILITIES)];
}

function isNames(value: unknown, form: RegExp): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === "string" && form.test(name));
}
