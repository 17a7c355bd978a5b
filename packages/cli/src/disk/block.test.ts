import { assert, constantFrom, array as fcArray, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { findBlock, gapAfter, lineInBlock, withBlock, withoutBlock, withoutMarkers } from "./block.ts";

const PATH = "AGENTS.md";
const BEGIN = "<!-- personakit:begin one -->";
const END = "<!-- personakit:end one -->";

/** Files as people write them: both line ends, a byte order mark, empty lines, no final newline. */
const files = fcArray(constantFrom("\uFEFF", "# Ours", "é", "x", " ", "\r", "\n", "\r\n", "\n\n"), {
  maxLength: 12,
}).map((parts) => parts.join(""));
const contents = fcArray(constantFrom("# T\n", "\n", "- A.\n"), { maxLength: 4 }).map((lines) => lines.join(""));

test("a block that is added and taken out again leaves the file byte for byte as it was", () => {
  assert(
    property(files, contents, (text, content) => {
      const added = withBlock(text, "one", content, PATH);
      expect(withoutBlock(added, "one", gapAfter(text), PATH)).toBe(text);
    }),
  );
});

test("what stands around a block stays when the block is replaced, and the block can be read back", () => {
  assert(
    property(files, files, contents, contents, (above, below, first, second) => {
      const text = withBlock(above, "one", first, PATH) + below;
      const replaced = withBlock(text, "one", second, PATH);
      expect(replaced.startsWith(above)).toBe(true);
      expect(replaced.slice(replaced.indexOf(END) + END.length).replace(/^\r?\n/, "")).toBe(below);
      expect(findBlock(replaced, "one", PATH)).toBe(second);
    }),
  );
});

test.each([
  ["# Ours", "# Ours\n\n"],
  ["# Ours\n", "# Ours\n\n"],
  ["# Ours\n\n", "# Ours\n\n"],
  ["", ""],
])("after %j a block stands below one empty line", (text, above) => {
  expect(withBlock(text, "one", "# T\n", PATH)).toBe(`${above}${BEGIN}\n# T\n${END}\n`);
});

test("a block has the line ends of its file", () => {
  expect(withBlock("# Ours\r\n", "one", "# T\n", PATH)).toBe(`# Ours\r\n\r\n${BEGIN}\r\n# T\r\n${END}\r\n`);
});

test("a block is found among others, and reads with LF line ends", () => {
  const text = withBlock(withBlock("# Ours\r\n", "two", "Two.\n", PATH), "one", "One.\n", PATH);
  expect(findBlock(text, "one", PATH)).toBe("One.\n");
  expect(findBlock(text, "three", PATH)).toBeUndefined();
});

test("a marker within a line is the user's text", () => {
  expect(findBlock(`We write ${BEGIN}\nand ${BEGIN} too.\n`, "one", PATH)).toBeUndefined();
});

test("text that was written below a block does not run into what stands above it", () => {
  const text = `${withBlock("mine", "one", "# T\n", PATH)}after\n`;
  expect(withoutBlock(text, "one", gapAfter("mine"), PATH)).toBe("mine\n\nafter\n");
});

test("without its markers a block is the user's text", () => {
  expect(withoutMarkers(withBlock("mine\n", "one", "# T\n", PATH), "one", PATH)).toBe("mine\n\n# T\n");
});

describe("markers that do not make a pair are refused", () => {
  test.each([
    ["a begin alone", [BEGIN, "A."]],
    ["an end alone", ["A.", END]],
    ["an end before its begin", [END, BEGIN]],
    ["two begins", [BEGIN, BEGIN, END]],
    ["two ends", [BEGIN, END, END]],
  ])("%s", (_, lines) => {
    const text = `${lines.join("\n")}\n`;
    const refused = expect.objectContaining({
      issues: [expect.objectContaining({ code: "unpaired-markers", place: PATH })],
    });
    for (const step of [
      () => findBlock(text, "one", PATH),
      () => withBlock(text, "one", "", PATH),
      () => withoutBlock(text, "one", "", PATH),
    ])
      expect(step).toThrow(refused);
  });
});

test.each([
  [1, undefined],
  [2, undefined],
  [3, 1],
  [4, 2],
  [5, undefined],
  [6, undefined],
])("line %i of a file is line %o of its block", (line, inBlock) => {
  expect(lineInBlock(["# Ours", BEGIN, "a", "b", END, "after"], line, "one")).toBe(inBlock);
});
