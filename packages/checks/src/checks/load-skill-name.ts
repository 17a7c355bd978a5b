import { fieldFor } from "../facts/fields.ts";
import { isTemplate } from "../facts/left-out.ts";
import { defineCheck } from "../model/define-check.ts";

const skill = (name: string) => `---\nname: ${name}\ndescription: Tags a release.\n---\n\nTag the commit.\n`;

export const loadSkillName = defineCheck({
  id: "load/skill-name",
  severity: "warning",
  what: "A skill's name is not its folder's, or has characters that the specification does not allow.",
  why: {
    text: "The Agent Skills specification wants the name of the folder, in lower case, with digits and hyphens. Tools differ where it is another one: Claude Code calls the skill by its folder, Codex by its name, and strict readers refuse it.",
    sources: [
      { source: "https://agentskills.io/specification", date: "2026-11-21" },
      { source: "requests of Claude Code 2.1.329 and Codex 0.169.0", date: "2026-11-28" },
    ],
  },
  formats: ["agent-skill", "claude-skill"],
  examples: {
    bad: [
      {
        files: { ".claude/skills/release/SKILL.md": skill("releasing") },
        finds: [[".claude/skills/release/SKILL.md", 2]],
        right: { ".claude/skills/release/SKILL.md": skill("release") },
        tools: [
          {
            tool: "Claude Code",
            does: "lists it as folder (name)",
            seen: { outcome: "added", text: "- release (releasing): " },
          },
          {
            tool: "VS Code",
            does: "skips it",
            documented: {
              source: "https://code.visualstudio.com/docs/copilot/customization/agent-skills",
              date: "2026-11-21",
            },
          },
        ],
      },
      {
        files: { ".claude/skills/release/SKILL.md": skill("Release Notes") },
        finds: [[".claude/skills/release/SKILL.md", 2]],
        right: { ".claude/skills/release/SKILL.md": skill('"release"') },
        tools: [
          {
            tool: "Claude Code",
            does: "calls it by its folder",
            seen: { outcome: "kept", text: "- release: Tags a release." },
          },
        ],
      },
      {
        files: { ".codex/config.toml": "", ".agents/skills/release/SKILL.md": skill("releasing") },
        finds: [[".agents/skills/release/SKILL.md", 2]],
        right: { ".codex/config.toml": "", ".agents/skills/release/SKILL.md": skill("release") },
        tools: [{ tool: "Codex", does: "calls it by its name", seen: { outcome: "added", text: "- releasing: " } }],
      },
    ],
    good: [
      { ".claude/skills/release/SKILL.md": skill("release") },
      { ".claude/skills/release/SKILL.md": skill('"release"') },
    ],
  },
  *inFile(file) {
    const { path, name, isReference } = file;
    const field = fieldFor(file, "id");
    const said = field?.text?.trim();
    if (isReference || isTemplate(path) || field === undefined || !said || said === name) return;
    const isForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(said) && said.length <= 64;
    yield {
      path,
      at: field.start,
      problem: isForm
        ? `the skill is called "${said}", and its folder "${name}"`
        : `"${said}" is no name of a skill: lower-case letters, digits and hyphens, at most 64`,
      hint: `Write: name: ${name}${isForm ? `, or rename the folder to ${said}` : ""}.`,
    };
  },
});
