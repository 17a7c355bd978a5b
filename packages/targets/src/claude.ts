import type { Color, Document, ModelTier, Rendered } from "@personakit/core";
import { describeWithExamples } from "@personakit/core";
import type { Vocabulary } from "./report.ts";
import { outsideCode } from "./safety.ts";
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

/** An estimate of what a description costs in every session. */
export function tokensOfDescription(document: Document): number {
  return countTokens(describeWithExamples(document));
}

/** Skill directories that Claude Code skips. */
export const CLAUDE_RESERVED_SKILLS = ["synced", "anthropic-skills", "claude-ai"];

/**
 * Spares a skill's body what Claude Code would run or substitute when it loads it: `` !`command` ``, `$ARGUMENTS`, `$1`.
 * Substitution reaches into code, so code is guarded too.
 */
export function guardSkill(body: Rendered): Rendered {
  const text = body.text.replace(/\$(?=ARGUMENTS\b|\d|\{CLAUDE_)/g, "\\$");
  return outsideCode({ ...body, text: text.replace(/!(?=`)/g, "! ") }, (part) => part);
}
