import fc from "fast-check";
import matter from "gray-matter";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { hiddenRuns } from "../guard/visible.ts";
import { readFrontMatter, writeFrontMatter } from "./front-matter.ts";
import { readSimple, writeSimple } from "./yaml.ts";

// What is written and read without the libraries must be what they write and read. Every run looks at the same texts.

const SIGNS = [..."\"'\\-?:,[]{}#&*!|>%@`~=.+_/ \t\n"];
const UNSEEN = [
  "\r",
  "\0",
  "\u001B",
  "\u007F",
  "\u0085",
  "\u2028",
  "\u2029",
  "\uFEFF",
  "\u200B",
  "\u202E",
  "\uFFFE",
  "\uD800",
  "\uE000",
  "\u00AD",
];
const SEEN = ["\u00A0", "\u2007", "\u202F", "\u3000", "“", "’", "—", "…", "é", "日本", "👩‍👧", "❤️", "می‌خ", "\u{1D4D0}"];
const YAML_SIGNS = [
  "---",
  "--",
  "...",
  ": ",
  " #",
  "- ",
  "? ",
  "%YAML 1.1",
  "&a ",
  "*a",
  "!!str ",
  "<<",
  " \n",
  "\n ",
  "\\n",
];
const WORDS = [
  "yes",
  "No",
  "on",
  "null",
  "~",
  "true",
  "NaN",
  ".inf",
  "0x1F",
  "0o7",
  "1_000",
  "1e3",
  "12:30:45",
  "2026-11-27",
];
const visible = fc.constantFrom(...SIGNS, ...SEEN, ...YAML_SIGNS, ...WORDS);
const part = fc.oneof(
  visible,
  fc.constantFrom(...UNSEEN),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.double().map(String),
);
const textOf = (parts: typeof part, most: number) => fc.array(parts, { maxLength: most }).map((each) => each.join(""));
const hostile = fc.oneof(textOf(part, 1), textOf(part, 4), textOf(part, 12), textOf(visible, 8));

/** What each reader that a tool may have makes of front matter. */
function readings(text: string): unknown[] {
  const block = text.split("---\n")[1] ?? "";
  // The last one is js-yaml, which gray-matter brings and we replace.
  return [readFrontMatter(text).data, parse(block), parse(block, { version: "1.1" }), matter(text, {}).data];
}

const headOf = (simple: string) => `---\n${simple}---\n\n`;

test("a text is written as the libraries write it, and every reader reads it", () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const simple = writeSimple({ description: value });
      expect(simple !== undefined, value).toBe(hiddenRuns(value).length === 0);
      if (simple === undefined) return;
      const head = headOf(simple);
      expect(head).toBe(writeFrontMatter({ description: value }));
      for (const read of readings(head)) expect(read).toEqual({ description: value });
    }),
    { seed: 1, numRuns: 20_000 },
  );
}, 120_000);

const scalar = fc.oneof(
  { weight: 12, arbitrary: textOf(visible, 6) },
  { weight: 4, arbitrary: fc.oneof(fc.boolean(), fc.integer()) },
  { weight: 1, arbitrary: fc.oneof(hostile, fc.constantFrom(-0, 0.5, 1e21, Number.NaN, null, undefined)) },
);
const key = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom("name", "applyTo", "keep-coding", "mcp__x", "x-", "nO1", "toString") },
  { weight: 1, arbitrary: fc.oneof(hostile, fc.constantFrom(...WORDS, "a--b", "n", "Y", "__proto__")) },
);
const list = fc.array(scalar, { maxLength: 3 });
const map = fc.dictionary(key, fc.oneof({ weight: 9, arbitrary: scalar }, { weight: 1, arbitrary: list }), {
  maxKeys: 3,
});
const value = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: fc.oneof(list, map) },
  { weight: 1, arbitrary: fc.array(map, { maxLength: 2 }) },
);
const data = fc.dictionary(key, value, { maxKeys: 3 });

const plain = fc.oneof(textOf(visible, 6), fc.boolean(), fc.nat());
const name = fc.constantFrom("name", "tools", "x-y");
const below = fc.oneof(fc.array(plain, { minLength: 1, maxLength: 2 }), fc.dictionary(name, plain, { minKeys: 1 }));
const simpleData = fc.dictionary(name, fc.oneof(plain, plain, below), { minKeys: 1 });

