import { isRecord, KEBAB_CASE } from "@personakit/core/internal";
import { issue, throwIssues } from "../issues/issue.ts";
import type { Check, CheckSpec } from "./check.ts";
import { GROUPS, type Group, groupOf, SEVERITIES } from "./groups.ts";

/**
 * Defines a check. Returns it as data, which `runChecks` takes. Throws a PersonaKitError with everything that is wrong: an id without a
 * group, no reason, no way to look, no example in which it finds something and none that comes near and is right.
 *
 * @example
 * ```ts
 * import { defineCheck } from "@personakit/checks";
 *
 * export const noTodo = defineCheck({
 *   id: "says/no-todo",
 *   severity: "warning",
 *   what: "An instruction is still to be written.",
 *   why: { text: "A model takes a note to yourself for an instruction.", sources: [] },
 *   examples: {
 *     bad: [{ files: { "AGENTS.md": "TODO: describe the tests.\n" }, finds: [["AGENTS.md", 1]] }],
 *     good: [{ "AGENTS.md": "Run the tests with `npm test`.\n" }],
 *   },
 *   *inFile({ path, prose }) {
 *     const at = prose.indexOf("TODO");
 *     if (at !== -1) yield { path, at, problem: "this is still to be written", hint: "Write it, or take it out." };
 *   },
 * });
 * ```
 */
export function defineCheck(spec: CheckSpec): Check {
  throwIssues(problemsOf(spec).map((problem) => issue("invalid-check", `check "${String(spec?.id)}"`, problem)));
  return { kind: "check", schemaVersion: 1, group: groupOf(spec.id), ...spec };
}

function problemsOf(spec: CheckSpec): string[] {
  if (!isRecord(spec)) return ["it is no object"];
  const { id, severity, what, why, examples, inFile, inRepository } = spec as Partial<CheckSpec>;
  const [group = "", name = "", ...rest] = String(id).split("/");
  const isId = Object.hasOwn(GROUPS, group as Group) && KEBAB_CASE.test(name) && rest.length === 0;
  return [
    ...(isId ? [] : [`its id is no group and name: ${Object.keys(GROUPS).join(", ")}, then / and kebab-case`]),
    ...(severity !== undefined && SEVERITIES.includes(severity)
      ? []
      : [`its severity is none of ${SEVERITIES.join(", ")}`]),
    ...(typeof what === "string" && what !== "" ? [] : ["it does not say what it finds"]),
    ...(typeof why?.text === "string" && why.text !== "" && Array.isArray(why.sources) ? [] : ["it has no reason"]),
    ...(inFile === undefined && inRepository === undefined ? ["it has neither inFile nor inRepository"] : []),
    ...(isList(examples?.bad) ? [] : ["it has no example in which it finds something"]),
    ...(isList(examples?.good) ? [] : ["it has no example that comes near and is right"]),
  ];
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
