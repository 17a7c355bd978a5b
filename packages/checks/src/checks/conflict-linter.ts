import { statementsOnStyle } from "../facts/style.ts";
import { defineCheck } from "../model/define-check.ts";

export const conflictLinter = defineCheck({
  id: "conflict/linter",
  severity: "warning",
  what: "A rule that a formatter of the repository undoes.",
  why: {
    text: "The model writes what the rule says, and the formatter writes it back: each change has more lines than it needs, or does not pass.",
    sources: [{ source: "https://arxiv.org/abs/2511.12884", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: {
          "AGENTS.md": "- Use single quotes.\n- Use tabs for indentation.\n",
          "biome.json":
            '{ "javascript": { "formatter": { "quoteStyle": "double" } }, "formatter": { "indentStyle": "space" } }',
        },
        finds: [
          ["AGENTS.md", 1],
          ["AGENTS.md", 2],
        ],
      },
    ],
    good: [
      {
        "AGENTS.md": "- Use double quotes.\n- Python: use single quotes.\n- Use tabs components.\n",
        "biome.json":
          '{ "javascript": { "formatter": { "quoteStyle": "double" } }, "formatter": { "indentStyle": "space" } }',
      },
    ],
  },
  *inRepository(facts) {
    for (const { file, at, topic, value, rule } of statementsOnStyle(facts)) {
      if (rule.value === value || file.folder !== "") continue;
      const problem = `${rule.by} says otherwise: ${topic} are ${rule.value}`.replace("indent are", "indentation is");
      yield { path: file.path, at, problem, hint: "Change the rule or the configuration." };
    }
  },
});
