import fc from "fast-check";
import type { Nodes } from "mdast";
import { expect, test } from "vitest";
import { isReadRight } from "../read/blocks.testing.ts";
import { NO_BLOCKS, readLine } from "./blocks.ts";
import { parse } from "./parse.testing.ts";

/** The lines, from 0, on which a block or an item begins that is in no quote and no list. */
function startsIn(text: string): number[] {
  const lines = text.split("\n");
  let blocks = NO_BLOCKS;
  return lines.flatMap((line, index) => {
    const read = readLine(blocks, line, lines[index + 1]);
    blocks = read.blocks;
    return read.isStart ? [index] : [];
  });
}

/** The same as a parser says it. */
function startsByParser(text: string): number[] {
  const lineOf = (node: Nodes) => (node.position?.start.line ?? 0) - 1;
  return parse(text).children.flatMap((node) => (node.type === "list" ? node.children.map(lineOf) : [lineOf(node)]));
}

// Left out, because parsers do not agree on it: a lone tag right below the text of a list item, and quotes and items with nothing in them.
const PARTS = [
  ...["- ", "* ", "+ ", "-", "1. ", "2) ", "10. ", "> ", ">", "# ", "#", "a", "b c", "---", "***", "===", "| a | b |"],
  ...[
    "| - | - |",
    "|---|",
    "a | b",
    "- | -",
    ":-",
    "```",
    "````",
    "``` ts",
    "~~~",
    "` ``` `",
    "<div>",
    "</div>",
    "<b> c",
  ],
  ...["<!--", "-->", "<!-- a -->", "<?", "?>", "<!A", ">", "<![CDATA[", "]]>", "<pre>", "x</pre>", "<script>", "\\|"],
  ...[" ", "  ", "   ", "    ", "\t", "     ", "- - ", "1. - "],
];
const line = fc
  .array(fc.constantFrom(...PARTS), { maxLength: 4 })
  .map((parts) => parts.join(""))
  .filter((each) => !/(?:^|[\s>])(?:[-+*>]|\d+[.)])\s*$/.test(each));
const text = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: line },
      { weight: 3, arbitrary: fc.constant("") },
      fc.constantFrom("\n<b>", "\n </pre>"),
    ),
    { maxLength: 9 },
  )
  .map((lines) => lines.join("\n"));

test("blocks and items begin on the same lines as for a parser", () => {
  fc.assert(
    fc.property(text, (markdown) => {
      fc.pre(isReadRight(markdown));
      expect(startsIn(markdown), JSON.stringify(markdown)).toEqual(startsByParser(markdown));
    }),
    { numRuns: 4000 },
  );
});
