import { expect, test } from "vitest";
import { describeFidelity, describeLosses, Losses, type PlannedFidelity } from "./fidelity.ts";

const entry = (
  feature: PlannedFidelity["feature"],
  status: PlannedFidelity["status"],
  reason?: string,
  place: Partial<PlannedFidelity> = {},
): PlannedFidelity => ({
  ...{ feature, status, persona: "one", target: "claude-agent" },
  ...(reason === undefined ? {} : { reason }),
  ...place,
});

test("each persona and target has one line: how much is kept, and what became of the rest", () => {
  const lines = describeFidelity([
    entry("body", "kept"),
    entry("model", "dropped", "Cursor inherits it", { target: "cursor-agent" }),
    entry("description", "kept"),
    entry("tools", "mapped", "into words"),
  ]);
  expect(lines).toEqual([
    { place: "one, claude-agent", outcome: "2 kept, tools mapped (into words)" },
    { place: "one, cursor-agent", outcome: "0 kept, model dropped (Cursor inherits it)" },
  ]);
});

test.each([
  ["kept", []],
  ["mapped", []],
  ["elsewhere", []],
  ["degraded", [{ place: "one, claude-agent", outcome: "model degraded (why)" }]],
  ["dropped", [{ place: "one, claude-agent", outcome: "model dropped (why)" }]],
] as const)("of what is %s, the losses are %j", (status, losses) => {
  expect(describeLosses([entry("body", "kept"), entry("model", status, "why")])).toEqual(losses);
});

test("losses are added up over personas, target by target", () => {
  const losses = new Losses();
  const one = { id: "one" };
  const own = [entry("color", "dropped", "b"), entry("body", "kept")];
  const skill = [entry("model", "dropped", "a"), entry("model", "dropped", "another reason")];
  losses.add({
    document: one,
    fidelity: [
      ["agent-skill", skill.slice(0, 1)],
      ["claude-agent", own],
    ],
  });
  const mapped = [entry("paths", "mapped", "c")];
  losses.add({
    document: { id: "two" },
    fidelity: [
      ["agent-skill", skill.slice(0, 1)],
      ["claude-agent", mapped],
    ],
  });
  losses.add({ document: one, fidelity: [["agent-skill", skill.slice(1)]] });
  expect(losses.all()).toEqual([
    { target: "agent-skill", feature: "model", reason: "a", persona: "one", personas: 2 },
    { target: "agent-skill", feature: "model", reason: "another reason", persona: "one", personas: 1 },
    { target: "claude-agent", feature: "color", reason: "b", persona: "one", personas: 1 },
  ]);
});
