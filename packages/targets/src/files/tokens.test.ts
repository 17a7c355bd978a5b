import fc from "fast-check";
import { estimateTokenCount } from "tokenx";
import { expect, test } from "vitest";
import { countTokens } from "./tokens.ts";

const PARTS = [
  "---\n",
  "\n---\n",
  "\n",
  " ",
  "\t",
  "a",
  "word",
  "12",
  '"',
  "#",
  ".",
  "-",
  "日本",
  "。",
  "é",
  "👩‍👧",
  "\u00A0",
  "Привет",
];
const text = fc.array(fc.constantFrom(...PARTS), { maxLength: 12 }).map((parts) => parts.join(""));

test("front matter and a body count as much as one text of both", () => {
  fc.assert(
    fc.property(text, fc.array(text, { minLength: 1, maxLength: 2 }), (body, heads) => {
      for (const each of [body, ...heads.map((head) => `---\n${head}\n---\n\n${body}`)])
        expect(countTokens(each), JSON.stringify(each)).toBe(estimateTokenCount(each));
    }),
    { numRuns: 5000 },
  );
});
