import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../markdown/parse.testing.ts";
import { nastyMarkdown } from "./blocks.testing.ts";
import { leastDepth, shiftHeadings } from "./headings.ts";
import { split } from "./split.ts";

test.each([
  ["# A\n\ntext\n\n## B ##\n", 1, "## A\n\ntext\n\n### B ##\n"],
  ["### A\n#### B", -2, "# A\n## B"],
  ["# A", 9, "###### A"],
  ["## A\n### B", -2, "# A\n# B"],
  ["```\n# A\n```\n\n    # B\n\n<!--\n# C\n-->\n\n#D", 1, "```\n# A\n```\n\n    # B\n\n<!--\n# C\n-->\n\n#D"],
  ["A\n===\n\nB\r\n---\r\n", 1, "A\n---\n\n### B\r\n"],
  ["A\n-\n", -1, "A\n=\n"],
  ["A\n  b \n===\nc", 2, "### A b\nc"],
  ["A #\n===", 2, "### A \\#"],
  ["#A\n===", 1, "#A\n---"],
  ["#A\n===", 2, "### #A"],
  ["> # A\n>\n> B\n> c\n> ---\n\n- # C", 1, "> ## A\n>\n> ### B c\n\n- ## C"],
  ["- a\n\n\tB\n    ---\n", 1, "- a\n\n\t### B\n"],
  ["-\t[a]: b\nB\n  \t===\n", 2, "-\t[a]: b\n  \t### B\n"],
  ["- a\n \nB\n  ---\n", 1, "- a\n \n### B\n"],
  ["# A", 0, "# A"],
  ["#", 1, "##"],
])("the headings of %j, shifted by %d", (text, by, expected) => {
  expect(shiftHeadings(text, by)).toBe(expected);
});

test.each([
  ["", 0],
  ["text\n```\n# A\n```", 0],
  ["### A\n## B\n#### C", 2],
  ["- # A", 1],
])("the least depth in %j", (text, depth) => {
  expect(leastDepth(text)).toBe(depth);
});

test("only depths change, in any Markdown", () => {
  fc.assert(
    fc.property(nastyMarkdown, fc.integer({ min: -3, max: 3 }), (text, by) => {
      const shifted = shiftHeadings(text, by);
      const kinds = (markdown: string) => split(markdown).blocks.map(({ kind, items }) => `${kind} ${items.length}`);
      const depths = (markdown: string) => split(markdown).blocks.map(({ depth }) => depth);
      expect(kinds(shifted)).toEqual(kinds(text));
      const expected = depths(text).map((depth) => (depth === 0 ? 0 : Math.min(Math.max(depth + by, 1), 6)));
      expect(depths(shifted)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test("a title says the same after its underline is gone", () => {
  expect(JSON.stringify(parse(shiftHeadings("A *b\nc* `d`\n===", 2)).children[0], ["type", "value", "children"])).toBe(
    JSON.stringify(parse("### A *b c* `d`").children[0], ["type", "value", "children"]),
  );
});
