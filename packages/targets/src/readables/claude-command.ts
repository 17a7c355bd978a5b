import { defineReadable } from "../define/readable.ts";
import { CLAUDE_EFFORT, CLAUDE_MODELS, CLAUDE_RENAMED, names } from "../families/claude.ts";
import { dropped, kept, unrestricted, words } from "../features/features.ts";
import { given } from "../features/field.ts";
import { flag, map, text } from "../features/field-schema.ts";

/** Claude Code commands: prompts that the user calls by name. Skills have taken their place, and Claude Code still reads them. */
export const claudeCommand = defineReadable({
  id: "claude-command",
  tool: "Claude Code",
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/skills" },
  successor: "claude-skill",
  files: { main: ".claude/commands/<name>.md" },
  features: {
    description: kept,
    examples: dropped("a command is called by the user"),
    model: words(CLAUDE_MODELS),
    // `allowed-tools` approves and does not restrict.
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("a command has no colour"),
    paths: dropped("a command is called by name, not by file"),
  },
  fields: {
    "argument-hint": { schema: text, does: "shows what arguments the command takes" },
    arguments: { schema: names, does: "names the arguments, in their order" },
    "allowed-tools": { schema: names, does: "approves these tools for the turn", restricts: given },
    effort: { schema: CLAUDE_EFFORT, does: "says how hard the model thinks" },
    "disable-model-invocation": { schema: flag, does: "leaves it to the user to call the command" },
    hooks: { schema: map, does: "runs commands at points of the run", restricts: given },
  },
  reading: {
    paths: [".claude/commands/**/<name>.md"],
    forms: ["commands/**/<name>.md"],
    keys: { name: "id", description: "description", model: "model" },
    renamed: CLAUDE_RENAMED,
  },
});
