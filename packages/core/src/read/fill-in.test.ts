import fc from "fast-check";
import { expect, test } from "vitest";
import { issuesOf } from "../issues/issue.ts";
import { type DeclaredParameters, fillIn } from "./fill-in.ts";
import { split } from "./split.ts";

/** The filled text, or what is wrong. */
function filled(text: string, declared: DeclaredParameters, values: { readonly [parameter: string]: string } = {}) {
  try {
    return fillIn(text, declared, values, "a.md, line 3");
  } catch (error) {
    return (issuesOf(error) ?? []).map(({ place, code, problem, hint }) => {
      expect(place).toBe("a.md, line 3");
      return `${code}: ${problem}${hint?.startsWith("Did") ? ` ${hint}` : ""}`;
    });
  }
}

test.each([
  ["Look it up in the docs of {{library}}.", { library: "Go" }, "Look it up in the docs of Rust."],
  ["{{library}} and {{ library }}", { library: undefined }, "Rust and Rust"],
  // Only what is declared is a placeholder.
  ["{{github.sha}} {{other}} {{{library}}} {library}", { library: "Go" }, "{{github.sha}} {{other}} {Rust} {library}"],
  ["{{library}}", {}, ['unknown-parameter: there is no parameter "library"']],
])("%j is filled in", (text, declared, expected) => {
  expect(filled(text, declared, { library: "Rust" })).toEqual(expected);
});

test("a value is written as it stands, and never filled in itself", () => {
  expect(filled("{{a}} {{b}}", { a: "", b: "" }, { a: "{{b}} $& *x*", b: "y" })).toBe("{{b}} $& *x* y");
});

test("a line that a default leaves empty may be filled", () => {
  expect(filled("a\n\n{{a}}\n\n{{b}}", { a: "", b: "" }, { a: "x" })).toBe("a\n\nx\n\n");
  expect(filled("a\n\n{{a}}", { a: "" }, { a: "- x" })).toEqual([expect.stringContaining("changed-blocks")]);
});

test("a default stands in for a value", () => {
  expect(filled("{{a}}{{b}}", { a: "x", b: undefined }, { b: "y" })).toBe("xy");
  expect(filled("{{constructor}}", { constructor: undefined as never }, {})).toEqual([
    'missing-value: "constructor" has no value and no default',
  ]);
});

test.each<[DeclaredParameters, { [parameter: string]: string }, string[]]>([
  [
    { library: "Go" },
    { libary: "Rust" },
    ['unknown-parameter: there is no parameter "libary" Did you mean "library"?'],
  ],
  [{ a: undefined, b: undefined }, { a: "x" }, ['missing-value: "b" has no value and no default']],
  [{ a: "x" }, { a: "y\nz" }, ['line-break: the value of "a" has line breaks']],
])("with %j, %j is refused", (declared, values, expected) => {
  expect(filled("{{a}}", declared, values)).toEqual(expected);
});

test.each([
  ["{{a}} is it", "# Title", true],
  ["{{a}} is it", "- item", true],
  ["{{a}}", "", true],
  ["{{b}} is it\n{{a}}", "===", true],
  ["Text\n{{a}}", "---", true],
  ["```\n{{a}}\nb\n```", "```", true],
  ["```{{a}}\nb\n```", "x`y", true],
  ["- {{a}}", "- x", true],
  ["> {{a}}", "```", true],
  ["| {{a}} |\n| - |", "x | y", true],
  ["{{a}}", "<!-- x", true],
  ["Text {{a}}", "# Title", false],
  ["```\n{{a}}\n```", "# Title", false],
  ["{{a}} is it", "#1", false],
])("in %j, the value %j makes other blocks: %s", (text, value, isOther) => {
  const problem = 'changed-blocks: the value of "a" makes other blocks of the fragment';
  expect(filled(text, { a: "x", b: "y" }, { a: value, b: "z" })).toEqual(
    isOther ? [problem] : text.replace("{{a}}", value),
  );
});

test("whatever the values are, the blocks stay", () => {
  const parts = fc.constantFrom(
    "{{a}}",
    "{{b}}",
    "\n",
    "\n\n",
    "# ",
    "- ",
    "> ",
    "```",
    "    ",
    "|",
    "-|-",
    "x",
    "<!--",
  );
  const template = fc.array(parts, { maxLength: 12 }).map((each) => each.join(""));
  const value = fc.constantFrom(
    "",
    "x",
    "# x",
    "-",
    "- x",
    "```",
    "---",
    "===",
    "|",
    "<!--",
    "-->",
    "<div>",
    "    x",
    "1.",
  );
  fc.assert(
    fc.property(template, value, value, (text, a, b) => {
      const result = filled(text, { a: "x", b: "y" }, { a, b });
      if (typeof result !== "string") return;
      const shape = (markdown: string) => split(markdown).blocks.map(({ kind, first, last }) => [kind, first, last]);
      const withDefaults = text.replaceAll("{{a}}", "x").replaceAll("{{b}}", "y");
      expect([shape(withDefaults), shape(text)]).toContainEqual(shape(result));
    }),
    { numRuns: 1000 },
  );
});
