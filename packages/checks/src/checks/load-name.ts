import { hasLostHead, headStart } from "../facts/fields.ts";
import { leftOutFiles, whoDo } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";

export const loadName = defineCheck({
  id: "load/name",
  severity: "error",
  what: "An agent or a skill has no name, and a tool leaves it out.",
  why: {
    text: "Some tools take the name of the file or the folder where the front matter has none. Others leave the whole file out and do not say so.",
    sources: [{ source: "requests of Claude Code 2.1.329, OpenCode 1.18.33 and Qwen Code 0.24.4", date: "2026-11-28" }],
  },
  observed: [
    { tool: "Claude Code", version: "2.1.329", known: "observed", does: "leaves out an agent without a name" },
    { tool: "OpenCode", version: "1.18.33", known: "observed", does: "leaves out a skill without a name" },
    { tool: "Codex", version: "0.169.0", known: "observed", does: "calls a skill by its folder" },
  ],
  examples: {
    bad: [
      {
        files: { ".claude/agents/dev.md": "---\ndescription: Writes code.\n---\n\nWrite code.\n" },
        finds: [[".claude/agents/dev.md", 2]],
      },
      {
        files: { ".claude/agents/dev.md": "---\nname:\ndescription: Writes code.\n---\n\nWrite code.\n" },
        finds: [[".claude/agents/dev.md", 2]],
      },
    ],
    good: [
      // Its name stands in the configuration.
      {
        ".codex/config.toml": '[agents.explorer]\ndescription = "Explores."\nconfig_file = "agents/explorer.toml"\n',
        ".codex/agents/explorer.toml": 'developer_instructions = "Explore."\n',
      },
      { ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes code.\n---\n\nWrite code.\n" },
      { ".claude/skills/dev/SKILL.md": "---\ndescription: Writes code.\n---\n\nWrite code.\n" },
    ],
  },
  *inRepository(facts) {
    for (const { file, tools } of leftOutFiles(facts, ["no-name"])) {
      // What has no description either is said once, and a lost front matter has lost its name, too.
      if (hasLostHead(file)) continue;
      const { path, head, name } = file;
      const at = head.fields.find(({ key }) => key === "name")?.start ?? headStart(file);
      const problem = `${whoDo(tools, "leaves", "leave")} this file out, because it has no name`;
      yield { path, at, problem, hint: `Write: name: ${name}`, tools };
    }
  },
});
