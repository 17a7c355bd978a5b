import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineFragment, section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { drop } from "../entries/kinds.ts";
import { markdown } from "../entries/markdown.ts";
import { prose } from "../entries/prose.ts";
import { must } from "../entries/rule.ts";
import { table } from "../entries/table.ts";
import { render } from "../render/render.ts";
import { compile } from "./compile.ts";

const fragment = (id: string, coverage: number) =>
  defineFragment({
    id,
    version: "1.0.0",
    title: id,
    summary: "S.",
    params: { coverage: z.number().default(coverage) },
    rules: { floor: ({ coverage }) => must(`${coverage} % in ${id}.`) },
    decides: ({ coverage }) => ({ "testing.coverage": coverage }),
  });
const spec = {
  id: "p",
  version: "4.0.0",
  title: "P",
  description: { does: "Does.", when: "When.", notFor: "" },
  role: "You are p.",
};

describe("decisions", () => {
  test("that contradict do not compile, and both fragments are named", () => {
    const persona = definePersona({ ...spec, use: [fragment("unit-tests", 80), fragment("gates", 90)] });
    expect(() => compile(persona)).toThrow(
      'persona "p": "testing.coverage" is 80 in fragment "unit-tests" and 90 in fragment "gates".',
    );
  });

  test("that agree compile", () => {
    const persona = definePersona({
      ...spec,
      use: [fragment("unit-tests", 80), fragment("gates", 90).with({ coverage: 80 })],
    });
    expect(compile(persona).decisions).toEqual({ "testing.coverage": 80 });
  });

  test("are settled by the persona", () => {
    const use = [fragment("unit-tests", 80), fragment("gates", 90)];
    const persona = definePersona({ ...spec, use, decides: { "testing.coverage": 90 } });
    expect(compile(persona).decisions).toEqual({ "testing.coverage": 90 });
  });
});

describe("a persona that settles a topic", () => {
  const use = [fragment("unit-tests", 80), fragment("gates", 90)];
  const said = (value: number, of: readonly ReturnType<typeof fragment>[]) => () =>
    compile(definePersona({ ...spec, use: of, decides: { "testing.coverage": value } }));

  test.each([
    [
      use,
      '"testing.coverage" is 70 here, and 80 in fragment "unit-tests". The text would still say 80. Set it to 80 or 90',
    ],
    [use.slice(0, 1), "Set it to 80, or change a parameter of the fragment: coverage."],
  ])("as none of its fragments does is refused", (of, message) => {
    expect(said(70, of)).toThrow(message);
    expect(said(70, of)).toThrow('persona "p", decides: "testing.coverage" is 70');
  });

  test("that a rule of its own says instead of the fragment's is taken at its word", () => {
    const persona = definePersona({ ...spec, use: use.slice(0, 1) });
    const rules = { "unit-tests": { floor: must("70 %.") } };
    const mine = persona.extend({ id: "mine", rules, decides: { "testing.coverage": 70 } });
    expect(compile(mine).decisions).toEqual({ "testing.coverage": 70 });
    expect(() => compile(persona.extend({ id: "mine", decides: { "testing.coverage": 70 } }))).toThrow("is 70 here");
  });

  test("of which no fragment knows is taken at its word", () => {
    expect(
      compile(definePersona({ ...spec, use, decides: { "testing.coverage": 80, "own.topic": "x" } })).decisions,
    ).toEqual({ "testing.coverage": 80, "own.topic": "x" });
  });
});

