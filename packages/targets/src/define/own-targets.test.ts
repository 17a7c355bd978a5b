import { expect, test, vi } from "vitest";

test("our own targets are as those of others have to be", async () => {
  // Another test may have loaded them already, and the next one must not get these.
  vi.resetModules();
  vi.doMock("./define-target.ts", async (original) => {
    const module = await original<typeof import("./define-target.ts")>();
    return { ...module, ownTarget: module.defineTarget };
  });
  try {
    const { targets } = await import("../registry.ts");
    expect(targets.length).toBeGreaterThan(10);
  } finally {
    vi.doUnmock("./define-target.ts");
    vi.resetModules();
  }
});
