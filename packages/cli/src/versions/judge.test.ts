import { type Bump, compile, definePersona, must, section, snapshot } from "@personakit/core";
import { expect, test } from "vitest";
import { compareVersions } from "./compare-versions.ts";

const versionWith = (more: object) =>
  snapshot(
    compile(
      definePersona({
        id: "dev",
        title: "Dev",
        description: { does: "Does.", when: "When.", notFor: "" },
        role: "R.",
        use: [section({ id: "own", title: "Own", rules: { a: must("A.") } })],
        ...more,
      }),
    ),
  );

const claude = (fields: object) => ({ fields: { "claude-agent": fields } });
const opencode = (permission: object) => ({ fields: { "opencode-agent": { permission } } });
const copilot = (agents: unknown) => ({ fields: { "copilot-agent": { agents } } });
const tools = (...names: string[]) => ({ exactTools: { "claude-agent": names } });
const READ = ["Read", "Grep", "Glob"];

test.each<[string, object, object, Bump]>([
  ["a mode widened", claude({ permissionMode: "plan" }), claude({ permissionMode: "acceptEdits" }), "major"],
  ["a mode narrowed", claude({ permissionMode: "acceptEdits" }), claude({ permissionMode: "plan" }), "minor"],
  ["a narrow mode lifted", claude({ permissionMode: "plan" }), {}, "major"],
  ["a wide mode lifted", claude({ permissionMode: "bypassPermissions" }), {}, "minor"],
  ["a wide mode set", {}, claude({ permissionMode: "bypassPermissions" }), "major"],
  ["a narrow mode set", {}, claude({ permissionMode: "plan" }), "minor"],
  ["one word for another", claude({ permissionMode: "manual" }), claude({ permissionMode: "default" }), "minor"],
  ["a tool given back", claude({ disallowedTools: "Bash, Edit" }), claude({ disallowedTools: ["Edit"] }), "major"],
  ["a tool taken away", claude({ disallowedTools: ["Edit"] }), claude({ disallowedTools: "Edit, Bash" }), "minor"],
  ["a tool instead of all", claude({ disallowedTools: ["*"] }), claude({ disallowedTools: ["Edit"] }), "major"],
  ["no tool taken away any more", claude({ disallowedTools: ["Edit"] }), {}, "major"],
  ["a server connected", {}, claude({ mcpServers: ["github"] }), "major"],
  ["a server configured otherwise", claude({ mcpServers: [{ a: 1 }] }), claude({ mcpServers: [{ a: 2 }] }), "major"],
  ["a server disconnected", claude({ mcpServers: ["github"] }), {}, "minor"],
  ["a hook added", {}, claude({ hooks: { Stop: [] } }), "major"],
  ["a permission changed", opencode({ edit: "deny" }), opencode({ edit: "ask" }), "major"],
  ["a permission set", {}, opencode({ edit: "deny" }), "minor"],
  ["an agent more to call", copilot(["a"]), copilot(["a", "b"]), "major"],
  ["an agent less to call", copilot(["a", "b"]), copilot(["a"]), "minor"],
  ["all agents but one", copilot("*"), copilot(["a"]), "minor"],
  ["all agents in the place of one", copilot(["a"]), copilot("*"), "major"],
  ["every agent to call again", copilot(["a"]), {}, "major"],
  ["no agent to call", {}, copilot([]), "minor"],
  ["more turns", claude({ maxTurns: 10 }), claude({ maxTurns: 20 }), "minor"],
  ["a field without a limit removed", claude({ maxTurns: 10 }), {}, "minor"],
  ["a skill that the model calls", { fields: { "claude-skill": { "disable-model-invocation": true } } }, {}, "major"],
  ["a tool more", tools(...READ), tools(...READ, "WebSearch"), "major"],
  ["a tool less", tools(...READ, "WebSearch"), tools(...READ), "minor"],
  ["a tool more than the capabilities", { tools: ["read"] }, { tools: ["read"], ...tools("Read", "Bash") }, "major"],
  [
    "a tool less than the capabilities",
    { tools: ["read", "search"] },
    { tools: ["read", "search"], ...tools("Read") },
    "minor",
  ],
  ["the capabilities again", { tools: ["read", "search"], ...tools("Read") }, { tools: ["read", "search"] }, "major"],
  ["the same by name", { tools: ["read", "search"], ...tools(...READ) }, { tools: ["read", "search"] }, "minor"],
  ["a list where there was none", {}, tools(...READ), "minor"],
  ["no list any more", tools(...READ), {}, "major"],
  ["more for other targets", tools(...READ), { ...tools(...READ), tools: ["read", "shell"] }, "major"],
  ["the same for other targets", tools(...READ), { ...tools(...READ), tools: ["read", "search"] }, "minor"],
])("%s", (_, before, after, bump) => {
  const comparison = compareVersions(versionWith(before), versionWith(after));
  expect(comparison.changes.length).toBeGreaterThan(0);
  expect(comparison.bump).toBe(bump);
});

test("what nothing is known of is judged as it is in no tool's words", () => {
  const acme = (fields: object) => ({ fields: { "acme-agent": fields } });
  expect(compareVersions(versionWith({}), versionWith(acme({ a: 1 }))).bump).toBe("minor");
  expect(compareVersions(versionWith(acme({ a: 1 })), versionWith(acme({ a: 2 }))).bump).toBe("major");
  const strange = {
    rules: {},
    about: { "field claude-agent.maxTurns": "{", "field claude-agent": "1", exactTools: "x" },
  };
  expect(compareVersions({ rules: {}, about: {} }, strange).changes).toHaveLength(3);
});
