import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compile } from "../compile/compile.ts";
import { drop } from "../entries/kinds.ts";
import { must } from "../entries/rule.ts";
import { md } from "../markdown/md.ts";
import type { AnyPersona, PersonaSpec } from "../model/persona.ts";
import { render } from "../render/render.ts";
import { defineFragment, section } from "./define-fragment.ts";
import { definePersona } from "./define-persona.ts";

const fragment = (version = "1.0.0") =>
  defineFragment({
    id: "testing",
    version,
    title: "Testing",
    summary: "S.",
    params: { coverage: z.number().default(80) },
    rules: { floor: ({ coverage }) => must(md`Cover ${coverage} %.`), flaky: must("Quarantine flaky tests.") },
    decides: ({ coverage }) => ({ "testing.coverage": coverage }),
  });
const security = defineFragment({
  id: "security",
  version: "2.0.0",
  title: "Security",
  summary: "S.",
  rules: { csrf: must("Send a CSRF token."), hash: must("Hash passwords; see [more](ref:guide).") },
});
const own = (id: string, text = "A.") => section({ id, title: id, rules: { a: must(text) } });
const description = { does: "Does.", when: "When.", notFor: "" };
const persona = <Id extends string>(id: Id, spec: object = {}) =>
  definePersona({ id, version: "1.0.0", title: id, description, role: "R.", use: [own(`${id}-own`)], ...spec });
const guide = { title: "Guide", when: "lost", use: [own("guide-text")] };

const a = definePersona({
  ...{ id: "a", version: "1.0.0", title: "A", description, role: "You are a.", use: [security, own("a-own")] },
  references: { guide },
});
const b = definePersona({
  ...{ id: "b", version: "3.1.0", title: "B", description, role: "You are b.", use: [fragment(), own("b-own")] },
  model: "deep",
  color: "red",
  paths: ["src/**"],
});
const both = (use: readonly unknown[], more: object = {}) =>
  definePersona({ ...{ id: "both", title: "Both", description, role: "You are both." }, use, ...more } as never);
const text = (of: AnyPersona) => render(compile(of), { referencePath: (id) => id }).body.text;
const titles = (of: AnyPersona) => compile(of).sections.map(({ title }) => title);

describe("a persona in `use` stands for all that it has", () => {
  test("in its place, with references, and nothing else of it", () => {
    const made = definePersona({
      ...{ id: "both", title: "Both", description, role: "You are both." },
      use: [own("first"), a, own("between"), b],
    });
    expect(titles(made)).toEqual(["first", "Security", "a-own", "between", "Testing", "b-own"]);
    expect(compile(made).references.map(({ id }) => id)).toEqual(["guide"]);
    const { role, model, color, paths, version } = compile(made);
    expect({ role, model, color, paths, version }).toEqual({ role: "You are both." });
    expect(text(made)).toContain("Hash passwords; see [more](guide).");
  });

  test("with the origin of each line", () => {
    const entries = compile(both([a, b, own("mine")])).sections.flatMap((each) => each.entries);
    expect(entries.map(({ origin }) => origin)).toMatchObject([
      { unit: "security", version: "2.0.0" },
      { unit: "security", version: "2.0.0" },
      { unit: "a-own", version: "1.0.0", persona: "a" },
      { unit: "testing", version: "1.0.0" },
      { unit: "testing", version: "1.0.0" },
      { unit: "b-own", version: "3.1.0", persona: "b" },
      { unit: "mine", persona: "both" },
    ]);
  });

  test("with what its users have changed, added and dropped, and why", () => {
    const mine = a.extend({
      id: "mine",
      rules: { security: { csrf: drop("no cookies"), hash: must("Hash with argon2id.") }, "a-own": drop("not ours") },
      addRules: { ledger: { after: "security/hash", rule: must("Write to the ledger.") } },
    });
    const made = both([mine, b]);
    expect(text(made)).toContain("- Hash with argon2id.\n- Write to the ledger.\n");
    expect(compile(made).dropped).toMatchObject([
      { path: "a-own", reason: "not ours", by: "mine" },
      { path: "security/csrf", reason: "no cookies", by: "mine" },
    ]);
    expect(compile(made).sections[0]?.entries[0]).toMatchObject({
      origin: { editedBy: "mine" },
      base: { text: "Hash passwords; see [more](ref:guide)." },
    });
  });

  test("and can be edited like any other", () => {
    const made = definePersona({
      ...{ id: "both", title: "Both", description, role: "R." },
      use: [a.extend({ id: "mine", addRules: { ledger: { after: "security/hash", rule: must("Ledger.") } } }), b],
    });
    const next = made.extend({
      id: "next",
      params: { testing: { coverage: 95 } },
      rules: { "a-own": drop("no"), mine: { ledger: must("New ledger.") }, "guide-text": { a: must("B.") } },
      references: { add: { other: { title: "O", when: "w", use: [own("other-text")] } } },
    });
    expect(text(next)).toContain("Cover 95 %.");
    expect(text(next)).toContain("- New ledger.");
    expect(titles(next)).toEqual(["Security", "Testing", "b-own"]);
  });

  test("also where a persona is extended by it", () => {
    const use = [own("first"), b, { after: "security", fragment: own("placed") } as const, own("last")];
    const made = a.extend({ id: "mine", rules: { "a-own": drop("no") }, use });
    expect(titles(made)).toEqual(["Security", "placed", "first", "Testing", "b-own", "last"]);
    expect(compile(made)).toMatchObject({ role: "You are a.", extends: { id: "a", version: "1.0.0" } });
    expect(compile(made).includes).toEqual([{ id: "b", version: "3.1.0" }]);
    expect(titles(made.extend({ id: "next", rules: { "b-own": drop("no") } }))).not.toContain("b-own");
  });
});

