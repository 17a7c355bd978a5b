import { targets } from "@personakit/targets";
import { fieldFor } from "../facts/fields.ts";
import { defineCheck } from "../model/define-check.ts";

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
  observed: [
    { tool: "Claude Code", version: "2.1.329", known: "documented", does: "takes the agent for the built-in one" },
    { tool: "Codex", version: "0.169.0", known: "documented", does: "takes the agent for the built-in one" },
  ],
  examples: {
    bad: [
      {
        files: { ".claude/agents/plan.md": "---\nname: plan\ndescription: Plans a release.\n---\n\nPlan it.\n" },
        finds: [[".claude/agents/plan.md", 2]],
      },
    ],
    good: [
      { ".claude/agents/plan.md": "---\nname: release-plan\ndescription: Plans a release.\n---\n\nPlan it.\n" },
      { ".claude/commands/plan.md": "Plan it.\n" },
    ],
  },
  *inFile(file) {
    const { path, kind, tables, name, isReference, isLoaded } = file;
    const { reserved = [] } = targets.find(({ id }) => id === kind) ?? {};
    const field = fieldFor(file, "id");
    const said = (tables.reading?.identity === "field" ? field?.text : name)?.trim() ?? "";
    // In a plugin, the plugin's name stands before it.
    if (isReference || !isLoaded || !reserved.includes(said.toLowerCase())) return;
    const problem = `${tables.tool} keeps the name "${said}" for something of its own`;
    yield { path, at: field?.start, problem, hint: "Give it another name." };
  },
});
