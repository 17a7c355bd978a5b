#!/usr/bin/env node
import * as module from "node:module";

// From Node 22.8: what is compiled once is not compiled again in the next run.
module.enableCompileCache?.();

// A module of the user's may replace it.
const exit = process.exit.bind(process);

process.stdout.on("error", ({ code, message }: Error & { code?: string }) => {
  // A reader such as `head` may close the pipe before everything is written.
  if (code === "EPIPE") exit(process.exitCode);
  process.stderr.write(`error: standard output cannot be written: ${message}.\n`);
  exit(2);
});

try {
  const { run } = await import("./src/run.ts");
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  // Only an installation that is not whole gets here: everything else is said by the command.
  process.stderr.write(`error: PersonaKit could not be loaded: ${error instanceof Error ? error.message : error}.\n`);
  process.exitCode = 2;
}
