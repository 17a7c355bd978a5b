import type { ToolDescription } from "../context/description.ts";

/** OpenCode: what `opencode run` sent. */
export const opencode: ToolDescription = {
  id: "opencode",
  name: "OpenCode",
  version: "1.18.33",
  observed: "2026-11-28",
  documented: { source: "https://opencode.ai/docs/rules/", date: "2026-11-21" },
  known: { memory: "observed", skills: "observed", agents: "observed" },
  chain: { up: "git root", withoutGit: "top" },
  order: ["memory", "skills", "agents"],
  spots: {
    memory: { role: "system", place: "system message", between: "\n", close: "\n" },
    read: {
      role: "tool",
      place: "end of the tool's result",
      when: "read",
      open: "\n\n<system-reminder>\n",
      between: "\n\n",
      close: "\n</system-reminder>",
    },
  },
  wraps: { memory: { before: "Instructions from: {path}\n" } },
  text: {
    bom: "dropped",
    lineEnds: "kept",
    frontMatter: "kept",
    comments: "kept",
    trim: "none",
    empty: "skipped",
    blank: "sent",
  },
  memory: [
    {
      at: "home",
      spot: "memory",
      sets: [[{ path: ".config/opencode/AGENTS.md" }], [{ path: ".claude/CLAUDE.md" }]],
    },
    {
      at: "nearest first",
      spot: "memory",
      sets: [[{ path: "AGENTS.md" }], [{ path: "CLAUDE.md" }], [{ path: "CONTEXT.md" }]],
      choose: "together",
    },
  ],
  onRead: [{ spot: "read", wrap: "memory", at: "nearest first" }],
  notRead: ["AGENTS.override.md", "CLAUDE.local.md", ".claude/CLAUDE.md", "GEMINI.md", "QWEN.md"],
};
