import fc from "fast-check";
import type { List, Nodes, RootContent, Table } from "mdast";
import { describe, expect, test } from "vitest";
import { compile } from "../compile/compile.ts";
import { defineFragment, section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { example } from "../entries/example.ts";
import type { ListStyle } from "../entries/kind.ts";
import type { Entry } from "../entries/kinds.ts";
import { prose } from "../entries/prose.ts";
import { may, must, should } from "../entries/rule.ts";
import { table } from "../entries/table.ts";
import { oneLine } from "../markdown/escape.ts";
import { md } from "../markdown/md.ts";
import { parse, textOf } from "../markdown/parse.testing.ts";
import { render } from "./render.ts";

/** One block of a page, as a reader of Markdown sees it. */
type Block =
  | { heading: number; text: string }
  | { paragraph: string }
  | { list: string[]; ordered: boolean; start: number | null; checkboxes: boolean }
  | { code: string; language: string | null }
  | { table: string[][] };

const words = fc
  .array(
    fc.oneof(
      fc.constantFrom("#", "-", "1.", ">", "```", "---", "|", "*", "a", "\n", "<b>", "[x]:", "[ ]", "===", "~~~"),
      fc.string(),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(" "));
const value = words.filter((text) => oneLine(text) !== "" && !text.includes("\u0000"));
const code = fc
  .array(fc.constantFrom("a", "  b", "```", "````", "", "# c", "---"), { minLength: 1, maxLength: 6 })
  .map((lines) => lines.join("\n"));
const entry: fc.Arbitrary<Entry> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(must, should, may), value).map(([strength, text]) => strength(md`${text}`)),
  },
  value.map((text) => prose(md`${text}`)),
  code.filter((text) => text.trim() !== "").map((text) => example("ts", text)),
  fc.tuple(value, value).map(([a, b]) => table(["A", "B"], [[md`${a}`, md`${b}`]])),
);
const sections = fc.array(
  fc.record({
    title: value,
    list: fc.constantFrom<ListStyle>("bullets", "checklist", "steps"),
    entries: fc.array(entry, { minLength: 1, maxLength: 7 }),
  }),
  { minLength: 1, maxLength: 4 },
);

test("what is rendered parses back to the same blocks", () => {
  fc.assert(
    fc.property(sections, (specs) => {
      const use = specs.map(({ title, list, entries }, index) =>
        section({
          id: `s${index}`,
          title: md`${title}`,
          list,
          rules: Object.fromEntries(entries.map((each, i) => [`r${i}`, each])),
        }),
      );
      const persona = definePersona({
        id: "p",
        title: "P",
        role: "Role.",
        description: { does: "D.", when: "W.", notFor: "" },
        use,
      });
      const { text, origins } = render(compile(persona), { referencePath: (id) => id }).body;
      const expected: Block[] = [{ heading: 1, text: "P" }, { paragraph: "Role." }, ...specs.flatMap(blocksOf)];
      expect(parse(text).children.map(readBlock)).toEqual(expected);
      expect(origins).toHaveLength(text.split("\n").length - 1);
    }),
    { numRuns: 500 },
  );
});

/** Markdown as an author writes it who does not count backticks, bars and backslashes. */
const careless = fc
  .array(fc.constantFrom("`", "``", "```", "````", "|", "\\", "a", " ", "<http://a.b>", "[a\\]b]: c", "    "), {
    minLength: 1,
    maxLength: 10,
  })
  .map((parts) => oneLine(parts.join("")))
  .filter((text) => text !== "");

test.each(["bullets", "checklist", "steps"] as const)(
  "what authors write carelessly is refused where it is a block, and reads as it does alone, in %s",
  (list) => {
    fc.assert(
      fc.property(fc.array(careless, { minLength: 1, maxLength: 3 }), careless, careless, (texts, paragraph, cell) => {
        // In a cell, `\\|` is a bar: tables of GitHub know no other way to say one in code.
        fc.pre(!cell.includes("\\|"));
        const rules = Object.fromEntries(texts.map((text, index) => [`r${index}`, must(text)]));
        const others = { p: prose(paragraph), t: table([cell, "B"], [["C", cell]]) };
        const define = () => [section({ id: "s", title: "S", list, rules: { ...rules, ...others } })];
        if ([...texts, paragraph].some((text) => parse(text).children[0]?.type !== "paragraph")) {
          expect(define).toThrow(/the text has|a paragraph has/);
          return;
        }
        const use = define();
        const description = { does: "D.", when: "W.", notFor: "" };
        const persona = definePersona({ id: "p", title: "P", role: "R.", description, use });
        const { text } = render(compile(persona), { referencePath: (id) => id }).body;
        const [rendered, after, rows] = parse(text).children.slice(3).map(readBlock);
        expect(rendered).toMatchObject({ list: texts.map(plain) });
        expect(after).toEqual({ paragraph: plain(paragraph) });
        const read = plain(cell);
        expect(rows).toEqual({
          table: [
            [read, "B"],
            ["C", read],
          ],
        });
      }),
      { numRuns: 1500 },
    );
  },
);

