import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { dropped, kept, unrestricted } from "../features/features.ts";
import { schemaOf } from "../format/schema.ts";

/** The folder that several tools share. Their words for models and tools conflict, so neither is said. */
export const agentsDir = ownTarget({
  id: "agents-dir",
  tool: "Goose, Antigravity, Kimi Code",
  readers: ["Goose", "Antigravity", "Kimi Code", "Devin", "Junie", "Augment"],
  checked: { date: "2026-10-09", version: "several", source: "https://goose-docs.ai/docs/guides/subagents" },
  reserved: ["research", "browser", "self", "image-generator"],
  files: { main: ".agents/agents/<name>.md", reference: ".agents/references/<name>/<reference>.md" },
  features: {
    description: kept,
    examples: dropped("some of these tools read only simple front matter"),
    model: dropped("the tools that share the folder name models differently"),
    tools: unrestricted,
    mcpServers: kept,
    color: dropped("the tools that share the folder have no common colour"),
    paths: BY_DESCRIPTION,
  },
  frontMatter: {
    schema: schemaOf("agents-dir", (z) => z.strictObject({ name: z.string().min(1), description: z.string().min(1) })),
    keys: { name: "id", description: "description" },
  },
});
