import { expect, test, vi } from "vitest";
import { z } from "zod";
import { deferredSchemas, isInOrder, type TestMaker } from "./deferred-schema.ts";
import { isRecord } from "./values.ts";

const makeName = (zod: typeof z) => zod.strictObject({ name: zod.string().min(1), age: zod.number().optional() });

/** As `pnpm sync` would write it. */
const name: TestMaker =
  ({ inOrder }) =>
  (value) =>
    isRecord(value) &&
    typeof value.name === "string" &&
    value.name !== "" &&
    (!inOrder || isInOrder(value, ["name", "age"]));

test("zod is loaded when a value does not certainly fit, and only then", () => {
  const load = vi.fn(() => z);
  const schema = deferredSchemas({ name }, load).schemaOf("name", makeName);
  const value = { name: "a", age: 1 };
  expect(schema.accepts({ age: 1, name: "a" })).toBe(true);
  expect(schema.accepts({ name: "" })).toBe(false);
  expect(schema.safeParse(value).data).toBe(value);
  expect(load).not.toHaveBeenCalled();
  expect(schema.safeParse({ name: "" }).error?.issues[0]?.message).toMatch(/^Too small/);
  // As zod returns it: in the order of the schema.
  expect(JSON.stringify(schema.safeParse({ age: 1, name: "a" }).data)).toBe('{"name":"a","age":1}');
  expect(load).toHaveBeenCalledTimes(1);
});

test("a schema that is not derived yet says everything by zod", () => {
  const schema = deferredSchemas({}, () => z).schemaOf("name", makeName);
  expect(schema.accepts({ name: "a" })).toBe(false);
  expect(schema.safeParse({ name: "a" }).success).toBe(true);
  expect(schema.safeParse({ name: 1 }).success).toBe(false);
});

test("no name is given twice: one schema would be accepted as the other", () => {
  const { schemaOf } = deferredSchemas({ name }, () => z);
  schemaOf("name", makeName);
  expect(() => schemaOf("name", makeName)).toThrow('there are two schemas "name"');
});

test.each<[keys: readonly string[], isInOrder: boolean]>([
  [[], true],
  [["b"], true],
  [["a", "c"], true],
  [["a", "b", "x", "y"], true],
  [["b", "a"], false],
  [["x", "a"], false],
  [["a", "x", "b"], false],
])("the keys %j of an object are in the order a, b, c: %j", (keys, expected) => {
  expect(isInOrder(Object.fromEntries(keys.map((key) => [key, 1])), ["a", "b", "c"])).toBe(expected);
});
