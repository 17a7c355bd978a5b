import { expect, test } from "vitest";
import { main } from "../compile.testing.ts";
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

// What is written here may be more than what is read back here.
test.each([
  1_109_256_479_883_575,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  1.5,
  true,
  "---",
  "a\nb",
  "é — “x”",
])("carries %j", (x) => {
  const text = main("claude-agent", { uncheckedFields: { "claude-agent": { x } } });
  expect(readFrontMatter(text).data).toMatchObject({ name: "dev", x });
});
