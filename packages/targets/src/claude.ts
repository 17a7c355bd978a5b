import { type Color, describeWithExamples, type ModelTier, type Rendered } from "@personakit/core";
import { z } from "zod";
import type { Vocabulary } from "./report.ts";
import type { SharedLimit } from "./target.ts";
import { countTokens } from "./tokens.ts";

/** What Claude Code's targets share. */
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
export function claudeServer(name: string): string {
  return `mcp__${name}`;
}

/** The front matter of an agent, in a project and in a plugin. */
export const claudeAgentSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  description: z.string().min(1),
  tools: z.string().min(1).exactOptional(),
  model: z.string().min(1).exactOptional(),
  color: z.enum(Object.keys(CLAUDE_COLORS)).exactOptional(),
});

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

/**
 * Spares a skill's body what Claude Code would run or substitute when it loads it: `` !`command` ``, `$ARGUMENTS`, `$1`.
 * Substitution reaches into code, so code is guarded too.
 */
export function guardSkill(body: Rendered): Rendered {
  const text = body.text
    .replace(/\$(?=ARGUMENTS\b|\d|\{CLAUDE_)/g, "\\$")
    .replace(/(^|\s)!(?=`)/gm, "$1! ")
    .replace(/^(`{3,})!/gm, "$1 !");
  return { ...body, text };
}
