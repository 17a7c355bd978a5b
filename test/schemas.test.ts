import { stripTypeScriptTypes } from "node:module";
import { example, may, must, prose, table } from "@personakit/core";
import {
  acceptor,
  isInOrder,
  isPlainObject,
  isRecord,
  isShallow,
  LANGUAGES,
  LIMITS,
  own,
  type Test,
  type TestMaker,
} from "@personakit/core/internal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { codeOf, type JsonSchema } from "../scripts/derive/schema-code.ts";
import { derivedFrom, SCHEMAS } from "../scripts/derive/schemas.ts";

// What is right is said by what is derived, what is wrong by zod. Here both are asked the same.

describe.each(Object.entries(SCHEMAS))("%s", (_path, schemas) => {
  test.each([...schemas])("%s: 5,000 values are accepted where zod accepts them", (_name, schema) => {
    const values = valuesOf({ ...derivedFrom(schema.zod) });
    let accepted = 0;
    fc.assert(
      fc.property(values, (value) => {
        const byZod = schema.zod.safeParse(value);
        const data = byZod.success && JSON.stringify(byZod.data);
        const { success, data: own } = schema.safeParse(value);
        expect([success, success && JSON.stringify(own)]).toEqual([byZod.success, data]);
        // A key that changes what an object is goes to zod, whatever zod makes of it.
        if (schema.accepts(value) || !JSON.stringify(value).includes('"__proto__":')) {
          expect(schema.accepts(value)).toBe(byZod.success);
        }
        if (byZod.success) accepted++;
      }),
      { seed: 1, numRuns: 5000 },
    );
    // Of values that are all wrong, nothing would be shown.
    expect(accepted).toBeGreaterThan(500);
    expect(accepted).toBeLessThan(4900);
  });
});

const person: JsonSchema = {
  type: "object",
  properties: { name: { type: "string", minLength: 1 }, age: { type: "integer", minimum: 0 } },
  required: ["name"],
  additionalProperties: false,
};

/** The code of one schema, run. */
function testOf(schema: JsonSchema, options: Partial<Parameters<TestMaker>[0]> = {}): Test {
  const code = stripTypeScriptTypes(codeOf({ it: schema }))
    .replace(/^import .*$/m, "")
    .replace("export const tests", "const tests");
  const make = new Function("isInOrder", "isPlainObject", "isShallow", `${code}; return tests.it;`);
  return make(isInOrder, isPlainObject, isShallow)({ checks: {}, inOrder: false, ...options });
}

test.each<[what: string, schema: JsonSchema, yes: readonly unknown[], no: readonly unknown[]]>([
  ["anything", {}, [1, "a", null, [[1]], { a: 1 }], []],
  ["nothing", { not: {} }, [], [1, "a", undefined]],
  ["a type", { type: "string" }, [""], [1, null, undefined, {}, []]],
  ["types", { type: ["string", "boolean"] }, ["", true], [1, null]],
  ["a number", { type: "number" }, [1.5], [Number.NaN, Number.POSITIVE_INFINITY, "1"]],
  ["an integer", { type: "integer", minimum: 1, maximum: 3 }, [1, 3], [0, 4, 1.5, 2 ** 53]],
  [
    "a text",
    { type: "string", minLength: 1, maxLength: 2, pattern: "^[ab/]*$" },
    ["a", "ab", "a/"],
    ["", "aba", "c", 1],
  ],
  ["a pattern alone", { pattern: "\n" }, ["\n"], ["n", 1]],
  ["a constant", { const: 1 }, [1], ["1", 2]],
  ["a choice", { type: "string", enum: ["a", "b"] }, ["a"], ["c", 0]],
  ["a choice without a type", { enum: ["a", "b"] }, ["a"], ["c", 0]],
  ["one of several", { anyOf: [{ type: "string" }, { const: 1 }] }, ["", 1], [2]],
  ["all of several", { allOf: [{ pattern: "a" }, { pattern: "b" }] }, ["ab"], ["a", "b", 1]],
  [
    "a list",
    { type: "array", items: { type: "string" }, minItems: 1, maxItems: 2 },
    [["a"]],
    [[], [1], ["a", "b", "c"]],
  ],
  [
    "places",
    { prefixItems: [{ const: 1 }, { const: 2 }], items: false, minItems: 2 },
    [[1, 2]],
    [[1], [1, 2, 3], [2, 1]],
  ],
  [
    "an object",
    person,
    [{ name: "a" }, { age: 1, name: "a" }],
    [{}, { age: 1 }, { name: "" }, { name: "a", b: 1 }, []],
  ],
  [
    "an open object",
    { ...person, additionalProperties: {} },
    [{ b: 1, name: "a" }],
    [{ b: 1 }, { name: "a", age: undefined }],
  ],
  [
    "names",
    { propertyNames: { pattern: "^a" }, additionalProperties: { const: 1 } },
    [{}, { ab: 1 }],
    [{ b: 1 }, { a: 2 }],
  ],
])("%s: code and what reads the schema say yes where it certainly holds", (_what, schema, yes, no) => {
  for (const accepts of [testOf(schema), acceptor(schema)]) {
    expect(yes.filter((value) => !accepts(value))).toEqual([]);
    expect(no.filter((value) => accepts(value))).toEqual([]);
  }
});

