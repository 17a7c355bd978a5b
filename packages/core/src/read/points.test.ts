import { expect, test } from "vitest";
import { pointsIn } from "./points.ts";

test("points are paragraphs and items at any depth, with what they stand under", () => {
  const text = [
    "Text over\ntwo lines.",
    "",
    "## Rules ##",
    "",
    "**Avoid:**",
    "- [ ] One",
    "  - Two,",
    "    wrapped",
    "",
    "1. Three:",
    "   - Four",
    "",
    "```md",
    "- code",
    "```",
    "> - quoted",
    "",
    "Five",
  ].join("\n");
  const points = pointsIn(text).map(({ text, line, heading, opening }) => [line, text, heading, opening]);
  expect(points).toEqual([
    [1, "Text over two lines.", "", ""],
    [6, "**Avoid:**", "Rules", ""],
    [7, "One", "Rules", "**Avoid:**"],
    [8, "Two, wrapped", "Rules", "**Avoid:**"],
    [11, "Three:", "Rules", ""],
    [12, "Four", "Rules", "Three:"],
    [19, "Five", "Rules", ""],
  ]);
});
