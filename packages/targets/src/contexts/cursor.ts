import type { ToolDescription } from "../context/description.ts";
import { DOCUMENTED, DOCUMENTED_LIST, documentedSpots } from "./documented.ts";

/** Cursor, as documented: nobody can read what it sends, so how the texts stand in a request is not known. */
export const cursor: ToolDescription = {
  ...DOCUMENTED,
  id: "cursor",
  name: "Cursor",
  version: "2026-10",
  documented: { source: "https://cursor.com/docs/context/rules", date: "2026-10-07" },
  spots: documentedSpots("rules"),
  memory: [
    { at: "outer first", spot: "memory", sets: [[{ rules: ".cursor/rules", format: "rules" }, { path: "AGENTS.md" }]] },
  ],
  rules: {
    rules: {
      ending: ".mdc",
      isDeep: true,
      isSorted: true,
      globs: "globs",
      mode: { key: "alwaysApply", values: { true: "always" }, absent: "globs" },
      every: [],
      unreadable: "as text",
      text: { frontMatter: "cut" },
      relativeTo: "folder",
      wrap: "memory",
    },
  },
  onRead: [
    { spot: "read", wrap: "memory", at: "matching rules" },
    { spot: "read", wrap: "memory", at: "outer first" },
  ],
  skills: {
    ...DOCUMENTED_LIST,
    spot: "skills",
    roots: [
      { at: "outer first", path: ".cursor/skills" },
      { at: "outer first", path: ".agents/skills" },
      { at: "outer first", path: ".claude/skills" },
      { at: "outer first", path: ".codex/skills" },
      { at: "home", path: ".cursor/skills" },
      { at: "home", path: ".agents/skills" },
    ],
    noDescription: "left out",
    noName: "left out",
    names: "field",
    hiding: ["disable-model-invocation"],
    called: { spot: "skill", before: "", after: "", text: "body" },
  },
  agents: {
    ...DOCUMENTED_LIST,
    spot: "agents",
    roots: [
      { at: "outer first", path: ".cursor/agents" },
      { at: "outer first", path: ".claude/agents" },
      { at: "outer first", path: ".codex/agents" },
      { at: "home", path: ".cursor/agents" },
      { at: "home", path: ".claude/agents" },
      { at: "home", path: ".codex/agents" },
    ],
    ending: ".md",
    format: "markdown",
    noDescription: { text: "" },
    noName: "file",
    names: "field",
    called: { spot: "agent", keeps: ["memory", "skills"] },
  },
  notRead: ["GEMINI.md", "QWEN.md", ".github/copilot-instructions.md"],
  notes: [
    "What Cursor sends is known from its documentation alone, so the order and the texts around the files are not.",
  ],
};
