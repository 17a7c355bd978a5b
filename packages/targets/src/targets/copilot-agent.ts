import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { allowed, dropped, exactOnly, kept, named, type Vocabulary } from "../features/features.ts";
import { schemaOf } from "../format/schema.ts";

const TOOLS: Vocabulary = {
  read: ["read"],
  search: ["search"],
  edit: ["edit"],
  shell: ["execute"],
  web: ["web"],
  spawn: ["agent"],
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
    tools: allowed(TOOLS),
    mcpServers: named("<server>/*"),
    color: dropped("Copilot's agents have no colour"),
    paths: BY_DESCRIPTION,
  },
  frontMatter: { schema, keys: { name: "id", description: "description", tools: "tools", model: "model" } },
});
