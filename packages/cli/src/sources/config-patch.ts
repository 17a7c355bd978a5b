import { drop, type Issue, markdown, may, must, point, should } from "@personakit/core";
import { isRecord, LOOK, NOTES, nearest } from "@personakit/core/internal";
import { issue, throwIssues } from "../issues/command-error.ts";
import { unknownOption } from "./config.ts";

type Json = { readonly [key: string]: unknown };

/** The short forms: what makes of them what the builder would have made, and the options that may stand beside. */
const FORMS: {
  readonly [form: string]: { make(text: string, options: Json): unknown; readonly options: readonly string[] };
} = {
  drop: { make: drop, options: [] },
  must: { make: must, options: [...NOTES, ...LOOK] },
  should: { make: should, options: [...NOTES, ...LOOK] },
  may: { make: may, options: [...NOTES, ...LOOK] },
  point: { make: point, options: [...NOTES, ...LOOK] },
  markdown: { make: markdown, options: ["blank"] },
};
const EXPECTED =
  'Expected { "must": "..." }, { "should": "..." }, { "may": "..." }, { "point": "..." }, { "markdown": "..." } or { "drop": "reason" }.';

/**
 * A patch with the short forms of JSON written out: `{ must: "..." }`, `{ drop: "..." }`. Throws for what is neither; `place`
 * is that of the patch.
 */
export function patchFromJson(patch: object, place: string): object {
  const { rules, addRules } = patch as { rules?: unknown; addRules?: unknown };
  const issues: Issue[] = [];
  const written = {
    ...patch,
    ...(isRecord(rules)
      ? { rules: mapValues(rules, (changes, id) => fragmentFromJson(changes, `${place}, rules.${id}`, issues)) }
      : {}),
    ...(isRecord(addRules)
      ? {
          addRules: mapValues(addRules, (added, id) =>
            isRecord(added)
              ? { ...added, rule: ruleFromJson(added.rule, `${place}, addRules.${id}.rule`, issues) }
              : added,
          ),
        }
      : {}),
  };
  throwIssues(issues);
  return written;
}

function fragmentFromJson(changes: unknown, place: string, issues: Issue[]): unknown {
  if (!isRecord(changes) || typeof changes.drop === "string" || typeof changes.kind === "string")
    return ruleFromJson(changes, place, issues);
  return mapValues(changes, (change, rule) => ruleFromJson(change, `${place}.${rule}`, issues));
}

function ruleFromJson(value: unknown, place: string, issues: Issue[]): unknown {
  // What the builder made already has its final form.
  if (typeof value === "function" || (isRecord(value) && "kind" in value)) return value;
  const given = isRecord(value) ? value : {};
  const [form, ...others] = Object.keys(FORMS).filter((name) => name in given);
  if (form === undefined || others.length > 0 || typeof given[form] !== "string") {
    const misspelt =
      form === undefined ? Object.keys(given).find((key) => nearest(key, Object.keys(FORMS))) : undefined;
    if (misspelt !== undefined) {
      issues.push(unknownOption(place, misspelt, Object.keys(FORMS)));
      return value;
    }
    const forms = [form, ...others].join(" and ");
    const problem = `this is ${others.length > 0 ? `two things: ${forms}` : "not a change to a rule"}`;
    issues.push(issue("invalid-configuration", place, problem, EXPECTED));
    return value;
  }
  const { [form]: text, ...options } = given;
  const { make, options: known } = FORMS[form] as (typeof FORMS)[string];
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) issues.push(unknownOption(place, name, [form, ...known]));
  }
  return make(String(text), options);
}

function mapValues(map: Json, change: (value: unknown, key: string) => unknown): Json {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
