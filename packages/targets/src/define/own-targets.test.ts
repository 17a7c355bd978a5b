import { expect, test, vi } from "vitest";

vi.mock("./define-target.ts", async (original) => {
  const module = await original<typeof import("./define-target.ts")>();
  return { ...module, ownTarget: module.defineTarget };
});

test("our own targets are as those of others have to be", async () => {
  const { targets } = await import("../registry.ts");
  expect(targets.length).toBeGreaterThan(10);
});