test("code says yes to plain data alone, and to what no schema describes only where it is not nested deeply", () => {
  const accepts = testOf({ ...person, additionalProperties: {} });
  class Person {
    name = "a";
  }
  expect(accepts(new Person())).toBe(false);
  expect(accepts(Object.create({ name: "a" }))).toBe(false);
  expect(accepts(Object.assign(Object.create({}), { name: "a" }))).toBe(false);
  expect(accepts(JSON.parse('{ "name": "a", "__proto__": {} }'))).toBe(false);
  const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
  expect(accepts({ name: "a", more: nested(20) })).toBe(true);
  expect(accepts({ name: "a", more: nested(LIMITS.depth.most) })).toBe(false);
});

test("code asks a named check, and says no where nobody knows it", () => {
  const schema = { type: "string", check: "isShort" };
  const accepts = testOf(schema, { checks: { isShort: (value) => String(value).length < 3 } });
  expect([accepts("ab"), accepts("abc"), accepts(1)]).toEqual([true, false, false]);
  expect(testOf(schema)("ab")).toBe(false);
  expect(testOf({ check: "toString" })("ab")).toBe(false);
});

test("code asks for the order of keys where it is told to", () => {
  const accepts = testOf({ ...person, additionalProperties: {} }, { inOrder: true });
  expect(accepts({ name: "a", age: 1, b: 1 })).toBe(true);
  expect(accepts({ age: 1, name: "a" })).toBe(false);
  expect(accepts({ b: 1, name: "a" })).toBe(false);
});

test.each<[what: string, schema: object, problem: string]>([
  ["a keyword", { type: "string", format: "email" }, "no code says format"],
  ["a type", { type: "set" }, "no code says set"],
  ["what is said of another type", { type: "string", items: {} }, "no code says items"],
  ["a list as a choice", { enum: [[1]] }, "only simple values can be listed"],
  ["a required key", { type: "object", required: ["a"] }, "a key is required, and nothing is said of it"],
])("there is no code for %s that it does not know", (_what, schema, problem) => {
  expect(() => codeOf({ it: schema })).toThrow(problem);
});

test.each<[what: string, schema: z.ZodType, problem: string]>([
  ["a refinement", z.strictObject({ a: z.string().refine(() => false) }), "1 refinements of a string, and 0 declared"],
  ["a custom type", z.array(z.custom(() => false)), "1 refinements of a custom, and 0 declared"],
  ["two refinements", two(z.string()), "2 refinements of a string, and 1 declared"],
  ["a transform", z.looseObject({ a: z.string().transform(Number) }), "does not say pipe"],
  ["dropped keys", z.object({ a: z.string() }), "does not say an object that drops keys"],
  ["a default", z.union([z.number(), z.string().default("a")]), "does not say default"],
  ["a trim", z.tuple([z.string().trim()]), "does not say overwrite"],
  ["a format", z.record(z.string(), z.string().startsWith("a")), "does not say starts_with"],
  ["a flag", z.string().regex(/a/i), "has flags"],
  ["another type", z.record(z.string(), z.date()), "does not say date"],
])("a schema with %s is not derived", (_what, schema, problem) => {
  expect(() => derivedFrom(schema)).toThrow(problem);
});

function two(schema: z.ZodString): z.ZodType {
  const first = schema.refine(() => true).meta({ check: "isOne" });
  return first.refine(() => false);
}

/** Of these, each place gets those that fit. */
const TEXTS = [
  ...["", "a", "a-b", "A b", "a_b-1", "a\nb", "\n", "\r\n\n", " ", "é", "😀", "\uD800", "\u0085", "con", "claude-x"],
  ...[
    "1.0.0",
    "1.0.0-beta+1",
    "a@1.0.0",
    "src/**",
    "*.{ts,js}",
    ".claude/agents/a.md",
    "a/../b",
    ".git/x",
    "/a",
    "a\\b",
  ],
  ...[
    "AGENTS.md#one",
    "K7gNU3sdo-0a K7gNU3sdo_2b",
    "K7gNU3sdo-title",
    "AGENTS.md#One",
    "a#b#c",
    "./a",
    "../a b",
    "C:/a",
    "@acme/a",
    "@Acme/A",
    "git HEAD~1",
    "git a b",
  ],
  ...[
    `git:${"f".repeat(40)}`,
    "f".repeat(64),
    "F".repeat(64),
    "a".repeat(65),
    "a".repeat(129),
    "a".repeat(1025),
    "#E5484D",
    "acme/model-1",
    "*",
  ],
  ...["toString", "constructor", "rules", "id", "0", "read-only"],
];

