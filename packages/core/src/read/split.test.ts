import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCharacters, isReadRight, nastyMarkdown, ours, theirs } from "./blocks.testing.ts";
import { type Block, type Item, type Lines, split } from "./split.ts";

const RUNS = 1000;

describe("blocks", () => {
  test("are those that another parser sees, in nasty Markdown", () => {
    fc.assert(
      fc.property(nastyMarkdown, (text) => {
        fc.pre(isReadRight(text));
        expect(ours(text), JSON.stringify(text)).toEqual(theirs(text));
      }),
      { numRuns: RUNS },
    );
  });

  test("are those that another parser sees, in any characters and with any line ends", () => {
    fc.assert(
      fc.property(anyCharacters, (text) => {
        expect(ours(text), JSON.stringify(text)).toEqual(theirs(text));
      }),
      { numRuns: RUNS },
    );
  });

  test.each<[string, string[]]>([
    ["", []],
    [" \n\n", []],
    ["a\nb\n\nc", ["paragraph 1-2", "paragraph 4-4"]],
    ["a\n===\nb\n---\n---", ["heading 1-2", "heading 3-4", "break 5-5"]],
    ["a\n\n\n===", ["paragraph 1-1", "paragraph 4-4"]],
    ["#a\n# a\n####### a\n#\ta\n#", ["paragraph 1-1", "heading 2-2", "paragraph 3-3", "heading 4-4", "heading 5-5"]],
    ["```\na\n\n", ["code 1-2"]],
    ["```\na\n```\n``` b`", ["code 1-3", "paragraph 4-4"]],
    ["~~~ a`\n```\n~~~~", ["code 1-3"]],
    ["- a\nb\n\n  c\nd", ["list 1-5 (item 1-5)"]],
    ["- a\n\nb", ["list 1-1 (item 1-1)", "paragraph 3-3"]],
    ["- a\n\n\n- b\n* c", ["list 1-4 (item 1-1, item 4-4)", "list 5-5 (item 5-5)"]],
    ["1. a\n2) b", ["list 1-1 (item 1-1)", "list 2-2 (item 2-2)"]],
    ["a\n2. b\n1. c", ["paragraph 1-2", "list 3-3 (item 3-3)"]],
    ["-\n\n  a", ["list 1-1 (item 1-1)", "paragraph 3-3"]],
    ["> a\nb\n> c\n\nd", ["quote 1-3", "paragraph 5-5"]],
    ["> ```\nb", ["quote 1-1", "paragraph 2-2"]],
    ["    a\n\n    b\n    \nc", ["code 1-3", "paragraph 5-5"]],
    ["a\n    b", ["paragraph 1-2"]],
    ["\ta\n \tb", ["code 1-2"]],
    ["-\ta\n\n\tb", ["list 1-3 (item 1-3)"]],
    ["a | b\n--|--\nc | d\ne\n\nf", ["table 1-4", "paragraph 6-6"]],
    ["x\na | b\n:-|-:\n# c", ["paragraph 1-1", "table 2-3", "heading 4-4"]],
    ["a | b\n--|--|--", ["paragraph 1-2"]],
    ["a\\|b\n-|-", ["paragraph 1-2"]],
    ["a|b\n-|-\n    c", ["table 1-2", "code 3-3"]],
    ["[a]: b\n'c\nd' \n[e]: f\ng", ["definition 1-3", "definition 4-4", "paragraph 5-5"]],
    ["[a]: b\n===", ["definition 1-1", "paragraph 2-2"]],
    ["a\n[b]: c", ["paragraph 1-2"]],
    // HTML: kinds 1 to 7 of CommonMark.
    ["<pre>\n\n# a\n</pre> b\nc", ["html 1-4", "paragraph 5-5"]],
    ["<!-- a\n\n# b -->\nc", ["html 1-3", "paragraph 4-4"]],
    ["<?php\n\n?>", ["html 1-3"]],
    ["<!DOCTYPE html\n\n>", ["html 1-3"]],
    ["<![CDATA[\n\n]]>", ["html 1-3"]],
    ["<![CDATA\n\n<![a[\n\n<!-a\n\n<!1", ["paragraph 1-1", "paragraph 3-3", "paragraph 5-5", "paragraph 7-7"]],
    ["a\n<div>\n\n# b", ["paragraph 1-1", "html 2-2", "heading 4-4"]],
    ["<b c='d'>\ne\n\nf", ["html 1-2", "paragraph 4-4"]],
    ["a\n<b>\n\n</b >", ["paragraph 1-2", "html 4-4"]],
    // No tag's name has an underscore: prompts do.
    ["<output_format>\na\n</output_format>", ["paragraph 1-3"]],
    ["<b> a\n\n<http://a>", ["paragraph 1-1", "paragraph 3-3"]],
    // Tags that a paragraph goes on over: here CommonMark is right, and the other parser loses the quote.
    ["> a\n<b>\nc", ["quote 1-3"]],
    ["a\r\rb\r# c", ["paragraph 1-1", "paragraph 3-3", "heading 4-4"]],
    ["a\r\n\r\n\tb\n\rc", ["paragraph 1-1", "code 3-3", "paragraph 5-5"]],
    // Only spaces, tabs and line ends are white space.
    ["[a]:\ufeff", ["definition 1-1"]],
    ["[\u00a0]:\n\u2028", ["definition 1-2"]],
    ["[a]:\fb", ["paragraph 1-1"]],
    ["[a]:\0", ["definition 1-1"]],
    ["\ufeff# a", ["heading 1-1"]],
    ["a\n\ufeff# b", ["paragraph 1-2"]],
  ])("of %j", (text, expected) => {
    expect(ours(text)).toEqual(expected);
  });

  test("know more of themselves than their lines", () => {
    const [heading, , fence, list, quote] = split("# a\nb\n```\n```\n- c\n\n  10. d\n\n> ```").blocks;
    expect(heading).toMatchObject({ kind: "heading", depth: 1, gap: 0 });
    expect(fence).toMatchObject({ kind: "fence", isOpen: false });
    expect(list?.items[0]).toMatchObject({ marker: "-", indent: 2, first: 5, last: 7 });
    expect(list?.items[0]?.blocks[1]).toMatchObject({ kind: "list", gap: 1 });
    expect(list?.items[0]?.blocks[1]?.items[0]).toMatchObject({ marker: "10.", indent: 4, first: 7 });
    expect(quote).toMatchObject({ gap: 1, blocks: [{ kind: "fence", isOpen: true }] });
    expect(split("x\n===\ny\n---").blocks.map(({ depth }) => depth)).toEqual([1, 2]);
    expect(split("   -    a\n-     b").blocks[0]?.items.map(({ indent }) => indent)).toEqual([8, 2]);
  });
});

