import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { Report } from "../report.ts";
import { defineTarget } from "../target.ts";

const schema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  "keep-coding-instructions": z.boolean(),
});

/** Claude Code output styles: the persona as the main conversation. Claude Code's own coding instructions stay. */
export const claudeOutputStyle = defineTarget({
  id: "claude-output-style",
  tool: "Claude Code",
  path: ".claude/output-styles/<name>.md",
  readers: ["Claude Code"],
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/output-styles" },
  compile(document) {
    const report = new Report("claude-output-style", document);
    const layout = {
      target: "claude-output-style",
      path: `.claude/output-styles/${document.id}.md`,
      referenceFile: (id: string) => `.claude/references/${document.id}/${id}.md`,
    };
    report.unrestricted();
    report.model({ why: "the conversation's model is the user's choice" });
    report.color({ why: "an output style has no colour" });
    report.paths("an output style holds for the whole conversation");
    return agentFile(layout, document, report, schema, {
      name: document.id,
      description: report.description("an output style is chosen by the user, from a list"),
      "keep-coding-instructions": true,
    });
  },
});
