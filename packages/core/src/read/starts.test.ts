import fc from "fast-check";
import type { Nodes } from "mdast";
import { expect, test } from "vitest";
import { parse } from "../markdown/parse.testing.ts";
import { isReadRight, nastyMarkdown } from "./blocks.testing.ts";
import { startsIn } from "./starts.ts";

/** The lines, from 0, on which a block or an item begins that is in no quote and no list. */
function linesOf(text: string): number[] {
  return startsIn(text).flatMap((kind, index) => (kind === undefined ? [] : [index]));
}

/** The same as a parser says it. */
function linesByParser(text: string): number[] {
  const lineOf = (node: Nodes) => (node.position?.start.line ?? 0) - 1;
  return parse(text).children.flatMap((node) => (node.type === "list" ? node.children.map(lineOf) : [lineOf(node)]));
}

test("blocks and items begin on the same lines as for a parser", () => {
  fc.assert(
    fc.property(nastyMarkdown, (text) => {
      fc.pre(isReadRight(text) && !text.includes("]:"));
      expect(linesOf(text), JSON.stringify(text)).toEqual(linesByParser(text));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["a\nb\n\nc", [0, 3]],
  ["- a\n  - b\n- c\n\n  d", [0, 2]],
  ["a\n2. b\n\n2. c\n3. d", [0, 3, 4]],
  ["> - a\n> - b", [0]],
  ["a\nb | c\n-|-\nd", [0, 1]],
  ["```\n# a\n\n- b\n```\nc", [0, 5]],
  // What would be text below text is so below a definition too.
  ["[a]: b\n2. c", [0]],
  ["[a]: b\n[c]: d\ne\n===", [0]],
  ["[a]: b\n\nc", [0, 2]],
  ["[a]: b\n# c", [0, 1]],
  ["[a]: b\n- c", [0, 1]],
  // Other line ends than LF end no line here.
  ["a\r\n# b\r# c", [0, 1]],
] as const)("blocks of %j begin on lines %j", (text, lines) => {
  expect(linesOf(text)).toEqual(lines);
});
