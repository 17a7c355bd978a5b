// Starts the built command and bare Node in turn, many times, and compares their medians.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const RUNS = 60;
const bin = join(import.meta.dirname, "../packages/cli/dist/bin.js");
if (!existsSync(bin)) throw new Error("Run pnpm build first.");
const node = process.env.PERSONAKIT_TEST_NODE ?? process.execPath;

const commands = { "node -e 0": ["-e", "0"], "personakit --version": [bin, "--version"] };
const times: { [name: string]: number[] } = {};
for (let run = 0; run < RUNS; run++) {
  for (const [name, args] of Object.entries(commands)) {
    const start = performance.now();
    const { status } = spawnSync(node, args);
    if (status !== 0) throw new Error(`${name} exited with ${status}`);
    times[name] ??= [];
    times[name].push(performance.now() - start);
  }
}
const median = (values: number[] = []) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const floor = median(times["node -e 0"]);
console.log(`\nStart-up, median of ${RUNS} runs in turn:\n`);
for (const [name, values] of Object.entries(times)) {
  const time = median(values);
  console.log(`${name.padEnd(24)} ${time.toFixed(1).padStart(8)} ms  ${(time / floor).toFixed(2).padStart(6)} x`);
}
console.log("\nTarget: at most 1.5 x bare Node.");
