import type { Snapshot } from "@personakit/core";
import { expect, test } from "vitest";
import { changesSinceRecord, publishedRecord, recordedRules, textsOf, withoutEarlierText } from "./published.ts";

const before: Snapshot = {
  rules: { "t/a": "must: A.", "t/b": "should: B.", "t/c": "prose: C.", "u/a": "may: A." },
  about: { title: "T", triggers: ["api", "sql"], "decision testing.coverage": "80" },
};
const now: Snapshot = {
  rules: { "t/a": "should: A.", "t/b": "should: Other.", "t/d": "may: A.", "t/e": "must: E." },
  about: { title: "T", triggers: ["api"], "decision testing.coverage": "80" },
};
const record = publishedRecord(before);

test("what has not changed is no change, whatever is known of earlier texts", () => {
  expect(changesSinceRecord(record, before)).toEqual({ changes: [], missing: [] });
});

test("the earlier texts are not in the record, and are what they are found to be", () => {
  expect(JSON.stringify(record)).not.toMatch(/A\.|B\.|C\.|api|80/);
  const texts = new Map(textsOf(before));
  expect(changesSinceRecord(record, now, texts).changes).toEqual([
    { kind: "weakened", path: "t/a", before: "must: A.", after: "should: A." },
    { kind: "reworded", path: "t/b", before: "should: B.", after: "should: Other." },
    { kind: "renamed", path: "t/d", from: "u/a", before: "may: A.", after: "may: A." },
    { kind: "added", path: "t/e", after: "must: E." },
    { kind: "removed", path: "t/c", before: "prose: C." },
    { kind: "changed", path: "triggers", before: "api, sql", after: "api" },
  ]);
});

test("without them, what has changed is known by its id, and what kind of change it is", () => {
  const { changes, missing } = changesSinceRecord(record, now);
  expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    "weakened t/a",
    "reworded t/b",
    "renamed t/d",
    "added t/e",
    "removed t/c",
    "changed triggers",
  ]);
  expect(withoutEarlierText(changes)).toEqual(["t/a", "t/b", "t/c", "triggers"]);
  expect(missing).toHaveLength(4);
});

test("an id that nobody writes, of a stranger's document, is kept as it is", () => {
  const odd = { rules: { "t/a b:c%/d": "must: A.", "constructor/x": "must: A." }, about: {} };
  expect([...recordedRules(publishedRecord(odd)).keys()]).toEqual(Object.keys(odd.rules));
});

test("a record that anybody wrote breaks nothing", () => {
  const { changes } = changesSinceRecord({ rules: { t: "K7gNU3sdo-9%zz" }, about: "K7gNU3sdo-__proto__" }, now);
  expect(changes.map(({ path }) => path)).toContain("t/%zz");
});

test("a point is told apart from a rule and from other entries without its text", () => {
  const of = (state: string): Snapshot => ({ rules: { "t/a": state }, about: {} });
  const kinds = (earlier: string, later: string) =>
    changesSinceRecord(publishedRecord(of(earlier)), of(later)).changes.map(({ kind }) => kind);
  expect(kinds("point: A.", "must: B.")).toEqual(["strengthened"]);
  expect(kinds("may: A.", "point: B.")).toEqual(["weakened"]);
  expect(kinds("point: A.", "point: B.")).toEqual(["reworded"]);
  expect(kinds("markdown: A.", "point: B.")).toEqual(["changed"]);
});
