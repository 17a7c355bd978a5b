import { expect, test } from "vitest";
import { z } from "zod";
import { compile } from "../compile/compile.ts";
import { defineFragment, section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { example } from "../entries/example.ts";
import { prose } from "../entries/prose.ts";
import { must } from "../entries/rule.ts";
import { table } from "../entries/table.ts";
import { mapReferences } from "../markdown/escape.ts";
import { hintFor, type Issue, PersonaKitError } from "./issue.ts";
import { LIMITS } from "./limits.ts";

const times = <Item>(length: number, make: (index: number) => Item) =>
  Array.from({ length }, (_, index) => make(index));
const a = (length: number) => "a".repeat(length);
const rules = (count: number) => Object.fromEntries(times(count, (index) => [`r${index}`, must("A.")]));
const own = (entry: ReturnType<typeof must | typeof prose | typeof table | typeof example>) =>
  section({ id: "own", title: "Own", rules: { a: entry } });
const description = { does: "D.", when: "W.", notFor: "" };
const base = { id: "p", title: "P", role: "R.", description };
const persona = (more: object = {}) => definePersona({ ...base, use: [own(must("A."))], ...more });
const sections = (count: number) => times(count, (index) => section({ id: `s${index}`, title: "S", rules: rules(1) }));
const withParameter = defineFragment({
  id: "f",
  title: "F",
  summary: "S.",
  params: { any: z.any().default("") },
  rules: { a: must("A.") },
});
const nested = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
const { text, texts, cell, columns, rows, entries, names, references, parameters, additions } = LIMITS;

function issuesOf(step: () => unknown): readonly Issue[] {
  try {
    step();
    return [];
  } catch (error) {
    if (error instanceof PersonaKitError) return error.issues;
    throw error;
  }
}

test.each<[what: string, most: number, step: (size: number) => unknown, place: string, problem: string]>([
  ["rule", text.most, (size) => own(must(a(size))), 'fragment "own", rule "a"', "the text has"],
  ["paragraph", text.most, (size) => own(prose(a(size))), 'fragment "own", rule "a"', "the text has"],
  ["example", text.most, (size) => own(example("ts", a(size))), 'fragment "own", rule "a"', "the example has"],
  ["cell", cell.most, (size) => own(table([a(size)], [])), 'fragment "own", rule "a"', "a cell has"],
  [
    "row",
    columns.most,
    (size) =>
      own(
        table(
          times(size, () => "a"),
          [],
        ),
      ),
    'fragment "own", rule "a"',
    "the table has",
  ],
  [
    "table",
    rows.most,
    (size) =>
      own(
        table(
          ["a"],
          times(size, () => ["a"]),
        ),
      ),
    'fragment "own", rule "a"',
    "the table has",
  ],
  ["note", text.most, (size) => own(must("A.", { why: a(size) })), 'fragment "own", rule "a"', "why has"],
  [
    "fragment",
    entries.most,
    (size) => section({ id: "own", title: "Own", rules: rules(size) }),
    'fragment "own"',
    "the fragment has",
  ],
  ["role", text.most, (size) => persona({ role: a(size) }), 'persona "p"', "role has"],
  [
    "list of triggers",
    names.most,
    (size) => persona({ description: { ...description, triggers: times(size, () => "a") } }),
    'persona "p"',
    "description.triggers has",
  ],
  [
    "list of servers",
    names.most,
    (size) => persona({ mcpServers: times(size, () => "a") }),
    'persona "p"',
    "mcpServers has",
  ],
  ["list of fragments", LIMITS.sections.most, (size) => persona({ use: sections(size) }), 'persona "p"', "use has"],
  [
    "list of references",
    references.most,
    (size) =>
      persona({
        references: Object.fromEntries(
          times(size, (index) => [
            `r${index}`,
            { title: "T", when: "w", use: [section({ id: `s${index}`, title: "S", rules: rules(1) })] },
          ]),
        ),
      }),
    'persona "p"',
    "the persona has",
  ],
  [
    "list of parameters",
    parameters.most,
    (size) =>
      defineFragment({
        id: "f",
        title: "F",
        summary: "S.",
        params: Object.fromEntries(times(size, (index) => [`p${index}`, z.number().default(1)])),
        rules: { a: must("A.") },
      }),
    'fragment "f"',
    "the fragment has",
  ],
  ["parameter", text.most, (size) => withParameter.with({ any: a(size) }), 'fragment "f", params.any', "the text has"],
  [
    "parameter in a parameter",
    LIMITS.depth.most,
    (size) => withParameter.with({ any: nested(size) }),
    'fragment "f", params.any',
    "the nesting here has",
  ],
  [
    "list of added rules",
    additions.most,
    (size) =>
      persona().extend({
        id: "q",
        addRules: Object.fromEntries(times(size, (index) => [`r${index}`, { after: "own/a", rule: must("A.") }])),
      } as never),
    'persona "q"',
    "has",
  ],
])("a %s may hold %i, and not one more", (_what, most, step, place, problem) => {
  expect(issuesOf(() => step(most))).toEqual([]);
  const [issue] = issuesOf(() => step(most + 1));
  expect(issue).toMatchObject({ code: "over-limit" });
  expect(issue?.place?.startsWith(place), issue?.place).toBe(true);
  expect(issue?.problem).toContain(problem);
  expect(issue?.problem).toContain(`${most + 1} `);
  expect(issue?.problem).toContain(`more than the ${most} that are allowed`);
});

test("the texts of a compiled persona have a limit together", () => {
  const big = (count: number) =>
    section({
      id: "own",
      title: "Own",
      rules: Object.fromEntries(times(count, (index) => [`r${index}`, must(a(text.most))])),
    });
  const fits = texts.most / text.most;
  expect(issuesOf(() => compile(persona({ use: [big(fits)] })))).toEqual([]);
  expect(issuesOf(() => compile(persona({ use: [big(fits + 1)] })))).toMatchObject([
    { code: "over-limit", place: 'persona "p"' },
  ]);
});

test("a chain of as many additions as are allowed compiles", () => {
  let grown = persona();
  for (let index = 0; index < 300; index++) {
    const after = index === 0 ? "own/a" : `p${index - 1}/r`;
    grown = grown.extend({ id: `p${index}`, addRules: { r: { after, rule: must("A.") } } } as never) as never;
  }
  expect(compile(grown).sections[0]?.entries).toHaveLength(301);
});

test("no name is proposed for one that is longer than names are, and not all that exist are listed", () => {
  expect(
    hintFor(
      a(1_000_000),
      times(60, (index) => `name-${index}`),
    ),
  ).toMatch(/^Known: name-0, .*name-49 and 10 more\.$/);
});

test("many unknown names are all said, without the time of comparing each", () => {
  const changes = Object.fromEntries(times(3000, (index) => [`wrong${index}`, must("A.")]));
  const big = persona({ use: [section({ id: "own", title: "Own", rules: rules(3000) })] });
  const issues = issuesOf(() => big.extend({ id: "q", rules: { own: changes } } as never));
  expect(issues).toHaveLength(3000);
});

test.each(["](ref:", "[a](ref:", "](ref:a)", "](ref:a) ](ref:"])(
  "references are found in time where %j repeats",
  (unit) => {
    const text = unit.repeat(200_000);
    // As one value: a difference would be printed whole.
    expect(mapReferences(text, (id) => `ref:${id}`) === text).toBe(true);
  },
);

test.each<[name: string, step: () => unknown, problem: string]>([
  ["an id that is a symbol", () => defineFragment({ id: Symbol("x") } as never), "the id is not kebab-case"],
  ["evidence that is none", () => own(must("A.", { evidence: [1] } as never)), "evidence is not a list"],
  [
    "a decision that is a list",
    () =>
      compile(
        persona({
          use: [
            defineFragment({
              id: "f",
              title: "F",
              summary: "S.",
              rules: { a: must("A.") },
              decides: () => ({ t: [] }) as never,
            }),
          ],
        }),
      ),
    'its decision "t" is not',
  ],
  [
    "decisions that are none",
    () =>
      compile(
        persona({
          use: [
            defineFragment({
              id: "f",
              title: "F",
              summary: "S.",
              rules: { a: must("A.") },
              decides: () => null as never,
            }),
          ],
        }),
      ),
    'its decision "decides" is not',
  ],
])("%s is an issue", (_name, step, problem) => {
  expect(
    issuesOf(step)
      .map((issue) => issue.problem)
      .join("\n"),
  ).toContain(problem);
});
