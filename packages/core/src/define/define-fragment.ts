import type { $ZodType, output } from "zod/v4/core";
import { checkBlank, LIST_STYLES, type ListStyle, type SchemaVersion } from "../entries/kind.ts";
import { checkSource, type EntrySource } from "../entries/kinds.ts";
import { Issues } from "../issues/issue.ts";
import { plainCopy } from "../issues/plain.ts";
import { isRecord, isTexts, keysOf, own, said } from "../issues/values.ts";
import { checkLines } from "../markdown/inline.ts";
import { entrySince, headingOf, latest, sectionSince } from "../model/document.ts";
import type { AnyFragment, Decisions, Fragment, FragmentSpec, ParamShape } from "../model/fragment.ts";
import { KEBAB_CASE, RULE_ID } from "../model/names.ts";
import { saysNothing } from "../model/standing.ts";
import { checkTitle, checkVersion } from "./checks.ts";

/**
 * Defines a fragment. Throws on an invalid id, an empty title, summary or rule set, a parameter without a default, and an old
 * name that leads to no rule.
 *
 * @example
 * ```ts
 * import { defineFragment, md, must } from "@personakit/core";
 * import { z } from "zod";
 *
 * export const testing = defineFragment({
 *   id: "testing",
 *   title: "Testing",
 *   summary: "What must be tested, and how much of it.",
 *   params: { coverage: z.number().default(80) },
 *   rules: { floor: ({ coverage }) => must(md`Cover business logic with unit tests, ${coverage} % or more.`) },
 * });
 * ```
 */
export function defineFragment<
  const Id extends string,
  Rules,
  Shape extends ParamShape = Record<string, never>,
  Renamed = Record<never, never>,
  const Formerly extends string = never,
>(
  spec: FragmentSpec<Id, Rules, Shape, Renamed, Formerly>,
): Fragment<
  Id,
  { [Rule in keyof Rules]?: unknown },
  { readonly [Name in keyof Shape]: output<Shape[Name]> },
  { [Old in keyof NoInfer<Renamed>]?: unknown },
  NoInfer<Formerly>
> {
  const issues = new Issues(isRecord(spec) ? `fragment "${said(spec.id)}"` : "defineFragment");
  if (!isRecord(spec)) issues.add("wrong-type", "there is nothing to define");
  else checkSpec(issues, spec);
  const params: ParamShape = spec?.params ?? {};
  const values = defaultsOf(issues, params);
  issues.throw();
  const fragment = makeFragment({
    kind: "fragment",
    schemaVersion: versionOf(spec as never),
    ...spec,
    title: spec.title === false ? "" : spec.title,
    list: spec.list ?? "bullets",
    params,
    values,
    decides: spec.decides ?? decidesNothing,
  });
  // A section's functions read what its module has chosen: one that says nothing there is left out.
  if (Object.keys(params).length > 0 && spec.keep !== true && saysNothing(fragment)) {
    issues.add("no-rules", "none of its rules stands, whatever the values of its parameters");
  }
  issues.throw();
  return fragment as never;
}

/**
 * Defines a section of a persona: a fragment without a package, whose lines are traced to the persona. Throws as `defineFragment` does.
 *
 * @example
 * ```ts
 * import { must, section } from "@personakit/core";
 *
 * export const approach = section({
 *   id: "approach",
 *   title: "Approach",
 *   list: "steps",
 *   rules: { read: must("Read the failing test first."), fix: must("Change the code until it passes.") },
 * });
 * ```
 */
export function section<
  const Id extends string,
  Rules,
  Renamed = Record<never, never>,
  const Formerly extends string = never,
>(
  spec: Omit<
    FragmentSpec<Id, Rules, Record<string, never>, Renamed, Formerly>,
    "params" | "decides" | "version" | "summary"
  >,
): Fragment<
  Id,
  { [Rule in keyof Rules]?: unknown },
  Record<string, never>,
  { [Old in keyof NoInfer<Renamed>]?: unknown },
  NoInfer<Formerly>
> {
  return defineFragment<Id, Rules, Record<string, never>, Renamed, Formerly>({
    ...spec,
    summary: spec.title === false ? spec.id : spec.title,
  });
}

type Spec = FragmentSpec<string, object, ParamShape>;

