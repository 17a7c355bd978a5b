import { CAPABILITIES } from "@personakit/core/internal";
import { describe, expect, test } from "vitest";
import { compiled, front, main } from "../compile.testing.ts";
import { targets } from "../registry.ts";

const claude = (...names: string[]) => ({ exactTools: { "claude-agent": names } });
const READ = ["Read", "Grep", "Glob"];
const toolsIn = (id: string, more: object) => compiled(id, more).fidelity.filter(({ feature }) => feature === "tools");

describe("the tools of a target by their names", () => {
  test("are its list", () => {
    const more = {
      ...claude(...READ, "WebSearch", "Bash(git log *)", "mcp__github__get_issue"),
      mcpServers: ["github"],
    };
    expect(front("claude-agent", more)).toMatchObject({
      tools: "Read, Grep, Glob, WebSearch, Bash(git log *), mcp__github__get_issue",
    });
    expect(toolsIn("claude-agent", more)).toEqual([{ feature: "tools", status: "kept" }]);
  });

  test("go before `tools`, which is for the other targets", () => {
    const more = { tools: ["read", "search"], ...claude(...READ, "WebSearch") };
    expect(front("claude-agent", more)).toMatchObject({ tools: "Read, Grep, Glob, WebSearch" });
    expect(front("copilot-agent", more)).toMatchObject({ tools: ["read", "search"] });
  });

  test("deny all others where the tool is told what it may not do", () => {
    const more = { exactTools: { "opencode-agent": ["read", "glob", "grep", "list", "websearch"] } };
    const permission = { edit: "deny", bash: "deny", webfetch: "deny", codesearch: "deny", task: "deny" };
    expect(front("opencode-agent", more)).toMatchObject({ permission });
  });

  test("are those of a target that calls all tools the same", () => {
    expect(front("claude-plugin", claude("Read", "WebSearch"))).toMatchObject({ tools: "Read, WebSearch" });
    const denied = "Grep Glob Edit Write Bash WebFetch Agent";
    expect(front("claude-skill", claude("Read", "WebSearch"))).toMatchObject({ "disallowed-tools": denied });
  });

  test.each([
    ["claude-agent", "WebSerch", 'Did you mean "WebSearch"?'],
    ["claude-agent", "Bsh(git log)", "the tool has no tool"],
    ["gemini-agent", "read_fil", 'Did you mean "read_file"?'],
    ["gemini-agent", "run_shell_command(git)", "the tool has no tool"],
    ["copilot-agent", "Read", 'Did you mean "read"?'],
  ])("are refused in %s where it has none of the name %s", (id, name, message) => {
    expect(() => compiled(id, { exactTools: { [id]: [name] } })).toThrow(message);
  });

  test("may be some that nobody knows, which are said apart and restrict every other target as well", () => {
    const more = { exactTools: { "copilot-agent": ["read"] }, uncheckedTools: { "copilot-agent": ["codebase"] } };
    expect(front("copilot-agent", more)).toMatchObject({ tools: ["read", "codebase"] });
    expect(() => compiled("copilot-agent", { exactTools: { "copilot-agent": ["read", "codebase"] } })).toThrow(
      'the tool has no tool "codebase"',
    );
    const alone = { uncheckedTools: { "copilot-agent": ["codebase"] } };
    expect(front("copilot-agent", alone)).toMatchObject({ tools: ["codebase"] });
    expect(() => compiled("claude-agent", alone)).toThrow("the exact tools of the other targets cover no capability");
  });

  test.each([
    ["claude-agent", ["mcp__github", "mcp__github__get_issue", "mcp__github__*"]],
    ["qwen-agent", ["mcp__github__get_issue"]],
    ["gemini-agent", ["mcp_github_*", "mcp_github_get_issue"]],
    ["copilot-agent", ["github/*", "github/get_issue"]],
    ["kiro-agent", ["@github", "@github/get_issue", "@builtin"]],
  ])("may be those of an MCP server in %s", (id, names) => {
    expect(front(id, { exactTools: { [id]: names } })).toHaveProperty("tools");
  });

  test.each(["cursor-agent", "codex-agent", "agent-skill"])("cannot be given to %s", (id) => {
    expect(() => compiled(id, { exactTools: { [id]: ["x"] } })).toThrow("cannot be given tools by name");
  });

  test("that name no server leave it out of reach, which is said", () => {
    const { fidelity } = compiled("claude-agent", { ...claude(...READ), mcpServers: ["github"] });
    const reason = "the exact tools do not name github";
    expect(fidelity).toContainEqual({ feature: "mcpServers", status: "degraded", reason });
  });
});

