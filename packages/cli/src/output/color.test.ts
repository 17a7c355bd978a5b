import { afterEach, describe, expect, test, vi } from "vitest";
import { hasColors, paint, paintDiff, paintLabel, paintPair, paintWordings } from "./color.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("colours", () => {
  test.each([
    ["in a terminal", {}, true, true],
    ["not in a pipe", {}, false, false],
    ["not with NO_COLOR", { NO_COLOR: "1" }, true, false],
    ["with an empty NO_COLOR", { NO_COLOR: "" }, true, true],
    ["in a pipe with FORCE_COLOR", { FORCE_COLOR: "1" }, false, true],
    ["not with FORCE_COLOR=0", { FORCE_COLOR: "0" }, true, false],
    ["not where both are set", { FORCE_COLOR: "1", NO_COLOR: "1" }, true, false],
    ["not in a terminal that has none", { TERM: "dumb" }, true, false],
  ])("are used %s", (_, env, isTerminal, expected) => {
    for (const name of ["NO_COLOR", "FORCE_COLOR"]) vi.stubEnv(name, undefined);
    vi.stubEnv("TERM", "xterm");
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const real = process.stdout.isTTY;
    process.stdout.isTTY = isTerminal;
    expect(hasColors("stdout", true)).toBe(expected);
    process.stdout.isTTY = real;
  });

  test("are in the text whatever stdout is: each stream has been asked", () => {
    expect(paint("red", "a")).toBe("\u001B[31ma\u001B[39m");
  });
});

/** What stands out: all that is inverse. */
const ESCAPE = String.fromCodePoint(0x1b);
const MARKED = new RegExp(`${ESCAPE}\\[7m(.*?)${ESCAPE}\\[27m`, "g");
const marked = (line: string) => [...line.matchAll(MARKED)].map(([, words]) => words);
const plain = (line: string) => line.replace(new RegExp(`${ESCAPE}\\[\\d+m`, "g"), "");

describe("a diff", () => {
  const DIFF = [
    "--- a/x\tcompiled",
    "+++ b/x\ton disk",
    "@@ -1,4 +1,4 @@",
    " Same.",
    "-- Cache for 60 seconds.",
    "+- Cache for 30 seconds.",
    "-Gone.",
    "+One.",
    "+Two.",
    "--- a rule of dashes",
  ];
  const painted = paintDiff(DIFF);

  test("keeps its text", () => {
    expect(painted.map(plain)).toEqual(DIFF);
  });

  test("has lines in red and green, and no colour where nothing differs", () => {
    expect(painted[3]).toBe(" Same.");
    for (const index of [4, 6, 9]) expect(painted[index]).toContain("\u001B[31m-");
    for (const index of [5, 7, 8]) expect(painted[index]).toContain("\u001B[32m+");
  });

  test("shows the words that differ where lines have counterparts, and else none", () => {
    const one = paintDiff(["@@ -1 +1 @@", "-Cache for 60 seconds.", "+Cache for 30 seconds."]);
    expect(one.flatMap(marked)).toEqual(["60", "30"]);
    expect(paintDiff(["@@ -1 +1 @@", "-Gone.", "+Cache for 30 seconds."]).flatMap(marked)).toEqual([]);
  });
});

test("two wordings are compared without their labels", () => {
  const [before, after] = paintPair("  before Cache it.", "  after  Cache all.", 9);
  expect([plain(before), plain(after)]).toEqual(["  before Cache it.", "  after  Cache all."]);
  expect([marked(before), marked(after)]).toEqual([["it"], ["all"]]);
});

test("of changes, a text before and the one after are compared, and nothing else is painted", () => {
  const lines = ["  ~ reworded  a/b", "      before Cache it.", "      after  Cache all.", "      after  Cache all."];
  const painted = paintWordings(lines);
  expect(painted.map(plain)).toEqual(lines);
  expect(painted.map(marked)).toEqual([[], ["it"], ["all"], []]);
  expect([painted[0], painted[3]]).toEqual([lines[0], lines[3]]);
});

test("only the label of a line is painted", () => {
  expect(paintLabel("error: a warning: b")).toBe("\u001B[31m\u001B[1merror:\u001B[22m\u001B[39m a warning: b");
  expect(paintLabel("an error: a")).toBe("an error: a");
});
