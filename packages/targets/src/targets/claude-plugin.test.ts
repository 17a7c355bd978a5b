import { expect, test } from "vitest";
import { compiled, documentWith, main, rules, targetOf } from "../compile.testing.ts";

const pathsOf = (more: object) => compiled("claude-plugin", more).artifacts.map(({ path }) => path);

test("writes a plugin for each persona and a marketplace for the set", () => {
  expect(pathsOf({})).toEqual([
    "plugins/dev/agents/dev.md",
    "plugins/dev/skills/dev/SKILL.md",
    "plugins/dev/.claude-plugin/plugin.json",
  ]);
  const marketplace = targetOf("claude-plugin").combined;
  const members = {
    dev: marketplace?.member(documentWith()),
    ops: marketplace?.member(documentWith({ id: "ops" })),
  };
  const text = marketplace?.toText(members) ?? "";
  expect(marketplace?.path).toBe(".claude-plugin/marketplace.json");
  expect(marketplace?.read(text)).toEqual(members);
  expect(marketplace?.read('{ "plugins": [] }')).toBeUndefined();
  expect(JSON.parse(text).plugins).toMatchObject([
    { name: "dev", source: "./plugins/dev", version: "1.0.0" },
    { name: "ops", source: "./plugins/ops" },
  ]);
});

test("has the agent that claude-agent has, and no skill where that could not say a restriction", () => {
  const settings = { tools: ["read"], model: "deep", color: "red", mcpServers: ["context7"] };
  expect(main("claude-plugin", settings)).toBe(main("claude-agent", settings));
  expect(pathsOf(settings).filter((path) => path.includes("skills"))).toEqual([]);
});

test("guards its skill, and not its agent, against what Claude Code fills in", () => {
  const { artifacts } = compiled("claude-plugin", { use: rules("Say $1.") });
  expect(artifacts.map(({ text }) => text.includes("Say \\$1."))).toEqual([false, true, false]);
});
