import type { ModelTier, Rendered } from "@personakit/core";
import { PersonaKitError } from "@personakit/core";
import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { Report, type Vocabulary } from "../report.ts";
import { defineTarget } from "../target.ts";

const MODELS: { readonly [Tier in ModelTier]: string } = { fast: "flash-lite", balanced: "flash", deep: "pro" };

const TOOLS: Vocabulary = {
  read: ["read_file", "read_many_files", "list_directory"],
  search: ["grep_search", "glob"],
  edit: ["replace", "write_file"],
  shell: ["run_shell_command"],
  web: ["web_fetch", "google_web_search"],
  // Subagents cannot call subagents.
  spawn: [],
};

/** Strict in the tool as here: one unknown key or tool rejects the file. */
const schema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-_]+$/),
  description: z.string().min(1),
  tools: z.array(z.string().min(1)).min(1).exactOptional(),
  model: z.string().min(1).exactOptional(),
});

/** Words that Gemini CLI itself puts in. */
const KNOWN = new Set(["query", "cliVersion", "activeModel", "today"]);

/** Gemini CLI agents. Their body is a template in which any other `${word}` fails when the agent starts. */
export const geminiAgent = defineTarget({
  id: "gemini-agent",
  tool: "Gemini CLI",
  path: ".gemini/agents/<name>.md",
  readers: ["Gemini CLI"],
  signs: [".gemini", "GEMINI.md"],
  checked: { date: "2026-11-21", version: "0.61.0", source: "https://github.com/google-gemini/gemini-cli" },
  compile(document) {
    const report = new Report("gemini-agent", document);
    const layout = {
      target: "gemini-agent",
      path: `.gemini/agents/${document.id}.md`,
      referenceFile: (id: string) => `.gemini/references/${document.id}/${id}.md`,
    };
    report.paths("agents are called by description, not by file");
    report.color({ why: "Gemini CLI's agents have no colour" });
    const data = {
      name: document.id,
      description: report.descriptionWithExamples(),
      tools: report.allowed(TOOLS, (server) => `mcp_${server}_*`),
      model: report.model(MODELS),
    };
    const compiled = agentFile(layout, document, report, schema, data);
    // Only the agent is a template; references are read as files.
    refuseTemplates(document.id, compiled.artifacts[0] as Rendered);
    return compiled;
  },
});

function refuseTemplates(id: string, { text, origins }: Rendered): void {
  const head = text.slice(0, text.indexOf("\n---\n")).split("\n").length;
  const issues = text.split("\n").flatMap((line, index) =>
    [...(index < head ? "" : line).matchAll(/\$\{(\w+)\}/g)]
      .filter(([, word = ""]) => !KNOWN.has(word))
      .map(([template]) => {
        const { unit, rule } = origins[index] ?? { unit: id };
        return {
          place: `persona "${id}", target gemini-agent, ${unit}${rule === undefined ? "" : `/${rule}`}`,
          problem: `Gemini CLI would read ${template} as a template and fail`,
          hint: "It has no escape: reword it, such as $NAME or process.env.NAME.",
        };
      }),
  );
  if (issues.length > 0) throw new PersonaKitError(issues);
}
