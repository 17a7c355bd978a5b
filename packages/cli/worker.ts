import { once } from "node:events";
import { parentPort } from "node:worker_threads";
import { build } from "./src/commands/build.ts";
import { runAction } from "./src/run-action.ts";

// A thread of `build --watch`: it waits with the compiler loaded, builds once, and ends.
if (parentPort !== null) {
  const [{ sources, options }] = await once(parentPort, "message");
  const start = performance.now();
  const code = await runAction(() => build(sources, options), options);
  const time = Math.round(performance.now() - start);
  if (!options.json) process.stdout.write(code === 0 ? `built in ${time} ms, watching\n` : "watching\n");
  parentPort.close();
}
