import { countTokens } from "@personakit/targets";
import { loadedTogether } from "../facts/together.ts";
import { defineCheck } from "../model/define-check.ts";

/** Ten thousand tokens are a twentieth of the smallest window that the tools have. */
const MOST = 10_000;

export const costAlwaysOn = defineCheck({
  id: "cost/always-on",
  severity: "note",
  what: "Instructions of more than 10,000 tokens in every request.",
  why: {
    text: "What is always on is paid for in every request, and is read beside everything else: developers of public projects split such files into skills and rules with paths.",
    sources: [{ source: "https://arxiv.org/abs/2511.12884", date: "2026-11-21" }],
  },
  examples: {
    bad: [{ files: { "AGENTS.md": "Use a word of your own. ".repeat(1800) }, finds: [["AGENTS.md", 1]] }],
    good: [
      {
        "AGENTS.md": "Use a word of your own. ".repeat(1000),
        ".claude/skills/big/SKILL.md": `---\nname: big\ndescription: Big.\n---\n\n${"Use a word. ".repeat(5000)}`,
      },
    ],
  },
  *inRepository(facts) {
    const said = new Set<string>();
    const tokens = new Map<string, number>();
    for (const { files, folder, tools } of loadedTogether(facts)) {
      for (const { path, text } of files) if (!tokens.has(path)) tokens.set(path, countTokens(text));
      const sorted = [...files].sort((a, b) => (tokens.get(b.path) ?? 0) - (tokens.get(a.path) ?? 0));
      const sum = sorted.reduce((all, { path }) => all + (tokens.get(path) ?? 0), 0);
      const [most] = sorted;
      if (sum <= MOST || most === undefined || said.has(most.path)) continue;
      said.add(most.path);
      const own = tokens.get(most.path) ?? 0;
      const rest = sorted.length === 1 ? "" : `, ${own.toLocaleString("en-US")} of them from this file`;
      yield {
        path: most.path,
        problem: `about ${sum.toLocaleString("en-US")} tokens go into every request${folder === "" ? "" : ` that is made in ${folder}`}${rest}`,
        hint: "Move what only some tasks need into a skill or a rule with paths.",
        tools,
      };
    }
  },
});
