import { agentFile } from "../agent-file.ts";
import {
  CLAUDE_COLORS,
  CLAUDE_MODELS,
  CLAUDE_TOOLS,
  claudeAgentLimits,
  claudeAgentSchema,
  claudeServer,
} from "../claude.ts";
import { Report } from "../report.ts";
import { defineTarget } from "../target.ts";

/** Claude Code subagents. References stand outside `.claude/agents`, where every Markdown file is read as an agent. */
export const claudeAgent = defineTarget({
  id: "claude-agent",
  tool: "Claude Code",
  path: ".claude/agents/<name>.md",
  readers: ["Claude Code", "GitHub Copilot", "Cursor", "Goose"],
  signs: [".claude", "CLAUDE.md"],
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/sub-agents" },
  // An agent of one of these names would replace the built-in one.
  reserved: ["explore", "plan", "general-purpose"],
  limits: claudeAgentLimits,
  compile(document) {
    const report = new Report("claude-agent", document);
    const layout = {
      target: "claude-agent",
      path: `.claude/agents/${document.id}.md`,
      referenceFile: (id: string) => `.claude/references/${document.id}/${id}.md`,
    };
    report.paths("agents are called by description, not by file");
    return agentFile(layout, document, report, claudeAgentSchema, {
      name: document.id,
      description: report.descriptionWithExamples(),
      tools: report.allowed(CLAUDE_TOOLS, claudeServer)?.join(", "),
      model: report.model(CLAUDE_MODELS),
      color: report.color(CLAUDE_COLORS),
    });
  },
});
