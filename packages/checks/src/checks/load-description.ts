import { hasLostHead, headStart } from "../facts/fields.ts";
import { leftOutFiles, whoDo } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";

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
  observed: [
    { tool: "Claude Code", version: "2.1.329", known: "observed", does: "leaves out an agent without a description" },
    { tool: "Codex", version: "0.169.0", known: "observed", does: "leaves out a skill without a description" },
    { tool: "OpenCode", version: "1.18.33", known: "observed", does: "leaves out a skill without a description" },
  ],
  examples: {
    bad: [
      {
        files: { ".claude/agents/dev.md": "---\nname: dev\n---\n\nWrite code.\n" },
        finds: [[".claude/agents/dev.md", 2]],
      },
      {
        files: {
          ".codex/config.toml": "",
          ".agents/skills/dev/SKILL.md": '---\nname: dev\ndescription: ""\n---\n\nWrite code.\n',
        },
        finds: [[".agents/skills/dev/SKILL.md", 3]],
      },
    ],
    good: [
      { ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes code.\n---\n\nWrite code.\n" },
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
