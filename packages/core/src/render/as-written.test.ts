import fc from "fast-check";
import type { RootContent, Table } from "mdast";
import { expect, test } from "vitest";
import { compile } from "../compile/compile.ts";
import { section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { example } from "../entries/example.ts";
import type { Item, ItemSpec } from "../entries/item.ts";
import type { ItemStyle, ListStyle } from "../entries/kind.ts";
import type { Entry } from "../entries/kinds.ts";
import { markdown } from "../entries/markdown.ts";
import { prose } from "../entries/prose.ts";
import { may, must, point, type Rule, should } from "../entries/rule.ts";
import { table } from "../entries/table.ts";
import { PersonaKitError } from "../issues/issue.ts";
import { oneLine } from "../markdown/escape.ts";
import { md } from "../markdown/md.ts";
import { parse, textOf } from "../markdown/parse.testing.ts";
import { render } from "./render.ts";

/** A block as a reader of Markdown sees it. Items stand alone: where two lists of one kind meet, they read as one. */
type Block =
  | { heading: number; text: string }
  | { paragraph: string }
  | { item: Block[]; ordered: boolean; checked: boolean | null }
  | { code: string; language: string | null }
  | { table: string[][]; align: unknown }
  | { html: string }
  | { quote: Block[] }
  | { line: true };

function blocksOf(node: RootContent): Block[] {
  if (node.type === "heading") return [{ heading: node.depth, text: textOf(node) }];
  if (node.type === "paragraph") return [{ paragraph: textOf(node) }];
  if (node.type === "code") return [{ code: node.value, language: node.lang ?? null }];
  if (node.type === "html") return [{ html: node.value }];
  if (node.type === "blockquote") return [{ quote: node.children.flatMap(blocksOf) }];
  if (node.type === "thematicBreak") return [{ line: true }];
  if (node.type === "table") {
    const rows = (node as Table).children.map((row) => row.children.map(textOf));
    return [{ table: rows, align: node.align }];
  }
  if (node.type !== "list") throw new Error(`unexpected ${node.type}`);
  const ordered = node.ordered === true;
  return node.children.map(({ children, checked = null }) => ({ item: children.flatMap(blocksOf), ordered, checked }));
}

/** The text that inline Markdown reads as. */
const plain = (text: string) => textOf(parse(`x ${text}`)).slice(2);

const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "#",
        "-",
        "1.",
        ">",
        "```",
        "---",
        "|",
        "*",
        "a",
        "\n",
        "<b>",
        "[x]:",
        "[ ]",
        "===",
        "~~~",
        ":-",
        "`",
      ),
      fc.string(),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(" "));
const value = words.filter((text) => oneLine(text) !== "" && !text.includes("\u0000"));
/** A text whose values stay data, on one line or several. */
const line = value.map((text) => md`${text}`);
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((each) => each.join("\n"));

const blank = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined });
const spaced = blank.map((count) => (count === undefined ? {} : { blank: count }));
const style = fc.constantFrom<ItemStyle | undefined>("bullets", "checklist", "steps", undefined);
const styled = style.map((each) => (each === undefined ? {} : { style: each }));
const item: fc.Memo<ItemSpec> = fc.memo((levels) =>
  levels <= 1
    ? line
    : fc.oneof(
        line,
        fc
          .record({ text: lines, items: fc.array(item(levels - 1), { minLength: 1, maxLength: 3 }) })
          .chain((spec) => styled.map((look) => ({ ...spec, ...look, breaks: true as const }))),
      ),
);
const items = fc.option(fc.array(item(4), { minLength: 1, maxLength: 3 }), { nil: undefined });
const within = items.map((each) => (each === undefined ? {} : { items: each }));

