import type { $ZodType, output } from "zod/v4/core";
import type { ListStyle, SchemaVersion } from "../entries/kind.ts";
import type { EntrySource } from "../entries/kinds.ts";

/** A fragment's parameters: zod schemas by name, each with a default that the schema itself accepts: no transforms. */
export type ParamShape = { readonly [name: string]: $ZodType };

/** What a decision may be. Two fragments agree on a topic when their values are equal. */
export type DecisionValue = string | number | boolean;

/** Decisions by topic: `{ "testing.coverage": 80 }`. */
export type Decisions = { readonly [topic: string]: DecisionValue };

/**
 * A topic's rules, with an id each and parameters where teams differ. Plain data but for its functions of parameters.
 * `Renamed` has the old names of its rules, `Formerly` those of the fragment itself.
 */
export interface Fragment<
  Id extends string,
  Rules,
  Params,
  Renamed = Record<never, never>,
  Formerly extends string = never,
> {
  readonly kind: "fragment";
  /** The lowest version of the model that can read it, as far as it shows without its parameters. */
  readonly schemaVersion: SchemaVersion;
  readonly id: Id;
  /** The version of the fragment's package; absent for a persona's own section. */
  readonly version?: string;
  /** Empty: its text stands without a heading. */
  readonly title: string;
  /** Of the heading, where it is not 2. */
  readonly depth?: number;
  /** Blank lines above the heading, where they are not 1. */
  readonly blank?: number;
  /** Blank lines above each entry that does not say its own, where they are not 1. */
  readonly blankWithin?: number;
  /** Set: the heading stays where nothing stands under it. */
  readonly keep?: boolean;
  readonly summary: string;
  readonly list: ListStyle;
  readonly params: ParamShape;
  /** The values in force: defaults, and what `with` has set. */
  readonly values: Params;
  readonly rules: { readonly [Rule in keyof Rules]-?: EntrySource<Params> };
  /** The declarations of the rules, all optional as in an edit, for types only. */
  readonly "~rules"?: Rules;
  /** The names that rules had before, with the names that they have now. */
  readonly renamed?: { readonly [Old in keyof Renamed]: string };
  /** The ids that the fragment had before. */
  readonly formerly?: readonly Formerly[];
  readonly decides: (params: Params) => Decisions;
  /** The persona that a section belongs to. Set when a persona takes in a fragment that has no version of its own. */
  readonly home?: { readonly id: string; readonly version?: string };
  /** The same fragment with other parameter values. Throws on an unknown parameter or a value its schema refuses. */
  with(values: Partial<Params>): this;
}

/** Any fragment, whatever its ids and parameters. */
export interface AnyFragment
  extends Omit<Fragment<string, object, never, object, string>, "rules" | "values" | "decides" | "with" | "renamed"> {
  readonly renamed?: { readonly [old: string]: string };
  readonly values: object;
  readonly rules: { readonly [rule: string]: EntrySource<never> };
  decides(params: never): Decisions;
  with(values: object): this;
}

/**
 * For `export interface TestingStandards extends Named<typeof fragment> {}`: a short name in hovers and declarations.
 * Without it, the declarations of a persona copy every rule id of the fragment version that it was built with.
 */
export type Named<Type> = Type;

/** The parameter values of a shape. */
export type ParamValues<Shape extends ParamShape> = { readonly [Name in keyof Shape]: output<Shape[Name]> };

/** What `defineFragment` takes. Key order in `rules` is document order. */
export interface FragmentSpec<
  Id extends string,
  Rules,
  Shape extends ParamShape,
  Renamed = Record<never, never>,
  Formerly extends string = never,
> {
  /** kebab-case, equal to the package's name without its scope. */
  readonly id: Id;
  /** The package's version: `import manifest from "./package.json"` and pass `manifest.version`. */
  readonly version?: string;
  /** The heading in the compiled document; `false` for text without one. */
  readonly title: string | false;
  /** How deep the heading is, from 1 to 6. Default: 2. */
  readonly depth?: 1 | 2 | 3 | 4 | 5 | 6;
  /** The blank lines above the heading. Default: 1. */
  readonly blank?: number;
  /** The blank lines above each entry that does not say its own; none stand between the items of a list. Default: 1. */
  readonly blankWithin?: number;
  /** Keeps the heading where nothing stands under it: there are no rules, or all were dropped. Default: it goes with them. */
  readonly keep?: boolean;
  /** One sentence: what the fragment covers and when to choose it. */
  readonly summary: string;
  /** Default: bullets. */
  readonly list?: ListStyle;
  /** Every schema needs a default, so that the fragment compiles as it stands. */
  readonly params?: Shape;
  /** Ids are camelCase. */
  readonly rules: { readonly [Rule in keyof Rules]: EntrySource<ParamValues<Shape>> };
  /** The names that rules had before, with the names that they have now. Patches with an old name still work, with a warning. */
  readonly renamed?: { readonly [Old in keyof Renamed]: (keyof NoInfer<Rules> | keyof NoInfer<Renamed>) & string };
  /** The ids that the fragment had before. Patches with an old id still work, with a warning. */
  readonly formerly?: readonly Formerly[];
  /** The topics that this fragment settles. */
  readonly decides?: (params: ParamValues<Shape>) => Decisions;
}
