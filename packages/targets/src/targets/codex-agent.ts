import { type ModelTier, originOfDocument, PersonaKitError } from "@personakit/core";
// smol-toml reads TOML 1.0: maintained, typed, no dependencies. It is used to prove what is written.
import { parse } from "smol-toml";
import { z } from "zod";
import { compileFiles } from "../agent-file.ts";
import { Report } from "../report.ts";
import { defineTarget } from "../target.ts";

const EFFORT: { readonly [Tier in ModelTier]: string } = { fast: "low", balanced: "medium", deep: "high" };

/** An unknown key drops the whole agent. */
const schema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  model: z.string().min(1).exactOptional(),
  model_reasoning_effort: z.enum(["low", "medium", "high"]).exactOptional(),
  sandbox_mode: z.literal("read-only").exactOptional(),
  web_search: z.literal("disabled").exactOptional(),
  developer_instructions: z.string().min(1),
});

/** Codex agents: TOML. Codex cannot restrict single tools, only the sandbox. */
export const codexAgent = defineTarget({
  id: "codex-agent",
  tool: "Codex",
  path: ".codex/agents/<name>.toml",
  readers: ["Codex"],
  signs: [".codex"],
  checked: { date: "2026-11-21", version: "0.169.0", source: "https://learn.chatgpt.com/docs/codex/subagents" },
  reserved: ["default", "worker", "explorer"],
  compile(document) {
    const report = new Report("codex-agent", document);
    const layout = {
      target: "codex-agent",
      path: `.codex/agents/${document.id}.toml`,
      referenceFile: (id: string) => `.codex/references/${document.id}/${id}.md`,
    };
    report.paths("agents are called by description, not by file");
    report.color({ why: "Codex's agents have no colour" });
    const exact = typeof document.model === "object" && Object.hasOwn(document.model.exact, "codex-agent");
    const model = report.model(EFFORT);
    // Codex's agents cannot call agents of their own (agents.max_depth is 1).
    const readOnly = report.readOnly('sandbox_mode = "read-only"', ["web", "spawn"]);
    const restriction = {
      ...(readOnly ? { sandbox_mode: "read-only" } : {}),
      ...(readOnly && !document.tools?.includes("web") ? { web_search: "disabled" } : {}),
    };
    const head = {
      name: document.id,
      description: report.description("Codex shows descriptions in one line"),
      ...(model === undefined ? {} : exact ? { model } : { model_reasoning_effort: model }),
      ...restriction,
    };
    return compileFiles(layout, document, report, (body) => {
      const keys = Object.entries(head).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
      const open = body.text.includes("'''") ? '"""' : "'''";
      const text = open === "'''" ? body.text : escapeBasic(body.text);
      const toml = `${keys.join("\n")}\ndeveloper_instructions = ${open}\n${text}${open}\n`;
      const expected = { ...head, developer_instructions: body.text };
      const back = schema.safeParse(parse(toml));
      if (!back.success || JSON.stringify(back.data) !== JSON.stringify(schema.parse(expected))) {
        const place = `persona "${document.id}", target codex-agent`;
        throw new PersonaKitError([{ place, problem: "the TOML does not read back as it was written" }]);
      }
      const origin = originOfDocument(document);
      const above = keys.map(() => origin).concat(origin);
      return { path: layout.path, text: toml, origins: [...above, ...body.origins, origin] };
    });
  },
});

/** Text for a multi-line basic string. */
function escapeBasic(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"""', '""\\"');
}
