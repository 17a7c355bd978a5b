// Builds the same N agents and N rules for three tools with PersonaKit, its competitors and a bare script, in turn.
// `node bench/build.ts 10 100` chooses the sizes. A tool that fails or writes too little stops the run.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeInput } from "./build/input.ts";
import { makeTools, type Tool, writeAll } from "./build/tools.ts";

const RUNS = 5;
const STEPS = ["cold", "no change", "check"] as const;
const TIME = "/usr/bin/time";
const root = join(import.meta.dirname, "../.build/bench");
const home = join(root, "home");
const folders = join(root, "build");
// ext4 passes over every inode freed in the last minutes: deleting 6000 files makes writing 6000 new ones ten times slower.
// So outputs are moved away, and deleted when all is measured.
const trash = join(folders, `trash-${process.pid}`);
let moved = 0;
// The programs of others get nothing of the user's: no settings, no caches, no options of Node.
const env: NodeJS.ProcessEnv = {
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  HOME: home,
  USERPROFILE: home,
  CI: "1",
  NO_COLOR: "1",
  DO_NOT_TRACK: "1",
  DISABLE_TELEMETRY: "1",
};

type Step = (typeof STEPS)[number];
type Values = { [S in Step]: number[] };

/** A tool in its folder, and what was measured of it. */
interface Row {
  readonly tool: Tool;
  readonly folder: string;
  readonly inputs: ReadonlySet<string>;
  readonly times: Values;
  readonly memory: Values;
  files: number;
  bytes: number;
}

const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) throw new Error("Usage: node bench/build.ts [N ...]");
if (sizes.length === 0) sizes.push(10, 100, 1000);
// GNU time: the kernel's own peak, and not that of the process that started it.
const canMeasureMemory = process.platform === "linux" && existsSync(TIME);
mkdirSync(home, { recursive: true });
mkdirSync(trash, { recursive: true });
const tools = makeTools(join(root, "tools"));

for (const size of sizes) {
  const rows = prepare(size);
  for (let round = 0; round <= RUNS; round++) {
    for (const step of STEPS) {
      // Another order each time, so that no tool always comes after the same one.
      for (let turn = 0; turn < rows.length; turn++) {
        const row = rows[(turn + round) % rows.length] as Row;
        measure(row, step, size, round > 0);
      }
    }
  }
  print(size, rows);
}
rmSync(folders, { recursive: true });

/** An empty folder for each tool, with its sources. */
function prepare(size: number): Row[] {
  const input = makeInput(size);
  const empty = (): Values => ({ cold: [], "no change": [], check: [] });
  return tools.map((tool, index) => {
    const folder = join(folders, `${process.pid}-${size}`, `${index}-${tool.kind}`);
    writeAll(folder, tool.sources(input));
    const inputs = new Set(readdirSync(folder));
    return { tool, folder, inputs, times: empty(), memory: empty(), files: 0, bytes: 0 };
  });
}

/** Runs one step of one tool; the first round only warms up. */
function measure(row: Row, step: Step, size: number, counts: boolean): void {
  const args = step === "check" ? row.tool.check : row.tool.build;
  if (args === undefined) return;
  if (step === "cold") for (const name of outputs(row)) renameSync(join(row.folder, name), join(trash, `${moved++}`));
  const { time, memory, failed } = run(row.folder, args);
  const problem = failed ?? (step === "check" ? undefined : miscount(row, size));
  if (problem !== undefined) throw new Error(`${row.tool.name}, ${step}, N = ${size}: ${problem}`);
  if (!counts) return;
  row.times[step].push(time);
  if (memory !== undefined) row.memory[step].push(memory);
}

function run(cwd: string, args: readonly string[]): { time: number; memory?: number; failed?: string } {
  const report = join(folders, "memory.txt");
  const command = [process.execPath, ...args];
  if (canMeasureMemory) command.unshift(TIME, "-f", "%M", "-o", report);
  const [program = "", ...rest] = command;
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(program, rest, { cwd, env, encoding: "utf8", maxBuffer: 2 ** 28 });
  const time = performance.now() - start;
  if (status !== 0) return { time, failed: `exit code ${status}\n${(stderr || stdout || "").trim().slice(0, 500)}` };
  return { time, ...(canMeasureMemory ? { memory: Number(readFileSync(report, "utf8")) / 1024 } : {}) };
}

/** What a tool has written: top-level entries that are not its sources. */
function outputs({ folder, inputs }: Row): string[] {
  return readdirSync(folder).filter((name) => !inputs.has(name));
}

function miscount(row: Row, size: number): string | undefined {
  const paths = outputs(row).flatMap((name) => {
    const path = join(row.folder, name);
    if (!statSync(path).isDirectory()) return [path];
    const entries = readdirSync(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  });
  row.files = paths.length;
  row.bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  const expected = row.tool.files(size);
  return row.files === expected ? undefined : `wrote ${row.files} files, expected ${expected}`;
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The highest of the steps: a tool has to fit as a whole. */
function peak({ memory }: Row): number | undefined {
  const peaks = STEPS.flatMap((step) => median(memory[step]) ?? []);
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

function print(size: number, rows: readonly Row[]): void {
  console.log(`\n${size} agents and ${size} rules of 6 KB, three targets, median of ${RUNS} runs in turn:\n`);
  const cell = (value: number | undefined, unit: string, digits = 0) =>
    value === undefined ? "-".padStart(11) : `${value.toFixed(digits)} ${unit}`.padStart(11);
  const heading = ["cold", "no change", "check", "peak RSS", "files", "written"].map((text) => text.padStart(11));
  console.log(`${"tool".padEnd(20)} ${"N".padStart(5)}${heading.join("")}`);
  for (const row of rows) {
    const cells = [
      ...STEPS.map((step) => cell(median(row.times[step]), "ms")),
      cell(peak(row), "MB"),
      String(row.files).padStart(11),
      cell(row.bytes / 1e6, "MB", 1),
    ];
    console.log(`${row.tool.name.padEnd(20)} ${String(size).padStart(5)}${cells.join("")}`);
  }
  console.log();
  const own = rows.find(({ tool }) => tool.kind === "own");
  const targets = { cold: 1, "no change": 0.3, check: 0.8 };
  for (const step of STEPS) {
    const [best] = rows
      .flatMap(({ tool, times }) => {
        const time = tool.kind === "competitor" ? median(times[step]) : undefined;
        return time === undefined ? [] : [{ name: tool.name, time }];
      })
      .sort((a, b) => a.time - b.time);
    const time = own === undefined ? undefined : median(own.times[step]);
    if (best === undefined || time === undefined) continue;
    const target = `Target, ${step}: at most ${targets[step].toFixed(1)} x the fastest competitor`;
    console.log(`${target}: ${(time / best.time).toFixed(2)} x (${best.name}).`);
  }
  const memory = own === undefined ? undefined : peak(own);
  if (size === 1000)
    console.log(`Target, peak RSS: at most 120 MB: ${memory === undefined ? "-" : memory.toFixed(0)} MB.`);
}
