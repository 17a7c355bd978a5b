// Past one machine: 200 persona packages over 40 fragments, built by turbo with the task graph of examples/persona-repository.
// Measures all of it, one changed fragment, and a second checkout behind a real cache server. It fails when a task runs that need
// not, one does not that must, or a byte differs. `--keep` keeps the figures for docs/speed.md.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../scripts/workspace.ts";
import { startRegistry } from "../test/registry.ts";
import { writeAll } from "./build/tools.ts";
import { machine } from "./machine.ts";
import { startCacheServer } from "./scale/cache-server.ts";
import { fragmentName, fragmentSource, personaName, repository, type Scale, usesOf } from "./scale/repository.ts";

/** What a step of turbo did. */
export interface ScaleStep {
  readonly name: string;
  readonly command: string;
  readonly seconds: number;
  readonly tasks: number;
  readonly cached: number;
}

/** What `bench:scale --keep` keeps, for docs/speed.md. */
export interface ScaleFigures extends Scale {
  readonly machine: string;
  readonly dependents: number;
  readonly steps: readonly ScaleStep[];
}

const SCALE: Scale = { personas: 200, fragments: 40 };
/** The fragment that is changed. */
const CHANGED = 3;
const TURBO = join(ROOT, "node_modules/turbo/bin/turbo");
const { values: options } = parseArgs({ options: { keep: { type: "boolean", default: false } } });

const { version } = JSON.parse(readFileSync(join(ROOT, "packages/cli/package.json"), "utf8"));
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "personakit-scale-")));
const first = join(temporary, "first");
const second = join(temporary, "second");
const steps: ScaleStep[] = [];
const personas = Array.from({ length: SCALE.personas }, (_, index) => index);
const allPersonas = personas.map(personaName);
const allFragments = Array.from({ length: SCALE.fragments }, (_, index) => fragmentName(index));
const dependents = personas.filter((index) => usesOf(index, SCALE.fragments).includes(CHANGED));
const dependentNames = dependents.map(personaName);

const registry = await startRegistry();
const server = await startCacheServer(join(ROOT, ".build/bench/cache-server"), join(temporary, "cache"));
const env: NodeJS.ProcessEnv = {
  ...registry.env,
  ...server.env,
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  CI: "1",
};

// Whoever stops a run of minutes leaves no server and no folder behind.
process.once("exit", () => rmSync(temporary, { recursive: true, force: true, maxRetries: 3 }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

try {
  console.log("Making the repository ...");
  // Its packages come from a registry, so that their versions stand in its lockfile as in any repository.
  for (const name of ["@personakit/core", "@personakit/targets", "personakit"])
    registry.publishChanged(name, name === "personakit" ? version : versionOf(name));
  writeAll(first, repository(SCALE, version));
  git(first, "init", "--quiet", "--initial-branch=main");
  run(first, "pnpm", "install", "--no-frozen-lockfile");
  commit("Sources");

  expectTasks(turbo("all, empty cache", first, "build"), { build: allPersonas });
  const verified = { pack: [...allFragments, ...allPersonas], check: allPersonas };
  expectTasks(turbo("all, empty cache", first, "pack", "check"), verified);
  commit("Build");
  expectTasks(turbo("nothing changed", first, "build", "--affected"), {});
  expectTasks(turbo("nothing changed", first, "pack", "check"), {});

  git(first, "switch", "--quiet", "--create", "change");
  writeFileSync(join(first, `packages/${fragmentName(CHANGED)}/index.js`), fragmentSource(CHANGED, "others rely on"));
  expectTasks(turbo("one fragment changed", first, "build", "--affected"), { build: dependentNames });
  expectTasks(turbo("one fragment changed", first, "pack", "check"), {
    pack: [fragmentName(CHANGED), ...dependentNames],
    check: dependentNames,
  });
  commit("Change");

  git(temporary, "clone", "--quiet", first, second);
  run(second, "pnpm", "install", "--frozen-lockfile", "--prefer-offline");
  expectTasks(turbo("second checkout", second, "pack", "check"), {});
  expectSame("what the cache gave back");
  const filter = `--filter=...@acme/${fragmentName(CHANGED)}`;
  // And of what they use: `--force` takes nothing from the cache.
  const used = new Set(dependents.flatMap((index) => usesOf(index, SCALE.fragments)).map(fragmentName));
  expectTasks(turbo("second checkout, built there", second, "build", "pack", "--force", filter), {
    build: dependentNames,
    pack: [...used, ...dependentNames],
  });
  expectSame("what the second checkout built");
  report();
} finally {
  await server.stop();
  await registry.stop();
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(ROOT, "packages", name.split("/")[1] ?? "", "package.json"), "utf8")).version;
}