describe("what several have alike", () => {
  test("stands once, at its first place", () => {
    const c = persona("c", { use: [own("c-own"), fragment(), security], references: { guide } });
    const made = both([fragment(), c, a]);
    expect(titles(made)).toEqual(["Testing", "c-own", "Security", "a-own"]);
    expect(compile(made).references).toHaveLength(1);
  });

  test("is the same in two copies of its package", () => {
    const c = persona("c", { use: [fragment()] });
    expect(titles(both([b, c]))).toEqual(["Testing", "b-own"]);
  });

  test("is what was changed in a persona that both are made from", () => {
    const base = a.extend({
      id: "base",
      rules: { security: { csrf: drop("no cookies") } },
      addRules: { ledger: { after: "security/hash", rule: must("Ledger.") } },
    });
    const made = both([
      base.extend({ id: "one", use: [own("one-own")] }),
      base.extend({ id: "two", rules: { "a-own": drop("no") } }),
    ]);
    expect(titles(made)).toEqual(["Security", "a-own", "one-own"]);
    expect(compile(made).dropped).toMatchObject([{ path: "security/csrf", by: "base" }]);
    expect(text(made).match(/Ledger\./g)).toHaveLength(1);
    expect(compile(made).includes).toEqual([{ id: "a", version: "1.0.0" }]);
  });

  test("stands in the body, where one has it there and the other in a reference", () => {
    const deep = { title: "Deep", when: "w", use: [security, own("deep-own")] };
    const c = persona("c", { references: { guide, deep } });
    const made = both([c, a]);
    expect(titles(made)).toEqual(["c-own", "Security", "a-own"]);
    const { references } = compile(made);
    expect(references.find(({ id }) => id === "deep")?.sections.map(({ title }) => title)).toEqual(["deep-own"]);
  });

  test("stands although another has dropped it", () => {
    const without = a.extend({
      id: "without",
      rules: { security: drop("not here") },
      references: { drop: { guide: "no" } },
    });
    const made = both([without, persona("c", { use: [security], references: { guide } })]);
    expect(titles(made)).toEqual(["a-own", "Security"]);
    expect(compile(made).dropped).toEqual([]);
  });

  test("is a drop, whatever its reasons", () => {
    const [one, two] = ["x", "y"].map((reason) =>
      a.extend({ id: reason, rules: { security: { csrf: drop(`reason ${reason}`) } } }),
    );
    expect(compile(both([one, two])).dropped).toMatchObject([{ path: "security/csrf", reason: "reason x" }]);
  });
});

