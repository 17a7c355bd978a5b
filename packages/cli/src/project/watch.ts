import { extname, resolve, sep } from "node:path";
import { Worker } from "node:worker_threads";
import { LOCKFILE } from "../disk/lockfile.ts";
import type { ExitCode } from "../issues/command-error.ts";
import { writeLine } from "../output/terminal.ts";

/** What a configuration or a persona may be made of. */
const SOURCE_ENDINGS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];

/** In milliseconds: an editor that saves several files should cause one build. */
const SETTLED_AFTER = 20;

/** Builds now, and again whenever a source below the project changes, until the process is stopped. */
export async function watch(sources: readonly string[], options: { readonly out: string }): Promise<ExitCode> {
  // chokidar watches alike on every platform: maintained, typed, one small dependency, no install script.
  const { watch: watchFiles } = await import("chokidar");
  const input = { sources, options: { ...options, watch: false } };
  const first = new Builder([]);
  let packages = await first.build(input);
  let ready = new Builder(packages);
  let running = Promise.resolve();
  const again = () => {
    running = running.then(async () => {
      packages = await ready.build(input);
      ready = new Builder(packages);
    });
  };
  const named = sources.filter((source) => /^[./\\]/.test(source)).map((source) => resolve(source));
  const watcher = watchFiles([resolve(options.out), ...named], {
    ignoreInitial: true,
    ignored: (path, stats) => isIgnored(path, stats?.isFile() ?? false),
  });
  let timer: NodeJS.Timeout | undefined;
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(again, SETTLED_AFTER);
  });
  await new Promise((stop) => process.once("SIGINT", stop).once("SIGTERM", stop));
  await watcher.close();
  await running;
  await ready.close();
  return 0;
}

/**
 * A thread with the compiler and the packages loaded, and none of the user's modules: it builds once. Modules stay in a
 * thread's cache, so that each build needs a new one; made before it is needed, it costs no time.
 */
class Builder {
  readonly #worker: Worker;

  constructor(packages: readonly string[]) {
    const here = import.meta.url;
    const url = here.endsWith(".ts") ? new URL("../../worker.ts", here) : new URL("./worker.js", here);
    this.#worker = new Worker(url, { workerData: packages });
  }

  /** Returns the packages that were loaded. */
  async build(input: object): Promise<readonly string[]> {
    let packages: readonly string[] = [];
    this.#worker.on("message", (answer) => {
      packages = answer;
    });
    // A source that throws later, or ends the process, ends only its thread.
    this.#worker.on("error", (error) => writeLine(`error: a source has failed: ${error.message}`, "stderr"));
    const ended = new Promise((done) => this.#worker.once("exit", done));
    this.#worker.postMessage(input);
    await ended;
    return packages;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Everything that is no source: what we write is Markdown, or stands in a tool's folder. */
function isIgnored(path: string, isFile: boolean): boolean {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  if (name === "node_modules" || name === LOCKFILE) return true;
  if (name.startsWith(".") && name !== ".") return true;
  return isFile && !SOURCE_ENDINGS.includes(extname(path));
}
