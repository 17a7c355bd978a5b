// Runs `preview` over small and large projects made from the five packages: when the first view is there, and when a saved source is.
import { readFileSync } from "node:fs";
import { targets } from "@personakit/targets";
import { hearBuilds, previewOf } from "../test/previewed.ts";
import { packPersonas } from "./many-personas.ts";

interface Measured {
  readonly personas: number;
  readonly targets: readonly string[];
}

const RUNS = 7;
const TWO = ["claude-agent", "codex-agent"];
const PROJECTS: readonly Measured[] = [
  { personas: 5, targets: TWO },
  { personas: 5, targets: targets.map(({ id }) => id) },
  { personas: 500, targets: TWO },
];
const newProject = packPersonas();

/** Returns how to wait for the next build. */
async function builds(url: string): Promise<() => Promise<void>> {
  const hear = await hearBuilds(url);
  let last = 0;
  const next = async (): Promise<void> => {
    const { revision, errors } = await hear();
    if (errors.length > 0) throw new Error(errors.join("\n"));
    if (revision === last) return next();
    last = revision;
  };
  return next;
}

const median = (times: readonly number[]) => Math.round(times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0);

for (const given of PROJECTS) {
  const { project, change } = newProject(given.personas, given.targets);
  let start = performance.now();
  const since = () => performance.now() - start;
  const preview = await previewOf(project);
  const ask = async (path: string) => (await fetch(new URL(path, preview.url))).text();
  const next = await builds(preview.url);
  await next();
  await Promise.all([ask("data/project.json"), ask("data/persona/agent-0.json")]);
  const first = Math.round(since());
  // A large project is seen before all of it is compiled.
  while (JSON.parse(await ask("data/project.json")).isFirst) await next();
  const whole = Math.round(since());
  const [events, views]: [number[], number[]] = [[], []];
  let size = 0;
  for (let run = 1; run <= RUNS; run++) {
    // The next thread has to be ready, as it is between two edits of a person.
    await new Promise((done) => setTimeout(done, 1500));
    start = performance.now();
    change(run);
    await next();
    events.push(since());
    const [, text] = await Promise.all([ask("data/project.json"), ask("data/persona/agent-0.json")]);
    views.push(since());
    if (!text.includes(`Run ${run}.`)) throw new Error("This is not the last build.");
    size = text.length;
  }
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${preview.pid}/status`, "utf8"))?.[1]) / 1024;
  console.log(
    `${given.personas} personas, ${given.targets.length} targets: first view ${first} ms, all of it ${whole} ms, then from a save to the event ${median(events)} ms, ` +
      `to the view ${median(views)} ms (${(size / 1e6).toFixed(2)} MB); ${Math.round(memory)} MB of memory.`,
  );
  await preview.stop();
}
console.log("Targets: the first view of 500 personas within 1,000 ms, a save of 5 within 200 ms.");
