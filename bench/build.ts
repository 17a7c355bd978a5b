// Builds the same N agents and N rules for three tools with PersonaKit, its competitors and a bare script, in turn.
// `node bench/build.ts 10 100` chooses the sizes, `--rounds 9` how often each is measured; `--plot` keeps what is measured as
// the figures of docs/speed.md and writes that page again. A tool that fails or writes too little stops the run.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import {
  type BuildFigures,
  CELLS,
  figuresOf,
  type Measured,
  outcomes,
  type SizeFigures,
  STEPS,
  type Step,
} from "./build/figures.ts";
import { makeInput } from "./build/input.ts";
import { makeTools, type Tool, writeAll } from "./build/tools.ts";
import { machine } from "./machine.ts";

const SIZES = [10, 100, 1000];
const PLOTTED = [10, 100, 1000, 3000];
/** From this size on, a cold run waits until the disk has what the runs before it wrote. */
const SYNC_FROM = 1000;
/** A slow tool gets so many rounds above 1,000: it would take most of the time, and its place is clear. */
const SLOW_ROUNDS = 3;
const TIME = "/usr/bin/time";
const FIGURES = join(import.meta.dirname, "figures/build.json");
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

/** A tool in its folder, and what was measured of it: one entry for each round. */
interface Run {
  readonly tool: Tool;
  readonly folder: string;
  readonly inputs: ReadonlySet<string>;
  readonly rounds: number;
  readonly times: { readonly [S in Step]: number[] };
  readonly memory: { readonly [S in Step]: number[] };
  files: number;
  bytes: number;
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { plot: { type: "boolean", default: false }, rounds: { type: "string", default: "5" } },
});
const rounds = Number(options.rounds);
const sizes = positionals.map(Number);
if ([rounds, ...sizes].some((number) => !Number.isInteger(number) || number < 1))
  throw new Error("Usage: node bench/build.ts [--plot] [--rounds 5] [N ...]");
if (sizes.length === 0) sizes.push(...(options.plot ? PLOTTED : SIZES));
// GNU time: the kernel's own peak, and not that of the process that started it.
const canMeasureMemory = process.platform === "linux" && existsSync(TIME);
mkdirSync(home, { recursive: true });
mkdirSync(trash, { recursive: true });
const tools = makeTools(join(root, "tools"));

const figures = sizes.map((size) => {
  const runs = prepare(size);
  for (let round = 0; round <= rounds; round++) {
    const running = runs.filter((run) => round <= run.rounds);
    for (const step of STEPS) {
      // Another order each time, so that no tool always comes after the same one.
      for (let turn = 0; turn < running.length; turn++)
        measure(running[(turn + round) % running.length] as Run, step, size, round > 0);
    }
  }
  const measured = figuresOf(size, runs.map(measuredOf));
  print(measured);
  return measured;
});
if (options.plot) keep({ machine: machine(), sizes: figures });
rmSync(folders, { recursive: true });

/** An empty folder for each tool, with its sources. */
function prepare(size: number): Run[] {
  const input = makeInput(size);
  const empty = () => ({ cold: [], "no change": [], check: [] });
  return tools.map((tool, index) => {
    const folder = join(folders, `${process.pid}-${size}`, `${index}-${tool.kind}`);
    writeAll(folder, tool.sources(input));
    const inputs = new Set(readdirSync(folder));
    const most = tool.slow && size > 1000 ? Math.min(SLOW_ROUNDS, rounds) : rounds;
    return { tool, folder, inputs, rounds: most, times: empty(), memory: empty(), files: 0, bytes: 0 };
  });
}

/** Runs one step of one tool; the first round only warms up. */
function measure(run: Run, step: Step, size: number, counts: boolean): void {
  const args = step === "check" ? run.tool.check : run.tool.build;
  if (args === undefined) return;
  if (step === "cold") {
    for (const name of outputs(run)) renameSync(join(run.folder, name), join(trash, `${moved++}`));
    if (size >= SYNC_FROM && process.platform !== "win32") spawnSync("sync");
  }
  const { time, memory, failed } = execute(run.folder, args);
  const problem = failed ?? (step === "check" ? undefined : miscount(run, size));
  if (problem !== undefined) throw new Error(`${run.tool.name}, ${step}, N = ${size}: ${problem}`);
  if (!counts) return;
  run.times[step].push(time);
  if (memory !== undefined) run.memory[step].push(memory);
}

function execute(cwd: string, args: readonly string[]): { time: number; memory?: number; failed?: string } {
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
function outputs({ folder, inputs }: Run): string[] {
  return readdirSync(folder).filter((name) => !inputs.has(name));
}

function miscount(run: Run, size: number): string | undefined {
  const paths = outputs(run).flatMap((name) => {
    const path = join(run.folder, name);
    if (!statSync(path).isDirectory()) return [path];
    const entries = readdirSync(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  });
  run.files = paths.length;
  run.bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  const expected = run.tool.files(size);
  return run.files === expected ? undefined : `wrote ${run.files} files, expected ${expected}`;
}

function measuredOf({ tool, files, bytes, times, memory }: Run): Measured {
  // The highest of a round's steps: a tool has to fit as a whole.
  const peaks = memory.cold.map((_, round) => Math.max(...STEPS.map((step) => memory[step][round] ?? 0)));
  return { name: tool.name, kind: tool.kind, files, bytes, samples: { ...times, memory: peaks } };
}

function print(measured: SizeFigures): void {
  const { size, rows } = measured;
  console.log(`\n${size} agents and ${size} rules of 6 KB, three targets, medians of rounds in turn:\n`);
  const cell = (value: number | undefined, unit: string, digits = 0) =>
    value === undefined ? "-".padStart(11) : `${value.toFixed(digits)} ${unit}`.padStart(11);
  const heading = ["cold", "no change", "check", "peak RSS", "files", "written", "rounds"];
  console.log(`${"tool".padEnd(20)} ${"N".padStart(5)}${heading.map((text) => text.padStart(11)).join("")}`);
  for (const { name, cells, files, bytes, rounds: count } of rows) {
    const values = [
      ...CELLS.map((each) => cell(cells[each]?.median, each === "memory" ? "MB" : "ms")),
      String(files).padStart(11),
      cell(bytes / 1e6, "MB", 1),
      String(count).padStart(11),
    ];
    console.log(`${name.padEnd(20)} ${String(size).padStart(5)}${values.join("")}`);
  }
  console.log("\nPersonaKit divided by the other, median of the rounds (lowest to highest):\n");
  for (const { tool, cell: name, most, ratio, met } of outcomes(measured)) {
    const value = `${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)} to ${ratio.max.toFixed(2)})`;
    console.log(
      `${tool.padEnd(12)} ${name.padEnd(10)} ${value.padEnd(21)} at most ${most.toFixed(2)}: ${met ? "met" : "MISSED"}`,
    );
  }
}

/** Keeps the figures and writes what is made from them. */
function keep(all: BuildFigures): void {
  mkdirSync(dirname(FIGURES), { recursive: true });
  writeFileSync(FIGURES, `${JSON.stringify(all, null, 2)}\n`);
  const { status } = spawnSync(process.execPath, ["scripts/sync.ts"], {
    cwd: dirname(import.meta.dirname),
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`scripts/sync.ts exited with ${status}`);
}
