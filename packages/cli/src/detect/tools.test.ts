import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Target } from "@personakit/targets";
import { expect, test } from "vitest";
import { fewestTargets, findTools } from "./tools.ts";

function target(id: string, tool: string, readers: readonly string[], signs?: readonly string[]): Target {
  const made = { id, tool, readers, ...(signs === undefined ? {} : { signs }) };
  return made as Partial<Target> as Target;
}

const claude = target("claude", "Claude", ["Claude", "Copilot"], [".claude", "CLAUDE.md"]);
const copilot = target("copilot", "Copilot", ["Copilot"], [".github/copilot.md"]);
const cursor = target("cursor", "Cursor", ["Cursor"], [".cursor"]);
const shared = target("shared", "AGENTS.md", ["Codex", "Cursor"], ["AGENTS.md"]);
const codex = target("codex", "Codex", ["Codex"], [".codex/"]);

const found = (...targets: readonly Target[]) => targets.map((each) => ({ target: each, sign: "sign" }));

test.each<[name: string, found: readonly Target[], chosen: readonly Target[]]>([
  ["each tool its own", [claude, cursor], [claude, cursor]],
  ["none twice for a tool that reads another's", [claude, copilot], [claude]],
  ["what nobody owns, where no found tool reads it", [claude, shared], [claude, shared]],
  ["not what nobody owns, where a found tool reads it", [shared, cursor], [cursor]],
  ["nothing for nothing", [], []],
])("the fewest targets are %s", (_, signs, chosen) => {
  expect(fewestTargets(found(...signs))).toEqual(chosen);
});

test("a tool is found by its first sign; a folder with a slash only while it is empty", () => {
  const folder = mkdtempSync(join(tmpdir(), "personakit-tools-"));
  writeFileSync(join(folder, "CLAUDE.md"), "");
  mkdirSync(join(folder, ".codex"));
  const signs = () => findTools(folder, [claude, cursor, codex]).map((tool) => [tool.target.id, tool.sign]);
  expect(signs()).toEqual([
    ["claude", "CLAUDE.md"],
    ["codex", ".codex/"],
  ]);
  mkdirSync(join(folder, ".claude"));
  writeFileSync(join(folder, ".codex/config.toml"), "");
  expect(signs()).toEqual([["claude", ".claude"]]);
});
