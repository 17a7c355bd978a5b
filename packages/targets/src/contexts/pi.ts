import type { ToolDescription } from "../context/description.ts";
import { SKILL_LINE } from "./opencode.ts";

/** pi: what `pi -p` sent. It has no agents. */
export const pi: ToolDescription = {
  id: "pi",
  name: "pi",
  version: "0.73.1",
  observed: "2026-11-28",
  documented: {
    source: "https://www.npmjs.com/package/@mariozechner/pi-coding-agent",
    date: "2026-11-21",
  },
  known: { memory: "observed", skills: "observed" },
  chain: { up: "top", withoutGit: "top" },
  order: ["memory", "skills"],
  spots: {
    memory: {
      role: "system",
      place: "system message",
      open: "# Project Context\n\nProject-specific instructions and guidelines:\n\n",
    },
    skills: {
      role: "system",
      place: "system message, skills",
      open: "<available_skills>\n",
      close: "\n</available_skills>",
    },
    skill: { role: "tool", place: "result of the tool read", when: "called" },
  },
  wraps: { memory: { before: "## {path}\n\n", after: "\n\n" } },
  text: {
    bom: "kept",
    lineEnds: "kept",
    frontMatter: "kept",
    comments: "kept",
    trim: "none",
    empty: "sent",
    blank: "sent",
  },
  memory: [
    {
      at: "outer first",
      spot: "memory",
      sets: [[{ path: "AGENTS.md" }], [{ path: "CLAUDE.md" }]],
      choose: "each folder",
    },
  ],
  skills: {
    spot: "skills",
    roots: [
      { at: "nearest first", path: ".agents/skills" },
      { at: "home", path: ".agents/skills" },
    ],
    depth: 20,
    order: { letters: "characters", within: "path" },
    same: "first",
    line: SKILL_LINE,
    join: "\n",
    escape: "xml",
    bomHides: true,
    badYaml: "left out",
    noDescription: "left out",
    noName: "file",
    names: "field",
    space: "kept",
    hiding: ["disable-model-invocation"],
    called: { spot: "skill", before: "", after: "", text: "whole" },
  },
  notRead: ["GEMINI.md", "QWEN.md", "CLAUDE.local.md", ".github/copilot-instructions.md"],
  notes: ["Whether pi reads an instruction file of the user is not known."],
};
