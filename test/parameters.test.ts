import { type AnyFragment, compile, definePersona, type ParamShape, render } from "@personakit/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { measure } from "../packages/cli/src/plan/quality.ts";
import { parse } from "../packages/core/src/markdown/parse.testing.ts";
import { loadUnits } from "../scripts/units.ts";

const { fragments } = await loadUnits();

/** Each fragment with each value that its schemas name, one at a time. */
const variants = fragments.flatMap(({ fragment }) =>
  Object.entries(fragment.params).flatMap(([name, schema]) =>
    valuesOf(schema).map(
      (value) => [`${fragment.id} with ${name}: ${JSON.stringify(value)}`, fragment, name, value] as const,
    ),
  ),
);

test("parameters that name their values are found", () => {
  expect(variants.length).toBeGreaterThan(fragments.length);
});

describe.each(variants)("%s", (_, fragment, name, value) => {
  test("compiles to rules that a reader can check, as Markdown without HTML", () => {
    const { document, text } = compiled(fragment.with({ [name]: value }));
    expect(measure(document, { body: "", references: [] }).findings).toEqual([]);
    expect(text.replace(/```[\s\S]*?\n```/g, "")).not.toMatch(/undefined|\[object |NaN/);
    expect(parse(text).children.filter((node) => JSON.stringify(node).includes('"type":"html"'))).toEqual([]);
  });
});

function valuesOf(schema: ParamShape[string]): readonly unknown[] {
  const { enum: values, anyOf, items } = z.toJSONSchema(schema, { io: "input" }) as z.core.JSONSchema.BaseSchema;
  const single = values ?? anyOf?.flatMap((each) => (typeof each === "object" && "const" in each ? [each.const] : []));
  if (single !== undefined) return single;
  const listed = typeof items === "object" && "enum" in items ? items.enum : undefined;
  return (listed ?? []).map((each) => [each]);
}

function compiled(fragment: AnyFragment) {
  const document = compile(
    definePersona({
      id: "reader",
      title: "Reader",
      description: { does: "Reads.", when: "Always.", notFor: "" },
      role: "You read.",
      use: [fragment],
    }),
  );
  return { document, text: render(document, { referencePath: (id) => id }).body.text };
}
