import { numbersThatContradict } from "@personakit/core/copies";
import { loadedTogether } from "../facts/together.ts";
import { defineCheck } from "../model/define-check.ts";

export const conflictNumbers = defineCheck({
  id: "conflict/numbers",
  severity: "note",
  what: "Two numbers on one topic, in files that load together.",
  why: {
    text: "A model gets both and takes one of them. In 11 of 17 repositories that name a test coverage, there are two or more; it can be meant, so this is a question.",
    sources: [{ source: "30 public repositories", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: {
          "CLAUDE.md": "Keep test coverage above 80 %.\n",
          ".claude/rules/tests.md": "Tests:\n\n- Coverage of at least 90 %.\n",
        },
        finds: [[".claude/rules/tests.md", 3]],
      },
    ],
    good: [
      {
        "CLAUDE.md": "Keep test coverage above 80 %.\n",
        ".claude/rules/tests.md": "Coverage of at least 80 %.\n",
        ".claude/agents/tester.md":
          "---\nname: tester\ndescription: Tests.\n---\n\nReach a coverage of at least 95 %.\n",
      },
    ],
  },
  *inRepository(facts) {
    const said = new Set<string>();
    for (const { files, tools } of loadedTogether(facts)) {
      const texts = files.map(({ path, text, fences, bodyStart }) => ({
        path,
        text,
        isShown: (at: number) => at >= bodyStart && !fences.some(({ start, end }) => start <= at && at < end),
      }));
      for (const { topic, values } of numbersThatContradict(texts)) {
        const [most, ...others] = values;
        const first = most?.places[0];
        for (const { value, places } of others) {
          const place = places.find(({ path }) => path !== first?.path) ?? places[0];
          if (most === undefined || first === undefined || place === undefined || place.path === first.path) continue;
          const file = facts.file(place.path);
          const key = `${place.path}:${place.line} ${first.path}:${first.line}`;
          if (file === undefined || said.has(key)) continue;
          said.add(key);
          yield {
            path: place.path,
            at: offsetOfLine(file.text, place.line),
            problem: `is ${value} meant for ${topic} here, when ${first.path}:${first.line} says ${most.value}`,
            hint: "Say one number, or say what each is for.",
            tools,
          };
        }
      }
    }
  },
});

function offsetOfLine(text: string, line: number): number {
  let at = 0;
  for (let count = 1; count < line; count++) at = text.indexOf("\n", at) + 1;
  return at;
}
