import { parentPort, workerData } from "node:worker_threads";
import { guardUserCode } from "./src/guard/user-code.ts";
import { CommandError } from "./src/issues/command-error.ts";
import { type Compilation, type CompilerData, compileAgain } from "./src/project/compile-again.ts";

// A thread that compiles a project once more: modules that have changed since stay in the cache of the thread that has loaded them.
const { sources, options, seconds } = workerData as CompilerData;
guardUserCode({ format: "json", seconds });
let answer: Compilation;
try {
  answer = await compileAgain(sources, options);
} catch (error) {
  const { issues } = CommandError.known(error) ?? CommandError.internal(error);
  answer = { issues };
}
parentPort?.postMessage(answer);
