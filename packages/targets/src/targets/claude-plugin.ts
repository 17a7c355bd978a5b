import type { Document } from "@personakit/core";
import { originOfDocument } from "@personakit/core/internal";
import { z } from "zod";
import { compileFor } from "../define/compile.ts";
import { defineTarget } from "../define/define-target.ts";
import { claudeAgentLimits } from "../families/claude.ts";
import { SKILL_FEATURES, SKILL_LINKS, skillDescription, skillName } from "../families/skill.ts";
import { unrestricted } from "../features/features.ts";
import type { FrontMatter } from "../format/keys.ts";
import { guardSkill } from "../guard/substitution.ts";
import type { Artifact } from "../model/compiled.ts";
import type { Context } from "../model/context.ts";
import { claudeAgent } from "./claude-agent.ts";

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

/** Claude Code's strict check asks for an author and an owner; a persona names neither. */
const OWNER = { name: "personas" };

const folderOf = (id: string) => `plugins/${id}`;

/** Claude Code plugins: one for each persona, with its agent and, where that may be unrestricted, its skill; and a marketplace. */
export const claudePlugin = defineTarget({
  id: "claude-plugin",
  tool: "Claude Code",
  readers: ["Claude Code"],
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/plugins-reference" },
  limits: claudeAgentLimits,
  files: {
    main: "plugins/<name>/agents/<name>.md",
    reference: "plugins/<name>/references/<reference>.md",
    // Claude Code puts the plugin's own folder into agents, wherever it is installed; other files link to their neighbours.
    links: { main: "${CLAUDE_PLUGIN_ROOT}/references/<reference>.md", reference: "<reference>.md" },
  },
  features: claudeAgent.features,
  frontMatter: claudeAgent.frontMatter,
  also: (context) => [...skillOf(context), manifestOf(context.document)],
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

function manifestOf(document: Document): Artifact {
  return json(`${folderOf(document.id)}/.claude-plugin/plugin.json`, document, pluginSchema, entryOf(document));
}

const skillFrontMatter: FrontMatter<{ name: string; description: string }> = {
  schema: z.strictObject({ name: skillName, description: skillDescription }),
  keys: { name: "id", description: "description" },
};

/** The persona as a skill of the same plugin. A restricted one has none: the agent says the restriction. */
function skillOf({ document, target }: Context): readonly Artifact[] {
  if (document.tools !== undefined) return [];
  const skill = {
    id: target,
    files: {
      main: "plugins/<name>/skills/<name>/SKILL.md",
      reference: "plugins/<name>/skills/<name>/references/<reference>.md",
      links: SKILL_LINKS,
    },
    features: { ...SKILL_FEATURES, tools: unrestricted },
    frontMatter: skillFrontMatter,
    guard: guardSkill,
  } as const;
  return compileFor(skill, document).artifacts;
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
