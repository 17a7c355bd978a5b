import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "test/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    // Most of a test is waiting for the command that it runs: a core for each file is better than one core left free.
    maxWorkers: "100%",
    testTimeout: 60_000,
    reporters: ["default", "./test/summary-reporter.ts"],
  },
});
