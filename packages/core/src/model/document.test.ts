import { describe, expect, test } from "vitest";
import { compile } from "../compile/compile.ts";
import { defineFragment, section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { must, should } from "../entries/rule.ts";
import { describeWithExamples, entriesOf, fragmentsIn, originOfDocument, pathOf, sectionsOf } from "./document.ts";

const fragment = (id: string) =>
  defineFragment({ id, version: "1.2.0", title: id, summary: "S.", rules: { a: must("A."), b: should("B.") } });
const persona = definePersona({
  id: "dev",
  version: "3.0.0",
  title: "Dev",
  description: { does: "Does.", when: "When.", notFor: "" },
  role: "R.",
  use: [fragment("first"), section({ id: "own", title: "Own", rules: { c: must("C.") } })],
  references: { guide: { title: "Guide", when: "lost", use: [fragment("second")] } },
});
const document = compile(persona);

describe("a document", () => {
  test("has the sections of its body, then those of its references", () => {
    expect(sectionsOf(document).map(({ origin }) => origin.unit)).toEqual(["first", "own", "second"]);
  });

  test("has entries in the order of its sections, each with its path", () => {
    expect(entriesOf(document).map(pathOf)).toEqual(["first/a", "first/b", "own/c", "second/a", "second/b"]);
  });

  test("names the published fragments in it, and not the sections of its own", () => {
    expect(fragmentsIn(document)).toEqual([
      { id: "first", version: "1.2.0" },
      { id: "second", version: "1.2.0" },
    ]);
  });

  test.each([
    [
      { id: "dev", version: "3.0.0" },
      { unit: "dev", version: "3.0.0" },
    ],
    [{ id: "dev" }, { unit: "dev" }],
  ])("that is %j has the origin %j", (named, origin) => {
    expect(originOfDocument(named)).toStrictEqual(origin);
  });
});

describe("a description", () => {
  const talk = { context: "An endpoint.", user: "Add it.", assistant: "I will.", commentary: "It is an API." };
  const block = [
    "<example>",
    "Context: An endpoint.",
    'user: "Add it."',
    'assistant: "I will."',
    "<commentary>",
    "It is an API.",
    "</commentary>",
    "</example>",
  ].join("\n");

  test.each([
    ["none", [], "Does."],
    ["one", [talk], `Does.\n\n${block}`],
    ["two", [talk, talk], `Does.\n\n${block}\n\n${block}`],
  ])("is followed by its examples: %s", (_, examples, text) => {
    expect(describeWithExamples({ description: "Does.", examples })).toBe(text);
  });
});
