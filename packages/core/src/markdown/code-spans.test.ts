import fc from "fast-check";
import type { Nodes } from "mdast";
import { describe, expect, test } from "vitest";
import { codeSpans, settleBackticks } from "./code-spans.ts";
import { md, raw } from "./md.ts";
import { parse, textOf } from "./parse.testing.ts";

const PARTS = ["`", "``", "```", "\\", " ", "a", "|", "@b", "<http://a", ">", "<i b='", '<i b="', "'>", '">', "</i>"];

/** One line of author's Markdown, with backticks that match and that do not. */
const textOfParts = (parts: readonly string[]) =>
  fc
    .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 14 })
    .map((each) => each.join("").trim())
    .filter((each) => each !== "");
const text = textOfParts(PARTS);
// A tag that is open at the end would go on in the next text, and its quotes with it.
const tagless = textOfParts(PARTS.slice(0, 8));

/** Where the parser that remark and its users share finds code. */
function codeIn(node: Nodes): { start: number; end: number }[] {
  if (node.type === "inlineCode") {
    return [{ start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 }];
  }
  return "children" in node ? node.children.flatMap(codeIn) : [];
}

/** The text that inline Markdown reads as. */
const plain = (markdown: string) => textOf(parse(`x ${markdown}`));

test("code is found where a parser of CommonMark finds it", () => {
  fc.assert(
    fc.property(text, (markdown) => {
      expect(codeSpans(`x ${markdown}`).spans, markdown).toEqual(codeIn(parse(`x ${markdown}`)));
    }),
    { numRuns: 2000 },
  );
});

describe("settled backticks", () => {
  test("read as before, and pair with nothing that stands beside them", () => {
    fc.assert(
      fc.property(text, tagless, tagless, (any, one, other) => {
        expect(plain(settleBackticks(any))).toBe(plain(any));
        const [a, b] = [one, other].map(settleBackticks) as [string, string];
        expect(plain(`${a} ${b}`)).toBe(`${plain(one)} ${plain(other).slice(2)}`);
      }),
      { numRuns: 2000 },
    );
  });

  test("stay as they are where all of them match", () => {
    for (const each of ["`a`", "Run `a` and ``b ` c``.", "\\`a", "`a``b`", "a"])
      expect(settleBackticks(each)).toBe(each);
  });

  test("are found in a time that grows with the text", () => {
    const lengths = Array.from({ length: 1500 }, (_, index) => "`".repeat(index + 1)).join(" ");
    for (const each of [lengths, "` ".repeat(500_001), "<a b='".repeat(200_000), "\\".repeat(1_000_001)]) {
      expect(plain(settleBackticks(each).slice(0, 100))).toBeTypeOf("string");
    }
  }, 20_000);
});

describe("md with backticks that match nothing", () => {
  test("keeps a value outside of code, as its own text", () => {
    expect(md`Read \`\` ${"[a](b)"} \` now`).toBe("Read \\`\\` \\[a\\](b) \\` now");
    expect(plain(md`a \` b ${"x`y"} c`)).toBe("x a ` b x`y c");
  });

  test("sees the backticks of raw Markdown", () => {
    expect(md`${raw("``")} ${"*"} \`\``).toBe("`` * ``");
  });
});
