import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import {
  CLAUDE_AGENT_FIELDS,
  CLAUDE_COLORS,
  CLAUDE_MODELS,
  CLAUDE_MORE_TOOLS,
  CLAUDE_RENAMED,
  CLAUDE_SERVER,
  CLAUDE_SERVER_TOOL,
  CLAUDE_TOOLS,
  claudeAgentLimits,
  claudeAgentSchema,
} from "../families/claude.ts";
import { allowed, kept, named, words } from "../features/features.ts";
import { joined } from "../format/keys.ts";

/** Claude Code subagents. References stand outside `.claude/agents`, where every Markdown file is read as an agent. */
export const claudeAgent = ownTarget({
  id: "claude-agent",
  tool: "Claude Code",
  readers: ["Claude Code", "GitHub Copilot", "Cursor", "Goose"],
  signs: [".claude", "CLAUDE.md"],
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/sub-agents" },
  // An agent of one of these names would replace the built-in one.
  reserved: ["Explore", "Plan", "general-purpose"],
  limits: claudeAgentLimits,
  files: { main: ".claude/agents/<name>.md", reference: ".claude/references/<name>/<reference>.md" },
  features: {
    description: kept,
    examples: kept,
    model: words(CLAUDE_MODELS),
    tools: allowed(CLAUDE_TOOLS, CLAUDE_MORE_TOOLS),
    mcpServers: named(CLAUDE_SERVER, CLAUDE_SERVER_TOOL),
    color: words(CLAUDE_COLORS),
    paths: BY_DESCRIPTION,
  },
  fields: CLAUDE_AGENT_FIELDS,
  reading: {
    paths: [".claude/agents/**/<name>.md"],
    // A plugin's agents are the same but for a few fields.
    forms: ["plugins/*/agents/**/<name>.md", "agents/**/<name>.md"],
    renamed: CLAUDE_RENAMED,
    identity: "field",
  },
  frontMatter: {
    schema: claudeAgentSchema,
    keys: {
      name: "id",
      description: "description",
      tools: joined("tools", ", "),
      model: "model",
      color: "color",
    },
  },
});
