import { once } from "node:events";
import * as module from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { COMMANDS, runAction, writeLine } from "./src/loaded.ts";

// A thread of `build --watch`: it waits with the compiler and the packages loaded, builds once, and ends. It answers with
// the packages that the user's modules have imported, for the next thread to load ahead of time.
const command = COMMANDS.find(({ name }) => name === "build");
if (parentPort !== null && command !== undefined) {
  await Promise.allSettled((workerData as readonly string[]).map((url) => import(url)));
  const packages = new Set<string>(workerData as readonly string[]);
  // From Node 22.15. Before, the packages are loaded anew for each build.
  module.registerHooks?.({
    resolve(specifier, context, next) {
      const result = next(specifier, context);
      if (isPackage(result.url) && !isPackage(context.parentURL ?? "")) packages.add(result.url);
      return result;
    },
  });
  const [{ sources, options }] = await once(parentPort, "message");
  const start = performance.now();
  const code = await runAction({ command, args: sources, options });
  const time = Math.round(performance.now() - start);
  if (!options.json) writeLine(code === 0 ? `built in ${time} ms, watching` : "watching");
  parentPort.postMessage([...packages]);
  parentPort.close();
}

function isPackage(url: string): boolean {
  return url.includes("/node_modules/");
}
