import type { ToolDescription } from "../context/description.ts";
import { GEMINI_IMPORTS } from "./gemini-cli.ts";

/** Qwen Code: what `qwen` sent with a prompt on its command line. */
export const qwenCode: ToolDescription = {
  id: "qwen-code",
  name: "Qwen Code",
  version: "0.24.4",
  observed: "2026-11-28",
  documented: {
    source: "https://qwenlm.github.io/qwen-code-docs/en/users/configuration/settings/",
    date: "2026-11-21",
  },
  known: { memory: "observed", rules: "observed", skills: "observed", agents: "observed" },
  chain: { up: "top", withoutGit: "top" },
  order: ["memory", "skills", "agents"],
  spots: {
    memory: { role: "system", place: "system message", open: "\n\n---\n\n", between: "\n\n" },
    read: {
      role: "tool",
      place: "end of the tool's result",
      when: "read",
      open: "\n\n<system-reminder>\n",
      between: "\n\n",
      close: "\n</system-reminder>",
    },
  },
  wraps: {
    memory: {
      before: "--- Context from: {path} ---\n",
      after: "\n--- End of Context from: {path} ---",
      path: "from cwd",
    },
    rule: {
      before: "--- Rule from: {path} ---\n",
      after: "\n--- End of Rule from: {path} ---",
      path: "from git root",
    },
  },
  text: {
    bom: "dropped",
    lineEnds: "kept",
    frontMatter: "kept",
    comments: "kept",
    trim: "both",
    empty: "skipped",
    blank: "skipped",
  },
  memory: [
    { at: "home", spot: "memory", sets: [[{ path: ".qwen/QWEN.md", imports: true }]] },
    { at: "outer first", spot: "memory", sets: [[{ path: "QWEN.md", imports: true }]] },
    { at: "home", spot: "memory", sets: [[{ path: ".qwen/AGENTS.md", imports: true }]] },
    { at: "outer first", spot: "memory", sets: [[{ path: "AGENTS.md", imports: true }]] },
    {
      at: "home",
      spot: "memory",
      sets: [[{ path: ".qwen/output-language.md" }, { rules: ".qwen/rules", format: "rules" }]],
    },
    { at: "git root or cwd", spot: "memory", sets: [[{ rules: ".qwen/rules", format: "rules" }]] },
  ],
  rules: {
    rules: {
      ending: ".md",
      isDeep: true,
      isSorted: true,
      globs: "paths",
      every: ["**"],
      unreadable: "always",
      text: { frontMatter: "cut" },
      relativeTo: "git root",
      wrap: "rule",
    },
  },
  imports: { ...GEMINI_IMPORTS, mentions: { ...GEMINI_IMPORTS.mentions, code: "all code" } },
  once: "file",
  onRead: [{ spot: "read", wrap: "rule", at: "matching rules" }],
  notRead: ["CLAUDE.md", "GEMINI.md", ".github/copilot-instructions.md"],
  notes: ["Qwen Code writes ~/.qwen/output-language.md itself when it is not there, and sends it."],
};
