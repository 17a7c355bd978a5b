import { defineReadable } from "../define/readable.ts";
import { dropped, exactOnly, kept } from "../features/features.ts";
import { text } from "../features/field-schema.ts";
import { copilotAgent } from "../targets/copilot-agent.ts";

/** GitHub Copilot prompts, which the user calls by name in an editor. */
export const copilotPrompt = defineReadable({
  id: "copilot-prompt",
  tool: "GitHub Copilot",
  checked: {
    date: "2026-07-29",
    version: "2026-07",
    source: "https://code.visualstudio.com/docs/copilot/customization/prompt-files",
  },
  files: { main: ".github/prompts/<name>.prompt.md" },
  features: {
    description: kept,
    examples: dropped("a prompt is called by the user"),
    model: exactOnly("Copilot names models by display name; give an exact id"),
    tools: copilotAgent.features.tools,
    mcpServers: copilotAgent.features.mcpServers,
    color: dropped("a prompt has no colour"),
    paths: dropped("a prompt is called by name, not by file"),
  },
  fields: {
    agent: { schema: text, does: "names the agent that the prompt runs in" },
    mode: { schema: text, does: "says the same in older versions" },
    "argument-hint": { schema: text, does: "shows what arguments the prompt takes" },
  },
  reading: {
    paths: [".github/prompts/**/<name>.prompt.md"],
    forms: ["<name>.prompt.md"],
    keys: { name: "id", description: "description", model: "model", tools: "tools" },
    renamed: copilotAgent.reading?.renamed ?? {},
  },
});
