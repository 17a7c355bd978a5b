import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test.each([
  ["a letter is missing", "flor", ["flaky", "floor"], "floor"],
  ["a letter is too many", "coveragee", ["runner", "coverage"], "coverage"],
  ["two letters are others", "tosling", ["testing"], "testing"],
  ["two letters have changed places", "crsf", ["csrf"], "csrf"],
  ["only the case is another", "CSRF", ["csrf"], "csrf"],
  ["one is nearer than another", "coverag", ["covers", "coverage"], "coverage"],
  ["two are equally near: the first", "rule", ["ruled", "rules"], "ruled"],
  [
    "a third of a long name is wrong",
    "environmnt-cofigration",
    ["environment-configuration"],
    "environment-configuration",
  ],
  ["three letters of six are wrong", "fasten", ["listed"], undefined],
  ["all of a short name is wrong", "ab", ["xy"], undefined],
  ["the name is one letter", "a", ["b"], undefined],
  ["the name is empty", "", ["a"], undefined],
  ["nothing is known", "csrf", [], undefined],
])("where %s: %s among %j", (_, name, known, expected) => {
  expect(nearest(name, known)).toBe(expected);
});
