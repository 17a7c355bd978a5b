import { expect, test } from "vitest";
import { Page } from "./page.ts";

/** Pieces of Markdown that their authors want right below each other, as a page. */
function joined(...pieces: readonly string[]): string {
  const page = new Page({ referencePath: (id) => id });
  for (const [index, piece] of pieces.entries()) page.verbatim(piece, { unit: `piece-${index}` }, 0);
  const { text, origins } = page.finish();
  expect(origins).toHaveLength(text.split("\n").length - 1);
  return text;
}

test.each([
  ["a block of its own stands right below", ["# a", "b", "- c", "- d", "> e"], "# a\nb\n- c\n- d\n> e\n"],
  ["text would go on with text", ["a", "b"], "a\n\nb\n"],
  ["text would go on with a quote", ["> a", "b"], "> a\n\nb\n"],
  ["dashes would underline", ["a", "---"], "a\n\n---\n"],
  ["a line becomes a head by the one below", ["a", "b | c\n-|-"], "a\nb | c\n-|-\n"],
  ["a row would go on with a table", ["a|b\n-|-", "c"], "a|b\n-|-\n\nc\n"],
  ["only the first step would be text", ["a", "2. b", "3. c"], "a\n\n2. b\n3. c\n"],
  ["a step would be text below a definition", ["[a]: b", "2. c"], "[a]: b\n\n2. c\n"],
  ["a step goes on with a list", ["1. a\n\n   b", "2. c\n3. d", "e"], "1. a\n\n   b\n2. c\n3. d\n\ne\n"],
  ["a step that is text below code says nothing of the list below", ["    a", "- ", "  - b"], "    a\n- \n  - b\n"],
  ["a byte order mark is text inside a file", ["a", "\ufeff- b"], "a\n\n\ufeff- b\n"],
] as const)("a blank line stands only where it has to: %s", (_, pieces, expected) => {
  expect(joined(...pieces)).toBe(expected);
});

test("many pieces within one item take a time that grows with them", () => {
  const pieces = Array.from({ length: 30_000 }, () => "  a");
  expect(joined("- a", ...pieces).split("\n\n")).toHaveLength(pieces.length + 1);
}, 30_000);
