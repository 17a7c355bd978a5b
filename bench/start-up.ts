// Starts the built command and bare Node in turn, many times, and compares their medians.
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { type Project, packPackages } from "../test/installed.ts";
import { makeInput, type Source } from "./build/input.ts";

const RUNS = 40;
const TARGETS = ["claude-agent", "cursor-agent", "copilot-agent"];
const node = process.env.PERSONAKIT_TEST_NODE ?? process.execPath;
// As a user has it: in the workspace it would load the sources of its own packages.
const newProject = packPackages("personakit", "@personakit/*");
const empty = newProject();
const bin = empty.at("node_modules/personakit/dist/bin.js");

/** What is started: where, with which arguments of Node, and its goal over bare Node, as a ratio or in milliseconds. */
interface Case {
  readonly folder: string;
  readonly args: readonly string[];
  readonly goal?: { readonly ratio: number } | { readonly above: number };
}

const cases: { readonly [name: string]: Case } = {
  "node -e 0": { folder: empty.folder, args: ["-e", "0"] },
  "personakit --version": { folder: empty.folder, args: [bin, "--version"], goal: { ratio: 1.3 } },
  "personakit --help": { folder: empty.folder, args: [bin, "--help"], goal: { ratio: 1.3 } },
  "check, ten in JSON": { folder: inJson().folder, args: [bin, "check"] },
  "check, ten in JavaScript": { folder: inJavaScript().folder, args: [bin, "check"], goal: { above: 80 } },
  ...Object.fromEntries(
    ["payments-team", "catalogue-reader"].map((name) => [
      `check, ${name}`,
      { folder: example(name).folder, args: [bin, "check"], goal: { above: 120 } },
    ]),
  ),
};

const times = new Map<string, number[]>();
// The first round fills the cache of compiled code.
for (let run = 0; run <= RUNS; run++) {
  for (const [name, { folder, args }] of Object.entries(cases)) {
    const start = performance.now();
    const { status, stderr } = spawnSync(node, args, { cwd: folder, encoding: "utf8" });
    const time = performance.now() - start;
    if (status !== 0) throw new Error(`${name} exited with ${status}: ${stderr}`);
    if (run > 0) times.set(name, [...(times.get(name) ?? []), time]);
  }
}
const median = (name: string) => (times.get(name) ?? []).sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
const floor = median("node -e 0");
console.log(`\nStart-up, median of ${RUNS} runs in turn:\n`);
for (const [name, { goal }] of Object.entries(cases)) {
  const time = median(name);
  const wanted =
    goal === undefined ? "" : "ratio" in goal ? `at most ${goal.ratio} x` : `at most ${goal.above} ms above Node`;
  const figures = [
    `${time.toFixed(1).padStart(8)} ms`,
    `${(time - floor).toFixed(1).padStart(7)} above`,
    `${(time / floor).toFixed(2).padStart(6)} x`,
  ];
  console.log(`${name.padEnd(26)} ${figures.join("  ")}   ${wanted}`.trimEnd());
}

function inJson(): Project {
  const { agents } = makeInput(10);
  const config = { personas: agents.map(({ id }) => `./${id}.json`), targets: TARGETS };
  return built({
    "personakit.config.json": config,
    ...Object.fromEntries(agents.map(({ id, document }) => [`${id}.json`, document])),
  });
}

function inJavaScript(): Project {
  const { agents } = makeInput(10);
  const imports = agents.map(({ id }, index) => `import persona${index} from "./${id}.js";\n`).join("");
  const names = agents.map((_, index) => `persona${index}`).join(", ");
  const config = `${imports}export default { personas: [${names}], targets: ${JSON.stringify(TARGETS)} };\n`;
  return built({
    "package.json": { type: "module" },
    "personakit.config.js": config,
    ...Object.fromEntries(agents.map((agent) => [`${agent.id}.js`, moduleOf(agent)])),
  });
}

/** An example of the repository, with its packages installed. */
function example(name: string): Project {
  const project = newProject();
  const from = join(import.meta.dirname, "../examples", name);
  cpSync(from, project.folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  return project;
}

function built(files: { readonly [path: string]: string | object }): Project {
  const project = newProject();
  for (const [path, content] of Object.entries(files)) project.write(path, content);
  const { code, err } = project.run("build");
  if (code !== 0) throw new Error(err);
  return project;
}

/** The module of an agent, as its author would have written it. */
function moduleOf({ id, document: { title, role, sections } }: Source): string {
  const use = sections.map(({ title: heading, origin, entries }) => {
    const rules = entries.flatMap((entry) =>
      entry.kind === "rule" ? [`${entry.origin.rule}: ${entry.strength}(${JSON.stringify(entry.text)})`] : [],
    );
    return `section({ id: "${origin?.unit}", title: "${heading}", rules: { ${rules.join(",\n")} } })`;
  });
  return `import { definePersona, must, section, should } from "@personakit/core";
export default definePersona({ id: "${id}", title: "${title}", role: "${role}", use: [${use.join(", ")}],
  description: { does: "Reviews a part of the system.", when: "Use it on every change there.", notFor: "" } });
`;
}
