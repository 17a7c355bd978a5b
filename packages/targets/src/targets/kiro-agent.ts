import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { Report, type Vocabulary } from "../report.ts";
import { defineTarget } from "../target.ts";

/** Tags; reading includes searching. */
const TOOLS: Vocabulary = {
  read: ["read"],
  search: ["read"],
  edit: ["write"],
  shell: ["shell"],
  web: ["web"],
  spawn: ["subagent"],
};

const schema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  tools: z.array(z.string().min(1)).min(1).exactOptional(),
  model: z.string().min(1).exactOptional(),
});

/** Kiro agents, for the editor and the command line. */
export const kiroAgent = defineTarget({
  id: "kiro-agent",
  tool: "Kiro",
  path: ".kiro/agents/<name>.md",
  readers: ["Kiro"],
  signs: [".kiro"],
  checked: { date: "2026-10-09", version: "1.2", source: "https://kiro.dev/docs/" },
  compile(document) {
    const report = new Report("kiro-agent", document);
    const layout = {
      target: "kiro-agent",
      path: `.kiro/agents/${document.id}.md`,
      referenceFile: (id: string) => `.kiro/references/${document.id}/${id}.md`,
    };
    report.paths("agents are called by description, not by file");
    report.color({ why: "Kiro's agents have no colour" });
    const tools = report.allowed(TOOLS, (server) => `@${server}`);
    return agentFile(layout, document, report, schema, {
      name: document.id,
      description: report.descriptionWithExamples(),
      tools: tools === undefined ? undefined : [...new Set(tools)],
      model: report.model({ why: "Kiro has model ids of its own; give an exact id" }),
    });
  },
});
