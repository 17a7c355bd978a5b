import type { Color } from "@personakit/core";
import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { Report, type Vocabulary } from "../report.ts";
import { defineTarget } from "../target.ts";

/** Permissions by capability (OpenCode, Permissions). */
const PERMISSIONS: Vocabulary = {
  read: ["read"],
  search: ["glob", "grep", "list"],
  edit: ["edit"],
  shell: ["bash"],
  web: ["webfetch", "websearch", "codesearch"],
  spawn: ["task"],
};

const COLORS: { readonly [Name in Color]: string } = {
  red: "#E5484D",
  blue: "#0090FF",
  green: "#30A46C",
  yellow: "#FFE629",
  purple: "#8E4EC6",
  orange: "#F76B15",
  pink: "#D6409F",
  cyan: "#00A2C7",
};

const schema = z.strictObject({
  description: z.string().min(1),
  mode: z.literal("subagent"),
  model: z
    .string()
    .regex(/^[^/]+\/.+$/, { error: "expected provider/model-id" })
    .exactOptional(),
  color: z
    .string()
    .regex(/^#[0-9A-F]{6}$/)
    .exactOptional(),
  permission: z.record(z.string(), z.literal("deny")).exactOptional(),
});

/** OpenCode subagents, in the form that versions 1 and 2 both read. */
export const opencodeAgent = defineTarget({
  id: "opencode-agent",
  tool: "OpenCode",
  path: ".opencode/agents/<name>.md",
  readers: ["OpenCode"],
  signs: [".opencode", "opencode.json", "opencode.jsonc"],
  checked: { date: "2026-11-21", version: "1.18.33", source: "https://opencode.ai/docs/agents" },
  reserved: ["build", "plan", "general", "explore", "compaction", "title", "summary"],
  compile(document) {
    const report = new Report("opencode-agent", document);
    const layout = {
      target: "opencode-agent",
      path: `.opencode/agents/${document.id}.md`,
      referenceFile: (id: string) => `.opencode/references/${document.id}/${id}.md`,
    };
    report.paths("agents are called by description, not by file");
    const denied = report.denied(PERMISSIONS);
    return agentFile(layout, document, report, schema, {
      description: report.descriptionWithExamples(),
      mode: "subagent",
      model: report.model({ why: "OpenCode names models provider/model-id; give an exact id" }),
      color: report.color(COLORS),
      permission:
        denied === undefined || denied.length === 0
          ? undefined
          : Object.fromEntries(denied.map((name) => [name, "deny" as const])),
    });
  },
});
