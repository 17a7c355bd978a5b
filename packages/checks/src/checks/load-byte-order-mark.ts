import { listed } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";

const BOM = "\uFEFF";
const AGENT = "---\nname: dev\ndescription: Writes code.\n---\n\nWrite code.\n";

export const loadByteOrderMark = defineCheck({
  id: "load/byte-order-mark",
  severity: "warning",
  what: "A file begins with a byte order mark.",
  why: {
    text: "Editors on Windows write one, and nobody sees it. Codex and Gemini CLI then find no front matter, and leave out the whole skill.",
    sources: [{ source: "requests of Codex 0.169.0 and Gemini CLI 0.61.0", date: "2026-11-28" }],
  },
  examples: {
    bad: [
      {
        files: {
          ".codex/config.toml": "",
          ".agents/skills/dev/SKILL.md": `${BOM}${AGENT}`,
        },
        finds: [[".agents/skills/dev/SKILL.md", 1]],
        fixed: { ".agents/skills/dev/SKILL.md": AGENT },
        tools: [
          { tool: "Codex", does: "leaves out the skill", seen: { outcome: "lost", text: "- dev: Writes code." } },
          { tool: "pi", does: "leaves out the skill", seen: { outcome: "lost", text: "<name>dev</name>" } },
        ],
      },
      {
        files: { ".gemini/agents/dev.md": `${BOM}${AGENT}`, ".gemini/skills/dev/SKILL.md": `${BOM}${AGENT}` },
        finds: [
          [".gemini/agents/dev.md", 1],
          [".gemini/skills/dev/SKILL.md", 1],
        ],
        fixed: { ".gemini/agents/dev.md": AGENT, ".gemini/skills/dev/SKILL.md": AGENT },
        tools: [
          {
            tool: "Gemini CLI",
            does: "leaves out the agent",
            seen: { outcome: "lost", text: "- dev -> Writes code." },
          },
          { tool: "Gemini CLI", does: "leaves out the skill", seen: { outcome: "lost", text: "<name>dev</name>" } },
        ],
      },
      {
        files: { ".claude/agents/dev.md": `${BOM}${AGENT}` },
        finds: [[".claude/agents/dev.md", 1]],
        fixed: { ".claude/agents/dev.md": AGENT },
        tools: [{ tool: "Claude Code", does: "ignores it", seen: { outcome: "kept", text: "- dev: Writes code." } }],
      },
    ],
    good: [{ "AGENTS.md": "Use pnpm.\n" }],
  },
  *inFile({ path, text }, facts) {
    if (!text.startsWith(BOM)) return;
    const out = facts.leftOut(path).filter(({ code }) => code === "bad-front-matter");
    const tools = [...new Set(out.map(({ tool }) => tool.name))];
    const lost =
      tools.length === 0
        ? "the file begins with a byte order mark, behind which some tools find no front matter"
        : `the file begins with a byte order mark, so ${listed(tools)} ${tools.length === 1 ? "finds" : "find"} no front matter and ${tools.length === 1 ? "leaves" : "leave"} it out`;
    yield {
      path,
      problem: lost,
      hint: "Save it as UTF-8 without one.",
      ...(tools.length === 0 ? {} : { severity: "error" as const, tools }),
      fix: [{ start: 0, end: BOM.length, text: "" }],
    };
  },
});
