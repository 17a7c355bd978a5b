import { expect, test } from "vitest";
import { acceptor } from "./accepts.ts";
import { LIMITS } from "./limits.ts";

const person = {
  type: "object",
  properties: { name: { type: "string", minLength: 1 }, age: { type: "integer", minimum: 0 } },
  required: ["name"],
  additionalProperties: false,
};

// What it says yes to is in `test/schemas.test.ts`: what is written from a schema says the same.

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
