import { compile, definePersona, must, prose, section } from "@personakit/core";
import { describe, expect, test } from "vitest";
import { datedRules, outOfDateOn } from "./dated-rules.ts";

const endOfLife = { subject: "Acme 2", date: "2027-01-31" };
const description = { does: "D.", when: "W.", notFor: "N." };

function rulesOf(...use: ReturnType<typeof section>[]) {
  const references = { deep: { title: "Deep", when: "you dive", use } };
  return datedRules(compile(definePersona({ id: "one", title: "One", role: "R.", description, use: [], references })));
}

const own = section({
  id: "own",
  title: "Own",
  rules: {
    timeless: must("Bind every value."),
    checked: must("Call `acme()`.", { reviewed: "2026-11" }),
    ending: must("Run Acme 2.", { reviewed: "2026-11", endOfLife }),
    intro: prose("Acme."),
  },
});

test("rules with a date are found, in references too, with what they say of it", () => {
  expect(rulesOf(own)).toEqual([
    { rule: "own/checked", reviewed: "2026-11" },
    { rule: "own/ending", reviewed: "2026-11", endOfLife },
  ]);
});

describe("out of date", () => {
  test.each<[day: string, problems: string[]]>([
    ["2026-11-27", []],
    ["2027-01-31", []],
    ["2027-02-01", ["own/ending: support for Acme 2 ended on 2027-01-31"]],
    ["2027-11-30", ["own/ending: support for Acme 2 ended on 2027-01-31"]],
    [
      "2027-12-01",
      [
        "own/checked: last reviewed in 2026-11",
        "own/ending: last reviewed in 2026-11",
        "own/ending: support for Acme 2 ended on 2027-01-31",
      ],
    ],
  ])("on %s", (day, problems) => {
    expect(outOfDateOn(day, rulesOf(own)).map(({ rule, problem }) => `${rule}: ${problem}`)).toEqual(problems);
  });
});
