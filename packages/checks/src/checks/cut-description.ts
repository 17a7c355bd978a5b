import { fieldFor } from "../facts/fields.ts";
import { relativeTo } from "../facts/paths.ts";
import { defineCheck } from "../model/define-check.ts";
import type { Facts, FolderContext } from "../model/facts.ts";

/** How many characters of what is lost a finding shows. */
const SHOWN = 60;

const skill = (length: number) =>
  `---\nname: release\ndescription: ${"Tags a release and says what is in it. ".repeat(Math.ceil(length / 39)).slice(0, length - 15)}Never for tags.\n---\n\nTag the commit.\n`;

export const cutDescription = defineCheck({
  id: "cut/description",
  severity: "error",
  what: "A description is longer than a tool takes, which cuts it or leaves the skill out.",
  why: {
    text: "The model sees only what is left of the description when it chooses. Claude Code cuts it behind 1,536 characters, Codex behind 1,024. GitHub Copilot leaves out the whole skill beyond 1,024, and does not say so.",
    sources: [
      { source: "requests of Claude Code 2.1.329, Codex 0.169.0 and GitHub Copilot CLI 1.0.102", date: "2026-11-28" },
    ],
  },
  examples: {
    bad: [
      {
        files: { ".claude/skills/release/SKILL.md": skill(1600) },
        finds: [[".claude/skills/release/SKILL.md", 3]],
        right: { ".claude/skills/release/SKILL.md": skill(1536) },
        tools: [
          {
            tool: "Claude Code",
            does: "cuts it behind 1,536 characters",
            seen: { outcome: "lost", text: "Never for tags." },
          },
        ],
      },
      {
        files: { ".codex/config.toml": "", ".agents/skills/release/SKILL.md": skill(1100) },
        finds: [[".agents/skills/release/SKILL.md", 3]],
        right: { ".codex/config.toml": "", ".agents/skills/release/SKILL.md": skill(1024) },
        tools: [
          {
            tool: "Codex",
            does: "cuts it behind 1,024 characters",
            seen: { outcome: "lost", text: "Never for tags." },
          },
        ],
      },
      {
        files: { ".github/copilot-instructions.md": "Use pnpm.\n", ".github/skills/release/SKILL.md": skill(1100) },
        finds: [[".github/skills/release/SKILL.md", 3]],
        right: { ".github/copilot-instructions.md": "Use pnpm.\n", ".github/skills/release/SKILL.md": skill(1024) },
        tools: [
          {
            tool: "GitHub Copilot CLI",
            does: "leaves out a skill with more than 1,024 characters",
            seen: { outcome: "lost", text: "<name>release</name>" },
          },
        ],
      },
    ],
    good: [{ ".claude/skills/release/SKILL.md": skill(1500) }, { ".claude/agents/release.md": skill(3000) }],
  },
  *inRepository(facts) {
    const seen = new Set<string>();
    for (const context of facts.contexts()) {
      const { tool } = context;
      for (const { path, kept } of shortIn(context, facts)) {
        const file = facts.file(path);
        if (file === undefined || seen.has(`${tool.id} ${path}`)) continue;
        seen.add(`${tool.id} ${path}`);
        const field = fieldFor(file, "description");
        const said = (field?.text ?? "").replace(/\s+/g, " ").trim();
        const lost = said.slice(kept, kept + SHOWN).trim();
        const problem =
          kept === 0
            ? `${tool.name} leaves this file out, because its description has ${said.length} characters`
            : `${tool.name} cuts the description behind ${kept} of ${said.length} characters${lost === "" ? "" : `, from "${lost}" on`}`;
        const hint = "Say first what it does and when to call it; the rest belongs in the text.";
        yield { path, at: field?.start, problem, hint, tools: [tool.name] };
      }
    }
  },
});

/** Files whose descriptions are too long by themselves; a list that is too long is another matter. */
function shortIn({ parts, leftOut, notes }: FolderContext, { repository: { root } }: Facts) {
  const items = parts.flatMap(({ items: all = [] }) => all);
  const isList = notes.some(({ code }) => code === "budget") && !items.some(({ shown }) => shown === "name");
  const cut = isList ? [] : items.filter(({ shown }) => shown === "shortened");
  return [
    ...cut.map(({ source, cut: by }) => ({ source, kept: by?.kept ?? 0 })),
    ...leftOut.flatMap(({ path, code }) => (code === "too-long" ? [{ source: path, kept: 0 }] : [])),
  ].map(({ source, kept }) => ({ path: relativeTo(root, source), kept }));
}
