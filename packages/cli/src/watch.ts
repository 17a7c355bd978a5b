import { extname, resolve, sep } from "node:path";
import { CommandError } from "./command-error.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Options } from "./options.ts";
import { writeLine } from "./report.ts";

/** What a configuration or a persona may be made of. */
const SOURCE_ENDINGS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];

/** In milliseconds: an editor that saves several files should cause one build. */
const SETTLED_AFTER = 20;

/**
 * Runs a step now, and again whenever a source below the project changes, until the process is stopped. What goes wrong
 * is said, and the next change is awaited.
 */
export async function watch(
  sources: readonly string[],
  { out = "." }: Options,
  step: () => Promise<ExitCode>,
): Promise<ExitCode> {
  // chokidar watches alike on every platform: maintained, typed, one small dependency, no install script.
  const { watch: watchFiles } = await import("chokidar");
  const attempt = async (): Promise<void> => {
    const start = performance.now();
    try {
      await step();
      writeLine(`built in ${Math.round(performance.now() - start)} ms, watching`);
    } catch (error) {
      for (const line of CommandError.from(error).lines) process.stderr.write(`error: ${line}\n`);
    }
  };
  await attempt();
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const roots = [resolve(out), ...sources.filter((source) => /^[./\\]/.test(source)).map((source) => resolve(source))];
  const watcher = watchFiles(roots, {
    ignoreInitial: true,
    ignored: (path, stats) => isIgnored(path, stats?.isFile() ?? false),
  });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(attempt);
    }, SETTLED_AFTER);
  });
  await new Promise((stop) => process.once("SIGINT", stop).once("SIGTERM", stop));
  await watcher.close();
  await running;
  return 0;
}

/** Everything that is no source: what we write is Markdown, or stands in a tool's folder. */
function isIgnored(path: string, isFile: boolean): boolean {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  if (name === "node_modules" || name === "personakit.lock.json") return true;
  if (name.startsWith(".") && name !== ".") return true;
  return isFile && !SOURCE_ENDINGS.includes(extname(path));
}
