import { type $ZodType, type output, safeParse } from "zod/v4/core";
import { type EntrySource, sourceIssues } from "./entry.ts";
import { type Issue, isRecord, PersonaKitError, textIssues, throwIssues, unknownKeys, unknownName } from "./errors.ts";
import { KEBAB_CASE, RULE_ID } from "./names.ts";

/** A fragment's parameters: zod schemas by name, each with a default that the schema itself accepts: no transforms. */
export type ParamShape = { readonly [name: string]: $ZodType };

/** How a fragment's rules are listed. Steps keep their order; the others put `must` before `should` before `may`. */
export type ListStyle = (typeof LIST_STYLES)[number];

const LIST_STYLES = ["bullets", "checklist", "steps"] as const;

/** What a decision may be. Two fragments agree on a topic when their values are equal. */
export type DecisionValue = string | number | boolean;

/** Decisions by topic: `{ "testing.coverage": 80 }`. */
export type Decisions = { readonly [topic: string]: DecisionValue };

/** A topic's rules, with an id each and parameters where teams differ. Plain data but for its functions of parameters. */
export interface Fragment<Id extends string, Rules, Params> {
  readonly kind: "fragment";
  readonly schemaVersion: 1;
  readonly id: Id;
  /** The version of the fragment's package; absent for a persona's own section. */
  readonly version?: string;
  readonly title: string;
  readonly summary: string;
  readonly list: ListStyle;
  readonly params: ParamShape;
  /** The values in force: defaults, and what `with` has set. */
  readonly values: Params;
  readonly rules: { readonly [Rule in keyof Rules]-?: EntrySource<Params> };
  /** The declarations of the rules, all optional as in an edit, for types only. */
  readonly "~rules"?: Rules;
  readonly decides: (params: Params) => Decisions;
  /** The persona that a section belongs to. Set when a persona takes in a fragment that has no version of its own. */
  readonly home?: { readonly id: string; readonly version?: string };
  /** The same fragment with other parameter values. Throws on an unknown parameter or a value its schema refuses. */
  with(values: Partial<Params>): this;
}

/** Any fragment, whatever its ids and parameters. */
export interface AnyFragment extends Omit<Fragment<string, object, never>, "rules" | "values" | "decides" | "with"> {
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
export interface FragmentSpec<Id extends string, Rules, Shape extends ParamShape> {
  /** kebab-case, equal to the package's name without its scope. */
  readonly id: Id;
  /** The package's version: `import manifest from "./package.json"` and pass `manifest.version`. */
  readonly version?: string;
  /** The heading in the compiled document. */
  readonly title: string;
  /** One sentence: what the fragment covers and when to choose it. */
  readonly summary: string;
  /** Default: bullets. */
  readonly list?: ListStyle;
  /** Every schema needs a default, so that the fragment compiles as it stands. */
  readonly params?: Shape;
  /** Ids are camelCase. */
  readonly rules: { readonly [Rule in keyof Rules]: EntrySource<ParamValues<Shape>> };
  /** The topics that this fragment settles. */
  readonly decides?: (params: ParamValues<Shape>) => Decisions;
}

/** Defines a fragment. Throws on an invalid id, an empty title, summary or rule set, and a parameter without a default. */
export function defineFragment<const Id extends string, Rules, Shape extends ParamShape = Record<string, never>>(
  spec: FragmentSpec<Id, Rules, Shape>,
): Fragment<Id, { [Rule in keyof Rules]?: unknown }, { readonly [Name in keyof Shape]: output<Shape[Name]> }> {
  if (!isRecord(spec)) throw new PersonaKitError([{ place: "defineFragment", problem: "there is nothing to define" }]);
  const place = `fragment "${spec.id}"`;
  const params: ParamShape = spec.params ?? {};
  const issues: Issue[] = unknownKeys(place, spec, SPEC_KEYS);
  if (typeof spec.id !== "string" || !KEBAB_CASE.test(spec.id)) {
    issues.push({ place, problem: "the id is not kebab-case", hint: 'Expected a form such as "error-handling".' });
  }
  issues.push(...textIssues(place, { title: spec.title, summary: spec.summary }));
  if (spec.list !== undefined && !LIST_STYLES.includes(spec.list)) {
    issues.push(unknownName(place, "list style", String(spec.list), LIST_STYLES));
  }
  if (spec.decides !== undefined && typeof spec.decides !== "function") {
    issues.push({ place, problem: "decides is not a function", hint: 'Expected () => ({ "topic": value }).' });
  }
  const rules: [string, unknown][] = isRecord(spec.rules) ? Object.entries(spec.rules) : [];
  if (rules.length === 0) issues.push({ place, problem: "there are no rules" });
  for (const [rule, source] of rules) {
    const at = `${place}, rule "${rule}"`;
    if (!RULE_ID.test(rule)) {
      issues.push({ place: at, problem: "the id is not camelCase", hint: 'Expected a form such as "coverageFloor".' });
    }
    issues.push(...sourceIssues(at, source));
  }
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(params)) {
    const at = `${place}, params.${name}`;
    if (!isRecord(schema) || !("_zod" in schema)) {
      issues.push({
        place: at,
        problem: "this is not a zod schema",
        hint: "Expected a form such as z.number().default(80).",
      });
      continue;
    }
    const result = safeParse(schema, undefined);
    if (!result.success || result.data === undefined) {
      issues.push({ place: at, problem: "there is no default", hint: "Add .default(...)." });
    } else if (!safeParse(schema, result.data).success) {
      issues.push({ place: at, problem: "the schema does not accept its own default", hint: "Leave out transforms." });
    } else values[name] = result.data;
  }
  throwIssues(issues);
  return makeFragment({
    kind: "fragment",
    schemaVersion: 1,
    ...spec,
    list: spec.list ?? "bullets",
    params,
    values,
    decides: spec.decides ?? decidesNothing,
  }) as never;
}

/** A persona's own part: a fragment without a package, whose lines are traced to the persona. */
export function section<const Id extends string, Rules>(
  spec: Omit<FragmentSpec<Id, Rules, Record<string, never>>, "params" | "decides" | "version" | "summary">,
): Fragment<Id, { [Rule in keyof Rules]?: unknown }, Record<string, never>> {
  return defineFragment({ ...spec, summary: spec.title });
}

const SPEC_KEYS = ["id", "version", "title", "summary", "list", "params", "rules", "decides"];

function decidesNothing(): Decisions {
  return {};
}

type FragmentData = Omit<AnyFragment, "with">;

/** Adds `with` to fragment data. A closure, so that fragments of another copy of this package work alike. */
function makeFragment(data: FragmentData): AnyFragment {
  return {
    ...data,
    with(values) {
      return makeFragment({ ...data, values: { ...data.values, ...checkedValues(data, values) } }) as never;
    },
  };
}

function describeIssue({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
}

function checkedValues(data: FragmentData, values: object): Record<string, unknown> {
  const issues: Issue[] = [];
  const checked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const place = `fragment "${data.id}", params.${name}`;
    const schema = Object.hasOwn(data.params, name) ? data.params[name] : undefined;
    if (schema === undefined) {
      issues.push(unknownName(`fragment "${data.id}"`, "parameter", name, Object.keys(data.params)));
      continue;
    }
    const result = safeParse(schema, value);
    if (result.success) checked[name] = result.data;
    else issues.push({ place, problem: result.error.issues.map(describeIssue).join("; ") });
  }
  throwIssues(issues);
  return checked;
}
