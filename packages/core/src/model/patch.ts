import type { Drop, EntrySource } from "../entries/kinds.ts";
import type { Wording } from "../phrases/wording.ts";
import type { FieldEdits, SubstitutionsByTarget, ToolsByTarget, UncheckedFieldEdits } from "./fields.ts";
import type { AnyFragment, Decisions, Fragment } from "./fragment.ts";
import type {
  AnyPersona,
  Capability,
  Description,
  FragmentIn,
  PersonaData,
  ReferenceIn,
  References,
  ToolSettings,
  UsedBy,
} from "./persona.ts";

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
    Item extends AnyFragment | AnyPersona | Placed<FragmentIds<Used>> = never,
    NewRefs extends References = Record<never, never>,
    Edited extends string = never,
  >(
    patch: Patch<Id, Used, RefId, Added, Item, NewRefs, Edited>,
  ): Persona<
    Used | FragmentIn<Item> | AddedRules<Id, Added> | UsedBy<NewRefs>,
    RefId | ReferenceIn<Item> | (keyof NewRefs & string)
  >;
}

/** The rules that `addRules` brings, as a fragment named after the persona that brings them. */
export type AddedRules<Id extends string, Added extends string> = [Added] extends [never]
  ? never
  : Fragment<Id, { [Rule in Added]?: unknown }, Record<string, never>>;

type FragmentOf<Used extends AnyFragment, Id extends string> = Extract<Used, { readonly id: Id }>;

/** The names that a fragment's rules had before. */
type OldRules<Used extends AnyFragment> = NonNullable<Used["renamed"]>;

/** The ids of a fragment's rules, and those that they had before. */
export type RuleIds<Used extends AnyFragment> = (keyof Used["rules"] | keyof OldRules<Used>) & string;

/** The ids that fragments had before. */
type OldIds<Used extends AnyFragment> = NonNullable<Used["formerly"]>[number];

/** Those of one fragment that no other has now. */
type OldIdsOf<Each extends AnyFragment, Used extends AnyFragment> = Exclude<OldIds<Each>, Used["id"]>;

/** The ids of fragments, and those that they had before. */
export type FragmentIds<Used extends AnyFragment> = Used["id"] | OldIds<Used>;

/** New values for a fragment's parameters. */
export type ParamEdits<Used extends AnyFragment> = {
  readonly [Id in Used["id"]]?: Partial<FragmentOf<Used, Id>["values"]>;
} & ([OldIds<Used>] extends [never]
  ? unknown
  : { readonly [Each in Used as OldIdsOf<Each, Used>]?: Partial<Each["values"]> });

/** Changes by fragment, then by rule: another text, or `drop(reason)`; `drop(reason)` for a whole fragment. */
export type RuleEdits<Used extends AnyFragment> = {
  readonly [Id in Used["id"]]?: FragmentEdits<FragmentOf<Used, Id>>;
} & ([OldIds<Used>] extends [never]
  ? unknown
  : { readonly [Each in Used as OldIdsOf<Each, Used>]?: FragmentEdits<Each> });

/** Changes of one fragment. Not a union where it can be helped: compilers suggest the nearest rule of a single object only. */
type FragmentEdits<Edited extends AnyFragment> = [RuleIds<Edited> & keyof Drop] extends [never]
  ? EditsByRule<Edited> & Pick<Drop, "~drop">
  : EditsByRule<Edited> | Drop;

// Without the declared rules, an editor on TypeScript 7.0 shows no rule's text (microsoft/typescript-go#3659).
type EditsByRule<Edited extends AnyFragment> = {
  readonly [Rule in keyof Edited["rules"]]?: Drop | EntrySource<Edited["values"]>;
} & NonNullable<Edited["~rules"]> &
  // An object without keys would take anything.
  ([keyof OldRules<Edited>] extends [never]
    ? unknown
    : { readonly [Old in keyof OldRules<Edited>]?: Drop | EntrySource<Edited["values"]> });

/** Takes any value for a known name. For another, the error names the nearest: compilers suggest none for a name in quotes. */
type Spelt<Name extends string, Known extends string> = {
  readonly [Each in Name]?: string extends Each ? unknown : Each extends Known ? unknown : DidYouMean<Each, Known>;
};

