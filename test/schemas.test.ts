import { example, may, must, prose, table } from "@personakit/core";
import { acceptor, isRecord, LANGUAGES, own } from "@personakit/core/internal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { derivedFrom, SCHEMAS } from "../scripts/derive/schemas.ts";

// What is right is said by what is derived, what is wrong by zod. Here both are asked the same.

describe.each(Object.entries(SCHEMAS))("%s", (_path, schemas) => {
  test.each([...schemas])("%s: 5,000 values are accepted where zod accepts them", (_name, schema) => {
    const values = valuesOf(derivedFrom(schema.zod));
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
