import type { Issue, PersonaData } from "@personakit/core";
import { fragmentsOf, hintFor, nearest, type Zod } from "@personakit/core/internal";
import type { ParamShape, PersonaParam } from "../catalogue/catalogue.ts";
import { issue, throwIssues } from "../issues/command-error.ts";
import { zod } from "../issues/schema.ts";
import { candidatesFor } from "./candidates.ts";

/** Values of parameters, by fragment and name. */
export type ParamValues = { readonly [fragment: string]: { readonly [name: string]: unknown } };

/** The parameters of a persona that was loaded. */
export function paramsOfUnit(persona: PersonaData): PersonaParam[] {
  return fragmentsOf(persona).flatMap((fragment) =>
    Object.entries(fragment.params).map(([name, schema]) => {
      // What JSON cannot describe is checked by the build.
      const shape = zod().toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as ParamShape;
      const value = (fragment.values as { readonly [name: string]: unknown })[name];
      return { fragment: fragment.id, name, shape, value };
    }),
  );
}

/**
 * Reads settings of the form `testing-standards.coverage=90`. Throws a CommandError with everything that is wrong: an unknown
 * fragment or parameter, with the nearest name; a value that its parameter does not take, with those that it does.
 */
export function readSettings(settings: readonly string[], params: readonly PersonaParam[]): ParamValues {
  const values: Record<string, Record<string, unknown>> = {};
  const issues: Issue[] = [];
  for (const setting of settings) {
    const read = readSetting(setting, params);
    if ("code" in read) issues.push(read);
    else values[read.fragment] = { ...values[read.fragment], [read.name]: read.value };
  }
  throwIssues(issues);
  return values;
}

type Setting = Pick<PersonaParam, "fragment" | "name" | "value">;

function readSetting(setting: string, params: readonly PersonaParam[]): Setting | Issue {
  const place = `--set ${setting}`;
  const [, path = "", text] = /^([^=]*)=(.*)$/s.exec(setting) ?? [];
  const [fragment = "", name, ...others] = path.split(".");
  if (text === undefined || name === undefined || others.length > 0) {
    const full = params.find((param) => param.name === path);
    const example = full === undefined ? "testing-standards.coverage=90" : `${full.fragment}.${path}=${text}`;
    return issue("usage", place, "this is not fragment.parameter=value", `For example: --set ${example}.`);
  }
  const ofFragment = params.filter((param) => param.fragment === fragment);
  if (ofFragment.length === 0) {
    const known = [...new Set(params.map((param) => param.fragment))];
    const problem = `the persona has no fragment "${fragment}" with parameters`;
    return { code: "unknown-fragment", place, problem, hint: hintFor(fragment, known), subject: fragment };
  }
  const param = ofFragment.find((each) => each.name === name);
  if (param === undefined) {
    const known = ofFragment.map((each) => each.name);
    const problem = `${fragment} has no parameter "${name}"`;
    return { code: "unknown-parameter", place, problem, hint: hintFor(name, known), subject: name };
  }
  const schema = zod().fromJSONSchema(param.shape as Parameters<Zod["fromJSONSchema"]>[0]);
  const value = candidatesFor(text).find((candidate) => schema.safeParse(candidate).success);
  if (value !== undefined) return { fragment, name, value };
  const problem = `${fragment}.${name} does not take "${text}"`;
  return { code: "invalid-parameter", place, problem, hint: expected(text, param.shape), subject: name };
}

/** What a parameter takes, as a sentence. */
function expected(text: string, shape: ParamShape): string {
  const choices = (shape.enum ?? shape.items?.enum)?.map(String);
  if (choices !== undefined) {
    const near = nearest(text, choices);
    const several = shape.enum === undefined ? ", one or more, with commas" : "";
    return `${near === undefined ? "" : `Did you mean "${near}"? `}Allowed: ${choices.join(", ")}${several}.`;
  }
  const { type, minimum, maximum, exclusiveMinimum, pattern } = shape;
  const bounds = [
    typeof exclusiveMinimum === "number" ? `above ${exclusiveMinimum}` : [],
    typeof minimum === "number" && minimum > Number.MIN_SAFE_INTEGER ? `from ${minimum}` : [],
    typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER
      ? `${typeof minimum === "number" ? "to" : "up to"} ${maximum}`
      : [],
  ].flat();
  if (type === "integer" || type === "number") {
    return `Expected a ${type === "integer" ? "whole number" : "number"}${bounds.length === 0 ? "" : ` ${bounds.join(" ")}`}.`;
  }
  if (type === "boolean") return "Allowed: true, false.";
  if (type === "array") return "Expected a list, with commas.";
  return typeof pattern === "string" ? `Expected a text that matches ${pattern}.` : "Expected a text of another form.";
}
