import { expect, test } from "vitest";
import { keyOf, keysIn, placeOf } from "./artifact-key.ts";

test.each([
  ["a/b.md", { path: "a/b.md" }],
  ["AGENTS.md#one", { path: "AGENTS.md", block: "one" }],
])("%s stands for one place, and back", (key, place) => {
  expect(keyOf(place)).toBe(key);
  expect(placeOf(key)).toEqual(place);
});

test("the keys in a file are its own and those of its blocks", () => {
  expect(keysIn("AGENTS.md", ["AGENTS.md", "AGENTS.md#one", "AGENTS.md.txt", "sub/AGENTS.md#one"])).toEqual([
    "AGENTS.md",
    "AGENTS.md#one",
  ]);
});
