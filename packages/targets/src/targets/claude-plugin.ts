import type { Document } from "@personakit/core";
import { type DeferredSchema, originOfDocument, type Zod } from "@personakit/core/internal";
import { compileFor } from "../define/compile.ts";
import { ownTarget } from "../define/define-target.ts";
import { CLAUDE_PLUGIN_FIELDS, claudeAgentLimits } from "../families/claude.ts";
import { SKILL_FEATURES, SKILL_LINKS, skillSchema } from "../families/skill.ts";
import { unrestricted } from "../features/features.ts";
import { type Field, isRestricting } from "../features/field.ts";
import type { FrontMatter } from "../format/keys.ts";
import { schemaOf } from "../format/schema.ts";
import { filledInSkill, guardSkill } from "../guard/substitution.ts";
import type { Artifact } from "../model/compiled.ts";
import type { Context } from "../model/context.ts";
import { fill } from "../model/template.ts";
import { claudeAgent } from "./claude-agent.ts";

const person = (z: Zod) => z.strictObject({ name: z.string().min(1) });
const plugin = (z: Zod) =>
  z.strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/),
    description: z.string().min(1),
    author: person(z),
    version: z.string().min(1).exactOptional(),
  });
const pluginSchema = schemaOf("claude-plugin", plugin);
const marketplaceSchema = schemaOf("claude-marketplace", (z) =>
  z.strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/),
    description: z.string().min(1),
    owner: person(z),
    plugins: z.array(plugin(z).extend({ source: z.string().regex(/^\.\//) })).min(1),
  }),
);

/** Claude Code's strict check asks for an author and an owner; a persona names neither. */
const OWNER = { name: "personas" };

const SKILL_FILES = {
  main: "plugins/<name>/skills/<name>/SKILL.md",
  reference: "plugins/<name>/skills/<name>/references/<reference>.md",
  links: SKILL_LINKS,
} as const;

const PLUGIN_FILE = "plugins/<name>/.claude-plugin/plugin.json";

const folderOf = (id: string) => `plugins/${id}`;

/** Claude Code plugins: one for each persona, with its agent and, where that may be unrestricted, its skill; and a marketplace. */
export const claudePlugin = ownTarget({
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
    also: [SKILL_FILES.main, SKILL_FILES.reference, PLUGIN_FILE],
  },
  features: claudeAgent.features,
  fields: CLAUDE_PLUGIN_FIELDS,
  frontMatter: claudeAgent.frontMatter,
  filledIn: filledInSkill,
  also: (context) => [...skillOf(context), manifestOf(context.document)],
  combined: {
    path: ".claude-plugin/marketplace.json",
    member: (document) => ({ ...entryOf(document), source: `./${folderOf(document.id)}` }),
    toText(members) {
      const description = "Agent personas, each compiled from shared fragments.";
      return json(marketplaceSchema, { name: "personas", description, owner: OWNER, plugins: Object.values(members) });
    },
    read(text) {
      const { data } = marketplaceSchema.safeParse(parsed(text));
      return data && Object.fromEntries(data.plugins.map((plugin) => [plugin.name, plugin]));
    },
  },
});

function entryOf({ id, description, version }: Document) {
  return { name: id, description, author: OWNER, ...(version === undefined ? {} : { version }) };
}

function manifestOf(document: Document): Artifact {
  const text = json(pluginSchema, entryOf(document));
  const origin = originOfDocument(document);
  const origins = text
    .split("\n")
    .slice(1)
    .map(() => origin);
  return { path: fill(PLUGIN_FILE, { name: document.id }), text, origins };
}

const skillFrontMatter: FrontMatter<{ name: string; description: string }> = {
  schema: skillSchema,
  keys: { name: "id", description: "description" },
};

/** The persona as a skill of the same plugin. A restricted one has none: the agent says the restriction. */
function skillOf({ document: whole, target }: Context): readonly Artifact[] {
  const { fields, uncheckedFields, ...document } = whole;
  const own = Object.entries(fields?.[target] ?? {});
  const isRestricted = own.some(([name, value]) => isRestricting(CLAUDE_PLUGIN_FIELDS[name] as Field, value));
  if (document.tools !== undefined || document.exactTools !== undefined || isRestricted) return [];
  const skill = {
    id: target,
    files: SKILL_FILES,
    features: { ...SKILL_FEATURES, tools: unrestricted },
    frontMatter: skillFrontMatter,
    filledIn: filledInSkill,
    guard: guardSkill,
  } as const;
  return compileFor(skill, document).artifacts;
}

function json(schema: DeferredSchema<object>, value: object): string {
  const checked = schema.safeParse(value);
  if (!checked.success) throw checked.error;
  return `${JSON.stringify(checked.data, null, 2)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
