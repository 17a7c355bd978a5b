import { type Document, originOfDocument } from "@personakit/core";
import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import {
  CLAUDE_COLORS,
  CLAUDE_MODELS,
  CLAUDE_TOOLS,
  claudeAgentLimits,
  claudeAgentSchema,
  claudeServer,
  guardSkill,
} from "../claude.ts";
import { Report } from "../report.ts";
import { skillDescription, skillName } from "../skill.ts";
import { type Artifact, defineTarget } from "../target.ts";

const version = z.string().min(1).exactOptional();
const person = z.strictObject({ name: z.string().min(1) });
const pluginSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  description: z.string().min(1),
  author: person,
  version,
});
const marketplaceSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  description: z.string().min(1),
  owner: person,
  plugins: z.array(pluginSchema.extend({ source: z.string().startsWith("./") })).min(1),
});
const skillSchema = z.strictObject({ name: skillName, description: skillDescription });

/** Claude Code's strict check asks for an author and an owner; a persona names neither. */
const OWNER = { name: "personas" };

const folderOf = (id: string) => `plugins/${id}`;

/** Claude Code plugins: one for each persona, with its agent and, where that may be unrestricted, its skill; and a marketplace. */
export const claudePlugin = defineTarget({
  id: "claude-plugin",
  tool: "Claude Code",
  path: "plugins/<name>/.claude-plugin/plugin.json",
  readers: ["Claude Code"],
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/plugins-reference" },
  limits: claudeAgentLimits,
  compile(document) {
    const report = new Report("claude-plugin", document);
    const folder = folderOf(document.id);
    const layout = {
      target: "claude-plugin",
      path: `${folder}/agents/${document.id}.md`,
      referenceFile: (id: string) => `${folder}/references/${id}.md`,
      // Claude Code puts the plugin's own folder into agents, wherever it is installed; other files link to their neighbours.
      referenceLink: (id: string, from?: string) =>
        from === undefined ? ["$", `{CLAUDE_PLUGIN_ROOT}/references/${id}.md`].join("") : `${id}.md`,
    };
    report.paths("agents are called by description, not by file");
    const compiled = agentFile(layout, document, report, claudeAgentSchema, {
      name: document.id,
      description: report.descriptionWithExamples(),
      tools: report.allowed(CLAUDE_TOOLS, claudeServer)?.join(", "),
      model: report.model(CLAUDE_MODELS),
      color: report.color(CLAUDE_COLORS),
    });
    const manifest = json(`${folder}/.claude-plugin/plugin.json`, document, pluginSchema, entryOf(document));
    return { ...compiled, artifacts: [...compiled.artifacts, ...skillOf(document), manifest] };
  },
  combine(documents) {
    const [first] = documents;
    if (first === undefined) return [];
    const plugins = documents.map((document) => ({ ...entryOf(document), source: `./${folderOf(document.id)}` }));
    const description = "Agent personas, each compiled from shared fragments.";
    const marketplace = { name: "personas", description, owner: OWNER, plugins };
    return [json(".claude-plugin/marketplace.json", first, marketplaceSchema, marketplace)];
  },
});

function entryOf({ id, description, version }: Document) {
  return { name: id, description, author: OWNER, ...(version === undefined ? {} : { version }) };
}

/** The persona as a skill of the same plugin. A restricted one has none: the agent says the restriction. */
function skillOf(document: Document): readonly Artifact[] {
  if (document.tools !== undefined) return [];
  const folder = `${folderOf(document.id)}/skills/${document.id}`;
  const layout = {
    target: "claude-plugin",
    path: `${folder}/SKILL.md`,
    referenceFile: (id: string) => `${folder}/references/${id}.md`,
    referenceLink: (id: string, from?: string) => (from === undefined ? `references/${id}.md` : `${id}.md`),
    guard: guardSkill,
  };
  const report = new Report("claude-plugin", document);
  const why = "the plugin's agent says it";
  report.unrestricted();
  report.model({ why });
  report.color({ why });
  report.paths(why);
  const data = { name: document.id, description: report.description(why) };
  return agentFile(layout, document, report, skillSchema, data).artifacts;
}

function json(path: string, document: Document, schema: z.ZodType, value: object): Artifact {
  const text = `${JSON.stringify(schema.parse(value), null, 2)}\n`;
  const origin = originOfDocument(document);
  return {
    path,
    text,
    origins: text
      .split("\n")
      .slice(1)
      .map(() => origin),
  };
}
