import { describe, expect, test } from "vitest";
import { compiled, front, main, targetOf } from "../compile.testing.ts";
import { isMadeBy } from "../files/made-by.ts";
import { readToml } from "../format/toml.ts";
import type { Fidelity } from "../model/compiled.ts";
import { targets } from "../registry.ts";

const claude = (fields: object) => ({ fields: { "claude-agent": fields } });
const fieldsIn = (id: string, more: object): Fidelity[] =>
  compiled(id, more).fidelity.filter(({ feature }) => feature === "fields");

describe("fields of a tool", () => {
  test("stand in its front matter after what is known, in an order of their own", () => {
    const more = {
      model: "deep",
      ...claude({ hooks: { Stop: [{ command: "x" }] }, maxTurns: 20, permissionMode: "plan" }),
      uncheckedFields: { "claude-agent": { vibe: "calm", emoji: "🦊" } },
    };
    const data = front("claude-agent", more);
    expect(Object.entries(data)).toEqual([
      ["name", "dev"],
      ["description", "Does. When."],
      ["model", "opus"],
      ["permissionMode", "plan"],
      ["maxTurns", 20],
      ["hooks", { Stop: [{ command: "x" }] }],
      ["emoji", "🦊"],
      ["vibe", "calm"],
    ]);
    expect(fieldsIn("claude-agent", more)).toEqual([{ feature: "fields", status: "kept" }]);
  });

  test("stand in TOML before the body, nested ones on one line", () => {
    const mcp_servers = {
      docs: { command: "npx", args: ["-y", "a\tb"], env: { "x.y": "'''" }, timeout: 1.5, on: true },
    };
    const text = main("codex-agent", { fields: { "codex-agent": { mcp_servers, web_search: "disabled" } } });
    expect(readToml(text)).toMatchObject({ name: "dev", web_search: "disabled", mcp_servers });
    expect(text).toMatch(/^mcp_servers = \{ .* \}\ndeveloper_instructions = /m);
  });

  test("take the place of what is the same for every persona", () => {
    const more = { fields: { "opencode-agent": { mode: "primary" }, "cursor-rule": { alwaysApply: true } } };
    expect(front("opencode-agent", more)).toMatchObject({ mode: "primary" });
    expect(front("cursor-rule", more)).toMatchObject({ alwaysApply: true });
  });

  test.each<[object, string]>([
    [{ maxTurn: 20 }, 'the tool has no field "maxTurn". Did you mean "maxTurns"? To write it all the same, unchecked'],
    [{ vibe: "calm" }, 'the tool has no field "vibe". To write it all the same, unchecked: uncheckedFields.'],
    [{ maxTurns: 0 }, "the tool does not take 0. Expected a whole number from 1."],
    [{ maxTurns: "20" }, 'the tool does not take "20". Expected a whole number from 1.'],
    [{ permissionMode: "pln" }, 'Did you mean "plan"? Expected one of "plan", "dontAsk"'],
    [{ skills: [] }, "Expected a list, each item a text."],
    [{ tools: "Read" }, "PersonaKit writes this field itself. Say it by `tools`, and for this target by `exactTools`."],
    [{ name: "x" }, "It is the persona's `id`."],
    [{ color: "red" }, "Say it by `color`, for all targets."],
  ])("are refused where the tool does not take them: %o", (fields, message) => {
    expect(() => compiled("claude-agent", claude(fields))).toThrow(message);
  });

  test("are refused all at once, each with its place and its name", () => {
    try {
      compiled("claude-agent", claude({ maxTurn: 1, effort: "higher" }));
      expect.unreachable();
    } catch (error) {
      expect((error as { issues: object[] }).issues).toMatchObject([
        { code: "unknown-field", place: expect.stringContaining('fields["claude-agent"].maxTurn'), subject: "maxTurn" },
        { code: "invalid-field", subject: "effort" },
      ]);
    }
  });

  test("are refused where a format has none, and where a feature says the same", () => {
    expect(() => compiled("agents-md", { fields: { "agents-md": { a: 1 } } })).toThrow("the format has no fields");
    expect(() => compiled("plain", { uncheckedFields: { plain: { a: 1 } } })).toThrow("the format has no fields");
    const mode = { "codex-agent": { sandbox_mode: "read-only" } };
    expect(() => compiled("codex-agent", { tools: ["read", "search"], fields: mode })).toThrow(
      "for all targets already",
    );
    const permission = { "opencode-agent": { permission: { edit: "ask" } } };
    expect(() => compiled("opencode-agent", { tools: ["read"], fields: permission })).toThrow(
      "for all targets already",
    );
    expect(front("opencode-agent", { fields: permission })).toMatchObject({ permission: { edit: "ask" } });
  });

  test("may be unchecked where nothing knows them, or their value is newer, and not to get around a check", () => {
    const unchecked = (fields: object) => ({ uncheckedFields: { "claude-agent": fields } });
    expect(front("claude-agent", unchecked({ permissionMode: "brandNew" }))).toMatchObject({
      permissionMode: "brandNew",
    });
    expect(() => compiled("claude-agent", unchecked({ permissionMode: "plan" }))).toThrow("Move it to fields");
    expect(() => compiled("claude-agent", unchecked({ tools: "Read" }))).toThrow("PersonaKit writes this field itself");
  });

  test("of one tool are no loss of another", () => {
    for (const { id } of targets) {
      if (id === "claude-agent") continue;
      const reason = "maxTurns, memory only for claude-agent";
      expect(fieldsIn(id, claude({ maxTurns: 20, memory: "user" }))).toEqual([
        { feature: "fields", status: "elsewhere", reason },
      ]);
      expect(main(id, claude({ maxTurns: 20 }))).toBe(main(id));
    }
  });

  test("of a target that nothing has defined are refused, because they may restrict", () => {
    expect(() => compiled("claude-agent", { fields: { "nobodys-agent": { a: 1 } } })).toThrow(
      'no target "nobodys-agent"',
    );
  });
});

