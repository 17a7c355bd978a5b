#!/usr/bin/env node
import { cacheCompiledCode } from "./src/compile-cache.ts";

// The real one: while a module of the user's is loaded, nobody else ends the process.
const { reallyExit } = process as unknown as { reallyExit(code: number): never };

let code = 0;
// What never settles would end with Node's own code, 13.
process.exitCode = 2;

const listen = (stdout: NodeJS.WriteStream) =>
  stdout.on("error", ({ code: cause, message }: Error & { code?: string }) => {
    // A reader such as `head` may close the pipe before everything is written.
    if (cause === "EPIPE") reallyExit.call(process, code);
    process.stderr.write(`error: standard output cannot be written: ${message}.\n`);
    reallyExit.call(process, 2);
  });

const args = process.argv.slice(2);
const [first = ""] = args;
// A command need not load the answers.
const answers = args.length === 1 && /^(?:-|help$)/.test(first) ? await import("./src/answers.ts") : undefined;
const answer = answers?.ANSWERS.get(first);
if (answer === undefined) {
  cacheCompiledCode();
  try {
    const { run, written } = await import("./src/run.ts");
    code = await run(args, listen);
    // Left to itself, the process would first collect what it no longer needs.
    process.exit(await written(code));
  } catch (error) {
    // Only an installation that is not whole gets here: everything else is said by the command.
    code = 2;
    process.stderr.write(`error: PersonaKit could not be loaded: ${error instanceof Error ? error.message : error}.\n`);
  }
} else {
  listen(process.stdout).write(answer);
}
process.exitCode = code;
