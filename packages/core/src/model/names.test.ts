import { expect, test } from "vitest";
import { isPersonaId, nameWithVersion, problemOfFileId } from "./names.ts";

test.each([
  ["backend-developer", true],
  ["a", true],
  ["a1-2b", true],
  ["a".repeat(64), true],
  ["a".repeat(65), false],
  ["", false],
  ["Backend", false],
  ["1st", false],
  ["-a", false],
  ["a-", false],
  ["a--b", false],
  ["a_b", false],
  ["a b", false],
  ["../evil", false],
  ["a\n", false],
  ["con", false],
  ["nul", false],
  ["com1", false],
  ["lpt9", false],
  ["console", true],
  ["bacon", true],
  ["con-artist", true],
  [undefined, false],
  [3, false],
  [["a"], false],
])("%j as the id of a persona: %s", (value, expected) => {
  expect(isPersonaId(value)).toBe(expected);
});

test("an id that is a device on Windows is refused with that reason", () => {
  expect(problemOfFileId("aux")).toBe("is the name of a device on Windows, which no file can have");
});

test.each([
  [{ id: "security", version: "1.2.0" }, "security@1.2.0"],
  [{ id: "security", version: undefined }, "security"],
  [{ id: "security" }, "security"],
])("%j is called %s", (unit, name) => {
  expect(nameWithVersion(unit)).toBe(name);
});
