import type { ModelTier, Rendered } from "@personakit/core";
import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { dropped, kept, readOnly, words } from "../features/features.ts";
import type { Said } from "../features/say.ts";
import { schemaOf } from "../format/schema.ts";
import { readToml } from "../format/toml.ts";
import { failure } from "../issues/issue.ts";
import type { Context } from "../model/context.ts";

/** Codex's words for how long a model thinks: a tier says that, and leaves the model to the user. */
const EFFORT: { readonly [Tier in ModelTier]: string } = { fast: "low", balanced: "medium", deep: "high" };

/** An unknown key drops the whole agent. */
const schema = schemaOf("codex-agent", (z) =>
  z.strictObject({
    name: z.string().min(1),
    description: z.string().min(1),
    model: z.string().min(1).exactOptional(),
    model_reasoning_effort: z.enum(["low", "medium", "high"]).exactOptional(),
    sandbox_mode: z.literal("read-only").exactOptional(),
    web_search: z.literal("disabled").exactOptional(),
    developer_instructions: z.string().min(1),
  }),
);

/** Codex agents: TOML. Codex cannot restrict single tools, only the sandbox. */
export const codexAgent = ownTarget({
  id: "codex-agent",
  tool: "Codex",
  readers: ["Codex"],
  signs: [".codex"],
  checked: { date: "2026-11-21", version: "0.169.0", source: "https://learn.chatgpt.com/docs/codex/subagents" },
  reserved: ["default", "worker", "explorer"],
  files: { main: ".codex/agents/<name>.toml", reference: ".codex/references/<name>/<reference>.md" },
  features: {
    description: kept,
    examples: dropped("Codex shows descriptions in one line"),
    model: words(EFFORT),
    // Codex's agents cannot call agents of their own (agents.max_depth is 1).
    tools: readOnly({ how: 'sandbox_mode = "read-only"', also: ["web", "spawn"] }),
    mcpServers: kept,
    color: dropped("Codex's agents have no colour"),
    paths: BY_DESCRIPTION,
  },
  wrap: toToml,
});

/** The body as a string of a TOML file, which is read back before it is returned. */
function toToml(body: Rendered, context: Context & { readonly said: Said }): Rendered {
  const { place, origin } = context;
  const head = headOf(context);
  const keys = Object.entries(head).map(([key, value]) => `${key} = ${basic(String(value))}`);
  const open = body.text.includes("'''") || body.text.search(CONTROL) !== -1 ? '"""' : "'''";
  const text = open === "'''" ? body.text : escapeBasic(body.text);
  const toml = `${keys.join("\n")}\ndeveloper_instructions = ${open}\n${text}${open}\n`;
  const expected = { ...head, developer_instructions: body.text };
  const back = schema.safeParse(readToml(toml));
  if (!back.success || JSON.stringify(back.data) !== JSON.stringify(expected)) {
    throw failure("not-read-back", place, "the TOML does not read back as it was written");
  }
  const above = keys.map(() => origin).concat(origin);
  return { text: toml, origins: [...above, ...body.origins, origin] };
}

/** A text as a basic string: JSON's. Half a pair, for which TOML has no escape, is refused later, with its place. */
function basic(text: string): string {
  return `"${text.replace(/\P{Cs}+/gu, (part) => JSON.stringify(part).slice(1, -1))}"`;
}

function headOf({ said, document }: Context & { readonly said: Said }): { readonly [key: string]: string | undefined } {
  const { id, description, model, readOnly } = said;
  return {
    name: id,
    description,
    ...(model === undefined ? {} : { [model.exact ? "model" : "model_reasoning_effort"]: model.word }),
    ...(readOnly ? { sandbox_mode: "read-only" } : {}),
    ...(readOnly && !document.tools?.includes("web") ? { web_search: "disabled" } : {}),
  };
}

/** What TOML takes only as an escape. What a reader does not see of it is refused later, with its place. */
const CONTROL = /(?![\t\n])\p{Cc}/gu;

/** Text for a multi-line basic string. */
function escapeBasic(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"""', '""\\"');
  return escaped.replace(CONTROL, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
