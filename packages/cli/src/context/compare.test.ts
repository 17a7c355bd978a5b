import { expect, test } from "vitest";
import { assemblyOf, partOf, toolCalled } from "./assembly.testing.ts";
import { compareAssemblies, linesOfChanges } from "./compare.ts";

const PAGE = { cwd: "this folder", shown: (path: string) => path.replace("/r/", "") };
const [one, two] = [toolCalled("a"), toolCalled("b|b")];

const before = [
  assemblyOf(one, [partOf("/r/CLAUDE.md"), partOf("/r/gone.md"), partOf("/r/same.md"), partOf("/r/words.md")]),
  assemblyOf(two, [partOf("/r/same.md")]),
];
const after = [
  assemblyOf(one, [
    partOf("/r/CLAUDE.md", { tokens: 35, text: "More" }),
    partOf("/r/new|er.md", { tokens: 3 }),
    partOf("/r/same.md"),
    partOf("/r/words.md", { text: "Other" }),
    partOf("/r/later.md", { when: "read", tokens: 1000 }),
  ]),
  assemblyOf(two, [partOf("/r/same.md")]),
];

test("what is always on is compared file by file, the largest change first", () => {
  const [first, second] = compareAssemblies(before, after, PAGE);
  expect(first?.files).toEqual([
    { name: "CLAUDE.md", before: 10, after: 35 },
    { name: "gone.md", before: 10, after: 0 },
    { name: "new|er.md", before: 0, after: 3 },
    { name: "words.md", before: 10, after: 10 },
  ]);
  expect(second?.files).toEqual([]);
});

test("the change is a table of text, or of Markdown for a pull request", () => {
  const changes = compareAssemblies(before, after, PAGE);
  expect(linesOfChanges(changes, "main", PAGE, false)).toEqual([
    "Tokens that are always on in this folder, compared with main:",
    "",
    "TOOL       BEFORE  AFTER  CHANGE  BECAUSE OF",
    "A 1.2.3        40     58     +18  CLAUDE.md +25, gone.md -10, new|er.md +3, words.md reworded",
    "B|B 1.2.3      10     10    none",
  ]);
  expect(linesOfChanges(changes, "main", PAGE, true)).toEqual([
    "### What agents always read",
    "",
    "Tokens that are always on in this folder, compared with `main`:",
    "",
    "| Tool | Before | After | Change | Because of |",
    "| --- | ---: | ---: | ---: | --- |",
    "| A 1.2.3 | 40 | 58 | +18 | `CLAUDE.md` +25, `gone.md` -10, `new\\|er.md` +3, `words.md` reworded |",
    "| B\\|B 1.2.3 | 10 | 10 | none |  |",
    "",
    "Token counts are estimates.",
  ]);
});