const ENTRIES = [
  must("A.", { why: "W.", evidence: [{ source: "S", url: "https://a.example" }] }),
  may("B, see [this](ref:a)."),
  prose("One.\n\nTwo."),
  table(["A"], [["1"]]),
  example("ts", "const a = 1;\n"),
];

/** What a named check accepts. */
const CHECKED: { readonly [check: string]: readonly unknown[] } = {
  isFileId: ["a", "a-b", "constructor"],
  isPersonaId: ["a", "a-b", "constructor"],
  isProjectPath: ["a", "src/a.md", ".claude"],
  isKey: ["a", "src/a.md", "AGENTS.md#one"],
  isEntry: ENTRIES,
  isPhrases: [LANGUAGES.de, LANGUAGES.zh],
  isPersona: [{ kind: "persona", id: "a" }],
  isTarget: [{ kind: "target", id: "a" }],
};

type Schema = Readonly<Record<string, unknown>>;

const WRONG: readonly unknown[] = [
  ...[null, true, 0, -1, 0.5, 2 ** 53, 1e99, [], [null], ["a"], ["a", 1], {}, { a: 1 }, { kind: "rule", text: "" }],
  ...[{ kind: "persona" }, { name: "a", description: "" }, JSON.parse('{ "__proto__": { "id": "a" } }')],
];

/** Values that fit a JSON Schema, or nearly. */
function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom(...TEXTS, ...WRONG);
  return fc.oneof({ weight: 200, arbitrary: rightOf(schema) }, { weight: 1, arbitrary: wrong });
}

function rightOf(schema: Schema): fc.Arbitrary<unknown> {
  const { anyOf, type, enum: choices, const: only, check } = schema;
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(rightOf));
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => rightOf({ ...schema, type: each })));
  if (Array.isArray(choices)) return fc.constantFrom(...choices);
  if (only !== undefined) return fc.constant(only);
  const checked = CHECKED[String(check)] ?? [];
  if (type === "object") return objectsOf(schema, checked);
  if (type === "string") return textsOf(schema);
  if (checked.length > 0) return fc.constantFrom(...checked);
  if (type === "array") return listsOf(schema);
  if (type === "boolean") return fc.boolean();
  if (type === "integer") return integersOf(schema);
  return type === "number" ? fc.double({ noNaN: true, noDefaultInfinity: true }) : fc.constantFrom(...TEXTS, ...WRONG);
}

/** Up to one beyond what fits. */
function integersOf({ minimum = 0, maximum = 1000 }: Schema): fc.Arbitrary<number> {
  return fc.integer({ min: Math.max(Number(minimum), 0) - 1, max: Math.min(Number(maximum), 999) + 1 });
}

function textsOf({ check, ...schema }: Schema): fc.Arbitrary<string> {
  const fitting = fc.constantFrom(...TEXTS.filter(acceptor(schema)));
  const checked = own(CHECKED, String(check)) as readonly string[] | undefined;
  if (checked === undefined) return fitting;
  return fc.oneof({ weight: 100, arbitrary: fc.constantFrom(...checked) }, { weight: 1, arbitrary: fitting });
}

function listsOf({ prefixItems, items, minItems = 0 }: Schema): fc.Arbitrary<unknown[]> {
  if (Array.isArray(prefixItems)) return fc.tuple(...prefixItems.map(valuesOf));
  const list = (minLength: number) => fc.array(valuesOf(items as Schema), { minLength, maxLength: 2 });
  return fc.oneof({ weight: 100, arbitrary: list(minItems as number) }, { weight: 1, arbitrary: list(0) });
}

/** Objects with the keys that they need, in the order of the schema or in the other one; and with keys that nobody knows. */
function objectsOf(schema: Schema, checked: readonly unknown[]): fc.Arbitrary<object> {
  const { properties = {}, required, additionalProperties: rest, propertyNames } = schema;
  const members = Object.entries(properties as { readonly [name: string]: Schema });
  // A key that must not be there is rare among the others.
  const allowed = members.filter(([, member]) => !("not" in member));
  const known = Object.fromEntries(allowed.map(([name, member]) => [name, valuesOf(member)]));
  const names = isRecord(propertyNames) ? textsOf(propertyNames) : fc.constantFrom(...TEXTS);
  const others = fc.dictionary(names, isRecord(rest) ? valuesOf(rest) : fc.constant(1), { noNullPrototype: true });
  const whole = fc.record(known, { requiredKeys: (required ?? []) as string[] });
  return fc
    .tuple(
      fc.oneof({ weight: 100, arbitrary: whole }, { weight: 1, arbitrary: fc.record(known, { requiredKeys: [] }) }),
      fc.oneof({ weight: rest === false ? 1 : 40, arbitrary: others }, { weight: 20, arbitrary: fc.constant({}) }),
      fc.constantFrom({}, ...checked),
      fc.boolean(),
    )
    .map(([object, more, entry, isReversed]) => {
      const entries = Object.entries({ ...object, ...(entry as object), ...more, ...object });
      return Object.fromEntries(isReversed ? entries.reverse() : entries);
    });
}
