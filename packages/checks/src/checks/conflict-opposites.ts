import { type Statement, statementsIn, wordsOf } from "../facts/statements.ts";
import { loadedTogether } from "../facts/together.ts";
import { defineCheck } from "../model/define-check.ts";
import type { InstructionFile } from "../model/file.ts";

/** How a statement begins that forbids, and one that demands. */
const FORBIDS = /^(?:\*\*|__)?(?:never|avoid|do not|don[’']t|must not|you must not|no)\b(?:\*\*|__)?:?\s+/i;
const DEMANDS = /^(?:\*\*|__)?(?:always|you must|must|please|prefer(?: to)?|use)\b(?:\*\*|__)?:?\s+/i;

/** Words that change nothing of what a statement is about. */
const FILLERS = new Set(
  "a an the any all ever use using used write writing make making of for to in on with your our you we please code when and or it is be as only just directly".split(
    " ",
  ),
);

const SOMETIMES = /:$|\b(?:when|if|unless|until|except|only|while|before|after)\b/i;

/** A choice that one repository makes once. */
const CHOICES: readonly {
  readonly topic: string;
  readonly sides: readonly (readonly [side: string, says: RegExp])[];
}[] = [
  {
    topic: "the package manager",
    sides: ["npm", "pnpm", "yarn", "bun"].map((name) => [
      name,
      new RegExp(
        String.raw`^(?:always |only )?use \x60?${name}\x60?(?: only)?(?: (?:as (?:the|our) package manager|for (?:all )?(?:packages|package management|dependencies|everything)))?(?:[.,;:(]|$| \(|, not | instead of | and not | rather than )`,
        "i",
      ),
    ]),
  },
  {
    topic: "quotes",
    sides: [
      ["single quotes", /^(?:always |prefer |use )+single quotes\b/i],
      ["double quotes", /^(?:always |prefer |use )+double quotes\b/i],
    ],
  },
  {
    topic: "indentation",
    sides: [
      ["tabs", /^(?:always |prefer |use |indent with )+tabs\b(?! component)/i],
      ["2 spaces", /^(?:always |prefer |use |indent with )+(?:2|two)[- ]spaces?\b/i],
      ["4 spaces", /^(?:always |prefer |use |indent with )+(?:4|four)[- ]spaces?\b/i],
    ],
  },
  {
    topic: "exports",
    sides: [
      ["named exports", /^(?:always |prefer |use )+named exports\b/i],
      ["default exports", /^(?:always |prefer |use )+default exports?\b/i],
    ],
  },
  {
    topic: "semicolons",
    sides: [
      ["semicolons", /^(?:always |prefer |use |end \w+ with )+semicolons\b/i],
      ["no semicolons", /^(?:no|omit|avoid|do not use|don[’']t use|never use) semicolons\b/i],
    ],
  },
];

interface Side {
  readonly file: InstructionFile;
  readonly statement: Statement;
  readonly topic: string;
  readonly side: string;
}

export const conflictOpposites = defineCheck({
  id: "conflict/opposites",
  severity: "note",
  what: "One statement demands what another forbids, and both load together.",
  why: {
    text: "A model cannot do both, and which one it takes differs from run to run. It can be meant, so this is a question.",
    sources: [{ source: "https://arxiv.org/abs/2511.12884", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: { "CLAUDE.md": "- Use default exports.\n", ".claude/rules/ts.md": "- Never use default exports.\n" },
        finds: [[".claude/rules/ts.md", 1]],
      },
      { files: { "AGENTS.md": "- Use pnpm.\n- Write tests.\n- Always use npm.\n" }, finds: [["AGENTS.md", 3]] },
      { files: { "AGENTS.md": "Use tabs for indentation.\n\n- Use 2 spaces.\n" }, finds: [["AGENTS.md", 3]] },
    ],
    good: [
      {
        "CLAUDE.md": "- Use default exports in pages.\n- Use pnpm. Never use npm.\n- Use npm packages with care.\n",
        ".claude/rules/ts.md": "- Never use default exports.\n- Use pnpm, not npm.\n",
        ".claude/agents/dev.md": "---\nname: dev\ndescription: Writes.\n---\n\n- Use npm.\n",
      },
    ],
  },
  *inRepository(facts) {
    const said = new Set<string>();
    for (const { files, tools } of loadedTogether(facts)) {
      const seen = new Map<string, Side[]>();
      for (const file of files) {
        for (const statement of statementsIn(file)) {
          for (const { topic, side } of sidesOf(statement)) {
            const others = seen.get(topic) ?? [];
            const other = others.find((each) => each.side !== side);
            const here = { file, statement, topic, side };
            seen.set(topic, [...others, here]);
            const key = `${file.path}:${statement.at} ${topic}`;
            if (other === undefined || said.has(key) || others.some((each) => each.file === file && each.side === side))
              continue;
            said.add(key);
            const line = other.file.positionOf(other.statement.at).line;
            yield {
              path: file.path,
              at: statement.at,
              problem: `does this hold, or ${other.file.path}:${line}, which says "${short(other.statement.text)}"`,
              hint: "Take out one of them, or say when each holds.",
              tools,
            };
          }
        }
      }
    }
  },
});

/** The topics that a statement takes sides on. */
function sidesOf({ text }: Statement): { readonly topic: string; readonly side: string }[] {
  const plain = text.replace(/[*_]{2}/g, "");
  const chosen = CHOICES.flatMap(({ topic, sides }) =>
    sides.flatMap(([side, says]) => (says.test(plain) ? [{ topic, side }] : [])),
  );
  const first = plain.split(/[.;:](?=\s|$)|\s[–—-]\s|\(/, 1)[0] ?? "";
  // What holds only sometimes contradicts nothing.
  if (SOMETIMES.test(plain)) return chosen;
  const side = FORBIDS.test(first) ? "forbids" : DEMANDS.test(first) ? "demands" : undefined;
  if (side === undefined) return chosen;
  const words = wordsOf(first.replace(side === "forbids" ? FORBIDS : DEMANDS, "")).filter((word) => !FILLERS.has(word));
  // One word says little of what is meant; many words are never said twice.
  if (words.length < 2 || words.length > 8) return chosen;
  return [...chosen, { topic: [...new Set(words)].sort().join(" "), side }];
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
