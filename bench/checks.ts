// Looks at the instruction files of a repository as `personakit doctor` does: `node bench/checks.ts <folder>`. Says how many files there are, what each
// check finds, how long it takes and how much memory; then the same for 1,000 synthetic files of 6 KB, and how the findings of `checks-judged.md` were
// judged. With `--list`, every finding. With `--beside <folder>`, runs the linters that are installed there on the same 1,000 files.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runChecks } from "@personakit/checks";
import { filesInMemory } from "@personakit/targets/context";
import { listPaths } from "../packages/cli/src/files/list-files.ts";
import { judgedFindings } from "./judged.ts";
import { machine } from "./machine.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: "boolean" }, beside: { type: "string" } },
});
const [folder] = positionals;

/** What is measured is the best of so many runs: the first also compiles the code. */
const ROUNDS = 5;
const SIZE = { files: 1000, bytes: 6 * 1024 };

console.log(machine());
// First, while the memory that was used is its own.
const synthetic = syntheticFiles();
measure(`${SIZE.files} synthetic files of ${SIZE.bytes / 1024} KB`, synthetic, ROUNDS);
if (values.beside !== undefined) beside(values.beside);
if (folder !== undefined) measure(folder, filesOf(folder), 1);
judged();

/** Files by path. */
interface Files {
  readonly [path: string]: string;
}

function measure(name: string, texts: Files, rounds: number): void {
  const files = filesInMemory(
    Object.fromEntries(Object.entries(texts).map(([path, text]) => [`/repository/${path}`, text])),
  );
  const repository = { root: "/repository", paths: Object.keys(texts), files };
  const before = process.memoryUsage().rss;
  const times: string[] = [];
  let result: ReturnType<typeof runChecks> | undefined;
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    const used = process.cpuUsage();
    result = runChecks(repository);
    const { user, system } = process.cpuUsage(used);
    // On a machine with other work, the second is what the checks cost.
    times.push(`${(performance.now() - begin).toFixed(0)} (${((user + system) / 1000).toFixed(0)})`);
  }
  if (result === undefined) return;
  const { facts, findings } = result;
  const more = (process.memoryUsage().rss - before) / 2 ** 20;
  console.log(
    `${name}: ${facts.files.length} instruction files, ${findings.length} findings; ${times.join(", ")} ms of time (of the processor), ${more.toFixed(0)} MB more`,
  );
  const counts = new Map<string, number>();
  for (const { check, severity } of findings) {
    const key = `${check} (${severity})`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [check, count] of [...counts].sort()) console.log(`  ${check}: ${count}`);
  if (values.list !== true) return;
  for (const { check, path, line, problem } of findings) console.log(`  ${path}:${line} ${check}: ${problem}`);
}

/** The files of a folder. Of those that are no text, there is only the path. */
function filesOf(root: string): Files {
  return Object.fromEntries(
    listPaths(resolve(root)).map((path) => {
      const isText = /\.(?:mdc?|mdx|toml|jsonc?|prettierrc|eslintrc|editorconfig)$|eslint\.config\.\w+$/.test(path);
      return [path, isText && existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : ""];
    }),
  );
}

/** Agents, skills and rules, each with words of its own, and one in fifty with a defect. */
function syntheticFiles(): Files {
  const files: { [path: string]: string } = {
    "AGENTS.md": "Use pnpm.\n",
    "package.json": '{ "scripts": { "test": "vitest" } }',
    "src/index.ts": "",
  };
  for (let index = 0; index < SIZE.files; index++) {
    const name = `member-${index}`;
    const defect = index % 50 === 0 ? "\nRead [this](missing.md) and Ma\u200Bin.\n" : "";
    let body = `# ${name}\n${defect}`;
    for (let at = 0; body.length < SIZE.bytes; at++) {
      body += `\n## Part ${at}\n\n- Validate input ${at * index} of ${name} at the boundary.\n- Return errors as data, see \`src/index.ts\`.\n\n\`\`\`sh\nnpm run test -- ${name}-${at}\n\`\`\`\n`;
    }
    const head = `---\nname: ${name}\ndescription: Works on part ${index} of the product.\n---\n\n`;
    if (index % 3 === 0) files[`.claude/agents/${name}.md`] = head + body;
    else if (index % 3 === 1) files[`.claude/skills/${name}/SKILL.md`] = head + body;
    else files[`.claude/rules/${name}.md`] = `---\npaths: src/**\n---\n\n${body}`;
  }
  return files;
}

/** Linters of others, in a folder that they were installed in by `npm install --ignore-scripts`. */
function beside(installed: string): void {
  const root = mkdtempSync(join(tmpdir(), "checks-"));
  for (const [path, text] of Object.entries(synthetic)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const env = { PATH: process.env.PATH, HOME: root, CI: "1", NO_COLOR: "1" };
  for (const [name, ...args] of [["cclint"], ["claudelint"], ["claudelint", "check-all"]] as const) {
    const program = join(resolve(installed), "node_modules/.bin", name);
    if (!existsSync(program)) continue;
    const begin = performance.now();
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: root,
      env,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      timeout: 120_000,
    });
    const lines = `${stdout}${stderr}`.split("\n").length;
    console.log(
      `${[name, ...args].join(" ")}: ${(performance.now() - begin).toFixed(0)} ms, exit code ${status}, ${lines} lines`,
    );
  }
  rmSync(root, { recursive: true });
}

/** How the findings of the list were judged, by check. */
function judged(): void {
  const counts = new Map<string, { right: number; all: number }>();
  for (const { check, severity, isTrue } of judgedFindings().findings) {
    for (const key of [`${check} (${severity})`, `all of ${severity}`]) {
      const count = counts.get(key) ?? { right: 0, all: 0 };
      count.all++;
      if (isTrue) count.right++;
      counts.set(key, count);
    }
  }
  for (const [check, { right, all }] of [...counts].sort()) {
    console.log(`judged, ${check}: ${right} of ${all} true, ${((100 * right) / all).toFixed(0)} %`);
  }
}
