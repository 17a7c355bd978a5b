import { relativeTo } from "../facts/paths.ts";
import { defineCheck } from "../model/define-check.ts";

const skills = (root: string, count: number, length: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const name = `skill-${String(index).padStart(2, "0")}`;
      const description = `Does ${index}. ${"It is called when that is due. ".repeat(Math.ceil(length / 30))}`;
      const whole = `${description.slice(0, length - 15)}Never for ${index + 100}.`;
      return [`${root}/${name}/SKILL.md`, `---\nname: ${name}\ndescription: ${whole}\n---\n\nDo it.\n`];
    }),
  );

export const cutList = defineCheck({
  id: "cut/list",
  severity: "error",
  what: "The descriptions of all skills together are longer than a tool's list, so that some are cut or left out.",
  why: {
    text: "Each tool has so much room for the list of skills: Claude Code 30,000 characters, its own skills included, Codex 21,760, GitHub Copilot 15,000. Beyond it, Claude Code and GitHub Copilot show only names, and Codex cuts all descriptions to one length. The model cannot choose by what it does not see.",
    sources: [
      { source: "requests of Claude Code 2.1.329, Codex 0.169.0 and GitHub Copilot CLI 1.0.102", date: "2026-11-28" },
    ],
  },
  examples: {
    bad: [
      {
        files: skills(".claude/skills", 30, 1000),
        finds: [[".claude/skills/skill-23/SKILL.md", 1]],
        right: skills(".claude/skills", 30, 500),
        tools: [
          {
            tool: "Claude Code",
            does: "shows the last skills by name alone",
            seen: { outcome: "lost", text: "Never for 129." },
          },
        ],
      },
      {
        files: { ".codex/config.toml": "", ...skills(".agents/skills", 30, 1000) },
        finds: [[".agents/skills/skill-00/SKILL.md", 1]],
        right: { ".codex/config.toml": "", ...skills(".agents/skills", 30, 500) },
        tools: [
          {
            tool: "Codex",
            does: "cuts all descriptions to one length",
            seen: { outcome: "lost", text: "Never for 100." },
          },
        ],
      },
      {
        files: { ".github/copilot-instructions.md": "Use pnpm.\n", ...skills(".github/skills", 30, 1000) },
        finds: [[".github/skills/skill-13/SKILL.md", 1]],
        right: { ".github/copilot-instructions.md": "Use pnpm.\n", ...skills(".github/skills", 30, 300) },
        tools: [
          {
            tool: "GitHub Copilot CLI",
            does: "names the rest in one line",
            seen: { outcome: "lost", text: "Never for 129." },
          },
        ],
      },
    ],
    good: [skills(".claude/skills", 20, 1000)],
  },
  *inRepository(facts) {
    const { root } = facts.repository;
    const seen = new Set<string>();
    for (const { tool, parts, notes } of facts.contexts()) {
      const note = notes.find(({ code }) => code === "budget");
      const items = parts.flatMap(({ items: all = [] }) => all);
      const first = items.find(({ shown }) => shown === "name") ?? items.find(({ shown }) => shown === "shortened");
      if (note === undefined || first === undefined || seen.has(tool.id)) continue;
      seen.add(tool.id);
      const path = relativeTo(root, first.source);
      const hint = "Shorten descriptions, or let few skills do what many do.";
      const problem = note.text.replace(/\.$/, "").replace(/^Your/, "your");
      yield { path, problem: `${problem}, from ${first.name} on`, hint, tools: [tool.name] };
    }
  },
});
