import { hasLostHead, headStart } from "../facts/fields.ts";
import { leftOutFiles, whoDo } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";

const AGENT = "---\nname: dev\ndescription: Writes code.\n---\n\nWrite code.\n";
const NONE = "---\nname: dev\n---\n\nWrite code.\n";

export const loadDescription = defineCheck({
  id: "load/description",
  severity: "error",
  what: "An agent or a skill has no description, and a tool leaves it out.",
  why: {
    text: "The description is all that a model sees before it calls an agent or a skill. Without one, most tools leave the file out and do not say so. Of 55,315 public skills, 26.4 % have none.",
    sources: [
      { source: "https://arxiv.org/abs/2603.29919", date: "2026-11-21" },
      { source: "requests of Claude Code 2.1.329, Codex 0.169.0 and OpenCode 1.18.33", date: "2026-11-28" },
    ],
  },
  examples: {
    bad: [
      {
        files: { ".claude/agents/dev.md": NONE },
        finds: [[".claude/agents/dev.md", 2]],
        right: { ".claude/agents/dev.md": AGENT },
        tools: [{ tool: "Claude Code", does: "leaves out the agent", seen: { outcome: "lost", text: "- dev: " } }],
      },
      {
        files: {
          ".codex/config.toml": "",
          ".agents/skills/dev/SKILL.md": '---\nname: dev\ndescription: ""\n---\n\nWrite code.\n',
        },
        finds: [[".agents/skills/dev/SKILL.md", 3]],
        right: { ".codex/config.toml": "", ".agents/skills/dev/SKILL.md": AGENT },
        tools: [
          { tool: "Codex", does: "leaves out the skill", seen: { outcome: "lost", text: "- dev: " } },
          { tool: "pi", does: "leaves out the skill", seen: { outcome: "lost", text: "<name>dev</name>" } },
        ],
      },
      {
        files: { ".opencode/skills/dev/SKILL.md": NONE },
        finds: [[".opencode/skills/dev/SKILL.md", 2]],
        right: { ".opencode/skills/dev/SKILL.md": AGENT },
        tools: [
          { tool: "OpenCode", does: "leaves out the skill", seen: { outcome: "lost", text: "<name>dev</name>" } },
        ],
      },
      {
        files: { ".gemini/agents/dev.md": NONE, ".gemini/skills/dev/SKILL.md": NONE },
        finds: [
          [".gemini/agents/dev.md", 2],
          [".gemini/skills/dev/SKILL.md", 2],
        ],
        right: { ".gemini/agents/dev.md": AGENT, ".gemini/skills/dev/SKILL.md": AGENT },
        tools: [
          { tool: "Gemini CLI", does: "leaves out the agent", seen: { outcome: "lost", text: "- dev -> " } },
          { tool: "Gemini CLI", does: "leaves out the skill", seen: { outcome: "lost", text: "<name>dev</name>" } },
        ],
      },
      {
        files: { ".qwen/agents/dev.md": NONE },
        finds: [[".qwen/agents/dev.md", 2]],
        right: { ".qwen/agents/dev.md": AGENT },
        tools: [{ tool: "Qwen Code", does: "leaves out the agent", seen: { outcome: "lost", text: "**dev**" } }],
      },
      {
        files: { ".github/copilot-instructions.md": "Use pnpm.\n", ".github/agents/dev.agent.md": NONE },
        finds: [[".github/agents/dev.agent.md", 2]],
        right: { ".github/copilot-instructions.md": "Use pnpm.\n", ".github/agents/dev.agent.md": AGENT },
        tools: [
          { tool: "GitHub Copilot CLI", does: "leaves out the agent", seen: { outcome: "lost", text: "**dev**" } },
        ],
      },
    ],
    good: [
      { ".claude/skills/dev/SKILL.md": "---\nname: dev\n---\n\nWrite code.\n" },
      { ".opencode/agent/dev.md": "---\nmode: subagent\n---\n\nWrite code.\n" },
    ],
  },
  *inRepository(facts) {
    for (const { file, tools } of leftOutFiles(facts, ["no-description"])) {
      if (hasLostHead(file)) continue;
      const { path, head } = file;
      const at = head.fields.find(({ key }) => key === "description")?.start ?? headStart(file);
      const problem = `${whoDo(tools, "leaves", "leave")} this file out, because it has no description`;
      yield { path, at, problem, hint: "Say in a sentence or two what it does and when to call it.", tools };
    }
  },
});