test("data is written as the libraries write it, or left to them", () => {
  let simple = 0;
  fc.assert(
    fc.property(fc.oneof(data, simpleData), (value) => {
      const written = writeSimple(value);
      if (written === undefined) return;
      simple++;
      expect(headOf(written)).toBe(writeFrontMatter(value));
      for (const read of readings(headOf(written))) expect(read).toEqual(value);
    }),
    { seed: 1, numRuns: 5_000 },
  );
  expect(simple).toBeGreaterThan(500);
}, 120_000);

test.each([
  { tools: ["read", "mcp/*"], "disallowed-tools": "Bash", readonly: true, max: 12 },
  { permission: { edit: "deny", bash: "deny" }, name: "dev" },
])("%j needs no library", (value) => {
  expect(writeSimple(value)).toBeDefined();
  expect(readSimple(writeSimple(value) ?? "")).toEqual(value);
});

test.each([
  ["nothing", {}],
  ["an empty list", { tools: [] }],
  ["a key of YAML 1.1", { yes: "a" }],
  ["a key with a fence", { "a---b": "a" }],
  ["a list in a map", { a: { b: ["c"] } }],
])("%s is left to the libraries", (_, value) => {
  expect(writeSimple(value)).toBeUndefined();
});

test("a list that has changed since, or a map in another order, is written anew", () => {
  const tools = ["read"];
  expect(writeSimple({ tools })).toBe('tools:\n  - "read"\n');
  tools[0] = "edit";
  expect(writeSimple({ tools })).toBe('tools:\n  - "edit"\n');
  expect(writeSimple({ tools: { a: "b", c: "d" } })).toBe('tools:\n  a: "b"\n  c: "d"\n');
  expect(writeSimple({ tools: { c: "d", a: "b" } })).toBe('tools:\n  c: "d"\n  a: "b"\n');
  expect(writeSimple({ tools: ["1"] })).toBe('tools:\n  - "1"\n');
  expect(writeSimple({ tools: { 0: "1" } })).toBeUndefined();
});

test("one list under two keys is left to the libraries, which write an alias", () => {
  const tools = ["read"];
  expect(writeSimple({ a: tools, b: tools })).toBeUndefined();
  expect(writeFrontMatter({ a: tools, b: tools })).toContain("*a1");
});

const piece = fc.oneof(
  visible,
  fc.constantFrom(
    "a: ",
    "b:",
    "a:\n",
    "  - ",
    "  c: ",
    "\\x2d",
    "\\ ",
    "\\x41",
    "\\/",
    "true",
    "0",
    "-1",
    "01",
    "yes: ",
  ),
  fc.constantFrom('"x"\n', '"a\\"b"\n', "'y'\n", "z\n", "# c\n", "---\n", "...\n", "\u2028", "\r\n"),
);
/** What we write, with something else at some place of it. */
const almost = fc
  .tuple(simpleData, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(2), piece)
  .map(([written, place, gone, instead]) => {
    const yaml = writeSimple(written) ?? "";
    const at = Math.floor(place * yaml.length);
    return yaml.slice(0, at) + instead + yaml.slice(at + gone);
  });
const blocks = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
  almost,
  almost,
  almost,
);

test("whatever is read without a library reads the same with it", () => {
  let simple = 0;
  fc.assert(
    fc.property(blocks, (yaml) => {
      const read = readSimple(yaml);
      if (read === undefined) return;
      simple++;
      expect(parse(yaml)).toEqual(read);
      expect(parse(yaml, { version: "1.1" })).toEqual(read);
      expect(readFrontMatter(`---\n${yaml}---\nBody.\n`)).toEqual({ data: read, body: "Body.\n" });
    }),
    { seed: 1, numRuns: 20_000 },
  );
  expect(simple).toBeGreaterThan(500);
}, 120_000);

test.each([
  "a: 01\n",
  'a: "b"\na: "c"\n',
  "a:\n",
  "a: yes\n",
  'a: "b" # c\n',
  'yes: "a"\n',
  "",
  'a: "b"',
  'a: "\\x41"\n',
  'a: "\u0001"\n',
  'a: "\u0085"\n',
])("%j is left to the library", (yaml) => {
  expect(readSimple(yaml)).toBeUndefined();
});
