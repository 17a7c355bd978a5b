import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Head, readHead } from "./read-head.ts";

const NAMES = ["name", "description", "model", "tools"];
const read = (text: string): Head => readHead("a.md", text, { isKnown: (key) => NAMES.includes(key) });
const values = (text: string) => Object.fromEntries(read(text).fields.map(({ key, value }) => [key, value]));
const problems = (text: string) => read(text).issues.map(({ code, place }) => `${place} ${code}`);

describe("the rows around front matter", () => {
  test.each([
    ["---\nname: a\n---\nBody", "Body"],
    ["--- \nname: a\n---\t\nBody", "Body"],
    ["\u{FEFF}---\r\nname: a\r\n---\r\nBody", "Body"],
    ["---\rname: a\r---\rBody", "Body"],
    ["---\nname: a\n---", ""],
    ["---\nname: a\n------\nBody\n\n---\n", "Body\n\n---\n"],
  ])("of %j", (text, body) => {
    const head = read(text);
    expect(text.slice(head.body)).toBe(body);
    expect(head.fields).toMatchObject([{ key: "name", value: "a", line: 2 }]);
  });

  test.each([
    ["Text\n", []],
    ["", []],
    ["----\nname: a\n----\n", []],
    ["---\nname: a\n\nText.\n", ["a.md:1 unread-front-matter"]],
    ["---js\n{ name: (globalThis.ran = true) }\n---\n", ["a.md:1 unread-front-matter"]],
    ['+++\nname = "a"\n+++\n', ["a.md:1 unread-front-matter"]],
    ["\n---\nname: a\n---\n", ["a.md:1 unread-front-matter"]],
  ])("are not there in %j", (text, issues) => {
    expect(read(text)).toMatchObject({ rows: undefined, fields: [], body: 0 });
    expect(problems(text)).toEqual(issues);
    expect(globalThis).not.toHaveProperty("ran");
  });

  test("may be longer than three dashes, with a warning", () => {
    expect(problems("---\nname: a\n-----\nText")).toEqual(["a.md:3 long-closing-row"]);
  });

  test("are the next three dashes where what stands above a longer row is no front matter", () => {
    const text = "---\nname: a\ndescription: |\n  b\nfree text: [\n-----\nmodel: c\n---\nBody";
    expect(text.slice(read(text).body)).toBe("Body");
  });
});

describe("fields", () => {
  test("are read as YAML 1.2", () => {
    const text = '---\nname: no\nversion: 1.0\ntools: [a, "b"]\ndescription: >-\n  a\n  b\nempty:\n---\n';
    expect(values(text)).toEqual({ name: "no", version: 1, tools: ["a", "b"], description: "a b", empty: null });
    expect(read(text).fields.map((field) => field.text)).toEqual(["no", "1.0", undefined, "a b", undefined]);
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ["description: Use when: x. Examples:\\n<example>", "description", "Use when: x. Examples:\\n<example>"],
    ["tools: *", "tools", "*"],
    ["description: @angular/core", "description", "@angular/core"],
    ["description: !important x", "description", "!important x"],
    ["argument-hint: [a] | --b", "argument-hint", "[a] | --b"],
    ['description: "The "best" one"', "description", '"The "best" one"'],
    ["description: **Bold** text", "description", "**Bold** text"],
    ["name:\u00a0x", "name", "x"],
  ])("that YAML refuses are the text of their line: %j", (line, key, value) => {
    const text = `---\nmodel: sonnet\n${line}\n---\n`;
    expect(values(text)).toEqual({ model: "sonnet", [key]: value });
    const [issue] = read(text).issues;
    expect(issue).toMatchObject({ code: "invalid-yaml", place: "a.md:3" });
    // The line that the hint says is one that YAML takes.
    const [, fixed = ""] = /^Write: (.*)$/.exec(issue?.hint ?? "") ?? [];
    expect(values(`---\nmodel: sonnet\n${fixed}\n---\n`)).toEqual({ model: "sonnet", [key]: value });
    expect(problems(`---\nmodel: sonnet\n${fixed}\n---\n`)).toEqual([]);
  });

  test("do not begin in an example, in an open quote, or in text that goes on unindented", () => {
    const example =
      '---\nname: x\ndescription: Use it: now.\n\n<example>\nContext: none\nmodel: no\nuser: "Hi"\n</example>\nmodel: sonnet\n---\n';
    expect(Object.keys(values(example))).toEqual(["name", "description", "model"]);
    expect(values(example)).toMatchObject({ model: "sonnet" });
    const loose = "---\ndescription: a: b\ngoes on\nNote: this\nmodel: opus\n---\n";
    expect(values(loose)).toEqual({ description: "a: b\ngoes on\nNote: this", model: "opus" });
    const quote = '---\ndescription: "a: b\nc: d\nmodel: opus\n---\n';
    expect(values(quote)).toEqual({ description: '"a: b\nc: d', model: "opus" });
  });

  test("that are there twice are read once, with a warning", () => {
    const text = "---\nname: a\nname: b\n---\n";
    expect(read(text).fields).toHaveLength(2);
    expect(problems(text)).toEqual(["a.md:3 duplicate-field"]);
  });

  test("are one finding however often a key is there, and the first is read", () => {
    for (const more of ["", "x: [\n"]) {
      const head = read(`---\nname: a\n${"name: b\n".repeat(1000)}${more}---\n`);
      const found = head.issues.filter(({ code }) => code === "duplicate-field");
      expect(found).toMatchObject([
        { place: "a.md:3", problem: expect.stringContaining("1001 times, and the one on line 2") },
      ]);
      expect(head.fields[0]).toMatchObject({ value: "a" });
    }
  });

  test.each([
    ["- a\n- b", "a list"],
    ["A sentence.", "a sentence"],
  ])("are not there in %j", (yaml, what) => {
    const { fields, issues } = read(`---\n${yaml}\n---\n`);
    expect(fields).toEqual([]);
    expect(issues).toMatchObject([{ code: "no-fields", place: "a.md:2", problem: expect.stringContaining(what) }]);
  });

  test("of a merge that nobody finished are read without its marks", () => {
    const text = "---\nname: x\n<<<<<<< HEAD\nmodel: a\n=======\nmodel: b\n>>>>>>> c\n---\n";
    expect(read(text).fields.map(({ key, value }) => [key, value])).toEqual([
      ["name", "x"],
      ["model", "a"],
      ["model", "b"],
    ]);
    expect(problems(text)).toEqual(["a.md:3 invalid-yaml", "a.md:6 duplicate-field"]);
  });

  test("do not reach an object's own names", () => {
    const { fields } = read("---\n__proto__: { a: 1 }\nconstructor: b\n---\n");
    expect(fields.map(({ key }) => key)).toEqual(["__proto__", "constructor"]);
    expect({}).not.toHaveProperty("a");
  });
});

