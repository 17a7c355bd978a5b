import type { ModelTier, Rendered } from "@personakit/core";
import { isRecord } from "@personakit/core/internal";
import { ownTarget } from "../define/define-target.ts";
import { BY_DESCRIPTION } from "../families/agent.ts";
import { dropped, kept, readOnly, words } from "../features/features.ts";
import { given, type KnownFields, levels } from "../features/field.ts";
import { listOf, map, mapOf, oneOf, shape } from "../features/field-schema.ts";
import type { Said } from "../features/say.ts";
import { withFields } from "../format/fields.ts";
import { insteadOf } from "../format/keys.ts";
import { schemaOf } from "../format/schema.ts";
import { readToml } from "../format/toml.ts";
import { failure } from "../issues/issue.ts";
import type { Context } from "../model/context.ts";
import { switchedOn } from "../read/reading.ts";

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

/** Codex takes any key of its configuration here. These are the ones that are known; `skills` is no list of names. */
const FIELDS: KnownFields = {
  model_reasoning_effort: {
    schema: oneOf("minimal", "low", "medium", "high", "xhigh"),
    does: "says how hard the model thinks",
  },
  sandbox_mode: {
    schema: oneOf("read-only", "workspace-write", "danger-full-access"),
    does: "says what commands may touch",
    // Codex inherits the user's own mode, which may be any.
    restricts: levels(["read-only", "workspace-write", "danger-full-access"], "danger-full-access", {
      about: "approval",
      takes: { "read-only": ["edit", "shell"] },
    }),
  },
  web_search: {
    schema: oneOf("disabled", "cached", "live"),
    does: "says whether the agent searches the web",
    restricts: levels(["disabled", "cached", "live"], "live", { about: "tools", takes: { disabled: ["web"] } }),
  },
  nickname_candidates: {
    schema: listOf({ type: "string", pattern: "^[A-Za-z0-9 _-]+$" }),
    does: "names the agent for people",
  },
  mcp_servers: { schema: mapOf(map), does: "configures MCP servers for the agent", restricts: given },
  skills: {
    schema: shape({ config: listOf(map) }, ["config"]),
    does: "switches skills on and off",
  },
};

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
  fields: FIELDS,
  ownFields: {
    ...insteadOf({ name: "id", description: "description", model: "model" }),
    developer_instructions: "It is the persona's body.",
  },
  reading: {
    paths: [".codex/agents/**/<name>.toml"],
    keys: {
      name: "id",
      description: "description",
      model: "exactModel",
      model_reasoning_effort: "model",
      sandbox_mode: switchedOn("read-only"),
      web_search: switchedOn("disabled", "web"),
    },
    identity: "field",
    toml: "developer_instructions",
  },
  wrap: toToml,
});

/** What writes the keys that are fields, too. */
const KEYS = { model_reasoning_effort: "model", sandbox_mode: "readOnly", web_search: "readOnly" } as const;

/** The body as a string of a TOML file, which is read back before it is returned. */
function toToml(body: Rendered, context: Context & { readonly said: Said }): Rendered {
  const { place, origin } = context;
  const head = headOf(context);
  const data = withFields(head, context.said.fields, KEYS, place);
  const keys = Object.entries(data).map(([key, value]) => `${key} = ${tomlOf(value)}`);
  const open = body.text.includes("'''") || body.text.search(CONTROL) !== -1 ? '"""' : "'''";
  const text = open === "'''" ? body.text : escapeBasic(body.text);
  const toml = `${keys.join("\n")}\ndeveloper_instructions = ${open}\n${text}${open}\n`;
  const checked = schema.safeParse({ ...head, developer_instructions: body.text });
  if (
    !checked.success ||
    JSON.stringify(readToml(toml)) !== JSON.stringify({ ...data, developer_instructions: body.text })
  ) {
    throw failure("not-read-back", place, "the TOML does not read back as it was written");
  }
  const above = keys.map(() => origin).concat(origin);
  return { text: toml, origins: [...above, ...body.origins, origin] };
}

/** A value on one line: tables stand within it, because below a table's own heading nothing else of the file could follow. */
function tomlOf(value: unknown): string {
  if (typeof value === "string") return basic(value);
  if (typeof value === "number")
    return Number.isSafeInteger(value) || !Number.isInteger(value) ? `${value}` : value.toExponential();
  if (Array.isArray(value)) return `[${value.map(tomlOf).join(", ")}]`;
  if (!isRecord(value)) return String(value);
  const members = Object.entries(value).map(([key, inner]) => `${basic(key)} = ${tomlOf(inner)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** A text as a basic string: JSON's. Half a pair, for which TOML has no escape, is refused later, with its place. */
function basic(text: string): string {
  return `"${text.replace(/\P{Cs}+/gu, (part) => escapeControls(JSON.stringify(part).slice(1, -1)))}"`;
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
const CONTROL = /[^\t\n -~\xA0-\uFFFF]/g;

/** Text for a multi-line basic string. */
function escapeBasic(text: string): string {
  return escapeControls(text.replaceAll("\\", "\\\\").replaceAll('"""', '""\\"'));
}

function escapeControls(text: string): string {
  return text.replace(CONTROL, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
