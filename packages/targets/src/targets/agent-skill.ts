import { ownTarget } from "../define/define-target.ts";
import { SKILL_FEATURES, SKILL_FIELDS, SKILL_LINKS, skillLimits, skillSchema } from "../families/skill.ts";
import { unrestricted } from "../features/features.ts";
import { given } from "../features/field.ts";
import { text } from "../features/field-schema.ts";

/** The open Agent Skills format: a folder named after the skill, with its references beside `SKILL.md`. */
export const agentSkill = ownTarget({
  id: "agent-skill",
  tool: "Agent Skills",
  readers: [
    "Codex",
    "Cursor",
    "GitHub Copilot",
    "Gemini CLI",
    "OpenCode",
    "Amp",
    "Goose",
    "Zed",
    "Junie",
    "Antigravity",
    "Kimi Code",
    "Devin",
  ],
  signs: [".agents", "AGENTS.md"],
  checked: { date: "2026-11-21", version: "69ef37e", source: "https://agentskills.io/specification" },
  limits: skillLimits,
  files: {
    main: ".agents/skills/<name>/SKILL.md",
    reference: ".agents/skills/<name>/references/<reference>.md",
    links: SKILL_LINKS,
  },
  features: { ...SKILL_FEATURES, tools: unrestricted },
  fields: {
    ...SKILL_FIELDS,
    "allowed-tools": {
      schema: text,
      does: "approves these tools beforehand, with spaces between them",
      restricts: given,
    },
  },
  reading: {
    paths: [
      ".github/skills/<name>/SKILL.md",
      ".cursor/skills/<name>/SKILL.md",
      ".opencode/skills/**/<name>/SKILL.md",
      ".gemini/skills/<name>/SKILL.md",
    ],
  },
  frontMatter: {
    schema: skillSchema,
    keys: { name: "id", description: "description" },
  },
});
