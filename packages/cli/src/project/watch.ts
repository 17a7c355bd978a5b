import { extname, resolve, sep } from "node:path";
import { Worker } from "node:worker_threads";
import type { FSWatcher } from "chokidar";
import { LOCKFILE } from "../disk/lockfile.ts";
import { type ExitCode, messageOf } from "../issues/command-error.ts";
import { writeLine } from "../output/terminal.ts";

/** What a configuration or a persona may be made of. */
const SOURCE_ENDINGS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];

/** In milliseconds: an editor that saves several files should cause one build. */
const SETTLED_AFTER = 20;

/** How many times a thread must not have moved before it is ended. */
const TICKS = 20;

/** What a thread is told when it starts. */
export interface BuilderData {
  readonly packages: readonly string[];
  /** It counts here while nothing holds it up. */
  readonly beats: Int32Array<SharedArrayBuffer>;
}

/** What a thread is told to build. */
export interface BuildInput {
  readonly sources: readonly string[];
  readonly options: { readonly out: string; readonly timeout: string; readonly json: boolean; readonly watch: boolean };
}

/** Builds now, and again whenever a source below the project changes, until the process is stopped. */
export async function watch(sources: readonly string[], options: BuildInput["options"]): Promise<ExitCode> {
  const stopped = new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
  const builds = new Builds({ sources, options: { ...options, watch: false } });
  const named = sources.filter((source) => /^[./\\]/.test(source)).map((source) => resolve(source));
  // Before the first build reads anything: what is saved from now on is seen.
  const watcher = await watchSources([resolve(options.out), ...named], () => builds.request());
  builds.request();
  await stopped;
  await watcher.close();
  await builds.end();
  return 0;
}

async function watchSources(paths: readonly string[], changed: () => void): Promise<FSWatcher> {
  // chokidar watches alike on every platform: maintained, typed, one small dependency, no install script.
  const { watch: watchFiles } = await import("chokidar");
  const watcher = watchFiles([...paths], {
    ignoreInitial: true,
    ignored: (path, stats) => isIgnored(path, stats?.isFile() ?? false),
  });
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLED_AFTER);
  };
  watcher.on("all", settle);
  // Of two changes of a file within 50 ms, "all" tells only the first. The system's own events are all of them, and also
  // those of files that are no sources.
  watcher.on("raw", (_, name, details) => {
    const { watchedPath = "" } = details as { readonly watchedPath?: string };
    if (!isIgnored(name || watchedPath, true)) settle();
  });
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  return watcher;
}

/** Builds one after the other: of what changes during a build, one more is made. */
class Builds {
  readonly #input: BuildInput;
  #ready = new Builder([]);
  #current: Builder | undefined;
  #isWanted = false;
  #hasEnded = false;

  constructor(input: BuildInput) {
    this.#input = input;
  }

  request(): void {
    this.#isWanted = true;
    if (this.#current === undefined) void this.#build();
  }

  async #build(): Promise<void> {
    while (this.#isWanted && !this.#hasEnded) {
      this.#isWanted = false;
      this.#current = this.#ready;
      const packages = await this.#current.build(this.#input);
      if (!this.#hasEnded) this.#ready = new Builder(packages);
    }
    this.#current = undefined;
  }

  /** Ends at once, also in the middle of a build: what is half written, the next one finishes. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#current?.close();
    await this.#ready.close();
  }
}

/**
 * A thread with the compiler and the packages loaded, and none of the user's modules: it builds once. Modules stay in a
 * thread's cache, so that each build needs a new one; made before it is needed, it costs no time.
 */
class Builder {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #beats = new Int32Array(new SharedArrayBuffer(4));
  #answer: readonly string[] | undefined;
  #isClosed = false;

  constructor(packages: readonly string[]) {
    const here = import.meta.url;
    const url = here.endsWith(".ts") ? new URL("../../worker.ts", here) : new URL("./worker.js", here);
    this.#worker = new Worker(url, { workerData: { packages, beats: this.#beats } satisfies BuilderData });
    this.#worker.on("message", (answer) => {
      this.#answer = answer;
    });
    // A source that fails where nothing catches it ends only this build.
    this.#worker.on("error", (error) => this.#say(`the build failed: ${messageOf(error)}`));
    this.#ended = new Promise((done) => this.#worker.once("exit", () => done()));
  }

  /** Returns the packages to load for the next build. */
  async build(input: BuildInput): Promise<readonly string[]> {
    const seconds = Number(input.options.timeout);
    const timer = this.#watchBeats((seconds * 1000) / TICKS, () => {
      this.#say(`a module did not finish within ${seconds} seconds. If it needs longer, set --timeout`);
      void this.#worker.terminate();
    });
    this.#worker.postMessage(input);
    await this.#ended;
    clearInterval(timer);
    if (this.#answer === undefined && !this.#isClosed && !input.options.json) writeLine("watching");
    return this.#answer ?? [];
  }

  /** The thread counts while it can; one that has begun and stands still is held up. */
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

/** Everything that is no source: what we write is Markdown, or stands in a tool's folder. */
function isIgnored(path: string, isFile: boolean): boolean {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  if (name === "node_modules" || name === LOCKFILE) return true;
  if (name.startsWith(".") && name !== ".") return true;
  return isFile && !SOURCE_ENDINGS.includes(extname(path));
}
