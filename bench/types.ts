// Type-checks a persona of 50 fragments with 20 rules each, and 20 edits of it, against an empty file.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FRAGMENTS = 50;
const RULES = 20;
const ROUNDS = 9;
const root = join(import.meta.dirname, "..");
const folder = join(root, ".build/bench-types");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const range = (length: number) => Array.from({ length }, (_, index) => index);
const fragmentSource = (index: number) => `const fragment${index} = defineFragment({
  id: "topic-${index}", title: "T", summary: "S.",
  params: { coverage: z.number().default(80), runner: z.enum(["vitest", "jest"]).default("vitest"), strict: z.boolean().default(true) },
  rules: {
    floor: ({ coverage, runner }) => must(md\`\${coverage} \${runner}\`),
${range(RULES - 1)
  .map((rule) => `    rule${rule}Of${index}: must("Do ${rule}."),`)
  .join("\n")}
  },
});
export interface Topic${index} extends Named<typeof fragment${index}> {}
export const topic${index}: Topic${index} = fragment${index};
`;
const imports = `import { defineFragment, md, must, type Named } from "../../packages/core/index.ts";\nimport { z } from "zod";\n`;
writeFileSync(join(folder, "fragments.ts"), imports + range(FRAGMENTS).map(fragmentSource).join(""));
writeFileSync(
  join(folder, "persona.ts"),
  `import { definePersona, drop, must } from "../../packages/core/index.ts";
import { ${range(FRAGMENTS)
    .map((index) => `topic${index}`)
    .join(", ")} } from "./fragments.ts";
export const persona = definePersona({
  id: "p", title: "P", role: "R.", description: { does: "D.", when: "W.", notFor: "N." },
  use: [${range(FRAGMENTS)
    .map((index) => `topic${index}`)
    .join(", ")}],
});
export const mine = persona.extend({
  id: "mine",
  params: { ${range(10)
    .map((index) => `"topic-${index}": { coverage: 90 }`)
    .join(", ")} },
  rules: { ${range(20)
    .map((index) => `"topic-${index}": { rule1Of${index}: drop("no"), rule2Of${index}: must("Other.") }`)
    .join(", ")} },
  addRules: { own: { after: "topic-7/rule3Of7", rule: must("Own.") } },
});
`,
);
writeFileSync(join(folder, "empty.ts"), "export {};\n");
// What both programs read, so that the difference is the composition alone.
writeFileSync(join(folder, "base.ts"), `${imports}export { defineFragment, md, must, z };\nexport type { Named };\n`);

function check(files: readonly string[]): { check: number; total: number } {
  const config = join(folder, "tsconfig.json");
  writeFileSync(
    config,
    JSON.stringify({ extends: "../../tsconfig.base.json", compilerOptions: { noEmit: true, types: ["node"] }, files }),
  );
  const output = execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", config, "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  const seconds = (label: string) => Number(new RegExp(`^${label}:\\s+([\\d.]+)s`, "m").exec(output)?.[1]) * 1000;
  return { check: seconds("Check time"), total: seconds("Total time") };
}

const best = (rounds: { check: number; total: number }[]) => ({
  check: Math.min(...rounds.map((round) => round.check)),
  total: Math.min(...rounds.map((round) => round.total)),
});
const empty: { check: number; total: number }[] = [];
const full: { check: number; total: number }[] = [];
for (let round = 0; round < ROUNDS; round++) {
  empty.push(check(["base.ts", "empty.ts"]));
  full.push(check(["base.ts", "fragments.ts", "persona.ts"]));
}
const [a, b] = [best(empty), best(full)];
console.log(`\nType-check, ${FRAGMENTS} fragments of ${RULES} rules, best of ${ROUNDS}:\n`);
console.log(
  `empty file         check ${a.check.toFixed(0).padStart(4)} ms  total ${a.total.toFixed(0).padStart(4)} ms`,
);
console.log(
  `composition        check ${b.check.toFixed(0).padStart(4)} ms  total ${b.total.toFixed(0).padStart(4)} ms`,
);
console.log(
  `difference         check ${(b.check - a.check).toFixed(0).padStart(4)} ms  total ${(b.total - a.total).toFixed(0).padStart(4)} ms`,
);

const declarations = join(folder, "declarations");
execFileSync(join(root, "node_modules/.bin/tsc"), [
  ...["-p", join(folder, "tsconfig.json"), "--noEmit", "false", "--declaration", "--emitDeclarationOnly"],
  ...["--rootDir", root, "--outDir", declarations],
]);
const text = readFileSync(join(declarations, ".build/bench-types/persona.d.ts"), "utf8");
console.log(`\nDeclarations of the persona and its extension: ${text.length} characters.`);
console.log("\nTarget: at most 100 ms more than the empty file.");
