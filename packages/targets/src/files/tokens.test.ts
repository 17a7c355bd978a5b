import fc from "fast-check";
import { expect, test } from "vitest";
import { estimate } from "./estimate.ts";
import { countTokens, mostTokens } from "./tokens.ts";

const PARTS = [
  ...[
    "---\n",
    "\n---\n",
    "\n",
    "\r\n",
    " ",
    "  ",
    "\t",
    "a",
    "A",
    "word",
    "Word",
    "SQL",
    "12",
    "1234",
    '"',
    "#",
    ".",
    "-",
  ],
  ...["日本", "かな", "。", "한국", "é", "Über", "👩‍👧", "\u00A0", "\uD800", "Привет", "ا"],
];
const text = fc.array(fc.constantFrom(...PARTS), { maxLength: 12 }).map((parts) => parts.join(""));

test("no text has more tokens than could be", () => {
  const costly = fc.array(fc.constantFrom("ä", "é", "A", "1", " ", "-", "漢", "か"), { maxLength: 6 });
  const any = fc.oneof(
    costly.map((parts) => parts.join("")),
    text,
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ unit: "grapheme", maxLength: 12 }),
  );
  fc.assert(
    fc.property(any, (each) => {
      expect(countTokens(each), JSON.stringify(each)).toBeLessThanOrEqual(mostTokens(each));
    }),
    { numRuns: 20_000 },
  );
});

test("front matter and a body count as much as one text of both", () => {
  fc.assert(
    fc.property(text, fc.array(text, { minLength: 1, maxLength: 2 }), (body, heads) => {
      for (const each of [body, ...heads.map((head) => `---\n${head}\n---\n\n${body}`)]) {
        const thousandths = estimate(each);
        const expected = thousandths === 0 ? 0 : Math.max(1, Math.round(thousandths / 1000));
        expect(countTokens(each), JSON.stringify(each)).toBe(expected);
      }
    }),
    { numRuns: 5000 },
  );
});

test("a text never counts less than a part of it", () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(countTokens(`${one}${other}`)).toBeGreaterThanOrEqual(countTokens(one) - 1);
    }),
    { numRuns: 2000 },
  );
});

// What OpenAI's o200k_base counts: `node bench/tokens.ts` measures longer texts.
test.each([
  ["", 0],
  ["a", 1],
  ["You review changes.", 4],
  ["Bind every value in SQL as a parameter; never build a statement from strings.", 16],
  ["Prüfe jede Eingabe an der Grenze, und antworte mit 422, wenn sie nicht gültig ist.", 25],
  ["Vérifiez chaque entrée à la frontière et répondez 422 si elle n'est pas valide.", 21],
  ["在边界校验每个输入，无效时返回 422。", 15],
  ["入力は境界で検証し、無効な場合は 422 を返す。", 20],
  ["경계에서 모든 입력을 검증하고, 잘못된 경우 422를 반환한다.", 20],
  ["const total = items.reduce((sum, item) => sum + item.price, 0);", 19],
])("%j takes about %i tokens", (sentence, tokens) => {
  expect(Math.abs(countTokens(sentence) - tokens)).toBeLessThanOrEqual(Math.round(tokens * 0.2));
});
