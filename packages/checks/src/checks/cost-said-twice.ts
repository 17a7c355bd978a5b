import { statementsIn } from "../facts/statements.ts";
import { loadedTogether } from "../facts/together.ts";
import { defineCheck } from "../model/define-check.ts";
import type { InstructionFile } from "../model/file.ts";

/** A shorter statement may well stand in two places. */
const LEAST = { characters: 40, words: 6 };

export const costSaidTwice = defineCheck({
  id: "cost/said-twice",
  severity: "note",
  what: "The same statement twice, in files that load together.",
  why: {
    text: "It costs its tokens twice in every request, and the next edit reaches one of the two: of 167 edits to a shared section in 21 repositories, 69 reached all copies.",
    sources: [{ source: "The history of 21 public repositories", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: {
          "CLAUDE.md": "# Rules\n\n- Validate every input at the boundary with zod.\n",
          ".claude/rules/api.md": "- Write tests.\n- Validate every input at the boundary with zod.\n",
        },
        finds: [[".claude/rules/api.md", 2]],
      },
      {
        files: {
          "AGENTS.md":
            "Validate every input at the boundary with zod.\n\n# API\n\n- Validate every input at the boundary with zod.\n",
        },
        finds: [["AGENTS.md", 5]],
      },
    ],
    good: [
      {
        "CLAUDE.md": "- Validate every input at the boundary with zod.\n- Run the tests.\n",
        ".claude/rules/api.md": "- Validate every output at the boundary with zod.\n- Run the tests.\n",
        ".claude/agents/dev.md":
          "---\nname: dev\ndescription: Writes.\n---\n\n- Validate every input at the boundary with zod.\n",
      },
    ],
  },
  *inRepository(facts) {
    const said = new Set<string>();
    for (const { files, tools } of loadedTogether(facts)) {
      const first = new Map<string, { readonly file: InstructionFile; readonly at: number }>();
      const pairs = new Map<
        string,
        { count: number; at: number; file: InstructionFile; other: InstructionFile; otherAt: number }
      >();
      for (const file of files) {
        for (const { text, at } of statementsIn(file)) {
          const key = text.toLowerCase().replace(/[*_\x60]|[.;:]$/g, "");
          if (key.length < LEAST.characters || key.split(" ").length < LEAST.words) continue;
          const known = first.get(key);
          if (known === undefined) {
            first.set(key, { file, at });
            continue;
          }
          const pair = `${file.path}\n${known.file.path}`;
          const found = pairs.get(pair);
          if (found === undefined) pairs.set(pair, { count: 1, at, file, other: known.file, otherAt: known.at });
          else found.count++;
        }
      }
      for (const [pair, { count, at, file, other, otherAt }] of pairs) {
        if (said.has(pair)) continue;
        said.add(pair);
        const place = `${other === file ? "line " : `${other.path}:`}${other.positionOf(otherAt).line}`;
        const more = count === 1 ? "" : `, and so ${count === 2 ? "does 1" : `do ${count - 1}`} more of this file`;
        const where = other === file ? place : `in ${place}`;
        yield {
          path: file.path,
          at,
          problem: `this stands ${other === file ? "on " : ""}${where} too${more}`,
          hint: "Say it once.",
          tools,
        };
      }
    }
  },
});
