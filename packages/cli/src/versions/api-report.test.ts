import type { Snapshot } from "@personakit/core";
import { expect, test } from "vitest";
import { apiReport } from "./api-report.ts";

const snapshot: Snapshot = {
  rules: {
    "topic/long": "must: One two three\nfour five six seven eight nine ten eleven.",
    "topic/short": "may: Cache it.",
  },
  about: { title: "Topic", triggers: ["api", "sql"], list: "", layout: "topic/long topic/short" },
};

/** The line of a rule, without its fingerprint. */
const ruleLines = (report: string) =>
  report
    .split("\n")
    .flatMap((line) => line.match(/^- \w+ \S+ [0-9a-f]{8}: .*$/)?.[0].replace(/ [0-9a-f]{8}:/, ":") ?? []);

test("each rule is a line with its first ten words, in the order of the document", () => {
  expect(ruleLines(apiReport("@acme/topic", snapshot))).toEqual([
    "- must topic/long: One two three four five six seven eight nine ten ...",
    "- may topic/short: Cache it.",
  ]);
});

test("a change behind the shown words shows in the fingerprint, and in no other line", () => {
  const changed = { ...snapshot, rules: { ...snapshot.rules, "topic/long": `${snapshot.rules["topic/long"]} More.` } };
  const [before, after] = [snapshot, changed].map((each) => apiReport("@acme/topic", each).split("\n"));
  const different = before?.filter((line, index) => line !== after?.[index]);
  expect(different).toEqual([expect.stringMatching(/^- must topic\/long /)]);
});

test("what else is promised follows: what there is, and not the layout", () => {
  const report = apiReport("@acme/topic", snapshot);
  expect(report.split("\n").slice(-4)).toEqual(["", "- title: Topic", "- triggers: api, sql", ""]);
  expect(report).toMatch(/^# What @acme\/topic promises\n/);
});

test("below a rule stands when it stands, why it will go and what it was called", () => {
  const report = apiReport("@acme/topic", {
    ...snapshot,
    standing: { "topic/long": [{ queue: ["sqs"], fifo: [true] }] },
    deprecated: { "topic/long": "Nobody needs it. Use topic/short instead." },
    renamed: { "topic/older": "topic/long", "topic/oldest": "topic/long", before: "topic" },
  });
  const lines = report.split("\n");
  const at = lines.findIndex((line) => line.startsWith("- must topic/long"));
  expect(lines.slice(at + 1, at + 4)).toEqual([
    "  - stands when queue is sqs and fifo is true",
    "  - deprecated: Nobody needs it. Use topic/short instead.",
    "  - formerly: topic/older, topic/oldest",
  ]);
  expect(lines[at + 4]).toMatch(/^- may topic\/short/);
  expect(lines).toContain("- topic, formerly: before");
});
