import { describe, expect, test } from "vitest";
import { documentWith, linked } from "../compile.testing.ts";
import { targets } from "../registry.ts";
import { isCombinedBy, isMadeBy } from "./made-by.ts";

const byId = (id: string) => targets.filter((target) => target.id === id);
const [claudeAgent, agentsMd, claudePlugin, claudeSkill] = [
  ...["claude-agent", "agents-md", "claude-plugin", "claude-skill"].flatMap(byId),
];

describe.each(targets.map((target) => [target.id, target] as const))("%s", (_, target) => {
  test("makes every file that it compiles, and in every folder of a project", () => {
    for (const { path, block } of target.compile(documentWith(linked)).artifacts) {
      for (const place of [path, `services/api/${path}`]) {
        expect(isMadeBy(target, "dev", block === undefined ? { path: place } : { path: place, block })).toBe(true);
      }
      expect(isMadeBy(target, "other", { path, block: "dev" })).toBe(false);
    }
  });
});

test.each([
  ["another persona's file", claudeAgent, "dev", { path: ".claude/agents/ops.md" }],
  ["a file beside it", claudeAgent, "dev", { path: ".claude/agents/dev.mdx" }],
  ["a dot that stands for anything", claudeAgent, "dev", { path: ".claude/agents/devXmd" }],
  ["another tool's file", claudeAgent, "dev", { path: ".git/HEAD" }],
  ["a file whose path ends alike", claudeAgent, "dev", { path: "x.claude/agents/dev.md" }],
  ["the whole of a file that is the user's", agentsMd, "dev", { path: "AGENTS.md" }],
  ["another persona's block", agentsMd, "dev", { path: "AGENTS.md", block: "ops" }],
  ["a block of a file that has none", claudeAgent, "dev", { path: ".claude/agents/dev.md", block: "dev" }],
  ["a file of another skill", claudeSkill, "dev", { path: ".claude/skills/ops/run.sh" }],
  ["a file above its skill", claudeSkill, "dev", { path: ".claude/skills/dev/../ops/SKILL.md" }],
  ["the folder of its skill", claudeSkill, "dev", { path: ".claude/skills/dev/" }],
  ["the file of all personas", claudePlugin, "dev", { path: ".claude-plugin/marketplace.json" }],
])("a target does not make %s", (_, target, persona, place) => {
  expect(target && isMadeBy(target, persona, place)).toBe(false);
});

test("a skill's folder is its own, with all that lies in it", () => {
  const path = "services/api/.claude/skills/dev/scripts/run.sh";
  expect(claudeSkill && isMadeBy(claudeSkill, "dev", { path })).toBe(true);
  expect(claudeAgent && isMadeBy(claudeAgent, "dev", { path })).toBe(false);
});

test("the file of all personas is made by the targets that have one", () => {
  const makers = targets.filter((target) => isCombinedBy(target, "sub/.claude-plugin/marketplace.json"));
  expect(makers.map(({ id }) => id)).toEqual(["claude-plugin"]);
  expect(targets.some((target) => isCombinedBy(target, "src/index.js"))).toBe(false);
});
