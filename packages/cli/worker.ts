import { once } from "node:events";
import * as module from "node:module";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Ask } from "@personakit/preview";
import { COMMANDS } from "./src/commands.ts";
import { guardUserCode, leave } from "./src/guard/user-code.ts";
import { type ExitCode, messageOf } from "./src/issues/command-error.ts";
import { writeLine } from "./src/output/terminal.ts";
import { answerCompilation, type CompilerData } from "./src/project/compile-again.ts";
import type { Answered, BuildAnswer, BuilderData, BuildInput, Question } from "./src/project/watch.ts";
import { runAction } from "./src/run-action.ts";
import { loadedPlaces } from "./src/sources/own-file.ts";
import type { Command } from "./src/usage/define-command.ts";

/** In milliseconds: well below the twentieth part of any time limit that makes sense. */
const BEAT = 20;

// A thread of `build --watch`: it waits with the compiler and the packages loaded, builds once, and ends. It answers with
// the packages that the user's modules have imported, for the next thread to load ahead of time, and with the files to watch.
// One of `preview` stays after that, and answers what the page asks.
// Or one of `override`: it compiles once more what the thread that has started it has in its cache as it was before.
const data = workerData as BuilderData | CompilerData;
const command = await COMMANDS.build?.();
if (parentPort !== null && "sources" in data) await answerCompilation(data, parentPort);
else if (parentPort !== null && command !== undefined) {
  const { packages: known, beats } = data as BuilderData;
  await Promise.allSettled(known.map((url) => import(url)));
  const packages = new Set<string>(known);
  // From Node 22.15. Before, the packages are loaded anew for each build.
  module.registerHooks?.({
    resolve(specifier, context, next) {
      const result = next(specifier, context);
      if (isPackage(result.url) && !isPackage(context.parentURL ?? "")) packages.add(result.url);
      return result;
    },
  });
  const [first] = await once(parentPort, "message");
  const input = first as BuildInput;
  const beat = () => Atomics.add(beats, 0, 1);
  beat();
  setInterval(beat, BEAT).unref();
  const { code, errors } = await (input.job === "view" ? viewed(input, parentPort) : built(input, command));
  // What has failed may have been a package: it is not loaded ahead of time, where nothing would say why.
  const read = { packages: code === 0 ? [...packages] : [], places: [...loadedPlaces] };
  parentPort.postMessage({ ...read, ...(errors === undefined ? {} : { errors }) } satisfies BuildAnswer);
  if (input.job === "build") {
    parentPort.close();
    await leave(code);
  }
}

interface Done {
  readonly code: ExitCode;
  readonly errors?: readonly string[];
}

async function built({ sources, options }: BuildInput, command: Command): Promise<Done> {
  const start = performance.now();
  const code = await runAction({ command, args: sources, options });
  const time = Math.round(performance.now() - start);
  if (!options.json) writeLine(code === 0 ? `built in ${time} ms, watching` : "watching");
  return { code };
}

async function viewed({ sources, options }: BuildInput, port: MessagePort): Promise<Done> {
  const { openView } = await import("./src/preview/answers.ts");
  guardUserCode({ format: "text", seconds: Number(options.timeout) });
  let answer: Ask | undefined;
  const hear = (ask: Ask) => {
    // Not before there is something to ask for: who listens stays, even where a module waits for nothing.
    if (answer === undefined) port.on("message", reply);
    answer = ask;
  };
  const reply = async ({ question, kind, name, given }: Question) => {
    try {
      port.postMessage({ question, value: await answer?.(kind, name, given) } satisfies Answered);
    } catch (error) {
      port.postMessage({ question, problem: messageOf(error) } satisfies Answered);
    }
  };
  const view = await openView(sources, options, (ask) => {
    hear(ask);
    port.postMessage({ packages: [], places: [], isFirst: true } satisfies BuildAnswer);
  });
  if ("errors" in view) return { code: 2, errors: view.errors };
  hear(view.ask);
  return { code: 0 };
}

function isPackage(url: string): boolean {
  return url.includes("/node_modules/");
}
