import { statementsOnStyle } from "../facts/style.ts";
import { defineCheck } from "../model/define-check.ts";

export const costLinter = defineCheck({
  id: "cost/linter",
  severity: "note",
  what: "A rule that a linter or a formatter of the repository enforces already.",
  why: {
    text: "The linter reports it anyway, and mends it for nothing. The rule costs tokens in every request, and makes others be kept less.",
    sources: [
      { source: "https://arxiv.org/abs/2511.12884", date: "2026-11-21" },
      { source: "https://www.anthropic.com/engineering/claude-code-best-practices", date: "2026-11-21" },
    ],
  },
  examples: {
    bad: [
      {
        files: { "AGENTS.md": "- Use single quotes.\n- Never use `var`.\n", ".prettierrc": '{ "singleQuote": true }' },
        finds: [["AGENTS.md", 1]],
      },
      {
        files: {
          "CLAUDE.md": "- No `any` types.\n",
          "biome.json": '{ "linter": { "rules": { "suspicious": { "noExplicitAny": "error" } } } }',
        },
        finds: [["CLAUDE.md", 1]],
      },
    ],
    good: [
      {
        "AGENTS.md": "- Use single quotes in SQL.\n- Never use `var`.\n- Use double quotes.\n",
        ".prettierrc": '{ "tabWidth": 2 }',
        ".eslintrc.json": '{ "rules": { "no-var": "off" } }',
        ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes.\n---\n\n- Use 2 spaces.\n",
      },
    ],
  },
  *inRepository(facts) {
    for (const { file, at, value, rule } of statementsOnStyle(facts)) {
      if (rule.value !== value) continue;
      const problem = `${rule.by} enforces this already`;
      yield { path: file.path, at, problem, hint: "Take the rule out, and say how the linter is run." };
    }
  },
});