describe("what another target is given", () => {
  test("is the capabilities that are covered as a whole", () => {
    expect(front("copilot-agent", claude(...READ, "Bash"))).toMatchObject({ tools: ["read", "search", "execute"] });
    expect(front("opencode-agent", claude(...READ, "Edit", "Write"))).toMatchObject({
      permission: { bash: "deny", webfetch: "deny", task: "deny" },
    });
  });

  test("is never more than a capability that is given only in part, unless the persona says so", () => {
    const part = claude(...READ, "WebSearch");
    for (const { id } of targets.filter((target) => !target.id.startsWith("claude-"))) {
      expect(() => compiled(id, part), id).toThrow(
        'claude-agent is given only part of web: WebSearch, without WebFetch. Say what targets without a list of their own are given: tools: ["read","search"].',
      );
    }
    expect(front("copilot-agent", { ...part, tools: ["read", "search"] })).toMatchObject({ tools: ["read", "search"] });
    expect(toolsIn("copilot-agent", { ...part, tools: ["read", "search", "web"] })).toEqual([
      {
        feature: "tools",
        status: "degraded",
        reason: "read, search, web, while claude-agent has only WebSearch of web",
      },
    ]);
  });

  test.each([["Bash(git log *)"], ["Write"], ["mcp__github__get_issue"]])("is refused for a part: %s", (name) => {
    expect(() => compiled("copilot-agent", { ...claude(...READ, name), mcpServers: ["github"] })).toThrow(
      "only part of",
    );
  });

  test("is what all lists have in common", () => {
    const exactTools = { "claude-agent": [...READ, "Bash"], "copilot-agent": ["read", "execute"] };
    expect(front("kiro-agent", { exactTools })).toMatchObject({ tools: ["read", "shell"] });
    expect(main("kiro-agent", { exactTools })).not.toContain("write");
  });

  test("is nothing that a list's own tool has no name for", () => {
    const all = ["read_file", "read_many_files", "list_directory", "grep_search", "glob", "replace", "write_file"];
    const more = { exactTools: { "gemini-agent": [...all, "run_shell_command", "web_fetch", "google_web_search"] } };
    expect(front("claude-agent", more)).toMatchObject({
      tools: "Read, Grep, Glob, Edit, Write, Bash, WebFetch, WebSearch",
    });
  });

  test("is refused where it would be nothing, or the format cannot restrict tools", () => {
    expect(() => compiled("copilot-agent", claude("TodoWrite"))).toThrow("cover no capability as a whole");
    expect(() => compiled("agent-skill", claude(...READ))).toThrow("this format cannot restrict tools");
  });

  test("is no more than every capability, whichever tools are named", () => {
    const way = targets.find(({ id }) => id === "claude-agent")?.features.tools;
    if (way?.kind !== "allowed") throw new Error("Claude's agents are given tools by name.");
    const words = CAPABILITIES.flatMap((capability) => way.tools[capability]);
    for (let mask = 1; mask < 2 ** words.length; mask++) {
      const names = words.filter((_, index) => (mask >> index) % 2 === 1);
      const data = attempt(() => front("copilot-agent", claude(...names)) as { tools: string[] });
      const whole = CAPABILITIES.filter((capability) => way.tools[capability].every((word) => names.includes(word)));
      const isPart = CAPABILITIES.some(
        (capability) => !whole.includes(capability) && way.tools[capability].some((word) => names.includes(word)),
      );
      expect(data?.tools.length).toBe(isPart || whole.length === 0 ? undefined : whole.length);
    }
  });
});

function attempt<Result>(make: () => Result): Result | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
