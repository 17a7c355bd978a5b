import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { allowed, dropped, exactOnly, kept, named, type Vocabulary } from "../features/features.ts";
import { given, taken } from "../features/field.ts";
import { data, flag, listOf, map, mapOf, oneOf, shape, text, texts } from "../features/field-schema.ts";
import { schemaOf } from "../format/schema.ts";

/** Tags; reading includes searching. */
const TOOLS: Vocabulary = {
  read: ["read"],
  search: ["read"],
  edit: ["write"],
  shell: ["shell"],
  web: ["web"],
  spawn: ["subagent"],
};

const schema = schemaOf("kiro-agent", (z) =>
  z.strictObject({
    name: z.string().min(1),
    description: z.string().min(1),
    tools: z.array(z.string().min(1)).min(1).exactOptional(),
    model: z.string().min(1).exactOptional(),
  }),
);

/** Kiro agents, for the editor and the command line. */
export const kiroAgent = ownTarget({
  id: "kiro-agent",
  tool: "Kiro",
  readers: ["Kiro"],
  signs: [".kiro"],
  checked: { date: "2026-10-09", version: "1.2", source: "https://kiro.dev/docs/" },
  files: { main: ".kiro/agents/<name>.md", reference: ".kiro/references/<name>/<reference>.md" },
  features: {
    description: kept,
    examples: kept,
    model: exactOnly("Kiro has its own model ids; give an exact id"),
    tools: allowed(TOOLS, { others: ["knowledge", "todo", "@builtin", "@mcp"] }),
    mcpServers: named("@<server>", "@<server>/<tool>"),
    color: dropped("Kiro's agents have no colour"),
    paths: BY_DESCRIPTION,
  },
  fields: {
    excludedTools: { schema: texts, does: "takes these tools away", restricts: taken },
    allowedTools: { schema: texts, does: "approves these tools beforehand", restricts: given },
    permissions: {
      schema: shape({
        rules: listOf(
          shape({ capability: text, match: data, effect: oneOf("allow", "ask", "deny"), exclude: data }, [
            "capability",
          ]),
        ),
      }),
      does: "allows, asks for or denies what the agent does, rule by rule",
      restricts: { order: "unordered", about: "approval" },
    },
    toolAliases: { schema: mapOf(text), does: "gives tools other names" },
    mcpServers: { schema: mapOf(map), does: "configures MCP servers for the agent", restricts: given },
    includeMcpJson: { schema: flag, does: "connects the servers of the project's `mcp.json`, too", restricts: given },
    includePowers: { schema: flag, does: "connects the servers of installed powers, too", restricts: given },
    resources: { schema: texts, does: "puts these files and skills into the context" },
    hooks: { schema: map, does: "runs commands at points of the agent's run", restricts: given },
    keyboardShortcut: { schema: text, does: "switches to the agent" },
    welcomeMessage: { schema: text, does: "greets you when you switch to the agent" },
  },
  frontMatter: { schema, keys: { name: "id", description: "description", tools: "tools", model: "model" } },
});
