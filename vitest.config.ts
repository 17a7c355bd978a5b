import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "test/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    // Much of a test is waiting: for a disk, a registry, a lock, or a command that waits for them. One file more fills the gaps.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    reporters: ["default", "./test/summary-reporter.ts"],
  },
});
