import { splitHead } from "@personakit/targets/read";
import { defineCheck } from "../model/define-check.ts";

export const saysLostText = defineCheck({
  id: "says/lost-text",
  severity: "error",
  what: "Text that is lost with the front matter.",
  why: {
    text: "A reader looks for three dashes on a line of their own. Where the closing row has text behind it or is missing, all of it is front matter or none of it is, and a tool that wants front matter drops the file.",
    sources: [
      { source: "7,758 files of public repositories, read with gray-matter 4.0.3 and yaml 2.9", date: "2026-11-21" },
    ],
  },
  formats: [
    "agent-skill",
    "claude-agent",
    "claude-command",
    "claude-rule",
    "copilot-agent",
    "copilot-instructions",
    "copilot-prompt",
    "cursor-rule",
    "gemini-agent",
    "opencode-agent",
    "qwen-agent",
  ],
  examples: {
    bad: [
      {
        files: {
          ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes code.\n--- Write code.\n\nWrite tests.\n",
        },
        finds: [[".claude/agents/dev.md", 4]],
      },
      {
        files: { ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes code.\n\nWrite code.\n" },
        finds: [[".claude/agents/dev.md", 1]],
      },
    ],
    good: [
      { ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes code.\n---\n\nWrite code.\n\n---\n\nMore.\n" },
      { ".cursor/rules/a.mdc": "Write code.\n\n--- and so on\n" },
    ],
  },
  *inFile({ path, text, isReference }) {
    const rows = splitHead(text, () => false);
    if (isReference || !("reason" in rows) || rows.reason !== "open") return;
    const lines = [...text.matchAll(/^---[ \t]*[^\s-][^\r\n]*$/gm)];
    const closing = lines.find(({ index }) => index > 0);
    if (closing === undefined) {
      if (!/^---[ \t]*\r?\n[\w-]+:/.test(text.replace(/^\uFEFF/, ""))) return;
      const problem = "the front matter never ends, so that none of the text below it counts";
      yield { path, at: 0, problem, hint: "Write --- on a line of its own below the last field." };
      return;
    }
    const problem = "text stands behind the closing dashes, so that the front matter never ends";
    yield { path, at: closing.index, problem, hint: "Begin a new line behind the dashes." };
  },
});
