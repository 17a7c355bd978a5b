import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: "test/temporary.ts",
    pool: "threads",
    isolate: false,
    // Much of a test is waiting: for a disk, a registry, a lock, or a command that waits for them. One file more fills the gaps.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    // They only end what hangs: a busy machine takes several times as long as a quiet one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default", "./test/summary-reporter.ts"],
  },
});
