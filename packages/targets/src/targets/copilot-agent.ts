import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { Report, type Vocabulary } from "../report.ts";
import { defineTarget } from "../target.ts";

const TOOLS: Vocabulary = {
  read: ["read"],
  search: ["search"],
  edit: ["edit"],
  shell: ["execute"],
  web: ["web"],
  spawn: ["agent"],
};

const schema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  tools: z.array(z.string().min(1)).min(1).exactOptional(),
  model: z.string().min(1).exactOptional(),
});

/** GitHub Copilot custom agents, for github.com, the command line and VS Code. */
export const copilotAgent = defineTarget({
  id: "copilot-agent",
  tool: "GitHub Copilot",
  path: ".github/agents/<name>.agent.md",
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
  compile(document) {
    const report = new Report("copilot-agent", document);
    const layout = {
      target: "copilot-agent",
      path: `.github/agents/${document.id}.agent.md`,
      referenceFile: (id: string) => `.github/references/${document.id}/${id}.md`,
      limit: { max: 30_000, beyond: "refuses a prompt" },
    };
    report.paths("agents are called by description, not by file");
    report.color({ why: "Copilot's agents have no colour" });
    return agentFile(layout, document, report, schema, {
      name: document.id,
      description: report.description("Copilot shows the description to people"),
      tools: report.allowed(TOOLS, (server) => `${server}/*`),
      model: report.model({ why: "Copilot names models by display name; give an exact id" }),
    });
  },
});
