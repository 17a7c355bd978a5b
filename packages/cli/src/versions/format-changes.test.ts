import type { Change } from "@personakit/core";
import { expect, test } from "vitest";
import { changesAsMarkdown, describeChanges, formatChanges } from "./format-changes.ts";

const reworded: Change = { kind: "reworded", path: "topic/a", before: "must: A.", after: "must: B." };

test.each([
  ["added", "+"],
  ["removed", "-"],
  ["reworded", "~"],
  ["strengthened", "!"],
  ["weakened", "!"],
  ["widened", "+"],
  ["narrowed", "!"],
  ["changed", "~"],
] as const)("a change that is %s is marked %s", (kind, sign) => {
  expect(describeChanges([{ kind, path: "topic/a" }])).toEqual([`  ${sign} ${kind.padEnd(12)} topic/a`]);
});

test("both wordings stand under each other, line by line", () => {
  expect(describeChanges([{ ...reworded, before: "example:\nx" }])).toEqual([
    "  ~ reworded     topic/a",
    "      before example:",
    "             x",
    "      after  must: B.",
  ]);
});

test("a rule under another id is one change, with its text once", () => {
  const renamed: Change = { kind: "renamed", path: "topic/b", from: "topic/a", before: "must: A.", after: "must: A." };
  expect(describeChanges([renamed])).toEqual(["  > renamed      topic/a -> topic/b", "      must: A."]);
  expect(changesAsMarkdown([renamed])).toEqual(["- **renamed** `topic/a -> topic/b`", "  - must: A."]);
});

test("a rename with an old name says that it still works, and both wordings where they differ", () => {
  const renamed: Change = {
    kind: "renamed",
    path: "topic/b",
    from: "topic/a",
    alias: true,
    before: "must: A.",
    after: "must: B.",
  };
  expect(describeChanges([renamed])).toEqual([
    "  > renamed      topic/a -> topic/b  the old name still works",
    "      before must: A.",
    "      after  must: B.",
  ]);
  expect(describeChanges([{ ...renamed, after: "may: A." }])).toEqual([
    "  > renamed      topic/a -> topic/b  must -> may, the old name still works",
    "      A.",
  ]);
  expect(changesAsMarkdown([{ kind: "renamed", path: "b", from: "a", alias: true }])).toEqual([
    "- **renamed** `a -> b`: the old name still works",
  ]);
});

test("of a rule that only changes its strength, both strengths are said and the text once", () => {
  const weakened: Change = { kind: "weakened", path: "topic/a", before: "must: A.", after: "should: A." };
  expect(describeChanges([weakened])).toEqual(["  ! weakened     topic/a  must -> should", "      A."]);
  expect(changesAsMarkdown([weakened])).toEqual(["- **weakened** `topic/a`: must -> should", "  - A."]);
  expect(describeChanges([{ ...weakened, after: "should: B." }])).toContain("      before must: A.");
});

test("in Markdown they are items of a list, and only those that there are", () => {
  expect(changesAsMarkdown([reworded, { kind: "added", path: "topic/b", after: "may: C." }])).toEqual([
    "- **reworded** `topic/a`",
    "  - before: must: A.",
    "  - after: must: B.",
    "- **added** `topic/b`",
    "  - after: may: C.",
  ]);
});

test("text cannot leave its item of the list", () => {
  const [, item] = changesAsMarkdown([{ kind: "added", path: "topic/a", after: "a\n\n# Heading\n</details>" }]);
  expect(item).toBe("  - after: a # Heading &lt;/details>");
});

test("the form is the one that was asked for", () => {
  expect(formatChanges([reworded], true)).toEqual(changesAsMarkdown([reworded]));
  expect(formatChanges([reworded], false)).toEqual(describeChanges([reworded]));
});
