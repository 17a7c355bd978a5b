import type { ToolDescription } from "../context/description.ts";
import { OPENCODE_AGENTS, OPENCODE_SKILLS, opencode } from "./opencode.ts";

/** Kilo: what `kilo run` sent; agents as documented. */
export const kilo: ToolDescription = {
  id: "kilo",
  name: "Kilo",
  version: "7.7.7",
  observed: "2026-11-28",
  documented: { source: "https://www.npmjs.com/package/@kilocode/cli", date: "2026-11-21" },
  known: { memory: "observed", skills: "observed", agents: "documented" },
  chain: opencode.chain,
  order: ["memory", "skills", "agents"],
  spots: opencode.spots,
  wraps: opencode.wraps,
  text: { ...opencode.text, bom: "kept" },
  memory: [
    { at: "home", spot: "memory", sets: [[{ path: ".claude/CLAUDE.md" }]] },
    {
      at: "nearest first",
      spot: "memory",
      sets: [[{ path: "AGENTS.md" }], [{ path: "CLAUDE.md" }], [{ path: "CONTEXT.md" }]],
      choose: "together",
    },
  ],
  skills: {
    ...OPENCODE_SKILLS,
    roots: [
      { at: "home", path: ".agents/skills" },
      { at: "home", path: ".claude/skills" },
      { at: "nearest first", path: ".claude/skills" },
      { at: "nearest first", path: ".agents/skills" },
    ],
    same: "last",
    sameVaries: true,
  },
  agents: {
    ...OPENCODE_AGENTS,
    roots: [
      { at: "home", path: ".config/kilo/agents" },
      { at: "outer first", path: ".kilo/agents" },
    ],
  },
  notRead: ["AGENTS.override.md", "CLAUDE.local.md", ".claude/CLAUDE.md", "GEMINI.md", "QWEN.md"],
  notes: ["What Kilo sends when it reads a file is not known."],
};