describe("a field that restricts", () => {
  test.each([{ permissionMode: "plan" }, { permissionMode: "dontAsk" }, { disallowedTools: ["WebFetch"] }])(
    "is lost in every target that does not say it: %o",
    (fields) => {
      const lost = targets.filter(({ id }) => id !== "claude-agent");
      for (const { id } of lost)
        expect(() => compiled(id, claude(fields)), id).toThrow("the restriction would be lost");
    },
  );

  test.each([
    { permissionMode: "default" },
    { permissionMode: "bypassPermissions" },
    { mcpServers: ["github"] },
    { hooks: {} },
  ])("restricts nothing where it gives more, or what an agent has anyway: %o", (fields) => {
    expect(fieldsIn("copilot-agent", claude(fields))).toMatchObject([{ status: "elsewhere" }]);
  });

  test("may be said for another target by its own field", () => {
    const both = { "claude-agent": { permissionMode: "plan" }, "qwen-agent": { approvalMode: "plan" } };
    expect(front("qwen-agent", { fields: both })).toMatchObject({ approvalMode: "plan" });
    const codex = { "claude-agent": { permissionMode: "plan" }, "codex-agent": { sandbox_mode: "read-only" } };
    expect(main("codex-agent", { fields: codex })).toContain('sandbox_mode = "read-only"');
  });

  test("may be answered by a field that does not restrict, which is said", () => {
    const both = { "claude-agent": { permissionMode: "plan" }, "qwen-agent": { approvalMode: "yolo" } };
    expect(fieldsIn("qwen-agent", { fields: both })).toMatchObject([
      { status: "degraded", reason: "permissionMode restricts claude-agent, and approvalMode does not restrict here" },
      { status: "elsewhere" },
    ]);
  });

  test("is said already where all targets are given less", () => {
    const tools = ["read", "search", "web"];
    expect(fieldsIn("copilot-agent", { tools, ...claude({ permissionMode: "plan" }) })).toMatchObject([
      { status: "elsewhere" },
    ]);
    expect(() =>
      compiled("copilot-agent", { tools: [...tools, "edit"], ...claude({ permissionMode: "plan" }) }),
    ).toThrow("lost");
    const disallowed = claude({ disallowedTools: ["Bash", "Bash(git push)"] });
    expect(fieldsIn("gemini-agent", { tools, ...disallowed })).toMatchObject([{ status: "elsewhere" }]);
    expect(() => compiled("gemini-agent", { tools, ...claude({ disallowedTools: ["TodoWrite"] }) })).toThrow("lost");
  });

  test("keeps a plugin's skill from being made, which would not say it", () => {
    const skill = "plugins/dev/skills/dev/SKILL.md";
    const paths = (fields: object) =>
      compiled("claude-plugin", { fields: { "claude-plugin": fields } }).artifacts.map(({ path }) => path);
    expect(paths({ maxTurns: 3 })).toContain(skill);
    expect(paths({ disallowedTools: ["Bash"] })).not.toContain(skill);
    expect(isMadeBy(targetOf("claude-plugin"), "dev", { path: skill })).toBe(true);
  });
});
