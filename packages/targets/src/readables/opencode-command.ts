import { defineReadable } from "../define/readable.ts";
import { dropped, exactOnly, kept, unrestricted } from "../features/features.ts";
import { flag, text } from "../features/field-schema.ts";

/** OpenCode commands: prompts that the user calls by name. */
export const opencodeCommand = defineReadable({
  id: "opencode-command",
  tool: "OpenCode",
  checked: { date: "2026-11-21", version: "1.18.33", source: "https://opencode.ai/docs/commands" },
  files: { main: ".opencode/commands/<name>.md" },
  features: {
    description: kept,
    examples: dropped("a command is called by the user"),
    model: exactOnly("OpenCode names models provider/model-id; give an exact id"),
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("a command has no colour"),
    paths: dropped("a command is called by name, not by file"),
  },
  fields: {
    agent: { schema: text, does: "names the agent that the command runs in" },
    subtask: { schema: flag, does: "runs the command as a subagent" },
  },
  reading: {
    paths: [".opencode/commands/**/<name>.md", ".opencode/command/**/<name>.md"],
    keys: { description: "description", model: "model" },
  },
});
