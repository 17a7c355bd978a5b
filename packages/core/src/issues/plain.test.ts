import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "./limits.ts";
import { isPlainJson, plainCopy } from "./plain.ts";

const parsed = (text: string) => [JSON.parse(text), text.length] as const;
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const numbers = (count: number) => `[${Array.from({ length: count }, () => 1).join(",")}]`;

test("JSON that is plain by its length and depth is as its copy would be", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      const [value, length] = parsed(text);
      expect(isPlainJson(value, length)).toBe(true);
      expect(plainCopy(value, "it")).toEqual(value);
    }),
  );
});

test.each([
  ["as deep as data may be", nested(LIMITS.depth.most)],
  ["as many values as there may be", numbers(LIMITS.values.most - 1)],
])("%s is still plain", (_what, text) => {
  expect(isPlainJson(...parsed(text))).toBe(true);
  expect(() => plainCopy(JSON.parse(text), "it")).not.toThrow();
});

test.each([
  ["deeper", nested(LIMITS.depth.most + 1)],
  ["more values", numbers(LIMITS.values.most)],
  ["a longer text", JSON.stringify("a".repeat(LIMITS.text.most + 1))],
])("%s is not", (_what, text) => {
  expect(() => plainCopy(JSON.parse(text), "it")).toThrow();
  expect(isPlainJson(...parsed(text))).toBe(false);
});
