import type { Document } from "@personakit/core";
import { expect, test } from "vitest";
import { compiled, main, targetOf } from "../compile.testing.ts";
import { verifyArtifact } from "../format/verify.ts";
import type { Artifact } from "../model/compiled.ts";
import { recognise } from "../readables.ts";

test("names files without quotes, as Cursor reads them", () => {
  expect(main("cursor-rule", { paths: ["src/api/**", "*.sql"] })).toContain("\nglobs: src/api/**,*.sql\n---\n");
  expect(main("cursor-rule")).not.toContain("globs");
});

test("refuses a field that would name them, too", () => {
  const uncheckedFields = { "cursor-rule": { globs: "*.md" } };
  expect(() => main("cursor-rule", { uncheckedFields })).toThrow(
    "PersonaKit writes this field itself. Say it by `paths`, for all targets.",
  );
});

test("passes for front matter even where the line is no YAML", () => {
  const [rule] = compiled("cursor-rule", { paths: ["**/*.ts", "[id]/**"] }).artifacts;
  expect(rule?.origins).toHaveLength((rule?.text.split("\n").length ?? 0) - 1);
  verifyArtifact(rule as Artifact);
});

test("needs no description where it names files, and is refused without one that nobody could choose it by", () => {
  const rule = recognise(".claude/rules/types.md")?.readable;
  const documentOf = (head: string) =>
    rule?.read({ path: ".claude/rules/types.md", text: `${head}Use types.\n` }).document;
  const compileFor = (head: string) => targetOf("cursor-rule").compile(documentOf(head) as Document).artifacts[0]?.text;
  expect(compileFor("---\npaths:\n  - src/**\n---\n\n")).toBe(
    "---\nalwaysApply: false\nglobs: src/**\n---\n\nUse types.\n",
  );
  expect(() => compileFor("")).toThrow("no description, and this tool chooses by it");
});