const SPEC_KEYS = keysOf<Spec>({
  id: true,
  version: true,
  title: true,
  depth: true,
  blank: true,
  blankWithin: true,
  keep: true,
  summary: true,
  list: true,
  params: true,
  rules: true,
  renamed: true,
  formerly: true,
  decides: true,
});

const DEPTHS: readonly unknown[] = [1, 2, 3, 4, 5, 6];

/** The version of the model that can read a fragment. What a function will make of parameters is not known yet. */
function versionOf({ title, rules, ...spec }: Spec): SchemaVersion {
  const entries = Object.values(rules as Spec["rules"] & { readonly [rule: string]: EntrySource<never> }).filter(
    (source) => typeof source !== "function",
  );
  const section = { ...headingOf(spec), title: title === false ? "" : title, list: spec.list ?? "bullets" };
  return latest([sectionSince(section), ...entries.map(entrySince)]);
}

function checkSpec(issues: Issues, spec: { readonly [Key in keyof Spec]?: unknown }): void {
  const { id, title, depth, keep, summary, version, list, decides } = spec;
  issues.unknownKeys(spec, SPEC_KEYS);
  if (typeof id !== "string" || !KEBAB_CASE.test(id)) {
    issues.add("invalid-id", "the id is not kebab-case", 'Expected a form such as "error-handling".');
  }
  checkTitle(issues, title);
  if (summary !== title) {
    issues.wrongTexts({ summary });
    checkLines(issues, { summary });
  }
  if (depth !== undefined && !DEPTHS.includes(depth)) {
    issues.add("wrong-type", "the depth is not a whole number from 1 to 6");
  }
  for (const name of ["blank", "blankWithin"] as const) {
    if (spec[name] !== undefined) checkBlank(issues, name, spec[name]);
  }
  if (spec.blank !== undefined && title === false) {
    issues.add("out-of-place", "there is no heading for blank to stand above", "Set blank on the first entry.");
  }
  if (keep !== undefined && typeof keep !== "boolean") issues.add("wrong-type", "keep is not true or false");
  if (keep === true && title === false) {
    issues.add("missing-text", "there is no title to keep", "Give it a title, or leave out keep.");
  }
  checkVersion(issues, version);
  if (list !== undefined && !LIST_STYLES.includes(list as never)) issues.unknown("list-style", said(list), LIST_STYLES);
  if (decides !== undefined && typeof decides !== "function") {
    issues.add("wrong-type", "decides is not a function", 'Expected () => ({ "topic": value }).');
  }
  const rules = isRecord(spec.rules) ? Object.entries(spec.rules) : [];
  if (rules.length === 0 && keep !== true) {
    issues.add("no-rules", "there are no rules", "A heading with nothing under it says so: keep: true.");
  }
  if (!issues.atMost("entries", "the fragment", rules.length)) return;
  for (const [rule, source] of rules) {
    const at = issues.at(`rule "${said(rule)}"`);
    if (!RULE_ID.test(rule)) {
      at.add("invalid-id", "the id is not camelCase", 'Expected a form such as "coverageFloor".');
    }
    checkSource(at, source, LIST_STYLES.includes(list as never) ? (list as ListStyle) : undefined);
    if (isRecord(source) && source.deprecated !== undefined)
      checkSuccessor(at, source.deprecated, spec.rules as object);
  }
  checkRenames(
    issues,
    spec,
    rules.map(([rule]) => rule),
  );
}

/** Files a rule of this fragment that is to take the place of another, and that there is not. */
function checkSuccessor(issues: Issues, deprecated: unknown, rules: object): void {
  const successor = isRecord(deprecated) ? deprecated.successor : undefined;
  if (typeof successor !== "string" || successor.includes("/") || Object.hasOwn(rules, successor)) return;
  issues.at("deprecated.successor").unknown("rule", successor, Object.keys(rules));
}

