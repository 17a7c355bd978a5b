#!/usr/bin/env node
import { run } from "./src/run.ts";

// A reader such as `head` may close the pipe before everything is written.
process.stdout.on("error", (error: Error & { code?: string }) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(process.exitCode);
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}
