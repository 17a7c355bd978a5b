import type { ModelTier, Rendered } from "@personakit/core";
import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { allowed, dropped, kept, named, type Vocabulary, words } from "../features/features.ts";
import { given } from "../features/field.ts";
import { count, map, mapOf, oneOf, text } from "../features/field-schema.ts";
import { schemaOf } from "../format/schema.ts";
import { issue, throwIssues } from "../issues/issue.ts";
import type { Context } from "../model/context.ts";

const MODELS: { readonly [Tier in ModelTier]: string } = { fast: "flash-lite", balanced: "flash", deep: "pro" };

const TOOLS: Vocabulary = {
  read: ["read_file", "read_many_files", "list_directory"],
  search: ["grep_search", "glob"],
  edit: ["replace", "write_file"],
  shell: ["run_shell_command"],
  web: ["web_fetch", "google_web_search"],
  // Subagents cannot call subagents.
  spawn: [],
};

/** Strict in the tool as here: one unknown key or tool rejects the file. */
const schema = schemaOf("gemini-agent", (z) =>
  z.strictObject({
    name: z.string().regex(/^[a-z0-9-_]+$/),
    description: z.string().min(1),
    tools: z.array(z.string().min(1)).min(1).exactOptional(),
    model: z.string().min(1).exactOptional(),
  }),
);

/** Words that Gemini CLI itself puts in. */
const KNOWN = new Set(["query", "cliVersion", "activeModel", "today"]);

/** Gemini CLI agents. Their body is a template in which any other `${word}` fails when the agent starts. */
export const geminiAgent = ownTarget({
  id: "gemini-agent",
  tool: "Gemini CLI",
  readers: ["Gemini CLI"],
  signs: [".gemini", "GEMINI.md"],
  checked: { date: "2026-11-21", version: "0.61.0", source: "https://github.com/google-gemini/gemini-cli" },
  files: { main: ".gemini/agents/<name>.md", reference: ".gemini/references/<name>/<reference>.md" },
  features: {
    description: kept,
    examples: kept,
    model: words(MODELS),
    tools: allowed(TOOLS, { others: ["write_todos", "activate_skill", "ask_user"] }),
    mcpServers: named("mcp_<server>_*", "mcp_<server>_<tool>"),
    color: dropped("Gemini CLI's agents have no colour"),
    paths: BY_DESCRIPTION,
  },
  fields: {
    kind: { schema: oneOf("local"), does: "says that the agent runs here" },
    display_name: { schema: text, does: "gives the name that people see" },
    mcp_servers: { schema: mapOf(map), does: "configures MCP servers for the agent", restricts: given },
    temperature: { schema: { type: "number", minimum: 0, maximum: 2 }, does: "sets the model's temperature" },
    max_turns: { schema: count, does: "stops the agent after this many turns" },
    timeout_mins: { schema: count, does: "stops the agent after this many minutes" },
  },
  reading: { identity: "field" },
  frontMatter: { schema, keys: { name: "id", description: "description", tools: "tools", model: "model" } },
  guard: refuseTemplates,
});

/** Only the agent is a template; references are read as files. */
function refuseTemplates(body: Rendered, { place }: Context): Rendered {
  const issues = body.text.split("\n").flatMap((line, index) =>
    [...line.matchAll(/\$\{(\w+)\}/g)]
      .filter(([, word = ""]) => !KNOWN.has(word))
      .map(([template]) => {
        const { unit = "", rule } = body.origins[index] ?? {};
        const where = `${place}, ${unit}${rule === undefined ? "" : `/${rule}`}`;
        const hint = "It has no escape: reword it, such as $NAME or process.env.NAME.";
        return issue("template-in-body", where, `Gemini CLI would read ${template} as a template and fail`, hint);
      }),
  );
  throwIssues(issues);
  return body;
}
