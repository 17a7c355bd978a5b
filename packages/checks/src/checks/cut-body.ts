import { targets } from "@personakit/targets";
import { defineCheck } from "../model/define-check.ts";

const agent = (lines: number) =>
  `---\ndescription: Writes code.\n---\n\n${"Write code that is short and clear.\n".repeat(lines)}Never push to main.\n`;

const DOCUMENTED = {
  source: "https://docs.github.com/en/copilot/reference/custom-agents-configuration",
  date: "2026-11-21",
};

export const cutBody = defineCheck({
  id: "cut/body",
  severity: "warning",
  what: "An agent's text is longer than its tool takes.",
  why: {
    text: "GitHub Copilot takes at most 30,000 characters of an agent's text.",
    sources: [DOCUMENTED],
  },
  formats: ["copilot-agent"],
  examples: {
    bad: [
      {
        files: { ".github/agents/dev.agent.md": agent(900) },
        finds: [[".github/agents/dev.agent.md", 838]],
        right: { ".github/agents/dev.agent.md": agent(700) },
        tools: [
          { tool: "GitHub Copilot", does: "takes at most 30,000 characters", documented: DOCUMENTED },
          {
            tool: "GitHub Copilot CLI",
            does: "sends it whole",
            seen: { outcome: "kept", text: "Never push to main.", calls: "dev" },
          },
        ],
      },
    ],
    good: [{ ".github/agents/dev.agent.md": agent(800) }],
  },
  *inFile({ path, kind, body, bodyStart, tables, isReference }) {
    const { limit } = targets.find(({ id }) => id === kind)?.files ?? {};
    if (isReference || limit === undefined || body.length <= limit.max) return;
    const lost = body
      .slice(limit.max, limit.max + 60)
      .replace(/\s+/g, " ")
      .trim();
    const problem = `${tables.tool} ${limit.beyond} of more than ${limit.max} characters, and this has ${body.length}, from "${lost}" on`;
    yield { path, at: bodyStart + limit.max, problem, hint: "Move what few tasks need into a skill." };
  },
});
