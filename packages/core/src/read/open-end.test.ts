import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../markdown/parse.testing.ts";
import { nastyMarkdown } from "./blocks.testing.ts";
import { swallowsWhatFollows } from "./open-end.ts";

test.each<[string, string | undefined]>([
  ["", undefined],
  ["Text.", undefined],
  ["```ts\na\n```", undefined],
  ["```ts\na", "a code fence, line 1"],
  ["a\n\n~~~\n```\n\n", "a code fence, line 3"],
  ["```\na\n``` b", "a code fence, line 1"],
  ["````\na\n```", "a code fence, line 1"],
  ["   ```\na", "a code fence, line 1"],
  ["    ```\na", undefined],
  ["```a`b", undefined],
  // A list or a quote ends, and what is open in it, where something stands at the left margin.
  ["- a\n  ```\n  b", undefined],
  ["> ```\n> a", undefined],
  ["- a\n```", "a code fence, line 2"],
  ["<!-- a", "an HTML comment, line 1"],
  ["<!-- a\n\nb -->", undefined],
  ["a\n<!-- a", "an HTML comment, line 2"],
  ["a <!-- a", undefined],
  ["<pre>\na\n\n", "an HTML tag, line 1"],
  ["<pre>a</pre>", undefined],
  ["<script>\n\n</SCRIPT> a", undefined],
  ["<div>\na", undefined],
  ["<b>", undefined],
  ["<?php", "HTML, line 1"],
  ["<!DOCTYPE", "HTML, line 1"],
  ["<![CDATA[\n]]", "HTML, line 1"],
])("%j leaves open at its end: %s", (text, expected) => {
  const open = swallowsWhatFollows(text);
  expect(open && `${open.what}, line ${open.line}`).toBe(expected);
  // The parser of others agrees: a heading below is one, or is swallowed.
  const isHeading = parse(`${text}\n\n# End`).children.at(-1)?.type === "heading";
  expect(isHeading).toBe(expected === undefined);
});

test("what takes in the text below is found in any Markdown, and nothing else", () => {
  fc.assert(
    fc.property(nastyMarkdown, (text) => {
      const isTakenIn = parse(`${text}\n\nx`).children.at(-1)?.type !== "paragraph";
      expect(swallowsWhatFollows(text) !== undefined, JSON.stringify(text)).toBe(isTakenIn);
    }),
    { numRuns: 2000 },
  );
});
