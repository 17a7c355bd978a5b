import { example, must, type PlacedEntry, prose, should, table } from "@personakit/core";
import { describe, expect, test } from "vitest";
import { PROSE_CHECKS, proseProblems } from "./prose-checks.ts";

const origin = { unit: "topic", rule: "a" };
const codesIn = (entry: object) => proseProblems({ ...entry, origin } as PlacedEntry).map(({ code }) => code);

describe.each(PROSE_CHECKS.map((check) => [check.code, check] as const))("%s", (code, { bad, good }) => {
  test.each(bad)("is found, and nothing else is, in: %s", (text) => {
    expect(codesIn(must(text))).toEqual([code]);
  });

  test.each(good)("is not found, nor anything else, in: %s", (text) => {
    expect(codesIn(must(text))).toEqual([]);
  });
});

test("every problem of one rule is said", () => {
  expect(codesIn(should("The service is robust within 200 ms."))).toEqual([
    "empty-words",
    "no-imperative",
    "unsourced-claim",
  ]);
});

test.each([
  ["a cell of a table", table(["Case", "Do"], [["one", "Write robust code."]])],
  ["the head of a table", table(["Best practices"], [["Log."]])],
  ["prose", prose("We leverage caches.")],
])("an empty word is found in %s", (_, entry) => {
  expect(codesIn(entry)).toEqual(["empty-words"]);
});

test("only a rule has to tell somebody to do something, and to have a source", () => {
  expect(codesIn(prose("The service answers within 200 ms."))).toEqual([]);
});

test.each([
  ["in a code span", must("Set `leverage: properly` in the file.")],
  ["in an example", example("ts", "// robust, properly, etc")],
])("a word %s is code", (_, entry) => {
  expect(codesIn(entry)).toEqual([]);
});

test.each([
  ["evidence", { evidence: [{ title: "A study", url: "https://example.com" }] }],
  ["a check", { enforcedBy: ["k6"] }],
])("a claim with %s stands", (_, notes) => {
  expect(codesIn({ ...must("Answer within 200 ms."), ...notes })).toEqual([]);
});

test("a problem shows what was found", () => {
  const [found] = proseProblems({ ...must("Write robust code."), origin } as PlacedEntry);
  expect(found?.problem).toBe('"robust" says nothing that a reader could check');
});
