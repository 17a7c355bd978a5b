import { type Document, originOfDocument } from "@personakit/core";
import { z } from "zod";
import { compileFiles } from "../agent-file.ts";
import { CLAUDE_COLORS, CLAUDE_MODELS, CLAUDE_TOOLS, claudeServer } from "../claude.ts";
import { withFrontMatter } from "../front-matter.ts";
import { Report } from "../report.ts";
import { type Artifact, defineTarget } from "../target.ts";

const schema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  description: z.string().min(1),
  tools: z.string().min(1).exactOptional(),
  model: z.string().min(1).exactOptional(),
  color: z.enum(Object.keys(CLAUDE_COLORS)).exactOptional(),
});

const version = z.string().min(1).exactOptional();
const pluginSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  description: z.string().min(1),
  version,
});
const marketplaceSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  owner: z.strictObject({ name: z.string().min(1) }),
  plugins: z.array(pluginSchema.extend({ source: z.string().startsWith("./") })).min(1),
});

const folderOf = (id: string) => `plugins/${id}`;

/** Claude Code plugins: one for each persona, and a marketplace for the whole set. */
export const claudePlugin = defineTarget({
  id: "claude-plugin",
  tool: "Claude Code",
  path: "plugins/<name>/.claude-plugin/plugin.json",
  readers: ["Claude Code"],
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/plugins-reference" },
  compile(document) {
    const report = new Report("claude-plugin", document);
    const folder = folderOf(document.id);
    const layout = {
      target: "claude-plugin",
      path: `${folder}/agents/${document.id}.md`,
      referenceFile: (id: string) => `${folder}/references/${id}.md`,
      // Claude Code puts the plugin's own folder in, wherever it is installed.
      referenceLink: (id: string) => ["$", `{CLAUDE_PLUGIN_ROOT}/references/${id}.md`].join(""),
    };
    report.paths("agents are called by description, not by file");
    const tools = report.allowed(CLAUDE_TOOLS, claudeServer)?.join(", ");
    const model = report.model(CLAUDE_MODELS);
    const color = report.color(CLAUDE_COLORS);
    const data = {
      name: document.id,
      description: report.descriptionWithExamples(),
      ...(tools === undefined ? {} : { tools }),
      ...(model === undefined ? {} : { model }),
      ...(color === undefined ? {} : { color }),
    } as z.infer<typeof schema>;
    const compiled = compileFiles(layout, document, report, (body) =>
      withFrontMatter("claude-plugin", document, layout.path, schema, data, body),
    );
    const manifest = json(`${folder}/.claude-plugin/plugin.json`, document, pluginSchema, {
      name: document.id,
      description: document.description,
      ...(document.version === undefined ? {} : { version: document.version }),
    });
    return { ...compiled, artifacts: [...compiled.artifacts, manifest] };
  },
  combine(documents) {
    const [first] = documents;
    if (first === undefined) return [];
    const plugins = documents.map(({ id, description, version }) => ({
      name: id,
      source: `./${folderOf(id)}`,
      description,
      ...(version === undefined ? {} : { version }),
    }));
    const marketplace = { name: "personas", owner: { name: "personas" }, plugins };
    return [json(".claude-plugin/marketplace.json", first, marketplaceSchema, marketplace)];
  },
});

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
