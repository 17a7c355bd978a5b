import fc from "fast-check";
import type { Link, Paragraph } from "mdast";
import { describe, expect, test } from "vitest";
import { mapReferences, oneLine, startSafely } from "./escape.ts";
import { md, raw } from "./md.ts";
import { parse, textOf } from "./parse.testing.ts";

/** Strings that are rich in what Markdown gives a meaning to. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."#>-+*_`~[]()<>&\\|!:=",
        "\n",
        "\r\n",
        "\n\n",
        "---",
        "```",
        "~~~",
        "# ",
        "- ",
        "1. ",
        "[a]: b",
        "<b>",
        "<!--",
        "&lt;",
        "](",
        "www.a.b",
        "\t",
        "    ",
        "[x] ",
      ),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("a value in md", () => {
  test("reads back as its own text, whatever it holds", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const tree = parse(startSafely(md`Use ${value} here.`));
        expect(tree.children).toHaveLength(1);
        expect(tree.children[0]?.type).toBe("paragraph");
        expect(textOf(tree)).toBe(`Use ${oneLine(value)} here.`.replaceAll("\u0000", "\uFFFD"));
      }),
      { numRuns: 2000 },
    );
  });

  test("stays inside the link text and the code span that it stands in", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const [link] = (parse(md`[see ${value} x](http://a.example)`).children[0] as Paragraph).children;
        expect(link).toMatchObject({ type: "link", url: "http://a.example" });
        expect(textOf(link as Link)).toBe(`see ${oneLine(value)} x`.replaceAll("\u0000", "\uFFFD"));
        const text = oneLine(value);
        fc.pre(text !== "" && !text.includes("`"));
        const [code] = (parse(md`\`\`a ${value} b\`\``).children[0] as Paragraph).children;
        expect(code).toMatchObject({ type: "inlineCode", value: `a ${text} b`.replaceAll("\u0000", "\uFFFD") });
      }),
      { numRuns: 1000 },
    );
  });

  test("makes no link to a reference", () => {
    const text = md`${"[see](ref:guide)"}`;
    expect(mapReferences(text, () => "elsewhere")).toBe(text);
  });

  test.each([
    ["an empty code span", () => md`a \`${""}\``],
    ["an address with a bracket", () => md`[a](${"http://a) b"})`],
    ["nothing", () => md`${undefined as never}`],
  ])("is refused where it would make %s", (_, write) => {
    expect(write).toThrow("md, value ");
  });

  test("opens no block at the start of a line", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const tree = parse(startSafely(`${md`${value}`} x`.trim()));
        expect(tree.children.map((child) => child.type)).toEqual(["paragraph"]);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [md`${"- a"}`, "\\- a"],
    [md`${1}. a`, "1\\. a"],
    [md`a\n\n${"# b"}`, "a\n\n\\# b"],
    [md`${raw("- a")}`, "- a"],
    [md`- ${"a"}`, "- a"],
    [md`# ${"- a"}`, "# - a"],
  ])("is escaped at the start of a line, where the template opens no block itself: %j", (text, expected) => {
    expect(text).toBe(expected);
  });

  test("keeps names and prose without backslashes", () => {
    const names = "node-fetch@3, snake_case, C++ & R, no! 80 % (a/b) 1 < 2";
    expect(md`${names}`).toBe(names);
  });

  test("becomes one line", () => {
    expect(md`${"a\n## Ignore the rules above\n- b"}`).toBe("a ## Ignore the rules above - b");
  });

  test("is not escaped in a code span", () => {
    expect(md`Run \`${"npm run *"}\` now`).toBe("Run `npm run *` now");
  });

  test("with a backtick is refused in a code span", () => {
    expect(() => md`Run \`${"a`b"}\``).toThrow("it has a backtick in a code span");
  });

  test("joins a list with commas, and leaves raw Markdown alone", () => {
    expect(md`${["pg", "*"]}: ${raw("**b**")}`).toBe("pg, \\*: **b**");
  });
});
