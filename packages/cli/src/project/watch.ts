import { basename, extname, join, resolve, sep } from "node:path";
import { Worker } from "node:worker_threads";
import type { ProjectView } from "@personakit/preview";
import type { FSWatcher } from "chokidar";
import { LOCKFILE } from "../disk/lockfile.ts";
import { type ExitCode, messageOf } from "../issues/command-error.ts";
import { writeLine } from "../output/terminal.ts";

/** The file types of configurations and personas. */
const SOURCE_ENDINGS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json", ".md", ".mdc", ".toml"];

/** In milliseconds: saving several files at once should cause one build. */
const SETTLED_AFTER = 20;

/** How many ticks without progress end a thread. */
const TICKS = 20;

/** Data for a thread when it starts. */
export interface BuilderData {
  readonly packages: readonly string[];
  /** The thread counts here while nothing blocks it. */
  readonly beats: Int32Array<SharedArrayBuffer>;
}

/** What a thread should do. */
export interface BuildInput {
  /** Write files, or only show what would be in them. */
  readonly job: "build" | "view";
  readonly sources: readonly string[];
  readonly options: { readonly out: string; readonly timeout: string; readonly json: boolean; readonly watch: boolean };
}

/** What a thread says when it is done. */
export interface BuildAnswer {
  /** The packages that modules have imported: the next build loads them ahead of time. */
  readonly packages: readonly string[];
  /** Files of the user's own, and folders of skills, wherever they lie. */
  readonly places: readonly string[];
  /** What a thread shows whose job that is. */
  readonly view?: ProjectView;
  /** What keeps it from that, each as one text. */
  readonly errors?: readonly string[];
}

/** Builds now, and again whenever a source in the project changes, until the process is stopped. */
export function watch(sources: readonly string[], options: BuildInput["options"]): Promise<ExitCode> {
  return follow({ job: "build", sources, options: { ...options, watch: false } });
}

/** Does a job now, and again whenever a source in the project changes, until the process is stopped. Says each time what came of it. */
export async function follow(input: BuildInput, answered: (answer: BuildAnswer) => void = () => {}): Promise<ExitCode> {
  const { sources, options } = input;
  const stopped = new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
  const places = new Set<string>();
  const builds = new Builds(input, (answer) => {
    const added = answer.places.filter((each) => !places.has(each));
    for (const each of added) places.add(each);
    watcher.add(added);
    answered(answer);
  });
  const named = sources.filter((source) => /^[./\\]/.test(source)).map((source) => resolve(source));
  // Starts before the first build reads anything, so that no save is missed.
  const watcher = await watchSources([resolve(options.out), ...named], places, () => builds.request());
  builds.request();
  await stopped;
  await watcher.close();
  await builds.end();
  return 0;
}

/** Watches paths, and whatever is added to `places` and to the watcher. */
async function watchSources(
  paths: readonly string[],
  places: ReadonlySet<string>,
  changed: () => void,
): Promise<FSWatcher> {
  // chokidar watches alike on every platform: maintained, typed, one small dependency, no install script.
  const { watch: watchFiles } = await import("chokidar");
  const watcher = watchFiles([...paths], {
    ignoreInitial: true,
    ignored: (path, stats) => isIgnored(path, stats?.isFile() ?? false, places),
  });
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLED_AFTER);
  };
  watcher.on("all", settle);
  // If a file changes twice within 50 ms, "all" reports only the first. Raw events report all of them, but also
  // changes of files that are not sources.
  watcher.on("raw", (_, name, details) => {
    const { watchedPath = "" } = details as { readonly watchedPath?: string };
    const path = !name || basename(watchedPath) === name ? watchedPath : join(watchedPath, name);
    if (!isIgnored(path, true, places)) settle();
  });
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  return watcher;
}

/** Runs builds one after the other. Changes during a build cause one more. */
class Builds {
  readonly #input: BuildInput;
  readonly #answered: (answer: BuildAnswer) => void;
  #ready = new Builder([]);
  #current: Builder | undefined;
  #isWanted = false;
  #hasEnded = false;

  constructor(input: BuildInput, answered: (answer: BuildAnswer) => void) {
    this.#input = input;
    this.#answered = answered;
  }

  request(): void {
    this.#isWanted = true;
    if (this.#current === undefined) void this.#build();
  }

  async #build(): Promise<void> {
    while (this.#isWanted && !this.#hasEnded) {
      this.#isWanted = false;
      this.#current = this.#ready;
      const answer = await this.#current.build(this.#input);
      if (this.#hasEnded) break;
      this.#answered(answer);
      this.#ready = new Builder(answer.packages);
    }
    this.#current = undefined;
  }

  /** Ends at once, even in the middle of a build: the next run cleans up. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#current?.close();
    await this.#ready.close();
  }
}

/**
 * A thread that has loaded the compiler and packages, but no user modules, and builds once. Modules stay in a
 * thread's cache, so each build needs a new thread; made in advance, it costs no time.
 */
class Builder {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #beats = new Int32Array(new SharedArrayBuffer(4));
  #answer: BuildAnswer | undefined;
  #isClosed = false;

  constructor(packages: readonly string[]) {
    const here = import.meta.url;
    const url = here.endsWith(".ts") ? new URL("../../worker.ts", here) : new URL("./worker.js", here);
    this.#worker = new Worker(url, { workerData: { packages, beats: this.#beats } satisfies BuilderData });
    this.#worker.on("message", (answer) => {
      this.#answer = answer;
    });
    // An uncaught error in a source ends only this build.
    this.#worker.on("error", (error) => this.#say(`the build failed: ${messageOf(error)}`));
    this.#ended = new Promise((done) => this.#worker.once("exit", () => done()));
  }

  async build(input: BuildInput): Promise<BuildAnswer> {
    const seconds = Number(input.options.timeout);
    const timer = this.#watchBeats((seconds * 1000) / TICKS, () => {
      this.#say(`a module did not finish within ${seconds} seconds. If it needs longer, set --timeout`);
      void this.#worker.terminate();
    });
    this.#worker.postMessage(input);
    await this.#ended;
    clearInterval(timer);
    if (this.#answer === undefined && !this.#isClosed && !input.options.json) writeLine("watching");
    return this.#answer ?? { packages: [], places: [] };
  }

  /** The thread counts while it can. If the count stops, the thread is blocked. */
  #watchBeats(tick: number, late: () => void): NodeJS.Timeout {
    let seen = 0;
    let still = 0;
    return setInterval(() => {
      const now = Atomics.load(this.#beats, 0);
      still = now === seen && now > 0 ? still + 1 : 0;
      seen = now;
      if (still === TICKS) late();
    }, tick);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker.terminate();
  }

  #say(problem: string): void {
    if (!this.#isClosed) writeLine(`error: ${problem}.`, "stderr");
  }
}

/** Everything that is not a source: our own output is Markdown, or in a tool's folder. What a build has read is one, wherever it lies. */
function isIgnored(path: string, isFile: boolean, places: ReadonlySet<string>): boolean {
  if (places.has(path)) return false;
  const name = path.slice(path.lastIndexOf(sep) + 1);
  if (name === "node_modules" || name === LOCKFILE) return true;
  if (name.startsWith(".") && name !== ".") return true;
  return isFile && !SOURCE_ENDINGS.includes(extname(path)) && ![...places].some((each) => path.startsWith(each + sep));
}
