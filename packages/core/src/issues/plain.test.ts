import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptor } from "./accepts.ts";
import { LIMITS } from "./limits.ts";
import { isShortJson, plainCopy } from "./plain.ts";

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const numbers = (count: number) => `[${Array.from({ length: count }, () => 1).join(",")}]`;

/** As documents are read: the schema has a say about nothing here, so that only size and depth count. */
const isPlain = (text: string) => isShortJson(text.length) && acceptor({})(JSON.parse(text));

test("short JSON that is not nested deeply is as its copy would be", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      expect(isPlain(text)).toBe(true);
      expect(plainCopy(JSON.parse(text), "it")).toEqual(JSON.parse(text));
    }),
  );
});

test("as many values as there may be are still plain", () => {
  const text = numbers(LIMITS.values.most - 1);
  expect(isPlain(text)).toBe(true);
  expect(() => plainCopy(JSON.parse(text), "it")).not.toThrow();
});

test.each([
  ["deeper", nested(LIMITS.depth.most + 1)],
  ["more values", numbers(LIMITS.values.most)],
  ["a longer text", JSON.stringify("a".repeat(LIMITS.text.most + 1))],
])("%s is not", (_what, text) => {
  expect(() => plainCopy(JSON.parse(text), "it")).toThrow();
  expect(isPlain(text)).toBe(false);
});
