// Looks for points that published rules say too: `node bench/hints.ts [folder]`, where each folder in it is a collection of instruction files. Lists the hints of
// each with their places and rules, and how long it takes; and how the hints of `hints-judged.md` were judged. Of a file, only the first words of a point are printed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pointsIn } from "@personakit/core/read";
import published from "../packages/cli/published-rules.json" with { type: "json" };
import { readInstructionFiles } from "../packages/cli/src/copies/instruction-files.ts";
import { type KnownRule, RuleIndex } from "../packages/cli/src/hints/rule-index.ts";
import { stemsOf } from "../packages/cli/src/hints/stems.ts";

const [folder] = process.argv.slice(2);
const rules = Object.entries(published).flatMap(([fragment, texts]) =>
  Object.entries(texts).map(([rule, state]): KnownRule => {
    const [strength = "", text = ""] = state.split(/: ([\s\S]*)/);
    return { package: fragment, path: `${fragment}/${rule}`, strength, text };
  }),
);
const index = new RuleIndex(rules);
for (const entry of folder === undefined ? [] : readdirSync(folder, { withFileTypes: true }))
  if (entry.isDirectory() && !entry.name.startsWith("_")) list(folder as string, entry.name);
judged();

function list(folder: string, name: string): void {
  const files = readInstructionFiles(join(folder, name));
  const begin = performance.now();
  let points = 0;
  const hints = files.flatMap(({ path, text, body = 0 }) => {
    const file = new Set(stemsOf(`${path} ${text}`));
    const above = text.slice(0, body).split("\n").length - 1;
    return pointsIn(text.slice(body)).flatMap(({ text: point, line, heading, opening }) => {
      points++;
      const found = index.find({ text: point, above: [heading, opening], file });
      const words = point.split(" ").slice(0, 6).join(" ");
      return found === undefined
        ? []
        : [`  ${path}:${line + above} ${found.alike.toFixed(2)} ${found.rule.path}: ${words}`];
    });
  });
  const took = (performance.now() - begin).toFixed(0);
  console.log(`${name}: ${files.length} files, ${points} points, ${hints.length} hints; ${took} ms`);
  for (const hint of hints) console.log(hint);
}

function judged(): void {
  const [, ...samples] = readFileSync(join(import.meta.dirname, "hints-judged.md"), "utf8").split("\n## ");
  for (const sample of samples) {
    const verdicts = [...sample.matchAll(/^\| .* \| (sensible|false) \|/gm)].map(([, verdict]) => verdict);
    const sensible = verdicts.filter((verdict) => verdict === "sensible").length;
    console.log(`${sample.split("\n")[0]}: ${sensible} of ${verdicts.length} hints sensible`);
  }
}
