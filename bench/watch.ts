// Runs `build --watch` over ten personas made from the five packages, changes one rule again and again, and reads the times.
import { spawn } from "node:child_process";
import { packPersonas } from "./many-personas.ts";

const RUNS = 12;
const {
  project: { folder },
  change,
} = packPersonas()(10, ["claude-agent"]);
const child = spawn(process.execPath, ["node_modules/personakit/dist/bin.js", "build", "--watch"], { cwd: folder });
const times: number[] = [];
child.stderr.pipe(process.stderr);
child.stdout.on("data", (data) => {
  const [, time] = /built in (\d+) ms/.exec(String(data)) ?? [];
  if (time === undefined) return;
  times.push(Number(time));
  if (times.length > RUNS) child.kill();
  // The next thread has to be ready, as it is between two edits of a person.
  else setTimeout(() => change(times.length), 1500);
});
child.on("close", () => {
  const [first, ...rest] = times;
  const median = rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)];
  console.log(
    `\nbuild --watch, ten personas: ${first} ms at first, then ${median} ms (median of ${rest.length} changes).`,
  );
  console.log("Target: under 100 ms after a change.");
});
