import { statementsIn } from "../facts/statements.ts";
import { loadedTogether } from "../facts/together.ts";
import { defineCheck } from "../model/define-check.ts";

/** So many rules at once are kept well by the models that were measured. */
const MOST = 50;

const RULE =
  /^(?:[*_]{2})?(?:always|never|do(?: not|n[’']t)?|avoid|prefer|use|keep|write|run|add|make|ensure|check|test|follow|include|create|put|set|handle|return|place|name|document|update|verify|validate|import|export|implement|commit|read|call|only|must|should|no|limit|remove|fix|ask|define|declare|treat|group|store|wrap|log|throw|stop|start|pass|split|extract|leave|mark|apply|respect|review|report|format|lint|build)\b|\b(?:must|should|never|always)\b/i;

export const costManyRules = defineCheck({
  id: "cost/many-rules",
  severity: "note",
  what: "More than 50 rules load together.",
  why: {
    text: "The more rules a model gets, the fewer it keeps: models that keep all of ten rules keep two thirds of 500, and some get worse from the start.",
    sources: [{ source: "https://arxiv.org/abs/2507.11538", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: { "AGENTS.md": Array.from({ length: 51 }, (_, index) => `- Use rule ${index}.\n`).join("") },
        finds: [["AGENTS.md", 1]],
      },
    ],
    good: [
      {
        "AGENTS.md": Array.from({ length: 50 }, (_, index) => `- Use rule ${index}.\n`).join(""),
        ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes.\n---\n\n- Use more rules.\n",
      },
    ],
  },
  *inRepository(facts) {
    const said = new Set<string>();
    for (const { files, folder, tools } of loadedTogether(facts)) {
      const counts = files
        .map((file) => ({ file, count: statementsIn(file).filter(({ text }) => RULE.test(text)).length }))
        .sort((a, b) => b.count - a.count);
      const sum = counts.reduce((all, { count }) => all + count, 0);
      const [most] = counts;
      if (sum <= MOST || most === undefined || said.has(most.file.path)) continue;
      said.add(most.file.path);
      const where = counts.filter(({ count }) => count > 0).length;
      yield {
        path: most.file.path,
        problem:
          where === 1
            ? `about ${sum} rules load with this file`
            : `about ${sum} rules load together${folder === "" ? "" : ` in ${folder}`}, from ${where} files; ${most.count} are in this one`,
        hint: "Move what only some tasks need into a skill or a rule with paths, and take out what a model does anyway.",
        tools,
      };
    }
  },
});
