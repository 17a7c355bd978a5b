import { example, section } from "@personakit/core";
import { expect, test } from "vitest";
import { compiled, describedAs, examples, front, linked, main } from "../compile.testing.ts";

test("writes one agent, and its references where Claude Code looks for no agents", () => {
  const { artifacts } = compiled("claude-agent", linked);
  expect(artifacts.map(({ path }) => path)).toEqual([".claude/agents/dev.md", ".claude/references/dev/guide.md"]);
  expect(artifacts[0]?.text).toContain("Read [the guide](.claude/references/dev/guide.md).");
});

test("maps the model tier, the colour and the tools", () => {
  const tools = ["read", "edit", "shell"];
  expect(front("claude-agent", { model: "balanced", color: "orange", tools, mcpServers: ["context7"] })).toEqual({
    name: "dev",
    description: "Does. When.",
    tools: "Read, Edit, Write, Bash, mcp__context7",
    model: "sonnet",
    color: "orange",
  });
});

test("leaves out what the tool inherits", () => {
  expect(Object.keys(front("claude-agent", { mcpServers: ["context7"] }))).toEqual(["name", "description"]);
});

test("carries worked examples in the description", () => {
  expect(front("claude-agent", { description: { ...describedAs("Does."), examples } })).toMatchObject({
    description:
      'Does. When.\n\n<example>\nContext: An order.\nuser: "Ship it"\nassistant: "Calling it"\n<commentary>\nYes.\n</commentary>\n</example>',
  });
});

test("may hold tabs in code", () => {
  const make = section({ id: "make", title: "Make", rules: { a: example("makefile", "all:\n\techo ok") } });
  expect(main("claude-agent", { use: [make] })).toContain("\n\techo ok\n");
});
