import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { exclusively } from "../disk/lock.ts";
import { CommandError } from "../issues/command-error.ts";
import { proposeTyped } from "./propose-typed.ts";
import { replaceSources, writeReplaced } from "./replace-sources.ts";

/** What a thread should put modules in the place of. */
export interface Replacing {
  readonly folder: string;
  readonly paths: readonly string[];
  /** Replaced in the modules once they are proposed. */
  readonly said?: readonly [before: string, after: string];
}

// A thread, because the guard around modules that are loaded stays in the process's output.
const { folder, paths, said: [before, after] = ["", ""] } = workerData as Replacing;
const proposed = await proposeTyped(
  folder,
  paths.map((path) => join(folder, path)),
  { ending: "ts", strengths: false },
);
const replacement = await replaceSources(folder, proposed);
const { change } = replacement;
const modules = proposed.map((module) => ({ ...module, text: module.text.replace(before, after) }));
try {
  if (change !== undefined) {
    await exclusively(folder, "import", (held) => writeReplaced(held, modules, { ...replacement, change }, 30));
  }
  parentPort?.postMessage([]);
} catch (error) {
  parentPort?.postMessage(CommandError.from(error).issues.map(({ code, place }) => [code, place]));
}
