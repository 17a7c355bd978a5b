import { expect, test } from "vitest";
import { fit, table, WIDTH, wrap } from "./table.ts";

test("the last column is broken at blanks, below its own start", () => {
  const lines = table([
    ["FILE", "WHY"],
    ["AGENTS.md", "word ".repeat(40).trim()],
    ["b.md", "short"],
  ]);
  expect(lines.every((line) => line.length <= WIDTH)).toBe(true);
  expect(lines[2]?.indexOf("word")).toBe("AGENTS.md".length + 2);
  expect(lines.filter((line) => line.includes("word"))).toHaveLength(3);
  expect(lines.at(-1)).toBe("b.md       short");
});

test("a word that is longer than a line stays whole", () => {
  expect(wrap(`a ${"x".repeat(30)} b`, 10)).toEqual(["a", "x".repeat(30), "b"]);
  expect(wrap("", 10)).toEqual([""]);
});

test("a path loses its middle, and keeps its end", () => {
  expect(fit("a/b.md", 20)).toBe("a/b.md");
  const short = fit("packages/api/src/very/deep/folder/AGENTS.md", 20);
  expect(short).toHaveLength(20);
  expect(short).toMatch(/^pack.*\.\.\..*AGENTS\.md$/);
});
