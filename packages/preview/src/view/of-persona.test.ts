import { compile, definePersona, drop, must, section, should } from "@personakit/core";
import { targets } from "@personakit/targets";
import { expect, test } from "vitest";
import { viewOf } from "./of-persona.ts";

const BASE = definePersona({
  ...{ id: "base", title: "Base", role: "You build APIs.", version: "1.0.0" },
  description: { does: "Builds.", when: "Use it to build.", notFor: "Not to plan." },
  use: [
    section({
      id: "input",
      title: "Input",
      rules: {
        check: must("Check the input.", { why: "It is not yours.", enforcedBy: "zod" }),
        log: should("Log the call."),
        cache: should("Cache the answer."),
      },
    }),
  ],
});

function viewOfOurs() {
  const ours = BASE.extend({
    id: "ours",
    rules: { input: { check: must("Check all input."), cache: drop("The gateway caches.") } },
  });
  const document = compile(ours);
  const target = targets.find(({ id }) => id === "claude-agent");
  if (target === undefined) throw new Error("no target");
  const { artifacts, fidelity } = target.compile(document);
  const own = artifacts.map((artifact) => ({ ...artifact, targets: [target.id] }));
  return viewOf({ document, source: "./ours.ts", artifacts: own, fidelity: [[target.id, fidelity]] });
}

test("every line of a file leads to what it comes from, as the compiler says it", () => {
  const { files, origins } = viewOfOurs();
  const [file] = files;
  const line = file?.lines.indexOf("- Check all input.") ?? -1;
  const origin = origins[file?.from[line] ?? -1];
  expect(origin).toMatchObject({
    ...{ path: "input/check", unit: "input", section: "Input", kind: "must", strength: "must" },
    text: "must: Check all input.",
    changed: { by: "ours", before: "must: Check the input." },
  });
  expect(file?.from).toHaveLength(file?.lines.length ?? 0);
  // What the base says of its own rule does not hold of another one.
  expect(origin?.why).toBeUndefined();
});

test("what was taken out is there with its reason, and on no line", () => {
  const { files, dropped } = viewOfOurs();
  expect(dropped).toEqual([
    { path: "input/cache", by: "ours", reason: "The gateway caches.", text: "should: Cache the answer." },
  ]);
  expect(files[0]?.lines.join("\n")).not.toContain("Cache the answer.");
});

test("the costs of a file are those of all of its lines, the largest first", () => {
  const { files, origins } = viewOfOurs();
  const costs = files[0]?.costs ?? [];
  expect(new Set(costs.map(([origin]) => origin))).toEqual(new Set(files[0]?.from));
  expect(costs.map(([, size]) => size)).toEqual(costs.map(([, size]) => size).toSorted((a, b) => b - a));
  expect(origins[costs[0]?.[0] ?? -1]?.path).toBe("ours");
});
