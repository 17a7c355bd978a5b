import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { Report } from "../report.ts";
import { defineTarget } from "../target.ts";

const schema = z.strictObject({ name: z.string().min(1), description: z.string().min(1) });

/** The folder that several tools share. Their words for models and tools conflict, so neither is said. */
export const agentsDir = defineTarget({
  id: "agents-dir",
  tool: "Goose, Antigravity, Kimi Code",
  path: ".agents/agents/<name>.md",
  readers: ["Goose", "Antigravity", "Kimi Code", "Devin", "Junie", "Augment"],
  checked: { date: "2026-10-09", version: "several", source: "https://goose-docs.ai/docs/guides/subagents" },
  reserved: ["research", "browser", "self", "image-generator"],
  compile(document) {
    const report = new Report("agents-dir", document);
    const layout = {
      target: "agents-dir",
      path: `.agents/agents/${document.id}.md`,
      referenceFile: (id: string) => `.agents/references/${document.id}/${id}.md`,
    };
    report.unrestricted();
    report.model({ why: "the tools that share the folder name models differently" });
    report.color({ why: "the tools that share the folder have no common colour" });
    report.paths("agents are called by description, not by file");
    return agentFile(layout, document, report, schema, {
      name: document.id,
      description: report.description("some of the tools have simplified readers of front matter"),
    });
  },
});
