import { expect, test } from "vitest";
import { hiddenRuns, showHidden } from "./visible.ts";

/** What nothing but its name tells, from the Unicode charts: blanks, fillers, joiners, selectors, placeholders. */
const BY_NAME = new Set([
  ...[0x2800, 0xfffc, 0x2d7f, 0x1107f, 0x13441, 0x13442, 0x16fe4, 0x1bc9d, 0x1d159],
  ...range(0x1da9b, 0x1da9f),
  ...range(0x1daa1, 0x1daaf),
]);

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Whether a reader of `a<point>b` sees the point. One property at a time, without the pattern of the code. */
function isSeen(point: number): boolean {
  if (point === 0x09 || point === 0x0a) return true;
  const character = String.fromCodePoint(point);
  const properties = [/^\p{Cc}$/u, /^\p{Cf}$/u, /^\p{Cs}$/u, /^\p{Co}$/u, /^\p{Cn}$/u, /^\p{Zl}$/u, /^\p{Zp}$/u];
  if ([...properties, /^\p{DI}$/u].some((property) => property.test(character))) return false;
  return !BY_NAME.has(point);
}

test("every code point between letters is seen or not as its properties say", () => {
  const wrong: string[] = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    const text = `a${String.fromCodePoint(point)}b`;
    const seen = hiddenRuns(text).length === 0;
    if (seen !== isSeen(point)) wrong.push(point.toString(16));
  }
  expect(wrong).toEqual([]);
}, 60_000);

// The same on every Unicode from 15 on, so that a table cannot agree by mistake.
test.each(
  [
    ...[0x00, 0x07, 0x0b, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e],
    ...[0x200b, 0x200c, 0x200d, 0x200e, 0x202e, 0x2028, 0x2029, 0x2060, 0x2066, 0x206a, 0x2800, 0x3164, 0xd800, 0xdfff],
    ...[0xe000, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff8, 0xfff9, 0xfffb, 0xfffe, 0xffff, 0x13430, 0x1343f],
    ...[0x1bca0, 0x1bca3, 0x1d159, 0x1d173, 0x1d17a, 0x16fe4, 0xe0001, 0xe0020, 0xe007f, 0xe0100, 0xe01ef, 0xe0fff],
    ...[0xf0000, 0x100000, 0x10ffff],
  ].map((point) => [point.toString(16), point] as const),
)("U+%s is not seen", (_, point) => {
  expect(hiddenRuns(`a${String.fromCodePoint(point)}b`)).toEqual([{ index: 1, run: String.fromCodePoint(point) }]);
});

test.each([
  "tab\tand\nline",
  "Prix : 5 € « net », 5 %",
  "数字　空格",
  "می‌خواهم",
  "क्‍ष र्‍य क्‌ष",
  "ന്‍ അവന്‍",
  "ශ්‍රී ලංකා",
  "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ ᠴᠠᠭᠠᠨ᠎ᠠ ᠨ᠋",
  "שלום العربية",
  "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 👍🏽 🏳️‍🌈 🧑🏽‍🚀 3️⃣ ©️ ☎︎ 🇨🇭",
  // Of Unicode 15.1, made of older characters: seen on a runtime that has never heard of it.
  "🏃‍➡️ 🧑‍🧑‍🧒",
])("%j is seen", (text) => {
  expect(hiddenRuns(text)).toEqual([]);
});

test.each([
  ["a joiner between Latin letters", "a\u200Db"],
  ["a joiner beside only one letter", "م\u200C x"],
  ["two joiners", "می\u200C\u200Cخ"],
  ["a joiner between scripts", "م\u200Cक"],
  ["two selectors", "❤\uFE0F\uFE0F"],
  ["a selector after a letter", "a\uFE0F"],
  ["a selector after a digit that is no keycap", "1\uFE0F2"],
  ["tags that are no flag", "\u{1F3F4}\u{E0069}\u{E0067}\u{E007F}"],
  ["tags after a flag", "🏴󠁧󠁢󠁥󠁮󠁧󠁿\u{E0061}"],
  ["a glyph variant of an ideograph", "葛\u{E0100}"],
  ["a joiner after an emoji", "👩\u200Dx"],
])("%s is not seen", (_, text) => {
  expect(hiddenRuns(text)).toHaveLength(1);
});

test("a text that shows what is hidden hides nothing, and keeps the rest", () => {
  const text = "a\u001B[31m\u{E0041}b 👩‍👧\u202E\uD800";
  expect(showHidden(text)).toBe("a\\u{1b}[31m\\u{e0041}b 👩‍👧\\u{202e}\\u{d800}");
  expect(hiddenRuns(showHidden(text))).toEqual([]);
});
