import { targets } from "@personakit/targets";
import { fieldFor } from "../facts/fields.ts";
import { defineCheck } from "../model/define-check.ts";

const agent = (name: string) => `---\nname: ${name}\ndescription: Plans a release.\n---\n\nPlan it.\n`;
const role = (name: string) =>
  `name = "${name}"\ndescription = "Plans a release."\ndeveloper_instructions = "Plan it."\n`;

export const loadReservedName = defineCheck({
  id: "load/reserved-name",
  severity: "warning",
  what: "An agent or a skill has a name that its tool keeps for itself.",
  why: {
    text: "An agent that is called like a built-in one takes its place, so that the tool no longer plans or explores as it was made to. Skills of some names are skipped.",
    sources: [
      { source: "https://code.claude.com/docs/en/sub-agents", date: "2026-11-21" },
      { source: "https://learn.chatgpt.com/docs/codex/subagents", date: "2026-11-21" },
    ],
  },
  examples: {
    bad: [
      {
        files: { ".claude/agents/plan.md": agent("Plan") },
        finds: [[".claude/agents/plan.md", 2]],
        right: { ".claude/agents/plan.md": agent("plan") },
        tools: [
          {
            tool: "Claude Code",
            does: "takes the agent for the built-in one",
            seen: { outcome: "lost", text: "- Plan: Software architect agent" },
          },
        ],
      },
      {
        files: { ".codex/agents/explorer.toml": role("explorer") },
        finds: [[".codex/agents/explorer.toml", 1]],
        right: { ".codex/agents/explorer.toml": role("release") },
        tools: [
          {
            tool: "Codex",
            does: "takes the agent for the built-in one",
            seen: { outcome: "lost", text: "Use `explorer` for specific" },
          },
        ],
      },
      {
        files: { ".opencode/agent/general.md": agent("general") },
        finds: [[".opencode/agent/general.md", 1]],
        right: { ".opencode/agent/release.md": agent("release") },
        tools: [
          {
            tool: "OpenCode",
            does: "takes the agent for the built-in one",
            seen: { outcome: "lost", text: "- general: General-purpose" },
          },
        ],
      },
      {
        files: { ".claude/skills/synced/SKILL.md": agent("synced") },
        finds: [[".claude/skills/synced/SKILL.md", 2]],
        right: { ".claude/skills/release/SKILL.md": agent("release") },
        tools: [
          { tool: "Claude Code", does: "leaves out the skill", seen: { outcome: "lost", text: "Plans a release." } },
        ],
      },
    ],
    good: [{ ".claude/agents/plan.md": agent("release-plan") }, { ".claude/commands/plan.md": "Plan it.\n" }],
  },
  *inFile(file) {
    const { path, kind, tables, name, isReference, isLoaded } = file;
    const { reserved = [] } = targets.find(({ id }) => id === kind) ?? {};
    const field = fieldFor(file, "id");
    const said = (tables.reading?.identity === "field" ? field?.text : name)?.trim() ?? "";
    // In a plugin, the plugin's name stands before it.
    if (isReference || !isLoaded || !reserved.includes(said)) return;
    const hint = "Give it another name.";
    if (kind === "claude-skill") {
      const problem = `${tables.tool} leaves out a skill called "${said}"`;
      yield { path, at: field?.start, problem, hint, severity: "error" };
    } else {
      yield { path, at: field?.start, problem: `${tables.tool} has something of its own called "${said}"`, hint };
    }
  },
});
