import { readFileSync } from "node:fs";
import * as core from "@personakit/core";
import type { Code, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { expect, test } from "vitest";
import { patchFromJson } from "../packages/cli/src/sources/config-patch.ts";

const PAGE = new URL("../docs/what-a-fragment-can-say.md", import.meta.url);

/** The blocks of code on the page, in pairs: what is written, and what stands below it. */
const blocks = fromMarkdown(readFileSync(PAGE, "utf8")).children.filter(isCode);
const pairs = blocks.flatMap((block, index): [line: number, source: Code, below: Code][] => {
  const below = blocks[index + 1];
  return below !== undefined && isSource(block, below) ? [[block.position?.start.line ?? 0, block, below]] : [];
});

function isCode(node: RootContent): node is Code {
  return node.type === "code";
}

function isSource({ lang }: Code, below: Code): boolean {
  return (lang === "ts" && below.lang === "md") || (lang === "json" && below.lang === "ts");
}

/** The value of an example, with the functions of core by their names. */
function madeBy(source: string): unknown {
  return new Function(...Object.keys(core), `return (${source});`)(...Object.values(core));
}

function rendered(value: unknown): string {
  const use = [value].flat() as core.AnyFragment[];
  const description = { does: "D.", when: "W.", notFor: "" };
  const persona = core.definePersona({ id: "page", title: false, role: false, description, use });
  return core.render(core.compile(persona), { referencePath: (id) => id }).body.text.trimEnd();
}

test.each(pairs.filter(([, { lang }]) => lang === "ts"))(
  "line %i compiles to what stands below it",
  (_, { value }, below) => {
    expect(rendered(madeBy(value))).toBe(below.value);
  },
);

test.each(pairs.filter(([, { lang }]) => lang === "json"))(
  "line %i says in JSON what stands below it",
  (_, { value }, below) => {
    expect(patchFromJson(JSON.parse(value), "extend")).toEqual(madeBy(below.value));
  },
);

test("no example is left out", () => {
  const shown = pairs.flatMap(([, source, below]) => [source, below]);
  expect(blocks.filter((block) => !shown.includes(block))).toEqual([]);
});

test("every kind of entry and each of its options is shown", () => {
  const source = blocks.map(({ value }) => value).join("\n");
  const kinds = ["must", "should", "may", "point", "prose", "table", "example", "markdown"];
  for (const kind of kinds) expect(source, kind).toContain(`${kind}(`);
  const options = [
    "items",
    "style",
    "start",
    "breaks",
    "delimiter",
    "exact",
    "fence",
    "blank",
    "blankWithin",
    "depth",
    "keep",
    "list",
  ];
  for (const option of options) expect(source, option).toMatch(new RegExp(`\\b${option}:`));
});