// Each of them takes the library minutes, or ends the process.
test.each([["{"], ["? "], ["["], ["{? "], ["[{"], ["- ? "], ["&a "], ["a: "], ["a: *b\n"]])(
  "%j again and again is read in a moment",
  (unit) => {
    for (const times of [100, 400, 20_000]) {
      expect(read(`---\nname: x\ndescription: ${unit.repeat(times)}\n---\n`).fields[0]?.key).toBe("name");
    }
  },
  20_000,
);

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 6 }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        "---\n",
        "---",
        "----\n",
        "\n",
        "\r\n",
        "\r",
        "\u{FEFF}",
        "name: ",
        "tools:\n  - a\n",
        "description: >\n  a\n",
      ],
      ...[
        "model: x\n",
        ": ",
        "# c\n",
        "<example>\n",
        "</example>\n",
        '"',
        "'",
        "[a, b]",
        "{a: b}",
        "*a",
        "&a 1",
        "- ",
        "\t",
      ],
      ...["? ", "|\n", "%", "@", "!x ", "...\n", "\u0000", "\ud800", "<<: *a\n", "é: "],
    ),
  },
);
const above = fc.constantFrom("", "---\n", "---\n", "---\n", "---\r\n", "\u{FEFF}---\n");
const below = fc.constantFrom("", "\n---\n", "\n---\n", "\r\n---\r\n");
const anyText = fc
  .tuple(above, fc.array(piece, { maxLength: 30 }), below)
  .map(([first, pieces, last]) => first + pieces.join("") + last);

test("fields and what stands between them are the whole head, whatever is in it", () => {
  let fieldsSeen = 0;
  fc.assert(
    fc.property(anyText, (text) => {
      const { rows, fields, body } = read(text);
      let at = rows?.start ?? 0;
      for (const { start, end, valueStart, valueEnd, key } of fields) {
        fieldsSeen++;
        expect(start, key).toBeGreaterThanOrEqual(at);
        expect(valueStart).toBeGreaterThanOrEqual(start);
        expect(valueEnd).toBeGreaterThanOrEqual(valueStart);
        expect(end).toBeGreaterThanOrEqual(valueEnd);
        at = end;
      }
      expect(at).toBeLessThanOrEqual(rows?.end ?? 0);
      expect(body).toBeLessThanOrEqual(text.length);
    }),
    { seed: 1, numRuns: 5_000 },
  );
  expect(fieldsSeen).toBeGreaterThan(500);
}, 60_000);
