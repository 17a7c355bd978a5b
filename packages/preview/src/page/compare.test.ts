import { expect, test } from "vitest";
import type { OriginView } from "../view/view.ts";
import { type Row, rowsOf, type Side } from "./compare.ts";

interface Said {
  readonly path: string;
  readonly text: string;
  readonly strength?: "must" | "should";
}

/** A file in which each rule stands below a blank line. */
function side(...rules: readonly Said[]): Side {
  const lines = rules.flatMap(({ text }) => ["", ...text.split("\n")]);
  const from = rules.flatMap(({ text }, index) => ["", ...text.split("\n")].map(() => index));
  const origins = rules.map(({ path, strength }): OriginView => {
    const unit = path.split("/")[0] ?? "";
    return { path, unit, stands: unit, section: "", kind: "rule", ...(strength === undefined ? {} : { strength }) };
  });
  return { file: { path: "a.md", targets: ["plain"], tokens: 1, lines, from, costs: [] }, origins };
}

const a = { path: "input/a", text: "- Check the input." };
const b = { path: "input/b", text: "- Log the call." };
const c = { path: "input/c", text: "- Cache the answer." };

const seen = (rows: readonly Row[]) => rows.map(({ origin, state }) => [origin?.path, state]);
const marked = (row: Row | undefined) =>
  (["before", "after"] as const).map((half) =>
    row?.pieces.flatMap((piece) =>
      piece[half].flatMap(({ words }) => words.flatMap((w) => (w.isMarked ? w.text : []))),
    ),
  );

test("a rule is beside itself wherever it stands, and only what differs is said to differ", () => {
  expect(seen(rowsOf(side(a, b), side(a, b)))).toEqual([
    ["input/a", "same"],
    ["input/b", "same"],
  ]);
  expect(seen(rowsOf(side(a, b, c), side(b, c, a)))).toEqual([
    ["input/b", "same"],
    ["input/c", "same"],
    ["input/a", "moved"],
  ]);
  // What is gone stands behind what it stood behind; line numbers are those of each file.
  const rows = rowsOf(side(a, b, c), side(a, { path: "own/d", text: "- Delete it." }, c));
  expect(seen(rows)).toEqual([
    ["input/a", "same"],
    ["input/b", "removed"],
    ["own/d", "added"],
    ["input/c", "same"],
  ]);
  expect(rows[1]?.pieces).toEqual([
    { before: [{ number: 4, words: [{ text: "- Log the call.", isMarked: false }] }], after: [], isSame: false },
  ]);
});

test("of a rule in other words, the words that differ are marked, line by line", () => {
  const [row] = rowsOf(
    side({ ...a, text: "Same line\nCheck the input." }),
    side({ ...a, text: "Same line\nCheck all input." }),
  );
  expect(row?.pieces.map(({ isSame }) => isSame)).toEqual([true, false]);
  expect(row?.pieces[1]?.before[0]?.number).toBe(3);
  expect(marked(row)).toEqual([["the"], ["all"]]);
  // Of another sentence, no words are marked: all of it is another.
  expect(marked(rowsOf(side(a), side({ ...a, text: "- Run on Lambda; ask before." }))[0])).toEqual([[], []]);
});

test("a rule with another strength or another name is the same rule", () => {
  const [strong] = rowsOf(side({ ...a, strength: "should" }), side({ ...a, strength: "must" }));
  expect([strong?.state, strong?.earlier?.strength]).toEqual(["changed", "should"]);
  const renamed = [
    ["old", "input"],
    ["input/x", "input/b"],
  ] as const;
  const rows = rowsOf(side({ ...a, path: "old/a" }, { ...b, path: "input/x" }), side(a, b), renamed);
  expect(rows.map(({ state, earlier }) => [state, earlier?.path])).toEqual([
    ["same", "old/a"],
    ["same", "input/x"],
  ]);
});
