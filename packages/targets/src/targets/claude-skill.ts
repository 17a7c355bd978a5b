import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { CLAUDE_TOOLS, guardSkill } from "../claude.ts";
import { Report } from "../report.ts";
import { skillDescription, skillName } from "../skill.ts";
import { defineTarget } from "../target.ts";

const schema = z.strictObject({
  name: skillName.regex(/^(?!.*(?:anthropic|claude))/, {
    error: "a skill's name may not contain anthropic or claude",
  }),
  description: skillDescription,
  "disallowed-tools": z.string().min(1).exactOptional(),
});

/** Claude Code skills. `allowed-tools` approves and does not restrict, so a restriction is said by `disallowed-tools`. */
export const claudeSkill = defineTarget({
  id: "claude-skill",
  tool: "Claude Code",
  path: ".claude/skills/<name>/SKILL.md",
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
  compile(document) {
    const report = new Report("claude-skill", document);
    const folder = `.claude/skills/${document.id}`;
    const layout = {
      target: "claude-skill",
      path: `${folder}/SKILL.md`,
      referenceFile: (id: string) => `${folder}/references/${id}.md`,
      referenceLink: (id: string, from?: string) => (from === undefined ? `references/${id}.md` : `${id}.md`),
      guard: guardSkill,
    };
    // `model` would make the skill one that other readers of the format refuse.
    report.model({ why: "a skill runs in the model that calls it" });
    report.color({ why: "a skill has no colour" });
    report.paths("a skill is called by description, not by file");
    return agentFile(layout, document, report, schema, {
      name: document.id,
      description: report.description("a skill's description is plain text of at most 1024 characters"),
      "disallowed-tools": report.denied(CLAUDE_TOOLS)?.join(" "),
    });
  },
});
