import { expect, test } from "vitest";
import { diffOf, firstDifferentLine } from "./file-diff.ts";
import type { ChangedFile } from "./file-status.ts";

function compared(state: ChangedFile["state"], text: string, found: string | undefined): ChangedFile {
  const artifact = { path: "a.md", text, origins: [], persona: "one", targets: [], source: "p.mjs" };
  return { artifact, key: "a.md", file: "/project/a.md", bytes: text.length, state, found, before: found };
}

test("of a hand edit it shows what the hand has changed", () => {
  const diff = diffOf(compared("edited", "Compiled.\n", "Mine.\n"));
  expect(diff).toContain("--- a/a.md\tcompiled\n+++ b/a.md\ton disk\n");
  expect(diff).toContain("-Compiled.\n+Mine.\n");
});

test("of a stale file it shows what build would change", () => {
  const diff = diffOf(compared("stale", "New.\n", "Old.\n"));
  expect(diff).toContain("--- a/a.md\ton disk\n+++ b/a.md\tcompiled\n");
  expect(diff).toContain("-Old.\n+New.\n");
});

test("of a missing file there is none, nor of one of the user's own", () => {
  expect(diffOf(compared("missing", "New.\n", undefined))).toBe("");
  expect(diffOf(compared("foreign", "New.\n", "Mine.\n"))).toBe("");
});

test.each([
  ["a\nb\nc\n", "a\nX\nc\n", 2],
  ["a\nb\n", "a\nb\nmore\n", 3],
  ["a\nb\nc\n", "a\n", 2],
  ["a\nb\nc", "a\nb", 2],
  ["a\n", undefined, 1],
])("from %j to %j, the first different line on disk is %i", (text, found, line) => {
  expect(firstDifferentLine(compared("edited", text, found))).toBe(line);
});
