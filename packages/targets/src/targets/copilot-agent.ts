import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { allowed, dropped, exactOnly, kept, named, type Vocabulary } from "../features/features.ts";
import { given, levels } from "../features/field.ts";
import { either, flag, listOf, map, mapOf, oneOf, shape, text } from "../features/field-schema.ts";
import { schemaOf } from "../format/schema.ts";

const TOOLS: Vocabulary = {
  read: ["read"],
  search: ["search"],
  edit: ["edit"],
  shell: ["execute"],
  web: ["web"],
  spawn: ["agent"],
};

/** Other spellings that Copilot takes for its words. */
const COPILOT_RENAMED: { readonly [name: string]: string } = {
  shell: "execute",
  Bash: "execute",
  powershell: "execute",
  Read: "read",
  NotebookRead: "read",
  Edit: "edit",
  Write: "edit",
  MultiEdit: "edit",
  NotebookEdit: "edit",
  Grep: "search",
  Glob: "search",
  Task: "agent",
  "custom-agent": "agent",
  WebFetch: "web",
  WebSearch: "web",
  TodoWrite: "todo",
};

const schema = schemaOf("copilot-agent", (z) =>
  z.strictObject({
    name: z.string().min(1),
    description: z.string().min(1),
    tools: z.array(z.string().min(1)).min(1).exactOptional(),
    model: z.string().min(1).exactOptional(),
  }),
);

/** GitHub Copilot custom agents, for github.com, the command line and VS Code. */
export const copilotAgent = ownTarget({
  id: "copilot-agent",
  tool: "GitHub Copilot",
  readers: ["GitHub Copilot"],
  signs: [
    ".github/agents",
    ".github/copilot-instructions.md",
    ".github/instructions",
    ".github/prompts",
    ".github/chatmodes",
    ".github/skills",
    ".github/",
  ],
  checked: {
    date: "2026-11-21",
    version: "1.0.102",
    source: "https://docs.github.com/en/copilot/reference/custom-agents-configuration",
  },
  files: {
    main: ".github/agents/<name>.agent.md",
    reference: ".github/references/<name>/<reference>.md",
    limit: { max: 30_000, beyond: "refuses a prompt" },
  },
  features: {
    description: kept,
    examples: dropped("Copilot shows the description to people"),
    model: exactOnly("Copilot names models by display name; give an exact id"),
    tools: allowed(TOOLS, { others: ["todo"] }),
    mcpServers: named("<server>/*", "<server>/<tool>"),
    color: dropped("Copilot's agents have no colour"),
    paths: BY_DESCRIPTION,
  },
  fields: {
    target: { schema: oneOf("vscode", "github-copilot"), does: "shows the agent only there" },
    "disable-model-invocation": {
      schema: flag,
      does: "leaves it to the user to call the agent",
      restricts: levels([true, false], false),
    },
    "user-invocable": { schema: flag, does: "false leaves it to other agents to call it" },
    "mcp-servers": {
      schema: mapOf(map),
      does: "configures MCP servers for the agent; not in VS Code",
      restricts: given,
    },
    metadata: { schema: mapOf({ type: "string" }), does: "holds what else is known of the agent; not in VS Code" },
    "argument-hint": { schema: text, does: "shows what to write to the agent; VS Code only" },
    agents: {
      schema: either(oneOf("*"), { type: "array", items: text }),
      does: "names the agents that it may call; VS Code only",
      restricts: { order: "left" },
    },
    handoffs: {
      schema: listOf(shape({ label: text, agent: text, prompt: text, send: flag, model: text }, ["label", "agent"])),
      does: "offers to go on with another agent",
    },
    hooks: { schema: map, does: "runs commands at points of the agent's run; a preview in VS Code", restricts: given },
    "include-custom-instructions": {
      schema: flag,
      does: "reads the repository's instructions, too; command line only",
    },
  },
  reading: {
    paths: [".github/agents/<name>.md", ".github/chatmodes/<name>.chatmode.md"],
    forms: ["<name>.agent.md", "<name>.chatmode.md"],
    renamed: COPILOT_RENAMED,
  },
  frontMatter: { schema, keys: { name: "id", description: "description", tools: "tools", model: "model" } },
});
