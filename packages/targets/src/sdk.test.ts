import { expect, test } from "vitest";
import { documentWith, linked } from "./compile.testing.ts";
import { SDK_IDS, toClaudeAgent, toOpenAIAgent, toVercelAgent } from "./sdk.ts";

const more = { ...linked, model: "fast" };

test("a persona is one text, with links to its own headings", () => {
  const { prompt, ...rest } = toClaudeAgent(documentWith({ ...more, tools: ["read"] }));
  expect(rest).toEqual({ description: "Does. When.", tools: ["Read"], model: "haiku" });
  expect(prompt).toContain("Read [the guide](#guide).");
  expect(prompt).toContain("\n# guide: The guide\n");
});

test("the other kits take their own shape, and no restriction", () => {
  expect(toOpenAIAgent(documentWith(more))).toMatchObject({ name: "dev", handoffDescription: "Does. When." });
  expect(Object.keys(toOpenAIAgent(documentWith(more)))).not.toContain("model");
  expect(Object.keys(toVercelAgent(documentWith(more)))).toEqual(["id", "instructions"]);
  expect(() => toOpenAIAgent(documentWith({ tools: ["read"] }))).toThrow("restriction would be lost");
  expect(() => toVercelAgent(documentWith({ tools: ["read"] }))).toThrow("restriction would be lost");
});

test("an exact model id is given by the kit's own id", () => {
  const exact = Object.fromEntries(SDK_IDS.map((id) => [id, `model-of-${id}`]));
  expect(toClaudeAgent(documentWith({ model: { exact } })).model).toBe("model-of-claude-agent-sdk");
  expect(toOpenAIAgent(documentWith({ model: { exact } })).model).toBe("model-of-openai-agents-sdk");
  expect(toVercelAgent(documentWith({ model: { exact } }))).not.toHaveProperty("model");
});

test("characters that a reader does not see are refused", () => {
  for (const to of [toClaudeAgent, toOpenAIAgent, toVercelAgent]) {
    expect(() => to(documentWith({ role: "You\u200B build." }))).toThrow("U+200B");
  }
});

test("fields and tools of the Claude Agent SDK are set by its own id", () => {
  const fields = { "claude-agent-sdk": { maxTurns: 5, disallowedTools: ["Bash"] } };
  expect(toClaudeAgent(documentWith({ fields }))).toMatchObject({ maxTurns: 5, disallowedTools: ["Bash"] });
  expect(() => toClaudeAgent(documentWith({ fields: { "claude-agent-sdk": { prompt: "x" } } }))).toThrow(
    "persona's body",
  );
  expect(() => toOpenAIAgent(documentWith({ fields }))).toThrow("the restriction would be lost");
  const exactTools = { "claude-agent": ["Read", "WebSearch"] };
  expect(toClaudeAgent(documentWith({ exactTools })).tools).toEqual(["Read", "WebSearch"]);
  expect(() => toVercelAgent(documentWith({ exactTools }))).toThrow("only part of");
});
