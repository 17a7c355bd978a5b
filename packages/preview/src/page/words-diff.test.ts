import fc from "fast-check";
import { expect, test } from "vitest";
import { differingWords, type WordsPart } from "./words-diff.ts";

const said = (parts: readonly WordsPart[], ...kinds: readonly WordsPart["kind"][]) =>
  parts
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join("");

test("words that differ are parts of their own, and a phrase in other words is one part", () => {
  expect(differingWords("- Check the input, always.", "- Check all of the input.")).toEqual([
    { kind: "same", text: "- Check " },
    { kind: "added", text: "all of " },
    { kind: "same", text: "the input" },
    { kind: "removed", text: ", always" },
    { kind: "same", text: "." },
  ]);
  expect(differingWords("Around the code stand TLS", "Require TLS")).toEqual([
    { kind: "removed", text: "Around the code stand " },
    { kind: "added", text: "Require " },
    { kind: "same", text: "TLS" },
  ]);
});

test("both texts can be read from the parts, whatever they are", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "The", " ", "  ", ",", "\n", "`x`", "é", "漢字"))
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = differingWords(before, after);
      expect(said(parts, "same", "removed")).toBe(before);
      expect(said(parts, "same", "added")).toBe(after);
    }),
    { numRuns: 300 },
  );
});