/** Files old names that mean nothing, or two things. */
function checkRenames(
  issues: Issues,
  { id, renamed, formerly }: { readonly [Key in keyof Spec]?: unknown },
  rules: readonly string[],
): void {
  const at = issues.at("renamed");
  if (isRecord(renamed)) {
    for (const [old, now] of Object.entries(renamed)) {
      if (!RULE_ID.test(old)) at.add("invalid-id", `"${said(old)}" is not camelCase`);
      if (rules.includes(old)) {
        at.add("invalid-rename", `"${old}" is a rule of the fragment, so it cannot be the old name of another`);
      } else checkTarget(at, renamed, rules, old, now);
    }
  } else if (renamed !== undefined) at.add("wrong-type", "this is not an object", 'Expected { oldRule: "newRule" }.');
  if (formerly === undefined) return;
  if (!isTexts(formerly, KEBAB_CASE)) {
    issues.add("wrong-type", "formerly is not a list of ids", 'Expected a form such as ["error-handling"].');
  } else if (formerly.includes(said(id))) {
    issues.at("formerly").add("invalid-rename", `"${said(id)}" is the id that the fragment has now`);
  }
}

/** Files an old name that leads to no rule, or back to itself. */
function checkTarget(
  issues: Issues,
  renamed: { readonly [old: string]: unknown },
  rules: readonly string[],
  old: string,
  now: unknown,
): void {
  const seen = [old];
  for (let name = now; ; name = own(renamed, name)) {
    if (typeof name === "string" && rules.includes(name)) return;
    if (typeof name !== "string" || !Object.hasOwn(renamed, name)) {
      issues.at(`.${said(old)}`).unknown("rule", said(name), rules);
      return;
    }
    seen.push(name);
    if (seen.indexOf(name) < seen.length - 1) {
      issues.add("invalid-rename", `${seen.map((each) => `"${each}"`).join(" -> ")} goes round in a circle`);
      return;
    }
  }
}

/** The values of parameters by default. */
function defaultsOf(issues: Issues, params: ParamShape): { readonly [name: string]: unknown } {
  const values: Record<string, unknown> = {};
  const schemas = Object.entries(params);
  if (!issues.atMost("parameters", "the fragment", schemas.length)) return values;
  for (const [name, schema] of schemas) {
    const at = issues.at(`params.${name}`);
    if (!isRecord(schema) || !("_zod" in schema)) {
      at.add("wrong-type", "this is not a zod schema", "Expected a form such as z.number().default(80).");
      continue;
    }
    const result = parsed(schema, undefined);
    if (result.issues !== undefined || result.value === undefined) {
      at.add("no-default", "there is no default", "Add .default(...).");
    } else if (parsed(schema, result.value).issues !== undefined) {
      at.add("no-default", "the schema does not accept its own default", "Leave out transforms.");
    } else values[name] = result.value;
  }
  return values;
}

function decidesNothing(): Decisions {
  return {};
}

export type FragmentData = Omit<AnyFragment, "with">;

/** Adds `with` to fragment data. A closure, so that fragments of another copy of this package work alike. */
export function makeFragment(data: FragmentData): AnyFragment {
  return {
    ...data,
    with(values) {
      return makeFragment({ ...data, values: { ...data.values, ...checkedValues(data, values) } }) as never;
    },
  };
}

function checkedValues({ id, params }: FragmentData, values: object): Record<string, unknown> {
  const issues = new Issues(`fragment "${id}"`);
  const checked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const schema = Object.hasOwn(params, name) ? params[name] : undefined;
    if (schema === undefined) {
      issues.unknown("parameter", name, Object.keys(params));
      continue;
    }
    const result = parsed(schema, plainCopy(value, `fragment "${id}", params.${name}`));
    if (result.issues === undefined) checked[name] = result.value;
    else issues.at(`params.${name}`).add("invalid-parameter", result.issues.map(describeIssue).join("; "));
  }
  issues.throw();
  return checked;
}

type Parsed = Awaited<ReturnType<$ZodType["~standard"]["validate"]>>;

/** What a schema makes of a value, asked by its own method: whoever has a schema has zod already. Throws what its checks throw. */
function parsed(schema: $ZodType, value: unknown): Parsed {
  const result: Parsed | Promise<Parsed> = schema["~standard"].validate(value);
  if (!(result instanceof Promise)) return result;
  // A check that throws, or that waits, is asked a second time, as if there were time. What it throws the first time, it says here.
  result.catch(() => {});
  schema._zod.run({ value, issues: [] }, { async: false });
  throw new TypeError("the schema of a parameter answers later; every check of it has to answer at once");
}

function describeIssue({ path = [], message }: NonNullable<Parsed["issues"]>[number]): string {
  return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
}
