import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { CLAUDE_COLORS } from "../claude.ts";
import { Report, type Vocabulary } from "../report.ts";
import { defineTarget } from "../target.ts";

const TOOLS: Vocabulary = {
  read: ["read_file", "list_directory"],
  search: ["grep_search", "glob"],
  edit: ["edit", "write_file"],
  shell: ["run_shell_command"],
  web: ["web_fetch"],
  // Qwen Code's documentation names no tool for it.
  spawn: [],
};

const schema = z.strictObject({
  name: z
    .string()
    .min(2)
    .max(50)
    .regex(/^[a-z0-9-]+$/),
  description: z.string().min(1),
  tools: z.array(z.string().min(1)).min(1).exactOptional(),
  model: z.string().min(1).exactOptional(),
  color: z.enum(Object.keys(CLAUDE_COLORS)).exactOptional(),
});

/** Qwen Code agents. */
export const qwenAgent = defineTarget({
  id: "qwen-agent",
  tool: "Qwen Code",
  path: ".qwen/agents/<name>.md",
  readers: ["Qwen Code"],
  signs: [".qwen", "QWEN.md"],
  checked: {
    date: "2026-11-21",
    version: "0.24.4",
    source: "https://github.com/QwenLM/qwen-code/blob/main/docs/users/features/sub-agents.md",
  },
  compile(document) {
    const report = new Report("qwen-agent", document);
    const layout = {
      target: "qwen-agent",
      path: `.qwen/agents/${document.id}.md`,
      referenceFile: (id: string) => `.qwen/references/${document.id}/${id}.md`,
    };
    report.paths("agents are called by description, not by file");
    return agentFile(layout, document, report, schema, {
      name: document.id,
      description: report.descriptionWithExamples(),
      tools: report.allowed(TOOLS, (server) => `mcp__${server}`),
      model: report.model({ why: "Qwen Code inherits the model unless it is given by its id" }),
      color: report.color(CLAUDE_COLORS),
    });
  },
});