type DidYouMean<Name extends string, Known extends string> = `Did you mean "${Nearest<Name, Known>}"?`;

/** The names that begin with as many letters of a misspelt one as any does. */
type Nearest<
  Rest extends string,
  Known extends string,
  Shared extends string = "",
> = Rest extends `${infer Next}${infer After}`
  ? [Extract<Known, `${Shared}${Next}${string}`>] extends [never]
    ? Known
    : Nearest<After, Extract<Known, `${Shared}${Next}${string}`>, `${Shared}${Next}`>
  : Known;

/** `fragment/rule` for every rule of every fragment, under each name that it has or had. */
export type RulePath<Used extends AnyFragment> = Used extends AnyFragment
  ? `${FragmentIds<Used>}/${RuleIds<Used>}`
  : never;

/** One place: after a name or before it, not both. */
export type Anchor<Name extends string> =
  | { readonly after: Name; readonly before?: never }
  | { readonly before: Name; readonly after?: never };

/** A fragment next to another. */
export type Placed<Name extends string> = Anchor<Name> & { readonly fragment: AnyFragment };

/** What `extend` takes: the changes to an existing persona. */
export interface Patch<
  Id extends string,
  Used extends AnyFragment,
  RefId extends string,
  Added extends string,
  Item,
  NewRefs extends References,
  Edited extends string = never,
> extends ToolSettings,
    Wording {
  /** The new persona's name. */
  readonly id: Id;
  /** The version of the package that publishes the new persona. */
  readonly version?: string;
  /** Another heading, or `false` for none. */
  readonly title?: string | false;
  /** The parts of the description that change. */
  readonly description?: Partial<Description>;
  /** Another role, in one line, or `false` for none. */
  readonly role?: string | false;
  /** Adds to a restriction, or takes from it. On a persona without one, `remove` starts from all capabilities. */
  readonly tools?: { readonly add?: readonly Capability[]; readonly remove?: readonly Capability[] };
  /** The tools of single targets, by the tool's own names. Replaces the list of each target that it names; `null` removes it. */
  readonly exactTools?: { readonly [target: string]: ToolsByTarget[string] | null };
  /** The same for tools that PersonaKit does not know. */
  readonly uncheckedTools?: { readonly [target: string]: ToolsByTarget[string] | null };
  /** What single targets leave for their tool to fill in. Replaces the list of each target that it names; `null` removes it. */
  readonly substitutions?: { readonly [target: string]: SubstitutionsByTarget[string] | null };
  /** More fields that only one tool knows, by target id. `null` takes a field out. */
  readonly fields?: FieldEdits;
  /** More fields that PersonaKit does not know, by target id. `null` takes a field out. */
  readonly uncheckedFields?: UncheckedFieldEdits;
  /** More MCP servers that the text relies on. */
  readonly mcpServers?: readonly string[];
  /** Settles topics that its fragments decide differently, with a value that one of them says. */
  readonly decides?: Decisions;
  /** New values for parameters, by fragment. */
  readonly params?: ParamEdits<Used> & Spelt<Edited, FragmentIds<Used>>;
  /** Other texts for rules, or `drop(reason)`, by fragment and rule; `drop(reason)` takes out a whole fragment. */
  readonly rules?: RuleEdits<Used> & Spelt<Edited, FragmentIds<Used>>;
  /** New rules next to existing ones, among those of their strength. */
  readonly addRules?: {
    readonly [Rule in Added]: Anchor<RulePath<Used>> & { readonly rule: EntrySource<Record<string, never>> };
  };
  /** More fragments, sections or personas: at the end, or a fragment next to another. */
  readonly use?: readonly Item[];
  /** New references, and those to take out, each with its reason. */
  readonly references?: { readonly add?: NewRefs; readonly drop?: { readonly [Ref in RefId]?: string } };
}

/** Any patch, whatever the persona. */
export type AnyPatch = Patch<
  string,
  AnyFragment,
  string,
  string,
  AnyFragment | (Partial<Anchor<string>> & { readonly fragment: AnyFragment }),
  References
>;
