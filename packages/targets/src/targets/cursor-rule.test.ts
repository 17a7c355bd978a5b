import { expect, test } from "vitest";
import { compiled, main } from "../compile.testing.ts";
import { verifyArtifact } from "../format/verify.ts";
import type { Artifact } from "../model/compiled.ts";

test("names files without quotes, as Cursor reads them", () => {
  expect(main("cursor-rule", { paths: ["src/api/**", "*.sql"] })).toContain("\nglobs: src/api/**,*.sql\n---\n");
  expect(main("cursor-rule")).not.toContain("globs");
});

test("passes for front matter even where the line is no YAML", () => {
  const [rule] = compiled("cursor-rule", { paths: ["**/*.ts", "[id]/**"] }).artifacts;
  expect(rule?.origins).toHaveLength((rule?.text.split("\n").length ?? 0) - 1);
  verifyArtifact(rule as Artifact);
});