describe("what several have differently is said with the line that settles it:", () => {
  const other = persona("other-one", { use: [security, own("other-own")], references: { guide } });
  const dropping = a.extend({ id: "a", rules: { security: { csrf: drop("no") } } });
  const replacing = a.extend({ id: "c", rules: { security: { csrf: must("Other.") } } });
  const cases: readonly [what: string, use: readonly unknown[], problem: string, line: string][] = [
    [
      "a version",
      [b, persona("c", { use: [fragment("1.1.0")] })],
      'fragment "testing" is version 1.0.0 in persona "b" and version 1.1.0 in persona "c"',
      'c.extend({ id: "c", rules: { testing: drop("As in b.") } }) in the place of "c"',
    ],
    [
      "a value",
      [b, persona("c", { use: [fragment().with({ coverage: 90 })] })],
      'parameter "coverage" of fragment "testing" is 80 in persona "b" and 90 in persona "c"',
      'c.extend({ id: "c", rules: { testing: drop("As in b.") } })',
    ],
    [
      "a value of the new persona's own",
      [b, fragment().with({ coverage: 90 })],
      'parameter "coverage" of fragment "testing" is 80 in persona "b" and 90 in use',
      'b.extend({ id: "b", rules: { testing: drop("Ours stands.") } })',
    ],
    [
      "sections",
      [persona("c", { use: [own("focus")] }), persona("d-e", { use: [own("focus", "B.")] })],
      'section "focus" is that of c@1.0.0 in persona "c" and that of d-e@1.0.0 in persona "d-e"',
      'dE.extend({ id: "d-e", rules: { focus: drop("As in c.") } }) in the place of "d-e". For both of them, give one another id.',
    ],
    [
      "sections of one persona that changed without a version",
      ["A.", "B."].map((rule) => persona("c", { version: undefined, use: [own("focus", rule)] })),
      'fragment "focus" has another text in persona "c" than in persona "c"',
      "",
    ],
    [
      "how a section stands",
      [1, 3].map((depth) =>
        persona("c", {
          version: undefined,
          use: [section({ id: "x", title: "X", depth: depth as 1, rules: { a: must("A.") } })],
        }),
      ),
      'fragment "x" has another text in persona "c"',
      "",
    ],
    [
      "a drop",
      [dropping, other],
      'rule "security/csrf" is dropped in persona "a" and stands in persona "other-one"',
      'otherOne.extend({ id: "other-one", rules: { security: drop("As in a.") } })',
    ],
    [
      "two texts",
      [dropping, replacing],
      'rule "security/csrf" is dropped in persona "a" and is replaced in persona "c"',
      "",
    ],
    [
      "a drop of what the new persona has itself",
      [security, dropping],
      'rule "security/csrf" stands in use and is dropped in persona "a"',
      'a.extend({ id: "a", rules: { security: drop("Ours stands.") } })',
    ],
    [
      "a reference",
      [a, persona("c", { references: { guide: { ...guide, when: "found" } } })],
      'reference "guide" is one thing in persona "a" and another in persona "c"',
      'c.extend({ id: "c", references: { drop: { guide: "As in a." } } }) in the place of "c"',
    ],
    [
      "a reference with nothing left",
      [a, persona("c", { references: { deep: { title: "D", when: "w", use: [security] } } })],
      'reference "deep" of persona "c" holds only "security", which stands elsewhere already',
      "Drop the fragment there",
    ],
    [
      "decisions of fragments",
      [
        b,
        persona("c", {
          use: [{ ...fragment(), id: "gates", decides: () => ({ "testing.coverage": 90 }) }],
        }),
      ],
      '"testing.coverage" is 80 in fragment "testing" of persona "b" and 90 in fragment "gates" of persona "c"',
      'settle it: decides: { "testing.coverage": 90 }',
    ],
    [
      "decisions of personas",
      [persona("c", { decides: { x: 1 } }), persona("d", { decides: { x: 2 } })],
      '"x" is 1 in persona "c" and 2 in persona "d"',
      'settle it: decides: { "x": 2 }',
    ],
  ];
  test.each(cases)("%s", (_, use, problem, line) => {
    expect(() => both(use)).toThrow(problem);
    expect(() => both(use)).toThrow(line);
  });

  test("the lines work", () => {
    const settled = both(
      [
        dropping,
        other.extend({ id: "other-one", rules: { security: drop("As in a.") } }),
        b,
        persona("c", { use: [fragment("1.1.0")] }).extend({
          id: "c",
          rules: { testing: drop("As in b.") },
          use: [own("c-own")],
          references: { add: { guide } },
        } as never),
        persona("d", { decides: { "testing.coverage": 90 } }),
      ],
      { decides: { "testing.coverage": 80 } },
    );
    expect(titles(settled)).toEqual(["Security", "a-own", "other-own", "Testing", "b-own", "c-own", "d-own"]);
    expect(compile(settled).dropped).toMatchObject([{ path: "security/csrf" }]);
  });

  test("all at once", () => {
    const use = [...(cases[0]?.[1] ?? []), a, persona("d", { references: { guide: { ...guide, when: "x" } } })];
    expect(() => both(use)).toThrow(/fragment "testing"[\s\S]*reference "guide"/);
  });
});