const codeLine = fc.constantFrom("a", "  b", "```", "~~~~", "", "# c", "---");
const codeText = fc.array(codeLine, { maxLength: 5 }).map((each) => each.join("\n"));
const fence = fc.constantFrom({}, { fence: "~~~" }, { fence: "`````" });
const authored = fc
  .array(
    fc.constantFrom(
      "# a",
      "- b",
      "  c",
      "1. d",
      "> e",
      "```",
      "| f | g |",
      "|---|:-:|",
      "***",
      "",
      "\n<b>",
      "h",
      "- [x] i",
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((each) => each.join("\n"))
  .filter((text) => /^\S/.test(text) && text.trim() !== "");

const block: fc.Arbitrary<Entry> = fc.oneof(
  fc.tuple(lines, spaced).map(([text, look]) => prose(text, { ...look, breaks: true })),
  fc
    .tuple(codeText, fence, spaced)
    .map(([code, ...looks]) => example("ts x", code, Object.assign({ exact: true }, ...looks))),
  fc.tuple(line, spaced).map(([cell, look]) => table(["A", cell], [["b", cell]], { ...look, delimiter: "|:--|--:|" })),
  fc.tuple(line, spaced).map(([cell, look]) => table(["A", "B"], [["b", cell]], { ...look, padded: true })),
  fc.tuple(authored, spaced).map(([text, look]) => markdown(text, look)),
);
const free = fc
  .tuple(fc.constantFrom(point, must, may), lines, spaced, styled, within)
  .map(([make, text, ...looks]) => make(text, Object.assign({ breaks: true }, ...looks)));
const bound = fc
  .tuple(fc.constantFrom(must, should, may), line, spaced, within)
  .map(([make, text, ...looks]) => make(text, Object.assign({}, ...looks)));

const heading = fc.record({
  title: fc.oneof(line, fc.constant(false as const)),
  depth: fc.constantFrom<(1 | 2 | 3 | 4 | 5 | 6)[]>(1, 2, 3, 4, 5, 6),
  blankWithin: fc.constantFrom(0, 1, 2),
});
const entries = (rule: fc.Arbitrary<Entry>) =>
  fc.array(fc.oneof({ weight: 3, arbitrary: rule }, { weight: 2, arbitrary: block }), { minLength: 1, maxLength: 8 });
const part = fc.oneof(
  { weight: 3, arbitrary: fc.record({ list: fc.constant<ListStyle>("asWritten"), heading, entries: entries(free) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      list: fc.constantFrom<ListStyle>("bullets", "checklist", "steps"),
      heading,
      entries: entries(bound),
    }),
  },
);
type Part = typeof part extends fc.Arbitrary<infer Each> ? Each : never;

/** What a part should read as. Written apart from the renderer, from what is promised alone. */
function expected({ list, heading: { title, depth }, entries }: Part): Block[] {
  const blocks: Block[] = title === false ? [] : [{ heading: depth, text: plain(oneLine(title)) }];
  for (let i = 0; i < entries.length; ) {
    const entry = entries[i] as Entry;
    if (entry.kind !== "rule") {
      blocks.push(...blockOf(entry));
      i++;
      continue;
    }
    const end = entries.findIndex((other, j) => j > i && other.kind !== "rule");
    const run = entries.slice(i, end === -1 ? undefined : end) as Rule[];
    i += run.length;
    if (list === "asWritten" || list === "steps") {
      blocks.push(...run.map((rule) => itemOf(rule, list === "steps" ? "steps" : rule.style)));
      continue;
    }
    const leads = { must: undefined, should: "Unless the project has decided otherwise:", may: "Where it helps:" };
    for (const strength of ["must", "should", "may"] as const) {
      const rules = run.filter((rule) => rule.strength === strength);
      const lead = leads[strength];
      if (rules.length > 0 && lead !== undefined) blocks.push({ paragraph: lead });
      blocks.push(...rules.map((rule) => itemOf(rule, list)));
    }
  }
  return blocks;
}

function itemOf({ text, items = [] }: Rule | Item, style: ItemStyle = "bullets"): Block {
  const inner = items.map((each) => itemOf(each, each.style));
  return {
    item: [{ paragraph: plain(text) }, ...inner],
    ordered: style === "steps",
    checked: style === "checklist" ? false : null,
  };
}

function blockOf(entry: Exclude<Entry, Rule>): Block[] {
  if (entry.kind === "prose") return [{ paragraph: plain(entry.text) }];
  if (entry.kind === "example") return [{ code: entry.code, language: "ts" }];
  if (entry.kind === "table") {
    const align = entry.delimiter === undefined ? [null, null] : (["left", "right"] as const);
    return [{ table: [entry.columns, ...entry.rows].map((row) => row.map(plain)), align: [...align] }];
  }
  return parse(entry.text).children.flatMap(blocksOf);
}

/** What a step makes; undefined where an author's mistake is refused. */
function accepted<Made>(make: () => Made): Made | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof PersonaKitError) return undefined;
    throw error;
  }
}

test("lists as written, points within points, lines and blank lines parse back to the same blocks", () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
      const use = accepted(() =>
        parts.map(({ list, heading, entries }, index) =>
          section({
            ...heading,
            id: `s${index}`,
            list,
            rules: Object.fromEntries(entries.map((each, i) => [`r${i}`, each])),
          }),
        ),
      );
      fc.pre(use !== undefined);
      const description = { does: "D.", when: "W.", notFor: "" };
      const persona = definePersona({ id: "p", title: false, role: false, description, use });
      const { text, origins } = render(compile(persona), { referencePath: (id) => id }).body;
      expect(parse(text).children.flatMap(blocksOf), text).toEqual(parts.flatMap(expected));
      expect(origins).toHaveLength(text.split("\n").length - 1);
      expect(text).not.toMatch(/^\n/);
    }),
    { numRuns: 300 },
  );
});
