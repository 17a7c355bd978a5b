import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nastyMarkdown } from "./blocks.testing.ts";
import { directivesIn } from "./directive.ts";
import { split } from "./split.ts";

const FILE = "personas/api.md";

function read(text: string, above = 0) {
  return directivesIn(text, { file: FILE, above });
}

/** `place: code: problem`, for errors and then for warnings. */
function said(text: string, above = 0): { errors: string[]; warnings: string[] } {
  const { issues, warnings } = read(text, above);
  const [errors, others] = [issues, warnings].map((each) => each.map((issue) => `${issue.place}: ${issue.problem}`));
  return { errors: errors ?? [], warnings: others ?? [] };
}

describe("a directive", () => {
  test("names a fragment and sets parameters, each with its place", () => {
    const text = `# A\n\n::use[@personakit/security-checklist]{hash="argon2id" team='a "b" }'}  \n\nText.\n\n## B\n::use[./x.md]`;
    const { directives, issues, warnings } = read(text);
    expect([issues, warnings]).toEqual([[], []]);
    expect(directives.map(({ name, values, line, depth }) => ({ name, values, line, depth }))).toEqual([
      { name: "@personakit/security-checklist", values: { hash: "argon2id", team: 'a "b" }' }, line: 3, depth: 1 },
      { name: "./x.md", values: {}, line: 8, depth: 2 },
    ]);
    for (const { name, nameAt, values, valuesAt, start, end } of directives) {
      expect(text.slice(nameAt.start, nameAt.end)).toBe(name);
      expect(text.slice(start, end)).toMatch(/^::use\[.*[\]}]$/);
      for (const [parameter, at] of Object.entries(valuesAt)) {
        expect(text.slice(at.start, at.end)).toBe(values[parameter]);
      }
    }
  });

  test.each([
    ["::use[a]", ["a"]],
    ["::use[a]{}", ["a"]],
    ["\ufeff::use[a]", ["a"]],
    ["::use[a]\r\n::use[b]\r::use[c]\n", ["a", "b", "c"]],
    // Below an item it is a line of its paragraph, for a parser of Markdown; below a table, a row.
    ["- a\n::use[b]\n- c", ["b"]],
    ["| a |\n| - |\n::use[b]", ["b"]],
    ["- ```\n::use[a]", ["a"]],
    ["```\n::use[a]\n```\n::use[b]", ["b"]],
    ["~~~\n::use[a]\n\n", []],
    ["<!--\n\n::use[a]\n-->", []],
    ["<div>\n::use[a]\n\n::use[b]", ["b"]],
    ["    a\n\n    ::use[a]", []],
    ["::user[a]\n::use-case[a]", []],
    ["Write `::use[a]` there.", []],
  ])("is found in %j", (text, names) => {
    const { directives, issues, warnings } = read(text);
    expect(directives.map(({ name }) => name)).toEqual(names);
    expect([issues, warnings]).toEqual([[], []]);
  });

  test.each([
    ["::use", "::use names no fragment"],
    ["::use[]", "::use names no fragment"],
    ["::use [a]", "::use names no fragment"],
    ["::use[a b]", "::use names no fragment"],
    ["::use[a]{b}", "the values of ::use cannot be read"],
    ['::use[a]{b="c}', "the values of ::use cannot be read"],
    ['::use[a]{b="c\n"}', "the values of ::use cannot be read"],
    ["::use[a]{b=c}", "the values of ::use cannot be read"],
    ['::use[a]{b="c" b="d"}', '::use sets "b" twice'],
  ])("that is %j is an error", (text, problem) => {
    expect(read(text).directives).toEqual([]);
    expect(said(`a\n\n${text}`, 4)).toEqual({ errors: [`${FILE}, line 7: ${problem}`], warnings: [] });
  });

  test.each([
    [" ::use[a]", "this is text and no directive"],
    ["\t::Use[a]", undefined],
    ["> ::use[a]", "this is text and no directive"],
    ["- ::use[a]", "this is text and no directive"],
    ["1. ::use[a]", "this is text and no directive"],
    [":use[a]", "this is text and no directive"],
    [":::use[a]", "this is text and no directive"],
    ["::Use[a]", "this is text and no directive"],
    ["::use[a] and more", "this is text and no directive: something stands behind it"],
    ['::use[a]{b="c"}.', "this is text and no directive: something stands behind it"],
    ["- ```\n  ::use[a]", undefined],
    ["    ::use[a]", undefined],
  ])("is nearly %j, with a warning where it is text", (text, problem) => {
    const { errors, warnings } = said(text);
    expect(read(text).directives).toEqual([]);
    expect(errors).toEqual([]);
    expect(warnings).toEqual(problem === undefined ? [] : [`${FILE}, line 1: ${problem}`]);
  });

  test("is found wherever no code and no HTML is, in any Markdown", () => {
    fc.assert(
      fc.property(nastyMarkdown, (text) => {
        const lines = text.split(/\r\n|\r|\n/);
        const verbatim = split(text).blocks.filter(({ kind }) => /^(?:fence|indented code|html)$/.test(kind));
        const expected = lines.flatMap((line, index) => {
          const isVerbatim = verbatim.some(({ first, last }) => first <= index + 1 && index + 1 <= last);
          return /^::use\[x\]\{a='b'\}$/.test(line) && !isVerbatim ? [index + 1] : [];
        });
        expect(read(text).directives.map(({ line }) => line)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
