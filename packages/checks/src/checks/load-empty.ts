import { defineCheck } from "../model/define-check.ts";

export const loadEmpty = defineCheck({
  id: "load/empty",
  severity: "warning",
  what: "An instruction file says nothing.",
  why: {
    text: "Most tools leave an empty file out. In OpenCode an empty AGENTS.md still hides every CLAUDE.md, and GitHub Copilot sends an empty block.",
    sources: [{ source: "requests of OpenCode 1.18.33 and GitHub Copilot CLI 1.0.102", date: "2026-11-28" }],
  },
  examples: {
    bad: [
      {
        files: { "CLAUDE.md": "\n" },
        finds: [["CLAUDE.md", 1]],
        right: { "CLAUDE.md": "Use pnpm.\n" },
        tools: [{ tool: "Claude Code", does: "leaves it out", seen: { outcome: "lost", text: "/CLAUDE.md (project" } }],
      },
      {
        files: { "opencode.json": "{}", "AGENTS.md": "\n", "CLAUDE.md": "Use pnpm.\n" },
        finds: [["AGENTS.md", 1]],
        right: { "opencode.json": "{}", "CLAUDE.md": "Use pnpm.\n" },
        tools: [
          {
            tool: "Claude Code",
            does: "reads CLAUDE.md all the same",
            seen: { outcome: "kept", text: "Use pnpm." },
          },
          {
            tool: "OpenCode",
            does: "leaves it out, and every CLAUDE.md because of it",
            seen: { outcome: "lost", text: "Use pnpm." },
          },
        ],
      },
      {
        files: { ".github/copilot-instructions.md": "" },
        finds: [[".github/copilot-instructions.md", 1]],
        right: { ".github/agents/dev.agent.md": "---\ndescription: Writes code.\n---\n\nWrite code.\n" },
        tools: [
          {
            tool: "GitHub Copilot CLI",
            does: "sends an empty block",
            seen: { outcome: "added", text: "<custom_instruction>" },
          },
        ],
      },
      {
        files: { ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes code.\n---\n" },
        finds: [[".claude/agents/dev.md", 1]],
        right: { ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes code.\n---\n\nWrite code.\n" },
        tools: [
          {
            tool: "Claude Code",
            does: "lists the agent, which then knows nothing",
            seen: { outcome: "kept", text: "- dev: Writes code." },
          },
        ],
      },
    ],
    good: [
      { "CLAUDE.md": "@AGENTS.md\n", "AGENTS.md": "Use pnpm.\n" },
      { ".claude/skills/dev/SKILL.md": "---\nname: dev\ndescription: Writes code.\n---\n\nWrite code.\n" },
    ],
  },
  *inFile({ path, body, head, isReference, isLoaded }) {
    const isLost = head.issues.some(({ code }) => code === "unparsable-file");
    if (isReference || !isLoaded || isLost || body.trim() !== "") return;
    const what = head.fields.length === 0 ? "this file is empty" : "there is nothing below the front matter";
    yield { path, problem: what, hint: "Write its instructions, or remove it." };
  },
});
