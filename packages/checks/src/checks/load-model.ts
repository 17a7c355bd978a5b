import { MODEL_TIERS, nearest } from "@personakit/core/internal";
import { fieldFor } from "../facts/fields.ts";
import { defineCheck } from "../model/define-check.ts";

/** What ids of models of other vendors begin with. */
const OTHERS = /^(?:gpt|o[134]\b|gemini|grok|llama|mistral|deepseek|qwen|codex)/i;

const agent = (model: string) => `---\nname: dev\ndescription: Writes code.\nmodel: ${model}\n---\n\nWrite code.\n`;

export const loadModel = defineCheck({
  id: "load/model",
  severity: "warning",
  what: "An agent of Claude Code asks for a model that Claude Code does not have.",
  why: {
    text: "An agent that asks for a model of another vendor, or for a misspelt one, fails when it is called.",
    sources: [{ source: "https://code.claude.com/docs/en/sub-agents", date: "2026-11-21" }],
  },
  formats: ["claude-agent", "claude-skill", "claude-command"],
  examples: {
    bad: [
      {
        files: { ".claude/agents/dev.md": agent("gpt-5") },
        finds: [[".claude/agents/dev.md", 4]],
        right: { ".claude/agents/dev.md": agent("sonnet") },
        tools: [
          {
            tool: "Claude Code",
            does: "asks for it as it stands",
            seen: { outcome: "added", text: '"model":"gpt-5"', calls: "dev" },
          },
        ],
      },
      {
        files: { ".claude/agents/dev.md": agent("sonet") },
        finds: [[".claude/agents/dev.md", 4]],
        right: { ".claude/agents/dev.md": agent("sonnet") },
        tools: [
          {
            tool: "Claude Code",
            does: "asks for it as it stands",
            seen: { outcome: "added", text: '"model":"sonet"', calls: "dev" },
          },
        ],
      },
    ],
    good: [
      { ".claude/agents/dev.md": agent("sonnet") },
      { ".claude/agents/dev.md": agent("claude-opus-4-6") },
      { ".claude/agents/dev.md": agent("opusplan") },
      { ".claude/agents/dev.md": agent("fable") },
      { ".claude/agents/dev.md": agent("us.anthropic.claude-sonnet-4-5-v1:0") },
    ],
  },
  *inFile(file) {
    const { path, tables, isReference, isLoaded } = file;
    const field = fieldFor(file, "model") ?? file.head.fields.find(({ key }) => key === "model");
    const said = field?.text?.trim() ?? "";
    const { model: way } = tables.features;
    const words = way.kind === "words" ? MODEL_TIERS.map((tier) => way.words[tier]) : ["haiku", "sonnet", "opus"];
    const known = [...words, "inherit"];
    const isKnown = said === "" || known.includes(said.toLowerCase()) || /claude|anthropic/i.test(said);
    // A catalogue's agent may be one of another tool.
    if (isReference || !isLoaded || field === undefined || isKnown) return;
    const near = said.length < 4 ? undefined : nearest(said, known);
    const isNear = near !== undefined && Math.abs(near.length - said.length) < 2;
    if (!isNear && !OTHERS.test(said)) return;
    const hint = isNear ? `Did you mean "${near}"?` : `Expected ${known.join(", ")}, or a model's full id.`;
    yield { path, at: field.start, problem: `${tables.tool} has no model "${said}"`, hint };
  },
});