describe("what a persona may do is its own to say", () => {
  const reader = persona("reader", { tools: ["read", "search"] });
  const caller = persona("caller", { mcpServers: ["context7"] });

  test("and is never widened in silence", () => {
    expect(() => both([reader, b])).toThrow(
      'persona "reader" may only read, search; this one would be allowed more. Say what it may do, such as tools: ["read", "search"].',
    );
    expect(() => b.extend({ id: "mine", use: [reader] })).toThrow("this one would be allowed more");
    expect(
      both([reader, b], { tools: ["read", "edit"] } satisfies Partial<PersonaSpec<"x", never, never>>),
    ).toMatchObject({
      tools: ["read", "edit"],
    });
    expect(b.extend({ id: "mine", use: [reader], tools: { remove: ["shell"] } }).tools).toHaveLength(5);
    expect(persona("narrow", { tools: ["read"] }).extend({ id: "mine", use: [reader] } as never)).toMatchObject({
      tools: ["read"],
    });
  });

  test("with what it sets for single targets", () => {
    const planner = persona("planner", { fields: { "claude-agent": { permissionMode: "plan" } } });
    expect(() => both([planner, b])).toThrow(
      'persona "planner" sets fields for claude-agent; this one does not. Say the same, fields: {"claude-agent":{"permissionMode":"plan"}}, or that there are none, fields: {}.',
    );
    expect(both([planner, b], { fields: {} })).toMatchObject({ fields: {} });
    expect(() => b.extend({ id: "mine", use: [planner] })).toThrow("sets fields for claude-agent");
    const narrow = persona("narrow", { exactTools: { "claude-agent": ["WebSearch"] }, tools: ["web"] });
    expect(() => both([narrow], { tools: ["web"] })).toThrow('persona "narrow" sets exactTools for claude-agent');
    expect(narrow.extend({ id: "mine", use: [narrow, b] })).toMatchObject({ tools: ["web"] });
  });

  test("with the MCP servers that texts rely on", () => {
    expect(() => both([caller, b])).toThrow(
      'the text of persona "caller" relies on MCP servers that this one does not name. Say which ones it may use: mcpServers: ["context7"].',
    );
    expect(both([caller], { mcpServers: [] })).toMatchObject({ mcpServers: [] });
    expect(() => b.extend({ id: "mine", use: [caller] })).toThrow("relies on MCP servers");
  });
});

test("the published personas that it is made of are named, also through those that are not published", () => {
  const mine = a.extend({ id: "mine" });
  const made = both([mine, b, persona("c", { version: undefined })]);
  expect(compile(made).includes).toEqual([
    { id: "a", version: "1.0.0" },
    { id: "b", version: "3.1.0" },
  ]);
  const next = both([own("x"), made, a]);
  expect(compile(next).includes).toEqual(compile(made).includes);
  const published = both([a, b], { version: "5.0.0" });
  const last = (published as typeof a).extend({ id: "last" });
  expect(compile(last)).toMatchObject({ extends: { id: "both", version: "5.0.0" } });
  expect(compile(last).includes).toBeUndefined();
});
