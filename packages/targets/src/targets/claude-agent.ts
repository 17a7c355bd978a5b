import { type Capability, type Color, describeWithExamples, type ModelTier, render } from "@personakit/core";
import { z } from "zod";
import { withFrontMatter } from "./front-matter.ts";
import type { Target } from "./target.ts";

const MODELS: { readonly [Tier in ModelTier]: string } = { fast: "haiku", balanced: "sonnet", deep: "opus" };

const TOOLS: { readonly [Name in Capability]: readonly string[] } = {
  read: ["Read"],
  search: ["Grep", "Glob"],
  edit: ["Edit", "Write"],
  shell: ["Bash"],
  web: ["WebFetch", "WebSearch"],
  spawn: ["Agent"],
};

const COLORS = ["red", "blue", "green", "yellow", "purple", "orange", "pink", "cyan"] satisfies Color[];

const schema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  description: z.string().min(1),
  tools: z.string().min(1).exactOptional(),
  model: z.enum(["haiku", "sonnet", "opus"]).exactOptional(),
  color: z.enum(COLORS).exactOptional(),
});

/** Claude Code subagents. References stand outside `.claude/agents`, where every Markdown file is read as an agent. */
export const claudeAgent: Target = {
  id: "claude-agent",
  tool: "Claude Code",
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/sub-agents" },
  compile(document) {
    const referencePath = (id: string) => `.claude/references/${document.id}/${id}.md`;
    const { body, references } = render(document, { referencePath });
    const servers = document.mcpServers.map((server) => `mcp__${server}`);
    const tools = document.tools?.flatMap((capability) => TOOLS[capability]).concat(servers);
    const data = {
      name: document.id,
      description: describeWithExamples(document),
      ...(tools === undefined ? {} : { tools: tools.join(", ") }),
      ...(document.model === undefined ? {} : { model: MODELS[document.model] }),
      ...(document.color === undefined ? {} : { color: document.color }),
    } as z.infer<typeof schema>;
    const artifacts = [
      withFrontMatter(claudeAgent.id, document, `.claude/agents/${document.id}.md`, schema, data, body),
      ...Object.entries(references).map(([id, reference]) => ({ path: referencePath(id), ...reference })),
    ];
    return { artifacts, losses: [] };
  },
};
