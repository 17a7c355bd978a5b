import type { ToolDescription } from "../context/description.ts";
import { DOCUMENTED, DOCUMENTED_LIST, documentedSpots } from "./documented.ts";

/** Kiro, as documented: what it sends has not been read. */
export const kiro: ToolDescription = {
  ...DOCUMENTED,
  id: "kiro",
  name: "Kiro",
  version: "1.2",
  documented: { source: "https://kiro.dev/docs/", date: "2026-10-09" },
  spots: documentedSpots("steering"),
  memory: [
    { at: "home", spot: "memory", sets: [[{ rules: ".kiro/steering", format: "steering" }]] },
    {
      at: "git root or cwd",
      spot: "memory",
      sets: [[{ rules: ".kiro/steering", format: "steering" }, { path: "AGENTS.md" }]],
    },
  ],
  rules: {
    steering: {
      ending: ".md",
      isDeep: false,
      isSorted: true,
      globs: "fileMatchPattern",
      mode: {
        key: "inclusion",
        values: { always: "always", fileMatch: "matching", manual: "manual", auto: "on demand" },
        absent: "always",
      },
      every: [],
      unreadable: "left out",
      text: { frontMatter: "cut" },
      relativeTo: "git root",
      wrap: "memory",
    },
  },
  onRead: [{ spot: "read", wrap: "memory", at: "matching rules" }],
  skills: {
    ...DOCUMENTED_LIST,
    spot: "skills",
    roots: [
      { at: "git root or cwd", path: ".kiro/skills" },
      { at: "home", path: ".kiro/skills" },
    ],
    noDescription: "left out",
    noName: "file",
    names: "field",
    hiding: [],
    called: { spot: "skill", before: "", after: "", text: "body" },
  },
  agents: {
    ...DOCUMENTED_LIST,
    spot: "agents",
    roots: [
      { at: "git root or cwd", path: ".kiro/agents" },
      { at: "home", path: ".kiro/agents" },
    ],
    ending: ".md",
    format: "markdown",
    noDescription: { text: "" },
    noName: "file",
    names: "file",
    called: { spot: "agent", keeps: ["memory"] },
  },
  notRead: ["CLAUDE.md", "GEMINI.md", "QWEN.md", ".github/copilot-instructions.md"],
  notes: [
    "What Kiro sends is known from its documentation alone, so the order and the texts around the files are not.",
  ],
};
