import { z } from "zod";
import { agentFile } from "../agent-file.ts";
import { Report } from "../report.ts";
import { skillDescription, skillLimits, skillName } from "../skill.ts";
import { defineTarget } from "../target.ts";

const schema = z.strictObject({ name: skillName, description: skillDescription });

/** The open Agent Skills format: a folder named after the skill, with its references beside `SKILL.md`. */
export const agentSkill = defineTarget({
  id: "agent-skill",
  tool: "Agent Skills",
  path: ".agents/skills/<name>/SKILL.md",
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
  compile(document) {
    const report = new Report("agent-skill", document);
    const folder = `.agents/skills/${document.id}`;
    const layout = {
      target: "agent-skill",
      path: `${folder}/SKILL.md`,
      referenceFile: (id: string) => `${folder}/references/${id}.md`,
      referenceLink: (id: string, from?: string) => (from === undefined ? `references/${id}.md` : `${id}.md`),
    };
    report.unrestricted();
    report.model({ why: "a skill runs in the model that calls it" });
    report.color({ why: "a skill has no colour" });
    report.paths("a skill is called by description, not by file");
    const description = report.description("a skill's description is plain text of at most 1024 characters");
    return agentFile(layout, document, report, schema, { name: document.id, description });
  },
});