test.each([
  ["a\nb", "\n", false],
  ["a\r\nb\r\n", "\r\n", false],
  ["a\rb", "\r", false],
  ["a\r\nb\n", "mixed", false],
  ["\ufeffa", "\n", true],
] as const)("the line ends of %j are known", (text, lineEnd, hasBom) => {
  expect(split(text)).toMatchObject({ lineEnd, hasBom });
});

test("every character belongs to a block or is blank, whatever the line ends", () => {
  fc.assert(
    fc.property(fc.oneof(nastyMarkdown, anyCharacters, fc.string({ unit: "binary" })), (text) => {
      const { blocks, hasBom } = split(text);
      const lines = text.split(/\r\n|\r|\n/);
      let at = hasBom ? 1 : 0;
      let line = 0;
      for (const { start, end, first, last, gap } of blocks) {
        expect(text.slice(at, start)).toMatch(/^[ \t\r\n]*$/);
        expect(text.slice(start, end).split(/\r\n|\r|\n/)).toEqual(
          lines.slice(first - 1, last).map((each, index) => (index + first === 1 && hasBom ? each.slice(1) : each)),
        );
        expect(gap).toBe(first - line - 1);
        [at, line] = [end, last];
      }
      expect(text.slice(at)).toMatch(/^[ \t\r\n]*$/);
      for (const block of blocks) expectInside(block, text);
    }),
    { numRuns: RUNS },
  );
});

/** What stands in a block lies within its lines, in order. */
function expectInside({ items, blocks, ...around }: Block | (Item & { items?: undefined }), text: string): void {
  let { start } = around as Lines;
  for (const inner of [...(items ?? []), ...blocks]) {
    expect(inner.start).toBeGreaterThanOrEqual(start);
    expect(inner.end).toBeLessThanOrEqual(around.end);
    expect(text.slice(inner.start, inner.end).split(/\r\n|\r|\n/).length).toBe(inner.last - inner.first + 1);
    start = inner.end;
    expectInside(inner, text);
  }
}

test("a text of a million characters is split in a time that grows with it", () => {
  const units = [
    ...[
      "- ",
      "> ",
      "1. ",
      "- - * ",
      "-\n\n",
      "[a]: b (\n",
      "[a]: b '\n",
      '[a]: b "c\\\n',
      "[",
      "[a]",
      "<",
      "<b ",
      "<b c='",
    ],
    ...[
      "`",
      "```\n",
      "|",
      "|\n",
      "-|",
      "a|b\n-|-\n",
      "\t",
      " ",
      "\r",
      "\n",
      "#",
      "<!--\n",
      "<pre>\n",
      "a\n",
      "    a\n\n",
    ],
  ];
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(split(text).blocks.length).toBeLessThanOrEqual(text.length);
    expect(split(`${"- ".repeat(5000)}a\n${unit.repeat(50_000)}`).blocks.length).toBeGreaterThan(0);
  }
}, 30_000);
