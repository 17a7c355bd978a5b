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
