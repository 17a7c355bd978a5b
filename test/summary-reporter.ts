import type { Reporter, TestModule } from "vitest/node";

/** Closes a run with one plain line that any CI can read: "571 passed, 0 failed, 2 skipped". */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      if (module.state() === "failed" && module.children.size === 0) counts.failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== "pending") counts[state]++;
      }
    }
    const skipped = counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`;
    // After the default reporter's own summary, which it writes when this event's handlers are done.
    process.on("exit", () => console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`));
  }
}
