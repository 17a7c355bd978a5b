import type { ToolDescription } from "../context/description.ts";

/** Codex: what `codex exec` sent. */
export const codex: ToolDescription = {
  id: "codex",
  name: "Codex",
  version: "0.169.0",
  observed: "2026-11-28",
  documented: { source: "https://developers.openai.com/codex/guides/agents-md", date: "2026-11-21" },
  known: { memory: "observed", skills: "observed", agents: "observed" },
  chain: { up: "git root", withoutGit: "cwd" },
  order: ["skills", "memory", "agents"],
  spots: {
    memory: {
      role: "user",
      place: "first user message",
      open: "# AGENTS.md instructions for {cwd}\n\n<INSTRUCTIONS>\n",
      between: "\n\n",
      close: "\n</INSTRUCTIONS>",
    },
  },
  wraps: {},
  text: {
    bom: "kept",
    lineEnds: "kept",
    frontMatter: "kept",
    comments: "kept",
    trim: "none",
    empty: "skipped",
    blank: "skipped",
  },
  memory: [
    {
      at: "home",
      spot: "memory",
      sets: [[{ path: ".codex/AGENTS.override.md" }], [{ path: ".codex/AGENTS.md" }]],
      text: { trim: "both" },
    },
    {
      at: "outer first",
      spot: "memory",
      sets: [[{ path: "AGENTS.override.md" }], [{ path: "AGENTS.md" }]],
      choose: "each folder",
      limit: 32_768,
      after: "\n\n--- project-doc ---\n\n",
    },
  ],
  notRead: ["CLAUDE.md", "GEMINI.md", ".github/copilot-instructions.md"],
};