function run(cwd: string, program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

function git(cwd: string, ...args: readonly string[]): void {
  const identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false"];
  run(cwd, "git", ...identity, ...args);
}

function commit(message: string): void {
  git(first, "add", "--all");
  git(first, "commit", "--quiet", "--message", message);
}

/** Runs tasks with two workers, and returns those that were executed as `task package`. */
function turbo(name: string, cwd: string, ...args: readonly string[]): string[] {
  const runs = join(cwd, ".turbo/runs");
  rmSync(runs, { recursive: true, force: true });
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    // The remote cache alone: what is in a checkout's own folder is there on one machine only.
    [TURBO, "run", ...args, "--concurrency=2", "--summarize", "--output-logs=errors-only", ...cacheOf(args)],
    { cwd, env, encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  const seconds = Number(((performance.now() - start) / 1000).toPrecision(3));
  if (status !== 0) throw new Error(`turbo run ${args.join(" ")} exited with ${status}\n${stdout}\n${stderr}`);
  const [summary = ""] = readdirSync(runs);
  const { tasks }: { tasks: { task: string; package: string; command: string; cache: { status: string } }[] } =
    JSON.parse(readFileSync(join(runs, summary), "utf8"));
  const real = tasks.filter(({ command }) => command !== "<NONEXISTENT>");
  const missed = real.filter(({ cache }) => cache.status === "MISS");
  const command = `turbo run ${args.join(" ")}`;
  steps.push({ name, command, seconds, tasks: real.length, cached: real.length - missed.length });
  console.log(`${name}: ${command}: ${seconds} s, ${missed.length} of ${real.length} tasks run`);
  return missed.map((each) => `${each.task} ${each.package.replace("@acme/", "")}`).sort();
}

function cacheOf(args: readonly string[]): string[] {
  return args.includes("--force") ? [] : ["--cache=remote:rw"];
}

function expectTasks(ran: readonly string[], wanted: { readonly [task: string]: readonly string[] }): void {
  const expected = Object.entries(wanted).flatMap(([task, names]) => names.map((name) => `${task} ${name}`));
  const surplus = ran.filter((each) => !expected.includes(each));
  const missing = expected.filter((each) => !ran.includes(each));
  if (surplus.length + missing.length > 0)
    throw new Error(
      `Run, and need not: ${surplus.join(", ") || "none"}. Not run, and must: ${missing.join(", ") || "none"}.`,
    );
}

/** Every file of the second checkout has the bytes of the first one's, the lockfiles and those that git ignores included. */
function expectSame(what: string): void {
  const [ours, theirs] = [first, second].map(textsOf);
  const different = [...new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])].filter(
    (path) => ours?.get(path) !== theirs?.get(path),
  );
  if (different.length > 0) throw new Error(`Other bytes in ${what}: ${different.slice(0, 10).join(", ")}`);
  console.log(`${ours?.size} files are the same in ${what}.`);
}

function textsOf(folder: string): Map<string, string> {
  const skipped = /(?:^|\/)(?:node_modules|\.turbo|\.git)(?:\/|$)/;
  const paths = run(folder, "git", "ls-files", "--cached").split("\n");
  const ignored = run(folder, "git", "ls-files", "--others").split("\n");
  return new Map(
    [...paths, ...ignored]
      .filter((path) => path !== "" && !skipped.test(path))
      .map((path) => [path, readFileSync(join(folder, path), "latin1")]),
  );
}

function report(): void {
  console.log(`\n${SCALE.personas} persona packages over ${SCALE.fragments} fragments, two workers, ${machine()}:\n`);
  for (const { name, command, seconds, tasks, cached } of steps)
    console.log(
      `${name.padEnd(36)} ${command.padEnd(32)} ${seconds.toFixed(2).padStart(8)} s ${cached} of ${tasks} cached`,
    );
  if (!options.keep) return;
  const figures: ScaleFigures = { ...SCALE, machine: machine(), dependents: dependents.length, steps };
  writeFileSync(join(ROOT, "bench/figures/scale.json"), `${JSON.stringify(figures, null, 2)}\n`);
  run(ROOT, process.execPath, "scripts/sync.ts");
}
