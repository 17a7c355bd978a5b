import { PersonaKitError, render } from "@personakit/core";
import { z } from "zod";
import { withFrontMatter } from "./front-matter.ts";
import type { Target } from "./target.ts";

/** Limits in characters, from the Agent Skills specification. */
const schema = z.strictObject({
  name: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  description: z
    .string()
    .min(1)
    .max(1024, {
      error: (issue) => `it has ${String(issue.input).length} characters; the specification allows 1024`,
    }),
});

/** The open Agent Skills format: a folder named after the skill, with its references beside `SKILL.md`. */
export const agentSkill: Target = {
  id: "agent-skill",
  tool: "Agent Skills",
  checked: { date: "2026-11-21", version: "69ef37e", source: "https://agentskills.io/specification" },
  compile(document) {
    if (document.tools !== undefined) {
      const place = `persona "${document.id}", target agent-skill`;
      const problem = "a skill cannot restrict its tools, so the restriction would be lost";
      throw new PersonaKitError([{ place, problem, hint: "Build it for another target, or leave out `tools`." }]);
    }
    const referencePath = (id: string, from?: string) => (from === undefined ? `references/${id}.md` : `${id}.md`);
    const { body, references } = render(document, { referencePath });
    const folder = `.agents/skills/${document.id}`;
    const data = { name: document.id, description: document.description };
    const artifacts = [
      withFrontMatter(agentSkill.id, document, `${folder}/SKILL.md`, schema, data, body),
      ...Object.entries(references).map(([id, reference]) => ({
        path: `${folder}/${referencePath(id)}`,
        ...reference,
      })),
    ];
    const why = "a skill's description is plain text of at most 1024 characters";
    return { artifacts, losses: document.examples.length === 0 ? [] : [{ what: "the description's examples", why }] };
  },
};
