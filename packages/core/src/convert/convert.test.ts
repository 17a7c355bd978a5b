import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../compile/compile.ts";
import { section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { anyCharacters, nastyMarkdown } from "../read/blocks.testing.ts";
import { swallowsWhatFollows } from "../read/open-end.ts";
import { render } from "../render/render.ts";
import { type Converted, convertMarkdown } from "./convert.ts";

const AGENT = `# Release manager

You cut releases.

Read this first:
- Tag each commit with \`v\`.
  - Only on main.
    1. One.
    2. Two.
- [ ] Ask
  first.

### Steps


3. Build.
4. Test.

1. Again.

---
**Note**
Two lines
of text.

\`\`\`sh
npm publish
\`\`\`

~~~js {1,2}
  indented
~~~

| a | b |
|:--|---|
| 1 | \`x\\|y\` |

## Nothing here

Below
=====

* star
* another

- [x] done
- plain
- with code

  \`\`\`
  x
  \`\`\`
- last

> quote
`;

function rendered({ title, role, sections }: Converted): string {
  const description = { does: "D.", when: "W.", notFor: "" };
  const use = sections.map((each) => section(each));
  const persona = definePersona({ id: "a", title, role, description, use });
  return render(compile(persona), { referencePath: (id) => id }).body.text;
}

test("a text is said in the words of the model, and rendered as it stood", () => {
  const converted = convertMarkdown(AGENT) as Converted;
  expect(converted).toMatchInlineSnapshot(`
    {
      "role": "You cut releases.",
      "sections": [
        {
          "id": "release-manager",
          "list": "asWritten",
          "rules": {
            "askFirst": {
              "breaks": true,
              "kind": "rule",
              "style": "checklist",
              "text": "Ask
    first.",
            },
            "readFirst": {
              "kind": "prose",
              "text": "Read this first:",
            },
            "tagCommitVOnly": {
              "blank": 0,
              "items": [
                {
                  "items": [
                    {
                      "style": "steps",
                      "text": "One.",
                    },
                    {
                      "style": "steps",
                      "text": "Two.",
                    },
                  ],
                  "text": "Only on main.",
                },
              ],
              "kind": "rule",
              "text": "Tag each commit with \`v\`.",
            },
          },
          "title": false,
        },
        {
          "depth": 3,
          "id": "steps",
          "list": "asWritten",
          "rules": {
            "again": {
              "blank": 1,
              "kind": "rule",
              "start": 1,
              "style": "steps",
              "text": "Again.",
            },
            "b1XY": {
              "columns": [
                "a",
                "b",
              ],
              "delimiter": "|:--|---|",
              "kind": "table",
              "rows": [
                [
                  "1",
                  "\`x\\|y\`",
                ],
              ],
            },
            "break1": {
              "kind": "markdown",
              "text": "---",
            },
            "build": {
              "blank": 2,
              "kind": "rule",
              "start": 3,
              "style": "steps",
              "text": "Build.",
            },
            "js12Indented": {
              "code": "  indented",
              "exact": true,
              "fence": "~~~",
              "kind": "example",
              "language": "js {1,2}",
            },
            "noteTwoLinesText": {
              "blank": 0,
              "breaks": true,
              "kind": "prose",
              "text": "**Note**
    Two lines
    of text.",
            },
            "shNpmPublish": {
              "code": "npm publish",
              "kind": "example",
              "language": "sh",
            },
            "test": {
              "kind": "rule",
              "style": "steps",
              "text": "Test.",
            },
          },
          "title": "Steps",
        },
        {
          "id": "nothing-here",
          "keep": true,
          "list": "asWritten",
          "rules": {},
          "title": "Nothing here",
        },
        {
          "id": "below",
          "list": "asWritten",
          "rules": {
            "codeX": {
              "blank": 0,
              "kind": "markdown",
              "text": "- with code

      \`\`\`
      x
      \`\`\`",
            },
            "done": {
              "kind": "markdown",
              "text": "- [x] done",
            },
            "heading": {
              "kind": "markdown",
              "text": "Below
    =====",
            },
            "last": {
              "blank": 0,
              "kind": "rule",
              "text": "last",
            },
            "plain": {
              "blank": 0,
              "kind": "rule",
              "text": "plain",
            },
            "quote": {
              "kind": "markdown",
              "text": "> quote",
            },
            "star": {
              "kind": "markdown",
              "text": "* star
    * another",
            },
          },
          "title": false,
        },
      ],
      "title": "Release manager",
    }
  `);
  expect(rendered(converted)).toBe(AGENT);
});

test("no strength is invented", () => {
  const [first] = convertMarkdown("- You must lint.\n- Never push.")?.sections ?? [];
  expect(Object.values(first?.rules ?? {})).toEqual([
    { kind: "rule", text: "You must lint." },
    { kind: "rule", text: "Never push." },
  ]);
});

test.each([
  ["", undefined],
  ["\n\n", undefined],
  ["a\n\n```\nb", undefined],
  ["See [it](ref:guide).", undefined],
  ["\ufeff\n# A\r\n\r\nb\r\n\r\n", "# A\n\nb\n"],
  // White space in a blank line.
  ["a\n  \nb", "a\n  \nb\n"],
  ["a\rb", "a\nb\n"],
])("%j is converted, or not at all", (text, expected) => {
  const converted = convertMarkdown(text);
  expect(converted && rendered(converted)).toBe(expected);
});

test("any Markdown that leaves nothing open renders as it stood", () => {
  fc.assert(
    fc.property(fc.oneof(nastyMarkdown, anyCharacters), (text) => {
      const even = text
        .replace(/^\ufeff/, "")
        .replace(/\r\n?/g, "\n")
        .replace(/^(?:[ \t]*\n)+/, "")
        .trimEnd();
      const converted = convertMarkdown(text);
      if (converted !== undefined) expect(rendered(converted)).toBe(`${even}\n`);
      // The model trims white space of all kinds, Markdown only blanks and tabs.
      else if (!/[^\S\n\t ]|\p{Cc}/u.test(even.replace(/[\n\t]/g, ""))) {
        expect(even === "" || swallowsWhatFollows(even) !== undefined, JSON.stringify(text)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a table whose columns are filled up says so, and one that is filled up in another way stays as it stands", () => {
  const entryOf = (text: string) => Object.values(convertMarkdown(text)?.sections[0]?.rules ?? {})[0];
  expect(entryOf("| Name   | Of |\n| ------ | --- |\n| `a\\|b` | x  |\n")).toMatchObject({ kind: "markdown" });
  expect(entryOf("| Name   | Of  |\n| ------ | --- |\n| `a\\|b` | x   |\n")).toEqual({
    kind: "table",
    columns: ["Name", "Of"],
    rows: [["`a\\|b`", "x"]],
    padded: true,
  });
  expect(entryOf("| Name | Of  |\n|:-----|----:|\n| abcd | x   |\n")).toMatchObject({
    delimiter: "|:-----|----:|",
    padded: true,
  });
});
