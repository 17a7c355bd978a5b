import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { Report } from "../report.ts";
import { defineTarget } from "../target.ts";

const schema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  description: z.string().min(1),
  model: z.string().min(1).exactOptional(),
  readonly: z.literal(true).exactOptional(),
});

/** Cursor subagents. They inherit their tools; the only restriction is reading. */
export const cursorAgent = defineTarget({
  id: "cursor-agent",
  tool: "Cursor",
  path: ".cursor/agents/<name>.md",
  readers: ["Cursor"],
  signs: [".cursor", ".cursorrules"],
  checked: { date: "2026-10-07", version: "2026-10", source: "https://cursor.com/docs/context/subagents" },
  compile(document) {
    const report = new Report("cursor-agent", document);
    const layout = {
      target: "cursor-agent",
      path: `.cursor/agents/${document.id}.md`,
      referenceFile: (id: string) => `.cursor/references/${document.id}/${id}.md`,
    };
    report.paths("agents are called by description, not by file");
    report.color({ why: "Cursor's agents have no colour" });
    return agentFile(layout, document, report, schema, {
      name: document.id,
      description: report.description("Cursor's reader of front matter is simplified"),
      model: report.model({ why: "Cursor inherits the model unless it is given by its id" }),
      readonly: report.readOnly("readonly: true", []) ? true : undefined,
    });
  },
});
