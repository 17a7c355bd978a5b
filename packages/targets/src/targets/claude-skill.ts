import { ownTarget } from "../define/define-target.ts";
import { CLAUDE_TOOLS } from "../families/claude.ts";
import { SKILL_FEATURES, SKILL_LINKS, skillDescription, skillName } from "../families/skill.ts";
import { denied } from "../features/features.ts";
import { joined } from "../format/keys.ts";
import { schemaOf } from "../format/schema.ts";
import { guardSkill } from "../guard/substitution.ts";

const schema = schemaOf("claude-skill", (z) =>
  z.strictObject({
    name: skillName(z).regex(/^(?!.*(?:anthropic|claude))/, {
      error: "a skill's name may not contain anthropic or claude",
    }),
    description: skillDescription(z),
    "disallowed-tools": z.string().min(1).exactOptional(),
  }),
);

/**
 * Claude Code skills. `allowed-tools` approves and does not restrict, so a restriction is said by `disallowed-tools`; `model`
 * would make the skill one that other readers of the format refuse.
 */
export const claudeSkill = ownTarget({
  id: "claude-skill",
  tool: "Claude Code",
  readers: ["Claude Code", "GitHub Copilot", "Cursor", "OpenCode", "Amp"],
  checked: { date: "2026-11-21", version: "2.1.329", source: "https://code.claude.com/docs/en/skills" },
  // Claude Code skips skills of these names.
  reserved: ["synced", "anthropic-skills", "claude-ai"],
  limits: [
    {
      what: "the listing of all skills in Claude Code",
      unit: "characters",
      max: 30_000,
      beyond: "drops the descriptions that are used least",
      measure: (document) => document.id.length + document.description.length,
      severity: "warning",
    },
  ],
  files: {
    main: ".claude/skills/<name>/SKILL.md",
    reference: ".claude/skills/<name>/references/<reference>.md",
    links: SKILL_LINKS,
  },
  features: { ...SKILL_FEATURES, tools: denied(CLAUDE_TOOLS) },
  frontMatter: {
    schema,
    keys: { name: "id", description: "description", "disallowed-tools": joined("tools", " ") },
  },
  guard: guardSkill,
});
