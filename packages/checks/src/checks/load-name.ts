import { hasLostHead, headStart } from "../facts/fields.ts";
import { leftOutFiles, whoDo } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";

const AGENT = "---\nname: dev\ndescription: Writes code.\n---\n\nWrite code.\n";
const named = (name: string) => `---\nname: ${name}\ndescription: Writes code.\n---\n\nWrite code.\n`;
const NONE = "---\ndescription: Writes code.\n---\n\nWrite code.\n";

export const loadName = defineCheck({
  id: "load/name",
  severity: "error",
  what: "An agent or a skill has no name, or one that a tool does not take, and the tool leaves it out.",
  why: {
    text: "Some tools take the name of the file or the folder where the front matter has none. Others leave the whole file out and do not say so. Gemini CLI and Qwen Code also leave out agents whose names have spaces.",
    sources: [{ source: "requests of Claude Code 2.1.329, OpenCode 1.18.33 and Qwen Code 0.24.4", date: "2026-11-28" }],
  },
  examples: {
    bad: [
      {
        files: { ".claude/agents/dev.md": NONE },
        finds: [[".claude/agents/dev.md", 2]],
        right: { ".claude/agents/dev.md": AGENT },
        tools: [{ tool: "Claude Code", does: "leaves out the agent", seen: { outcome: "lost", text: "Writes code." } }],
      },
      {
        files: { ".claude/agents/dev.md": "---\nname:\ndescription: Writes code.\n---\n\nWrite code.\n" },
        finds: [[".claude/agents/dev.md", 2]],
        right: { ".claude/agents/dev.md": AGENT },
        tools: [{ tool: "Claude Code", does: "leaves out the agent", seen: { outcome: "lost", text: "Writes code." } }],
      },
      {
        files: { ".opencode/skills/dev/SKILL.md": NONE },
        finds: [[".opencode/skills/dev/SKILL.md", 2]],
        right: { ".opencode/skills/dev/SKILL.md": AGENT },
        tools: [{ tool: "OpenCode", does: "leaves out the skill", seen: { outcome: "lost", text: "Writes code." } }],
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
        files: { ".qwen/agents/dev.md": NONE, ".qwen/skills/dev/SKILL.md": NONE },
        finds: [
          [".qwen/agents/dev.md", 2],
          [".qwen/skills/dev/SKILL.md", 2],
        ],
        right: { ".qwen/agents/dev.md": AGENT, ".qwen/skills/dev/SKILL.md": AGENT },
        tools: [
          { tool: "Qwen Code", does: "leaves out the agent", seen: { outcome: "lost", text: "**dev**" } },
          { tool: "Qwen Code", does: "leaves out the skill", seen: { outcome: "lost", text: "\\ndev\\n" } },
        ],
      },
      {
        files: { ".gemini/agents/dev.md": named("Code Writer"), ".qwen/agents/dev.md": named("Code Writer") },
        finds: [
          [".gemini/agents/dev.md", 2],
          [".qwen/agents/dev.md", 2],
        ],
        right: { ".gemini/agents/dev.md": named("code-writer"), ".qwen/agents/dev.md": named("code-writer") },
        tools: [
          { tool: "Gemini CLI", does: "leaves out the agent", seen: { outcome: "lost", text: "Writes code." } },
          { tool: "Qwen Code", does: "leaves out the agent", seen: { outcome: "lost", text: "Writes code." } },
        ],
      },
    ],
    good: [
      // Its name stands in the configuration.
      {
        ".codex/config.toml": '[agents.explorer]\ndescription = "Explores."\nconfig_file = "agents/explorer.toml"\n',
        ".codex/agents/explorer.toml": 'developer_instructions = "Explore."\n',
      },
      { ".claude/skills/dev/SKILL.md": NONE },
    ],
  },
  *inRepository(facts) {
    const nameless = leftOutFiles(facts, ["no-name"]).map((each) => ({ ...each, why: "it has no name" }));
    const refused = leftOutFiles(facts, ["bad-name"]).map((each) => ({ ...each, why: "of its name" }));
    for (const { file, tools, why } of [...nameless, ...refused]) {
      // What has no description either is said once, and a lost front matter has lost its name, too.
      if (hasLostHead(file)) continue;
      const { path, head, name } = file;
      const at = head.fields.find(({ key }) => key === "name")?.start ?? headStart(file);
      const problem = `${whoDo(tools, "leaves", "leave")} this file out, because ${why}`;
      yield { path, at, problem, hint: `Write: name: ${name}`, tools };
    }
  },
});