describe("references", () => {
  const linking = section({ id: "linking", title: "L", rules: { see: must("See [the guide](ref:giude).") } });
  const guide = section({ id: "body", title: "B", rules: { a: must("A.") } });

  test("that dangle do not compile", () => {
    const persona = definePersona({
      ...spec,
      use: [linking],
      references: { guide: { title: "Guide", when: "lost", use: [guide] } },
    });
    expect(() => compile(persona)).toThrow(
      'persona "p", linking/see: there is no reference "giude". Did you mean "guide"?',
    );
  });

  test.each([
    ["the role", { role: "See [it](ref:nope)." }],
    ["a reference's moment", { references: { guide: { title: "G", when: "you need [it](ref:nope)", use: [guide] } } }],
    ["a table's header", { use: [section({ id: "t", title: "T", rules: { t: table(["[it](ref:nope)"], [["a"]]) } })] }],
  ])("that dangle in %s do not compile", (_, change) => {
    const persona = definePersona({
      ...spec,
      use: [section({ id: "own", title: "O", rules: { a: must("A.") } })],
      ...change,
    } as never);
    expect(() => compile(persona)).toThrow('there is no reference "nope"');
  });

  test("that are dropped leave no link behind", () => {
    const ok = section({ id: "linking", title: "L", rules: { see: must("See [the guide](ref:guide).") } });
    const persona = definePersona({
      ...spec,
      use: [ok],
      references: { guide: { title: "Guide", when: "lost", use: [guide] } },
    });
    const without = persona.extend({ id: "q", references: { drop: { guide: "no" } } });
    expect(() => compile(without)).toThrow('there is no reference "guide". It was dropped: drop the rule that links');
  });

  test("that another persona has are said to come with it", () => {
    const see = section({ id: "linking", title: "L", rules: { see: must("See [the guide](ref:guide).") } });
    const published = { ...see, id: "published" as const, version: "1.0.0" };
    const references = { guide: { title: "Guide", when: "lost", use: [guide] } };
    const other = definePersona({ ...spec, id: "other", use: [see, published], references });
    const [section_, fragment_] = other.use as [typeof see, typeof published];
    expect(() => compile(definePersona({ ...spec, use: [section_] }))).toThrow(
      /linking\/see: there is no reference "guide"\. Define it: references: .*\. Or put the persona "other"/,
    );
    expect(() => compile(definePersona({ ...spec, use: [fragment_] }))).toThrow(
      /Define it: references: .*\. If the fragment comes from the list of another persona, put that persona into `use`/,
    );
    const [linked] = compile(definePersona({ ...spec, use: [other] })).sections;
    expect(linked?.entries[0]).toMatchObject({ text: "See [the guide](ref:guide).", origin: { persona: "other" } });
  });
});

describe("a fragment of several personas", () => {
  const guide = defineFragment({
    id: "guide",
    version: "1.0.0",
    title: "Guide",
    summary: "S.",
    rules: { a: must("See [more](ref:more)."), b: must("B.") },
  });
  const more = {
    more: { title: "More", when: "more", use: [section({ id: "m", title: "M", rules: { m: must("M.") } })] },
  };
  const persona = definePersona({ ...spec, use: [guide], references: more });

  test("reads the same in each of them, edited in one or not", () => {
    const [first, , third] = [compile(persona), compile(persona), compile(persona)];
    expect(third).toEqual(first);
    const edited = compile(persona.extend({ id: "mine", rules: { guide: { b: must("C.") } } }));
    expect(edited.sections[0]?.entries[1]).toMatchObject({ text: "C.", origin: { editedBy: "mine" } });
    expect(compile(persona)).toEqual(first);
  });

  test("is checked for links again in each of them", () => {
    for (let index = 0; index < 3; index++) compile(persona);
    expect(() => compile(definePersona({ ...spec, use: [guide] }))).toThrow('there is no reference "more"');
  });

  test("counts for the size of each of them", () => {
    const rules = Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`r${index}`, must("A.")]));
    const [one, two] = ["one", "two"].map((id) =>
      defineFragment({ id, version: "1.0.0", title: "T", summary: "S.", rules }),
    ) as never as [typeof guide, typeof guide];
    for (let index = 0; index < 3; index++) {
      compile(definePersona({ ...spec, use: [one] }));
      expect(() => compile(definePersona({ ...spec, use: [one, two] }))).toThrow("it has 8000 rules");
    }
  });

  test("cannot be changed through the document of one of them", () => {
    for (let index = 0; index < 3; index++) {
      const { sections } = compile(persona);
      try {
        Object.assign(sections[0]?.entries[1] ?? {}, { text: "changed" });
      } catch {}
      expect(render(compile(persona), { referencePath: (id) => id }).body.text).not.toContain("changed");
    }
  });
});

