import { expect, test } from "vitest";
import { describeFidelity, type PlannedFidelity } from "./fidelity.ts";

const entry = (
  feature: PlannedFidelity["feature"],
  status: PlannedFidelity["status"],
  reason?: string,
  target = "claude-agent",
): PlannedFidelity => ({ feature, status, ...(reason === undefined ? {} : { reason }), persona: "one", target });

test("each persona and target has one line: how much is kept, and what became of the rest", () => {
  const lines = describeFidelity([
    entry("body", "kept"),
    entry("model", "dropped", "Cursor inherits it", "cursor-agent"),
    entry("description", "kept"),
    entry("tools", "mapped", "into words"),
  ]);
  expect(lines).toEqual([
    { place: "one, claude-agent", outcome: "2 kept, tools mapped (into words)", lossy: false },
    { place: "one, cursor-agent", outcome: "0 kept, model dropped (Cursor inherits it)", lossy: true },
  ]);
});

test.each([
  ["kept", false],
  ["mapped", false],
  ["degraded", true],
  ["dropped", true],
] as const)("what is %s is a loss: %s", (status, lossy) => {
  expect(describeFidelity([entry("body", "kept"), entry("model", status, "why")])).toMatchObject([{ lossy }]);
});
