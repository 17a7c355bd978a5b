import { ownTarget } from "../define/define-target.ts";
import { CLAUDE_EFFORT, CLAUDE_MORE_TOOLS, CLAUDE_RENAMED, CLAUDE_TOOLS, names } from "../families/claude.ts";
import {
  copilotSkillLimit,
  SKILL_FEATURES,
  SKILL_FIELDS,
  SKILL_LINKS,
  skillDescription,
  skillName,
} from "../families/skill.ts";
import { denied } from "../features/features.ts";
import { given, levels } from "../features/field.ts";
import { flag, map, oneOf, text } from "../features/field-schema.ts";
import { joined } from "../format/keys.ts";
import { schemaOf } from "../format/schema.ts";
import { filledInSkill, guardSkill } from "../guard/substitution.ts";

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
  // Claude Code skips skills in folders of these names, seen in 2.1.329.
  reserved: ["synced", "anthropic-skills"],
  limits: [
    {
      // Observed on 2026-11-28 in 2.1.329: 30,000 characters, of which its own skills take 6,150.
      what: "the listing of all skills in Claude Code",
      unit: "characters",
      max: 23_850,
      beyond: "lists the last skills by name alone, without a description to choose by",
      measure: ({ id, description }) => id.length + description.length + "- : \n".length,
      severity: "warning",
    },
    copilotSkillLimit,
  ],
  files: {
    main: ".claude/skills/<name>/SKILL.md",
    reference: ".claude/skills/<name>/references/<reference>.md",
    links: SKILL_LINKS,
  },
  features: { ...SKILL_FEATURES, tools: denied(CLAUDE_TOOLS, CLAUDE_MORE_TOOLS) },
  fields: {
    when_to_use: {
      schema: text,
      does: "adds to the description in the listing, which is cut at 1,536 characters together",
    },
    "argument-hint": { schema: text, does: "shows what arguments the command takes" },
    arguments: { schema: names, does: "names the arguments, in their order" },
    "disable-model-invocation": {
      schema: flag,
      does: "leaves it to the user to call the skill",
      restricts: levels([true, false], false),
    },
    "user-invocable": { schema: flag, does: "false leaves it to the model to call the skill" },
    "allowed-tools": {
      schema: names,
      does: "approves these tools for the turn that calls the skill",
      restricts: given,
    },
    model: { schema: text, does: "runs the skill in this model" },
    effort: { schema: CLAUDE_EFFORT, does: "says how hard the model thinks" },
    context: { schema: oneOf("fork"), does: "runs the skill in an agent of its own" },
    agent: { schema: text, does: "names the kind of that agent" },
    background: { schema: flag, does: "false waits for that agent" },
    paths: { schema: names, does: "loads the skill by itself only for files that match these globs" },
    shell: { schema: oneOf("bash", "powershell"), does: "runs commands in the skill's text with this shell" },
    hooks: { schema: map, does: "runs commands at points of the skill's run", restricts: given },
    ...SKILL_FIELDS,
  },
  // A plugin's skills, and any other that lies nowhere in particular: Claude Code knows the most fields.
  reading: { forms: ["<name>/SKILL.md"], renamed: CLAUDE_RENAMED },
  frontMatter: {
    schema,
    keys: { name: "id", description: "description", "disallowed-tools": joined("tools", " ") },
  },
  filledIn: filledInSkill,
  guard: guardSkill,
});