/** What a section should read as. Written apart from the renderer, from the documented order alone. */
function blocksOf({ title, list, entries }: { title: string; list: ListStyle; entries: readonly Entry[] }): Block[] {
  const blocks: Block[] = [{ heading: 2, text: oneLine(title) }];
  const leads = { must: undefined, should: "Unless the project has decided otherwise:", may: "Where it helps:" };
  let step = 1;
  for (let i = 0; i < entries.length; i++) {
    const each = entries[i] as Entry;
    if (each.kind === "prose") blocks.push({ paragraph: plain(each.text) });
    if (each.kind === "example") blocks.push({ code: each.code, language: each.language });
    if (each.kind === "table") blocks.push({ table: [each.columns, ...each.rows].map((row) => row.map(plain)) });
    if (each.kind !== "rule" || entries[i - 1]?.kind === "rule") continue;
    const after = entries.findIndex((other, j) => j > i && other.kind !== "rule");
    const run = entries.slice(i, after === -1 ? undefined : after).filter((other) => other.kind === "rule");
    if (list === "steps") {
      blocks.push({ list: run.map((rule) => plain(rule.text)), ordered: true, start: step, checkboxes: false });
      step += run.length;
      continue;
    }
    for (const strength of ["must", "should", "may"] as const) {
      const rules = run.filter((rule) => rule.strength === strength);
      if (rules.length === 0) continue;
      const lead = leads[strength];
      if (lead !== undefined) blocks.push({ paragraph: lead });
      blocks.push({
        list: rules.map((rule) => plain(rule.text)),
        ordered: false,
        start: null,
        checkboxes: list === "checklist",
      });
    }
  }
  return blocks;
}

/** The text that inline Markdown reads as. */
function plain(markdown: string): string {
  return textOf(parse(`x ${markdown}`)).slice(2);
}

function readBlock(node: RootContent): Block {
  if (node.type === "heading") return { heading: node.depth, text: textOf(node) };
  if (node.type === "paragraph") return { paragraph: textOf(node) };
  if (node.type === "code") return { code: node.value, language: node.lang ?? null };
  if (node.type === "table") return { table: (node as Table).children.map((row) => row.children.map(textOf)) };
  if (node.type !== "list") throw new Error(`unexpected ${node.type}`);
  return readList(node);
}

function readList(node: List): Block {
  for (const item of node.children) expect(item.children.map((child: Nodes) => child.type)).toEqual(["paragraph"]);
  return {
    list: node.children.map(textOf),
    ordered: node.ordered === true,
    start: node.start ?? null,
    checkboxes: node.children.every((item) => item.checked === false),
  };
}

describe("a reference", () => {
  const long = section({
    id: "long",
    title: "Long",
    rules: Object.fromEntries(Array.from({ length: 110 }, (_, index) => [`r${index}`, must("Do it.")])),
  });
  const short = section({ id: "short", title: "Short", rules: { see: must("Read [the long one](ref:long).") } });
  const persona = definePersona({
    id: "p",
    title: "P",
    role: "Role.",
    description: { does: "D.", when: "W.", notFor: "" },
    use: [section({ id: "own", title: "Own", rules: { a: must("Read [this](ref:long).") } })],
    references: {
      long: { title: "Long", when: "you need it", use: [long] },
      short: { title: "Short", when: "not", use: [short] },
    },
  });
  const { body, references } = render(compile(persona), {
    referencePath: (id, from) => (from === undefined ? `references/${id}.md` : `${id}.md`),
  });

  test("is listed with the moment to read it", () => {
    expect(body.text).toContain("- [Long](references/long.md): read it when you need it.");
  });

  test("is linked from where the link stands", () => {
    expect(body.text).toContain("Read [this](references/long.md).");
    expect(references.short?.text).toContain("Read [the long one](long.md).");
  });

  test("opens with its contents when it is long", () => {
    expect(references.long?.text).toContain("Contents: Long.");
    expect(references.short?.text).not.toContain("Contents");
  });
});

test("a fragment reads in every document as it would on its own", () => {
  const shared = [
    defineFragment({
      version: "1.0.0",
      summary: "S.",
      id: "plain",
      title: "Plain",
      rules: { a: must("Do it."), b: should("Try it.") },
    }),
    defineFragment({
      version: "1.0.0",
      summary: "S.",
      id: "linked",
      title: "Linked",
      rules: { a: must("Read [more](ref:more).") },
    }),
    defineFragment({
      version: "1.0.0",
      summary: "S.",
      id: "bare",
      title: false,
      rules: { a: must("No heading.", { blank: 2 }) },
    }),
  ];
  const more = defineFragment({
    version: "1.0.0",
    summary: "S.",
    id: "more",
    title: "More",
    rules: { a: must("Say more.") },
  });
  const phrases = [{}, { should: "If you can:" }, { language: "de" }, {}] as const;
  const documents = phrases.flatMap((wording, index) =>
    [shared, [...shared].reverse()].map((use) =>
      compile(
        definePersona({
          id: `p${index}`,
          title: "P",
          role: "Role.",
          description: { does: "D.", when: "W.", notFor: "" },
          ...("should" in wording ? { phrases: wording } : wording),
          use,
          references: { more: { title: "More", when: "you need it", use: [more] } },
        }),
      ),
    ),
  );
  // A copy is of no fragment that others share.
  for (const [index, document] of documents.entries()) {
    const options = { referencePath: (id: string) => `${index}/${id}.md` };
    expect(render(document, options)).toEqual(render(structuredClone(document), options));
  }
});
