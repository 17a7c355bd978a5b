import type { Color } from "@personakit/core";
import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { denied, exactOnly, kept, type Vocabulary, words } from "../features/features.ts";
import { count, either, flag, mapOf, oneOf, text } from "../features/field-schema.ts";
import { always, each } from "../format/keys.ts";
import { schemaOf } from "../format/schema.ts";
import { eachOf } from "../read/reading.ts";

/** Permissions by capability (OpenCode, Permissions). */
const PERMISSIONS: Vocabulary = {
  read: ["read"],
  search: ["glob", "grep", "list"],
  edit: ["edit"],
  shell: ["bash"],
  web: ["webfetch", "websearch", "codesearch"],
  spawn: ["task"],
};

const COLORS: { readonly [Name in Color]: string } = {
  red: "#E5484D",
  blue: "#0090FF",
  green: "#30A46C",
  yellow: "#FFE629",
  purple: "#8E4EC6",
  orange: "#F76B15",
  pink: "#D6409F",
  cyan: "#00A2C7",
};

const schema = schemaOf("opencode-agent", (z) =>
  z.strictObject({
    description: z.string().min(1),
    mode: z.literal("subagent"),
    model: z
      .string()
      .regex(/^[^/]+\/.+$/, { error: "expected provider/model-id" })
      .exactOptional(),
    color: z
      .string()
      .regex(/^#[0-9A-F]{6}$/)
      .exactOptional(),
    permission: z.record(z.string(), z.literal("deny")).exactOptional(),
  }),
);

/** OpenCode subagents, in the form that versions 1 and 2 both read. */
export const opencodeAgent = ownTarget({
  id: "opencode-agent",
  tool: "OpenCode",
  readers: ["OpenCode"],
  signs: [".opencode", "opencode.json", "opencode.jsonc"],
  checked: { date: "2026-11-21", version: "1.18.33", source: "https://opencode.ai/docs/agents" },
  reserved: ["build", "plan", "general", "explore", "compaction", "title", "summary"],
  files: { main: ".opencode/agents/<name>.md", reference: ".opencode/references/<name>/<reference>.md" },
  features: {
    description: kept,
    examples: kept,
    model: exactOnly("OpenCode names models provider/model-id; give an exact id"),
    tools: denied(PERMISSIONS),
    mcpServers: kept,
    color: words(COLORS),
    paths: BY_DESCRIPTION,
  },
  fields: {
    mode: { schema: oneOf("primary", "subagent", "all"), does: "says whether people or other agents call it" },
    permission: {
      schema: mapOf(either(oneOf("ask", "allow", "deny"), mapOf(oneOf("ask", "allow", "deny")))),
      does: "allows, asks for or denies what the agent does, by tool and pattern",
      restricts: { order: "unordered", about: "approval" },
    },
    variant: { schema: text, does: "chooses a variant of the model" },
    temperature: { schema: { type: "number", minimum: 0, maximum: 2 }, does: "sets the model's temperature" },
    top_p: { schema: { type: "number", minimum: 0, maximum: 1 }, does: "sets the model's top_p" },
    steps: { schema: count, does: "stops the agent after this many steps" },
    hidden: { schema: flag, does: "keeps the agent out of the list" },
    disable: { schema: flag, does: "switches the agent off" },
  },
  reading: {
    paths: [".opencode/agents/**/<name>.md", ".opencode/agent/**/<name>.md"],
    // Older versions switch tools off by name.
    keys: { tools: eachOf(false) },
    renamed: { write: "edit", patch: "edit", multiedit: "edit" },
  },
  frontMatter: {
    schema,
    keys: {
      description: "description",
      mode: always("subagent"),
      model: "model",
      color: "color",
      permission: each("tools", "deny"),
    },
  },
});