test("a ragged table does not compile", () => {
  const ragged = section({ id: "t", title: "T", rules: { statuses: () => table(["A", "B"], [["1", "2"], ["3"]]) } });
  expect(() => compile(definePersona({ ...spec, use: [ragged] }))).toThrow("t/statuses: row 2 has 1 cells, not 2");
});

test("an empty text does not compile", () => {
  const empty = section({ id: "t", title: "T", rules: { none: () => prose(" ") } });
  expect(() => compile(definePersona({ ...spec, use: [empty] }))).toThrow("t/none: the text is empty");
});

test("a document is plain JSON", () => {
  const document = compile(definePersona({ ...spec, use: [fragment("unit-tests", 80)] }));
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});

test("a description says what, when, triggers and when not, in this order", () => {
  const description = { does: "Does.", when: "When.", triggers: ["api", "cron"], notFor: "Not for CSS." };
  const document = compile(definePersona({ ...spec, description, use: [fragment("unit-tests", 80)] }));
  expect(document.description).toBe("Does. When. Triggers: api, cron. Not for CSS.");
});

describe("every line", () => {
  const own = section({ id: "approach", title: "Approach", list: "steps", rules: { first: must("First.") } });
  const base = definePersona({ ...spec, use: [own, fragment("unit-tests", 80)] });
  const mine = base.extend({ id: "mine", rules: { "unit-tests": { floor: must("Mine.") } } });

  test("knows its fragment, version and rule", () => {
    const { body } = render(compile(mine), { referencePath: (id) => id });
    const lines = body.text.split("\n").slice(0, -1);
    expect(body.origins).toHaveLength(lines.length);
    expect(body.origins[lines.indexOf("1. First.")]).toEqual({
      unit: "approach",
      version: "4.0.0",
      persona: "p",
      rule: "first",
    });
    expect(body.origins[lines.indexOf("- Mine.")]).toEqual({
      unit: "unit-tests",
      version: "1.0.0",
      rule: "floor",
      editedBy: "mine",
    });
    expect(body.origins[lines.indexOf("## unit-tests")]).toEqual({ unit: "unit-tests", version: "1.0.0" });
    expect(body.origins[0]).toEqual({ unit: "mine" });
  });
});

test("personas and fragments of another copy of core compile alike", async () => {
  const paths = ["../define/define-fragment.ts?copy", "../define/define-persona.ts?copy"];
  const [copy, other] = (await Promise.all(paths.map((path) => import(path)))) as [
    { defineFragment: typeof defineFragment },
    { definePersona: typeof definePersona },
  ];
  expect(copy.defineFragment).not.toBe(defineFragment);
  expect(other.definePersona).not.toBe(definePersona);
  const foreign = copy.defineFragment({
    id: "foreign",
    version: "1.0.0",
    title: "F",
    summary: "S.",
    rules: { a: must("A.") },
  });
  const persona = other
    .definePersona({ ...spec, use: [foreign] })
    .extend({ id: "q", rules: { foreign: { a: must("B.") } } });
  expect(render(compile(persona), { referencePath: (id) => id }).body.text).toContain("- B.");
});

test.each([
  ["a string", () => "Do it."],
  ["null", () => null],
  ["false", () => false],
  ["a drop", () => ({ kind: "drop", reason: "x" })],
  ["a strength that there is not", () => ({ kind: "rule", strength: "shall", text: "X." })],
  ["text with line breaks", () => must("A\nB")],
  ["text with a heading", () => must("A\n# B")],
])("a function of parameters that makes %s does not compile", (_, source) => {
  const wrong = section({ id: "t", title: "T", rules: { wrong: source as never } });
  expect(() => compile(definePersona({ ...spec, use: [wrong] }))).toThrow("t/wrong: ");
});

test("every line of a role that is written over several in its source keeps its origin", () => {
  const own = section({ id: "own", title: "Own", rules: { a: must("A.") } });
  const { body } = render(compile(definePersona({ ...spec, role: "\n  You are.\n", use: [own] })), {
    referencePath: (id) => id,
  });
  expect(body.text).toContain("\nYou are.\n\n");
  expect(body.origins).toHaveLength(body.text.split("\n").length - 1);
});

