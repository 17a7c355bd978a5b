#!/usr/bin/env node
import * as module from "node:module";

// From Node 22.8: what is compiled once is not compiled again in the next run.
module.enableCompileCache?.();

// A reader such as `head` may close the pipe before everything is written.
process.stdout.on("error", (error: Error & { code?: string }) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(process.exitCode);
});

try {
  const { run } = await import("./src/run.ts");
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}
