import { fieldFor } from "../facts/fields.ts";
import { leftOutFiles, whoDo } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";

const agent = (name: string, text: string) => `---\nname: ${name}\ndescription: ${text}\n---\n\n${text}\n`;

export const loadSameName = defineCheck({
  id: "load/same-name",
  severity: "error",
  what: "Two agents or two skills have one name, and a tool takes only one of them.",
  why: {
    text: "Tools call agents by the name in the front matter. Of two with one name, one is left out without a word; which one differs from tool to tool. In 7,758 public files, 103 groups of agents and 281 of skills share a name.",
    sources: [{ source: "7,758 files of public repositories", date: "2026-11-25" }],
  },
  examples: {
    bad: [
      {
        files: {
          ".claude/agents/api.md": agent("dev", "Writes APIs."),
          ".claude/agents/ui.md": agent("dev", "Writes pages."),
        },
        finds: [[".claude/agents/ui.md", 2]],
        right: {
          ".claude/agents/api.md": agent("api", "Writes APIs."),
          ".claude/agents/ui.md": agent("ui", "Writes pages."),
        },
        tools: [
          {
            tool: "Claude Code",
            does: "takes the first of a folder",
            seen: { outcome: "lost", text: "Writes pages." },
          },
        ],
      },
      {
        files: {
          ".github/copilot-instructions.md": "Use pnpm.\n",
          ".github/skills/api/SKILL.md": agent("dev", "Writes APIs."),
          ".github/skills/ui/SKILL.md": agent("dev", "Writes pages."),
        },
        finds: [[".github/skills/ui/SKILL.md", 2]],
        right: {
          ".github/copilot-instructions.md": "Use pnpm.\n",
          ".github/skills/api/SKILL.md": agent("api", "Writes APIs."),
          ".github/skills/ui/SKILL.md": agent("ui", "Writes pages."),
        },
        tools: [
          {
            tool: "GitHub Copilot CLI",
            does: "takes the first of a folder",
            seen: { outcome: "lost", text: "Writes pages." },
          },
        ],
      },
    ],
    good: [
      {
        // The same text for two tools: whichever is taken says the same.
        ".github/copilot-instructions.md": "Use pnpm.\n",
        ".github/skills/dev/SKILL.md": agent("dev", "Writes code."),
        ".claude/skills/dev/SKILL.md": agent("dev", "Writes code."),
      },
    ],
  },
  *inRepository(facts) {
    for (const { file, tools, by = "" } of leftOutFiles(facts, ["same-name"])) {
      const other = facts.file(by);
      // A copy is no loss.
      if (other === undefined || other.body.trim() === file.body.trim()) continue;
      const field = fieldFor(file, "id");
      const name = field?.text ?? file.name;
      // Which of two a tool takes is said nowhere: only what it was seen to do counts.
      const isSeen = facts.tools.some(
        ({ name: tool, known }) => tools.includes(tool) && (known.skills === "observed" || known.agents === "observed"),
      );
      if (!isSeen) continue;
      yield {
        path: file.path,
        at: field?.start,
        problem: `${whoDo(tools, "leaves", "leave")} this file out, because ${by} is called "${name}", too`,
        hint: "Give one of them another name.",
        tools,
      };
    }
  },
});