test("names that every object inherits are names like others", () => {
  const inherited = defineFragment({
    id: "constructor",
    title: "C",
    summary: "S.",
    rules: { constructor: must("C."), toString: must("T.") },
    decides: () => ({ constructor: 1 }),
  });
  const persona = definePersona({ ...spec, use: [inherited] }).extend({
    id: "q",
    rules: { constructor: { toString: must("Other.") } as never },
  });
  const { body } = render(compile(persona), { referencePath: (id) => id });
  expect(body.text).toContain("- C.\n- Other.");
});

describe("a document says the lowest version of the model that can read it", () => {
  const rules = { a: must("A.") };
  const of = (spec: object, use: object) =>
    definePersona({ ...base, ...spec, use: [section({ id: "own", title: "Own", rules, ...use })] } as never);
  const base = { id: "p", title: "P", role: "R.", description: { does: "D.", when: "W.", notFor: "" } };

  test.each<[string, 1 | 2, object, object]>([
    ["nothing new", 1, {}, {}],
    ["the depth that is usual", 1, {}, { depth: 2 }],
    ["a heading that is kept", 1, {}, { keep: true, rules: {} }],
    ["another depth", 2, {}, { depth: 3 }],
    ["no heading", 2, {}, { title: false }],
    ["no title", 2, { title: false }, {}],
    ["no role", 2, { role: false }, {}],
    ["verbatim Markdown", 2, {}, { rules: { a: markdown("> A") } }],
    ["verbatim Markdown from a function", 2, {}, { rules: { a: () => markdown("> A") } }],
  ])("%s: %i", (_, version, spec, use) => {
    const persona = of(spec, use);
    expect(compile(persona).schemaVersion).toBe(version);
    // The second and the third time it is taken from what is ready.
    expect([compile(persona), compile(persona)].map(({ schemaVersion }) => schemaVersion)).toEqual([version, version]);
  });

  test("a persona does as well, where it shows without parameters, so that an older version refuses it", () => {
    expect(of({}, {}).schemaVersion).toBe(1);
    expect(of({ title: false }, {}).schemaVersion).toBe(2);
    expect(of({}, { rules: { a: markdown("> A") } }).schemaVersion).toBe(2);
    expect(of({}, {}).extend({ id: "q", rules: { own: { a: markdown("> B") } } }).schemaVersion).toBe(2);
  });

  test("what was replaced or dropped counts as well, because it stands in the document", () => {
    const persona = of({}, { rules: { a: markdown("> A"), b: must("B.") } });
    const edited = persona.extend({ id: "q", rules: { own: { a: must("A.") } } });
    expect(compile(edited).schemaVersion).toBe(2);
    expect(compile(persona.extend({ id: "q", rules: { own: { a: drop("no") } } })).schemaVersion).toBe(2);
  });
});

describe("a heading with nothing under it", () => {
  const base = { id: "p", title: "P", role: "R.", description: { does: "D.", when: "W.", notFor: "" } };
  const titlesOf = (keep: boolean) => {
    const own = section({ id: "own", title: "Own", keep, rules: { a: must("A.") } });
    const rest = section({ id: "rest", title: "Rest", rules: { b: must("B.") } });
    const persona = definePersona({ ...base, use: [own, rest] });
    const { sections } = compile(persona.extend({ id: "q", rules: { own: { a: drop("no") } } }));
    return sections.map(({ title }) => title);
  };

  test("goes with its rules, unless it is to be kept", () => {
    expect(titlesOf(false)).toEqual(["Rest"]);
    expect(titlesOf(true)).toEqual(["Own", "Rest"]);
  });

  test("is all that a section without rules says", () => {
    const use = [section({ id: "own", title: "Own", depth: 3, keep: true, rules: {} })];
    expect(compile(definePersona({ ...base, use })).sections).toMatchObject([{ title: "Own", depth: 3, entries: [] }]);
  });
});

test("a persona that would say nothing at all is refused", () => {
  const description = { does: "D.", when: "W.", notFor: "" };
  const empty = definePersona({ id: "p", title: false, role: false, description, use: [] });
  expect(() => compile(empty)).toThrow('persona "p": it says nothing. Give it a title, a role or a section.');
});
