import { compile, definePersona, example, may, must, prose, section, should } from "@personakit/core";
import { countTokens } from "@personakit/targets";
import { expect, test } from "vitest";
import { measure } from "./quality.ts";

const description = { does: "Does.", when: "When.", notFor: "Not." };
const rules = {
  a: must("Bind each value."),
  b: should("Log the call."),
  c: should("Retry robust calls."),
  d: may("Cache it."),
};
const references = {
  deep: {
    title: "Deep",
    when: "w",
    use: [section({ id: "deep", title: "D", rules: { e: must("Handle it properly.") } })],
  },
};
const texts = { body: "The body.", references: ["One.", "Two."] };

function measured(entries: Parameters<typeof section>[0]["rules"], withReferences = false) {
  const use = [section({ id: "own", title: "Own", rules: entries })];
  const more = withReferences ? { references } : {};
  return measure(compile(definePersona({ id: "one", title: "T", role: "R.", description, use, ...more })), texts);
}

test("rules are counted by strength, without those of references", () => {
  expect(measured(rules, true).rules).toEqual({ must: 1, should: 2, may: 1, points: 0 });
});

test("tokens are those of the description, of the body, and of all references together", () => {
  const { tokens } = measured(rules);
  expect(tokens.onUse).toBe(countTokens("The body."));
  expect(tokens.onReference).toBe(countTokens("One.") + countTokens("Two."));
  expect(tokens.alwaysOn).toBeGreaterThan(0);
});

test.each([
  ["rules", { a: must("Bind.") }, 1],
  ["examples", { a: example("ts", "bind();") }, 1],
  ["prose", { a: prose("Bind.") }, 0],
  ["as much prose as rules", { a: must("Bind."), b: prose("Binds") }, 0.5],
])("of a body of %s the actionable share is known", (_, entries, share) => {
  expect(measured(entries).actionability).toBeCloseTo(share, 1);
});

test("problems of prose have the rule's path, references included", () => {
  expect(measured(rules, true).findings.map(({ code, rule }) => [code, rule])).toEqual([
    ["empty-words", "own/c"],
    ["empty-words", "deep/e"],
  ]);
});
