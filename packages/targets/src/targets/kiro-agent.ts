import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { allowed, dropped, exactOnly, kept, named, type Vocabulary } from "../features/features.ts";
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
    tools: allowed(TOOLS),
    mcpServers: named("@<server>"),
    color: dropped("Kiro's agents have no colour"),
    paths: BY_DESCRIPTION,
  },
  frontMatter: { schema, keys: { name: "id", description: "description", tools: "tools", model: "model" } },
});
