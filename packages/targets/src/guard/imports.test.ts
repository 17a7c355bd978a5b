import { type Origin, section, table } from "@personakit/core";
import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { expect, test } from "vitest";
import { main, rules } from "../compile.testing.ts";
import { guardImports } from "./imports.ts";

const guard = (text: string) => guardImports({ text, origins: [] as Origin[] }).text;

/** What is imported: a text outside of code in which `@` and a path stand at its start or after white space. */
function importsIn(node: Nodes): string[] {
  if (node.type === "text") return [...node.value.matchAll(/(?:^|\s)@[\w~./-]\S*/g)].map(([found]) => found);
  return "children" in node ? node.children.flatMap(importsIn) : [];
}

const textOf = (node: Nodes): string =>
  "value" in node ? node.value : "children" in node ? node.children.map(textOf).join("") : "";

const PARTS = [
  "`",
  "``",
  "```",
  "~~~",
  "\n",
  "\n\n",
  " ",
  "    ",
  "\\",
  "*",
  "a",
  "@/etc/passwd",
  "@b",
  "(",
  "](",
  "|",
  ".",
];

test("imports nothing, whatever stands around it, and says the same text", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 12 }), (parts) => {
      // What a persona compiles to: each line stands alone, and what its backticks open they close.
      const text = `x ${parts.join("")}`.replaceAll("\n", " ");
      const body = main("plain", { use: rules(text) });
      const guarded = main("agents-md", { use: rules(text) });
      // To a tool an escape is a token of its own, and what follows it the next text.
      const escaped = guarded.replace(/(?<!\\)((?:\\\\)*)\\@/g, "$1\\:");
      expect(importsIn(fromMarkdown(escaped)), guarded).toEqual([]);
      expect(textOf(fromMarkdown(guarded)), guarded).toBe(textOf(fromMarkdown(body)));
    }),
    { numRuns: 2000 },
  );
});

test("imports nothing from Markdown that stands as it is", () => {
  const line = fc.array(
    fc.constantFrom(...PARTS.filter((part) => part !== "    "), "- ", "> ", "# ", "| ", "| - | - |", "| - |"),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
      const guarded = guard(lines.map((parts) => parts.join("")).join("\n"));
      const escaped = guarded.replace(/(?<!\\)((?:\\\\)*)\\@/g, "$1\\:");
      const parsed = fromMarkdown(escaped, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
      expect(importsIn(parsed), guarded).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ["a ` @/b\n", "a ` \\@/b\n"],
  ["`a\n@/b c`\n", "`a\n\\@/b c`\n"],
  ["| ` a | @/b ` |\n| - | - |\n", "| ` a | \\@/b ` |\n| - | - |\n"],
  ["a\n| - |\n| ` | @/b ` |\n", "a\n| - |\n| ` | \\@/b ` |\n"],
])("where a backtick may pair with another, %j becomes %j", (text, expected) => {
  expect(guard(text)).toBe(expected);
});

test.each([
  ["Read `` @/etc/passwd ` now.", "Read \\`\\` `@/etc/passwd` \\` now."],
  ["`a` @/b `c`", "`a` `@/b` `c`"],
  ["`a`@/b", "`a`\\@/b"],
  ['**@/b** _@/b_ "@/b" \\\\@/b', '**\\@/b** _\\@/b_ "\\@/b" \\\\\\@/b'],
  ["`@/b` ``x ` @/b`` \\@/b a@b.c [x](@/b) x/@b", "`@/b` ``x ` @/b`` \\@/b a@b.c [x](@/b) x/@b"],
  ["<https://a/`b> @/b `c`", "<https://a/`b> `@/b` `c`"],
])("%j becomes %j", (text, expected) => {
  expect(main("agents-md", { use: rules(text) })).toContain(`- ${expected}\n`);
});

test("a backtick in one cell of a table does not reach into the next", () => {
  const use = [section({ id: "own", title: "Own", rules: { a: table(["` a", "`@/b`"], [["c", "@/b"]]) } })];
  expect(main("agents-md", { use })).toContain("| \\` a | `@/b` |\n| --- | --- |\n| c | `@/b` |\n");
});

test.each([
  ["```\n@/a\n```\n@/b\n"],
  ["  ~~~ x\n@/a\n~~\n```\n@/a\n~~~~\n@/b\n"],
  ["````\n@/a\n```\n````js\n@/a\n   `````  \n@/b\n"],
])("leaves the code of a fence alone, and nothing below it: %j", (text) => {
  expect(guard(text)).toBe(text.replaceAll("@/b", "`@/b`"));
});

test.each([
  ["- a\n  ```\n  @/a\n@/b\n"],
  ["> ```\n> @/a\n@/b\n"],
  ["- ```\n  @/a\n  ```\n- @/b\n"],
  ["1. a\n\n       @/b\n"],
])("knows where the code of a list or a quote ends: %j", (text) => {
  expect(guard(text)).toBe(text.replaceAll("@/b", "`@/b`"));
});

test("reads no fence on below a line that leaves it", () => {
  // A no-break space is text, so that the item ends with its fence.
  expect(guard("- ~~~\n\u00a0\n  @a")).toBe("- ~~~\n\u00a0\n  `@a`");
});

test("reads no fence where a backtick follows", () => {
  expect(guard("```a`` @/b\n@/b\n")).toBe("```a`` `@/b`\n`@/b`\n");
});
