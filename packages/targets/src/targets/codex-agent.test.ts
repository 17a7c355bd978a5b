import { example, section } from "@personakit/core";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { main } from "../compile.testing.ts";

const read = (more: object) => parse(main("codex-agent", more));

test("survives three quotes in its TOML", () => {
  const code = section({ id: "code", title: "Code", rules: { a: example("py", "x = '''a\\n\"\"\"b'''") } });
  expect(read({ use: [code] }).developer_instructions).toContain("x = '''a\\n\"\"\"b'''");
});

test("refuses half a pair of surrogates as what a reader does not see", () => {
  const description = { does: "A \uD800 b.", when: "W.", notFor: "" };
  expect(() => read({ description })).toThrow("codex-agent, line 2 (dev): there are invisible characters: U+D800");
});

test("says a tier by how long the model thinks, and an exact id by the model", () => {
  expect(read({ model: "deep" })).toMatchObject({ model_reasoning_effort: "high" });
  expect(read({ model: "deep" })).not.toHaveProperty("model");
  const exact = read({ model: { tier: "deep", exact: { "codex-agent": "gpt-5.3-codex" } } });
  expect(exact).toMatchObject({ model: "gpt-5.3-codex" });
  expect(exact).not.toHaveProperty("model_reasoning_effort");
});
