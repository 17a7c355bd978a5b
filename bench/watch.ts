// Runs `build --watch` over ten personas made from the five packages, changes one rule again and again, and reads the times.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../scripts/workspace.ts";
import { packPackages } from "../test/installed.ts";

const RUNS = 12;
const names = packages().flatMap(({ kind, manifest }) => (kind === "persona" ? [manifest.name] : []));
const { folder } = packPackages("personakit", ...names)();

function configure(run: number): void {
  const imports = names.map((name, index) => `import * as module${index} from "${name}";`);
  const items = names.flatMap((_, index) =>
    ["a", "b"].map((suffix) => `make(module${index}, "agent-${index}-${suffix}")`),
  );
  writeFileSync(
    join(folder, "personakit.config.mjs"),
    `import { must } from "@personakit/core";
${imports.join("\n")}
const make = (module, id) => Object.values(module)[0].extend({
  id, rules: { "testing-standards": { coverageFloor: must("Run ${run}.") } },
});
export default { personas: [${items.join(", ")}], targets: ["claude-agent"] };
`,
  );
}

configure(0);
const child = spawn(process.execPath, ["node_modules/personakit/dist/bin.js", "build", "--watch"], { cwd: folder });
const times: number[] = [];
child.stderr.pipe(process.stderr);
child.stdout.on("data", (data) => {
  const [, time] = /built in (\d+) ms/.exec(String(data)) ?? [];
  if (time === undefined) return;
  times.push(Number(time));
  if (times.length > RUNS) child.kill();
  // The next thread has to be ready, as it is between two edits of a person.
  else setTimeout(() => configure(times.length), 1500);
});
child.on("close", () => {
  const [first, ...rest] = times;
  const median = rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)];
  console.log(
    `\nbuild --watch, ten personas: ${first} ms at first, then ${median} ms (median of ${rest.length} changes).`,
  );
  console.log("Target: under 100 ms after a change.");
});
