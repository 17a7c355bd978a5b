import { expect, test } from "vitest";
import { acceptor } from "./accepts.ts";
import { LIMITS } from "./limits.ts";

const person = {
  type: "object",
  properties: { name: { type: "string", minLength: 1 }, age: { type: "integer", minimum: 0 } },
  required: ["name"],
  additionalProperties: false,
};

test.each<[what: string, schema: unknown, yes: readonly unknown[], no: readonly unknown[]]>([
  ["a type", { type: "string" }, [""], [1, null, undefined, {}, []]],
  ["types", { type: ["string", "boolean"] }, ["", true], [1]],
  ["a number", { type: "number" }, [1.5], [Number.NaN, Number.POSITIVE_INFINITY, "1"]],
  ["an integer", { type: "integer", minimum: 1, maximum: 3 }, [1, 3], [0, 4, 1.5, 2 ** 53]],
  ["a text", { type: "string", minLength: 1, maxLength: 2, pattern: "^[ab]*$" }, ["a", "ab"], ["", "aba", "c"]],
  ["a constant", { const: 1 }, [1], ["1", 2]],
  ["a choice", { enum: ["a", "b"] }, ["a"], ["c", 0]],
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
    "names",
    { propertyNames: { pattern: "^a" }, additionalProperties: { const: 1 } },
    [{}, { ab: 1 }],
    [{ b: 1 }, { a: 2 }],
  ],
])("%s is accepted where it certainly holds", (_what, schema, yes, no) => {
  const accepts = acceptor(schema);
  expect(yes.filter((value) => !accepts(value))).toEqual([]);
  expect(no.filter((value) => accepts(value))).toEqual([]);
});

test("a keyword that it does not know accepts nothing", () => {
  expect(acceptor({ type: "string", format: "email" })("a@b.c")).toBe(false);
  expect(acceptor({ anyOf: [{ type: "string", not: {} }] })("a")).toBe(false);
  expect(acceptor({ type: "set" })(new Set())).toBe(false);
});

test("what is no plain data is not accepted", () => {
  class Person {
    name = "a";
  }
  const accepts = acceptor({ ...person, additionalProperties: {} });
  expect(accepts(new Person())).toBe(false);
  expect(accepts(Object.create({ name: "a" }))).toBe(false);
  expect(accepts(JSON.parse('{ "name": "a", "__proto__": {} }'))).toBe(false);
});

test.each<[what: string, schema: object, around: (inner: unknown) => unknown]>([
  ["nothing", {}, (inner) => inner],
  ["only the type of", { type: "array" }, (inner) => inner],
  ["no other key of", { ...person, additionalProperties: {} }, (inner) => ({ name: "a", more: inner })],
  ["no item of", { type: "array", items: true }, (inner) => [inner]],
])(
  "where a schema says %s a value, it is not accepted if it is nested as deep as data may be",
  (_what, schema, around) => {
    const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
    const accepts = acceptor(schema);
    expect(accepts(around(nested(20)))).toBe(true);
    expect(accepts(around(nested(LIMITS.depth.most)))).toBe(false);
  },
);
