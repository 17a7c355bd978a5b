import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { CLAUDE_COLORS, CLAUDE_MODES, CLAUDE_SERVER, CLAUDE_SERVER_TOOL } from "../families/claude.ts";
import { allowed, exactOnly, kept, named, type Vocabulary, words } from "../features/features.ts";
import { given, levels, taken } from "../features/field.ts";
import { count, map, mapOf, oneOf, texts } from "../features/field-schema.ts";
import { schemaOf } from "../format/schema.ts";

const TOOLS: Vocabulary = {
  read: ["read_file", "list_directory"],
  search: ["grep_search", "glob"],
  edit: ["edit", "write_file"],
  shell: ["run_shell_command"],
  web: ["web_fetch"],
  // Qwen Code's documentation names no tool for it.
  spawn: [],
};

const schema = schemaOf("qwen-agent", (z) =>
  z.strictObject({
    name: z
      .string()
      .min(2)
      .max(50)
      .regex(/^[a-z0-9-]+$/),
    description: z.string().min(1),
    tools: z.array(z.string().min(1)).min(1).exactOptional(),
    model: z.string().min(1).exactOptional(),
    color: z.enum(Object.keys(CLAUDE_COLORS)).exactOptional(),
  }),
);

/** Qwen Code agents. */
export const qwenAgent = ownTarget({
  id: "qwen-agent",
  tool: "Qwen Code",
  readers: ["Qwen Code"],
  signs: [".qwen", "QWEN.md"],
  checked: {
    date: "2026-11-21",
    version: "0.24.4",
    source: "https://github.com/QwenLM/qwen-code/blob/main/docs/users/features/sub-agents.md",
  },
  files: { main: ".qwen/agents/<name>.md", reference: ".qwen/references/<name>/<reference>.md" },
  features: {
    description: kept,
    examples: kept,
    model: exactOnly("Qwen Code inherits the model unless you give an exact id"),
    tools: allowed(TOOLS),
    mcpServers: named(CLAUDE_SERVER, CLAUDE_SERVER_TOOL),
    color: words(CLAUDE_COLORS),
    paths: BY_DESCRIPTION,
  },
  fields: {
    approvalMode: {
      schema: oneOf("plan", "default", "auto-edit", "yolo", "bubble"),
      does: "says what the agent may do without asking",
      // `bubble` asks whoever called the agent.
      restricts: levels(["plan", "bubble", "default", "auto-edit", "yolo"], "default", {
        about: "approval",
        takes: { plan: ["edit", "shell"] },
      }),
    },
    permissionMode: {
      schema: oneOf("plan", "dontAsk", "default", "acceptEdits", "auto", "bypassPermissions"),
      does: "says the same in Claude Code's words",
      restricts: CLAUDE_MODES,
    },
    disallowedTools: { schema: texts, does: "takes these tools away", restricts: taken },
    maxTurns: { schema: count, does: "stops the agent after this many turns" },
    mcpServers: { schema: mapOf(map), does: "configures MCP servers for the agent", restricts: given },
    hooks: { schema: map, does: "runs commands at points of the agent's run", restricts: given },
  },
  reading: { identity: "field" },
  frontMatter: {
    schema,
    keys: { name: "id", description: "description", tools: "tools", model: "model", color: "color" },
  },
});
