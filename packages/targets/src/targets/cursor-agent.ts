import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { dropped, exactOnly, kept, readOnly } from "../features/features.ts";
import { flag } from "../features/field-schema.ts";
import { schemaOf } from "../format/schema.ts";

const schema = schemaOf("cursor-agent", (z) =>
  z.strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/),
    description: z.string().min(1),
    model: z.string().min(1).exactOptional(),
    readonly: z.literal(true).exactOptional(),
  }),
);

/** Cursor subagents. They inherit their tools; the only restriction is reading. */
export const cursorAgent = ownTarget({
  id: "cursor-agent",
  tool: "Cursor",
  readers: ["Cursor"],
  signs: [".cursor", ".cursorrules"],
  checked: { date: "2026-10-07", version: "2026-10", source: "https://cursor.com/docs/context/subagents" },
  files: { main: ".cursor/agents/<name>.md", reference: ".cursor/references/<name>/<reference>.md" },
  features: {
    description: kept,
    examples: dropped("Cursor reads only simple front matter"),
    model: exactOnly("Cursor inherits the model unless you give an exact id"),
    tools: readOnly({ how: "readonly: true", also: [] }),
    mcpServers: kept,
    color: dropped("Cursor's agents have no colour"),
    paths: BY_DESCRIPTION,
  },
  fields: { is_background: { schema: flag, does: "runs the agent without waiting for it" } },
  reading: { identity: "field" },
  frontMatter: { schema, keys: { name: "id", description: "description", model: "model", readonly: "readOnly" } },
});
