// Compiles personas for all targets in one process: renders, writes and looks for hidden characters; then reads the files back, as
// a build does before it writes them; then counts their tokens. Those of the repository, and some without references.
import type { Document } from "@personakit/core";
import { type Artifact, countTokens, targets, verifyArtifact } from "@personakit/targets";
import { loadUnits } from "../scripts/units.ts";
import { makeInput } from "./build/input.ts";

const RUNS = 60;
const STEPS = ["compile", "verify", "count"] as const;

const { personas } = await loadUnits();
await measure(personas.map(({ document }) => document));
await measure(makeInput(20).agents.map(({ document }) => document));

async function measure(all: readonly Document[]): Promise<void> {
  const packed = JSON.stringify(all);
  const times: { [Step in (typeof STEPS)[number]]: number[] } = { compile: [], verify: [], count: [] };
  let files = 0;
  for (let run = 0; run < RUNS; run++) {
    // New objects and descriptions each time, as in a new process: nothing is known of them.
    const documents: Document[] = JSON.parse(packed.replaceAll('"description":"', `$&${run} `));
    const artifacts: Artifact[] = [];
    let start = performance.now();
    const took = (step: keyof typeof times) => {
      times[step].push(performance.now() - start);
      start = performance.now();
    };
    for (const document of documents)
      for (const target of targets) artifacts.push(...target.compile(document).artifacts);
    took("compile");
    for (const artifact of artifacts) await verifyArtifact(artifact);
    took("verify");
    for (const { text } of artifacts) countTokens(text);
    took("count");
    files = artifacts.length;
  }
  console.log(`\n${all.length} personas for ${targets.length} targets, ${files} files, median of ${RUNS} runs:\n`);
  for (const step of STEPS) {
    const sorted = times[step].sort((a, b) => a - b);
    const [least = 0, median = 0] = [sorted[0], sorted[Math.floor(RUNS / 2)]];
    console.log(`${step.padEnd(10)} ${median.toFixed(1).padStart(8)} ms   at least ${least.toFixed(1).padStart(6)} ms`);
  }
}
