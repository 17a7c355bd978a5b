import { expect, test } from "vitest";
import { readFrontMatter } from "./front-matter.ts";

test("in JavaScript is refused, not run", () => {
  expect(() => readFrontMatter("---js\n{ name: (globalThis.pwned = true, 'x') }\n---\n")).toThrow("not read");
  expect(globalThis).not.toHaveProperty("pwned");
});

test("that is broken throws every time it is read", () => {
  const broken = "---\na: [\n---\n";
  expect(() => readFrontMatter(broken)).toThrow();
  expect(() => readFrontMatter(broken)).toThrow();
});

test("is read with either line end", () => {
  expect(readFrontMatter("---\r\nname: no\r\n---\r\n\r\nBody.\r\n")).toEqual({
    data: { name: "no" },
    body: "\nBody.\n",
  });
});
