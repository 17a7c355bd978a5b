import { defineReadable } from "../define/readable.ts";
import { dropped, kept, mapped, unrestricted } from "../features/features.ts";

/** Claude Code's rules: text that is always there, or that is loaded with the files of its `paths`. */
export const claudeRule = defineReadable({
  id: "claude-rule",
  tool: "Claude Code",
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/memory" },
  files: { main: ".claude/rules/<name>.md" },
  features: {
    description: mapped("rules are loaded by file, not by description"),
    examples: dropped("rules have no description"),
    model: dropped("rules are read by whichever model runs"),
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("rules have no colour"),
    paths: kept,
  },
  reading: { paths: [".claude/rules/**/<name>.md"], keys: { name: "id", description: "description", paths: "paths" } },
});
