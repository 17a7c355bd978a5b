import type { Color, ModelTier } from "@personakit/core";
import { describeWithExamples } from "@personakit/core/internal";
import type { SharedLimit } from "../define/target.ts";
import type { Vocabulary } from "../features/features.ts";
import { countTokens } from "../files/tokens.ts";
import { schemaOf } from "../format/schema.ts";

// What Claude Code's targets share, and those of tools that are made like it.

export const CLAUDE_MODELS: { readonly [Tier in ModelTier]: string } = {
  fast: "haiku",
  balanced: "sonnet",
  deep: "opus",
};

export const CLAUDE_TOOLS: Vocabulary = {
  read: ["Read"],
  search: ["Grep", "Glob"],
  edit: ["Edit", "Write"],
  shell: ["Bash"],
  web: ["WebFetch", "WebSearch"],
  spawn: ["Agent"],
};

/** Claude Code and Qwen Code know the same colours as the model does. */
export const CLAUDE_COLORS: { readonly [Name in Color]: Name } = {
  red: "red",
  blue: "blue",
  green: "green",
  yellow: "yellow",
  purple: "purple",
  orange: "orange",
  pink: "pink",
  cyan: "cyan",
};

/** An MCP server in a list of tools. */
export const CLAUDE_SERVER = "mcp__<server>";

/** The front matter of an agent, in a project and in a plugin. */
export const claudeAgentSchema = schemaOf("claude-agent", (z) =>
  z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    description: z.string().min(1),
    tools: z.string().min(1).exactOptional(),
    model: z.string().min(1).exactOptional(),
    color: z.enum(Object.keys(CLAUDE_COLORS)).exactOptional(),
  }),
);

/** What agents share, in a project and in a plugin. */
export const claudeAgentLimits: readonly SharedLimit[] = [
  {
    what: "the descriptions of all agents",
    unit: "tokens",
    max: 15_000,
    beyond: "warns at start-up, and the descriptions fill the context",
    measure: (document) => countTokens(describeWithExamples(document)),
    severity: "warning",
  },
];
