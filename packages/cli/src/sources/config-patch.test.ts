import { drop, markdown, may, must, point, should } from "@personakit/core";
import { expect, test } from "vitest";
import type { CommandError } from "../issues/command-error.ts";
import { patchFromJson } from "./config-patch.ts";

test("short forms become what the builder makes", () => {
  const patch = {
    id: "mine",
    params: { topic: { limit: 5 } },
    rules: {
      topic: {
        a: { must: "A.", why: "Ours." },
        b: { should: "B.", enforcedBy: ["biome"] },
        c: { may: "C." },
        d: { drop: "No cookies." },
        e: { point: "E.", style: "steps", items: ["one", { text: "two", items: ["three"] }] },
        f: { markdown: "> F.", blank: 0 },
      },
      other: { drop: "GraphQL only." },
    },
    addRules: { ledger: { after: "topic/a", rule: { should: "Write to the ledger." } } },
  };
  expect(patchFromJson(patch, "extend")).toEqual({
    id: "mine",
    params: { topic: { limit: 5 } },
    rules: {
      topic: {
        a: must("A.", { why: "Ours." }),
        b: should("B.", { enforcedBy: ["biome"] } as object),
        c: may("C."),
        d: drop("No cookies."),
        e: point("E.", { style: "steps", items: ["one", { text: "two", items: ["three"] }] }),
        f: markdown("> F.", { blank: 0 }),
      },
      other: drop("GraphQL only."),
    },
    addRules: { ledger: { after: "topic/a", rule: should("Write to the ledger.") } },
  });
});

test("what the builder has made stays as it is", () => {
  const rules = { topic: { a: must("A."), b: () => must("B.") }, other: drop("No.") };
  expect(patchFromJson({ id: "mine", rules }, "extend")).toEqual({ id: "mine", rules });
});

test.each([
  ["rules.topic.a", { rules: { topic: { a: "A." } } }, "this is not a change to a rule"],
  ["rules.topic.a", { rules: { topic: { a: {} } } }, "this is not a change to a rule"],
  ["rules.topic.a", { rules: { topic: { a: { must: 1 } } } }, "this is not a change to a rule"],
  ["rules.topic.a", { rules: { topic: { a: null } } }, "this is not a change to a rule"],
  ["rules.topic", { rules: { topic: "A." } }, "this is not a change to a rule"],
  ["rules.topic.a", { rules: { topic: { a: { must: "A.", should: "B." } } } }, "this is two things: must and should"],
  ["rules.topic.a", { rules: { topic: { a: { drop: "x", must: "y" } } } }, "this is two things: drop and must"],
  ["rules.topic", { rules: { topic: { drop: "x", must: "y" } } }, "this is two things: drop and must"],
  ["rules.topic.a", { rules: { topic: { a: { must: "A.", evidnce: [] } } } }, 'there is no option "evidnce"'],
  ["rules.topic.a", { rules: { topic: { a: { drop: "x", why: "y" } } } }, 'there is no option "why"'],
  ["rules.topic.a", { rules: { topic: { a: { markdown: "x", items: [] } } } }, 'there is no option "items"'],
  ["rules.topic.a", { rules: { topic: { a: { shold: "A." } } } }, 'there is no option "shold"'],
  ["addRules.b.rule", { addRules: { b: { rule: {} } } }, "this is not a change to a rule"],
])("at %s is refused: %j", (place, patch, problem) => {
  const issue = expect.objectContaining({ code: "invalid-configuration", place: `extend, ${place}`, problem });
  expect(() => patchFromJson(patch, "extend")).toThrow(expect.objectContaining({ issues: [issue] }));
});

test("everything that is wrong is said at once, with the nearest option", () => {
  const rules = { topic: { a: "A.", b: { must: "B.", evidnce: [] } } };
  try {
    patchFromJson({ rules }, "extend");
    expect.unreachable();
  } catch (error) {
    const { issues } = error as CommandError;
    expect(issues).toHaveLength(2);
    expect(issues[1]).toMatchObject({ hint: 'Did you mean "evidence"?', subject: "evidnce" });
  }
});
