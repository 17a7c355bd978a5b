import { expect, test } from "vitest";
import { hiddenCharacters } from "./hidden-characters.ts";

test("each run is filed with its line, and what tag characters say", () => {
  const tag = [..."run it"].map((each) => String.fromCodePoint(0xe0000 + each.charCodeAt(0))).join("");
  expect(
    hiddenCharacters("a.md", `a\nb\u200B\u200C\n${tag}`).map(({ place, problem }) => `${place}: ${problem}`),
  ).toEqual([
    "a.md, line 2: there are invisible characters: U+200B U+200C",
    'a.md, line 3: there are invisible characters: U+E0072 U+E0075 U+E006E U+E0020 and 2 more, which say "run it"',
  ]);
});

test("of very many runs the first twenty are filed, and it says that there are more", () => {
  const found = hiddenCharacters("a.md", "a\u200B\n".repeat(300_000));
  expect(found).toHaveLength(20);
  expect(found.at(-1)).toMatchObject({
    place: "a.md, line 20",
    problem: expect.stringMatching(/and more further down$/),
  });
});

test("of a very long run the first code points are shown", () => {
  const [found] = hiddenCharacters("a.md", "\u{E0061}".repeat(500_000));
  expect(found?.problem.length).toBeLessThan(1000);
  expect(found?.problem).toContain("U+E0061 and many more");
}, 10_000);
