import { defineCheck } from "../model/define-check.ts";

export const loadEmpty = defineCheck({
  id: "load/empty",
  severity: "warning",
  what: "An instruction file says nothing.",
  why: {
    text: "Most tools leave an empty file out. In OpenCode an empty AGENTS.md still hides every CLAUDE.md, and GitHub Copilot sends an empty block.",
    sources: [{ source: "requests of OpenCode 1.18.33 and GitHub Copilot CLI 1.0.102", date: "2026-11-28" }],
  },
  observed: [
    { tool: "Claude Code", version: "2.1.329", known: "observed", does: "leaves it out" },
    {
      tool: "OpenCode",
      version: "1.18.33",
      known: "observed",
      does: "leaves it out, and takes it for one that counts",
    },
  ],
  examples: {
    bad: [
      { files: { "CLAUDE.md": "\n" }, finds: [["CLAUDE.md", 1]] },
      {
        files: { ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes code.\n---\n" },
        finds: [[".claude/agents/dev.md", 1]],
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
