import { compile, defineFragment, definePersona, drop, md, must, should, snapshotOfFragment } from "@personakit/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { fragmentSummaryOf, fragmentViewOf } from "./of-fragment.ts";

const QUEUES = defineFragment({
  ...{ id: "queues", version: "1.2.0", title: "Queues", summary: "How work waits." },
  params: {
    retries: z.number().int().default(3).describe("How often work is tried again."),
    kind: z.enum(["sqs", "sns"]).default("sqs"),
  },
  rules: {
    retry: ({ retries }) => must(md`Retry ${retries} times.`, { why: "Networks fail." }),
    visible: ({ kind }) => (kind === "sns" ? should("Set a filter.") : undefined),
    dead: should("Keep dead letters.", { deprecated: { reason: "The queue does it." } }),
  },
  decides: ({ retries }) => ({ "queues.retries": retries }),
});

const ABOUT = { title: "One", role: "You build.", description: { does: "Builds.", when: "Always.", notFor: "" } };
const ALONE = definePersona({ id: "alone", ...ABOUT, use: [QUEUES] });
const OURS = definePersona({ id: "ours", ...ABOUT, use: [QUEUES.with({ retries: 5 })] }).extend({
  id: "changed",
  rules: { queues: { retry: must("Never give up."), dead: drop("We look at them at once.") } },
});

const USERS = [{ document: compile(OURS), values: { retries: 5, kind: "sqs" } }];
const ABOUT_QUEUES = { id: "queues", version: "1.2.0" };

test("a whole fragment has all of its rules, whatever its users make of them, its parameters and its users", () => {
  const whole = { summary: QUEUES.summary, document: compile(ALONE), snapshot: snapshotOfFragment(QUEUES) };
  const fragment = { ...ABOUT_QUEUES, package: "@acme/queues", whole, users: USERS };
  expect(fragmentViewOf(fragment)).toEqual({
    ...{ ...ABOUT_QUEUES, package: "@acme/queues", title: "Queues", summary: "How work waits." },
    tokens: expect.any(Number),
    rules: [
      { id: "retry", kind: "must", strength: "must", text: "Retry 3 times.", why: "Networks fail." },
      {
        ...{ id: "dead", kind: "should", strength: "should", text: "Keep dead letters." },
        deprecated: expect.stringContaining("The queue does it"),
      },
      { id: "visible", kind: "should", text: "Set a filter.", stands: "when kind is sns" },
    ],
    params: [
      { name: "retries", about: "How often work is tried again.", default: "3", takes: ["integer"] },
      { name: "kind", about: "", default: '"sqs"', takes: ['"sqs"', '"sns"'] },
    ],
    decisions: [["queues.retries", "3"]],
    users: [
      {
        ...{ id: "changed", version: "1.2.0", values: [["retries", "5"]] },
        changes: [
          { rule: "retry", by: "changed", text: "must: Never give up.", isDropped: false },
          { rule: "dead", by: "changed", text: "We look at them at once.", isDropped: true },
        ],
      },
    ],
  });
  expect(fragmentSummaryOf(fragment)).toMatchObject({ rules: ["retry", "dead", "visible"], users: 1 });
});

test("where only a compiled persona has a fragment, it says what it has taken in, replaced and taken out", () => {
  const { rules, params, summary, title } = fragmentViewOf({ ...ABOUT_QUEUES, users: USERS });
  expect(rules.map(({ id, text }) => [id, text])).toEqual([
    ["retry", "Retry 5 times."],
    ["dead", "Keep dead letters."],
  ]);
  expect([title, summary, params]).toEqual(["Queues", "", []]);
});
