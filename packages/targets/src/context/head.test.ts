import { expect, test } from "vitest";
import { headOf } from "./head.ts";

test.each([
  ["name: plan\ndescription: Plans a change", { name: "plan", description: "Plans a change" }],
  ['name: "plan"\ndescription: Use when: asked', { name: "plan", description: "Use when: asked" }],
  ['name: "true"\nother: "a: b # c [d]"', { name: "true", other: "a: b # c [d]" }],
  ["name: true\nother: no", { name: "true", other: "no" }],
  ["description: |\n  One\n  two", { description: "One\ntwo\n" }],
  ["description: [open", { description: "[open" }],
  ["name: a # of\ndescription: b c ", { name: "a", description: "b c" }],
])("fields of %j", (yaml, fields) => {
  const head = headOf(`---\n${yaml}\n---\nBody\n`);
  expect(Object.fromEntries(Object.keys(fields).map((key) => [key, head.text(key)]))).toEqual(fields);
  expect(head).toMatchObject({ isThere: true, body: "Body\n" });
});

test("a switch is no text, however it is written", () => {
  const head = headOf("---\nname: plan\ndisable-model-invocation: false\n---\n");
  expect(head.value("disable-model-invocation")).toBe(false);
});

test("what only looks like a head is text", () => {
  expect(headOf("---\nname: plan\n")).toMatchObject({ isThere: false, body: "---\nname: plan\n" });
});
