import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { compiled, front, main } from "../compile.testing.ts";
import { targets } from "../registry.ts";

describe("tools and models in each tool's words", () => {
  const readOnly = { tools: ["read", "search"] };
  test.each([
    ["claude-agent", { tools: "Read, Grep, Glob" }],
    ["claude-skill", { "disallowed-tools": "Edit Write Bash WebFetch WebSearch Agent" }],
    ["copilot-agent", { tools: ["read", "search"] }],
    ["gemini-agent", { tools: ["read_file", "read_many_files", "list_directory", "grep_search", "glob"] }],
    ["kiro-agent", { tools: ["read"] }],
    [
      "opencode-agent",
      {
        permission: {
          edit: "deny",
          bash: "deny",
          webfetch: "deny",
          websearch: "deny",
          codesearch: "deny",
          task: "deny",
        },
      },
    ],
    ["qwen-agent", { tools: ["read_file", "list_directory", "grep_search", "glob"] }],
  ])("%s says that a persona only reads", (id, expected) => {
    expect(front(id, readOnly)).toMatchObject(expected);
  });

  test("Codex says it by its sandbox and its search", () => {
    expect(parse(main("codex-agent", readOnly))).toMatchObject({ sandbox_mode: "read-only", web_search: "disabled" });
    expect(parse(main("codex-agent", { tools: ["read", "web"] }))).not.toHaveProperty("web_search");
  });

  test("Cursor's switch leaves the web and other agents, so a persona must allow both", () => {
    expect(front("cursor-agent", { tools: ["read", "search", "web", "spawn"] })).toMatchObject({ readonly: true });
    expect(() => compiled("cursor-agent", readOnly)).toThrow("the tool cannot take away web, spawn");
  });

  test.each([
    ["agent-skill", readOnly],
    ["agents-md", readOnly],
    ["codex-agent", { tools: ["read", "edit"] }],
    ["cursor-agent", { tools: ["read", "shell"] }],
    ["gemini-agent", { tools: ["spawn"] }],
  ])("%s refuses a restriction that it cannot say: %o", (id, more) => {
    expect(() => compiled(id, more)).toThrow(/would be lost|only make agents read-only|resolve to nothing/);
  });

  test.each(["claude-skill", "opencode-agent"])("%s denies nothing to a persona that may do everything", (id) => {
    const tools = ["read", "search", "edit", "shell", "web", "spawn"];
    expect(main(id, { tools })).toBe(main(id));
    expect(compiled(id, { tools }).fidelity).toContainEqual({
      feature: "tools",
      status: "mapped",
      reason: "all of them",
    });
  });

  test("a capability that a tool has no name for is a loss of that capability, not of the restriction", () => {
    const { fidelity } = compiled("gemini-agent", { tools: ["read", "spawn"] });
    expect(fidelity).toContainEqual({ feature: "tools", status: "degraded", reason: "the tool cannot name spawn" });
  });
});

describe("an exact model id", () => {
  test("is for its target only", () => {
    const model = { tier: "deep", exact: { "opencode-agent": "anthropic/claude-opus-5" } };
    expect(front("opencode-agent", { model })).toMatchObject({ model: "anthropic/claude-opus-5" });
    expect(front("claude-agent", { model })).toMatchObject({ model: "opus" });
    expect(() => compiled("opencode-agent", { model: { exact: { "opencode-agent": "opus" } } })).toThrow(
      "provider/model-id",
    );
  });

  test("is dropped, and said to be, where the tool has no place for a model", () => {
    const placeless = targets.filter(({ features }) => features.model.kind === "dropped");
    expect(placeless.length).toBeGreaterThan(0);
    for (const { id } of placeless) {
      const { fidelity } = compiled(id, { model: { tier: "deep", exact: { [id]: "acme/deep" } } });
      expect(fidelity.find(({ feature }) => feature === "model")?.status).toBe("dropped");
      expect(main(id, { model: { exact: { [id]: "acme/deep" } } })).not.toContain("acme/deep");
    }
  });

  test("is missed where there is neither it nor a tier", () => {
    const { fidelity } = compiled("claude-agent", { model: { exact: { "qwen-agent": "qwen-max" } } });
    const reason = "there is no exact id for this target, and no tier";
    expect(fidelity).toContainEqual({ feature: "model", status: "dropped", reason });
  });
});
