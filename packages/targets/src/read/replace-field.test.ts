import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readableOf } from "../readable.testing.ts";
import { readHead } from "./read-head.ts";
import { replaceField } from "./replace-field.ts";

const HEAD =
  "---\n# ours\nname: dev # the name\ndescription: >-\n  a\n  b\n\ntools:\n  - Read\n  - Bash\nmodel: 'opus'\n---\nBody\n";

test.each([
  ["name", "reviewer", HEAD.replace("dev #", "reviewer #")],
  ["name", "a: b", HEAD.replace("dev #", '"a: b" #')],
  ["description", "new", HEAD.replace(">-\n  a\n  b", '"new"')],
  ["tools", ["Read"], HEAD.replace("\n  - Bash", "")],
  ["tools", "Read, Bash", HEAD.replace("\n  - Read\n  - Bash", ' "Read, Bash"')],
  ["model", undefined, HEAD.replace("model: 'opus'\n", "")],
  ["model", "a --- b", HEAD.replace("'opus'", '"a \\x2d-- b"')],
  ["maxTurns", 5, HEAD.replace("'opus'\n", "'opus'\nmaxTurns: 5\n")],
  ["name", undefined, HEAD.replace("name: dev # the name\n", "")],
] as const)("%s becomes %j, and nothing else changes", (key, value, expected) => {
  expect(replaceField(HEAD, key, value)).toBe(expected);
  const windows = (text: string) => text.replaceAll("\n", "\r\n");
  expect(replaceField(windows(HEAD), key, value)).toBe(windows(expected));
});

test("a field that YAML refuses is replaced in its lines", () => {
  const text = "---\nglobs: **/*.ts\ndescription: a: b\n---\n";
  expect(replaceField(text, "globs", "*.js")).toBe("---\nglobs: *.js\ndescription: a: b\n---\n");
  expect(replaceField(text, "description", "c\nd")).toBe('---\nglobs: **/*.ts\ndescription: "c\\nd"\n---\n');
});

test("text that goes on unindented is replaced up to the next field", () => {
  const text = "---\ndescription: a: b\ngoes on\nname: x\n---\n";
  expect(replaceField(text, "description", "c")).toBe("---\ndescription: c\nname: x\n---\n");
});

test("a change that would reach another field is refused", () => {
  const anchored = "---\nname: &n dev\ncopy: *n\n---\n";
  expect(() => replaceField(anchored, "name", "d")).toThrow("does not read back");
});

test("a file without front matter gets some", () => {
  expect(replaceField("Text\n", "name", "a")).toBe('---\nname: "a"\n---\n\nText\n');
  expect(replaceField("\u{FEFF}Text\r\n", "name", "a")).toBe('\u{FEFF}---\r\nname: "a"\r\n---\r\n\r\nText\r\n');
});

test("front matter on one line keeps its form", () => {
  expect(replaceField("---\n{name: a, tools: [b]}\n---\n", "name", "c")).toBe("---\n{name: c, tools: [b]}\n---\n");
});

test("what would not read back is refused", () => {
  expect(() => replaceField("---\n- a\n---\n", "name", "b")).toThrow("does not read back");
});

const fields = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom("name", "description", "tools", "model", "x-y"),
    fc.constantFrom(
      ...[
        "dev",
        "'a'",
        '"b" # c',
        ">-\n  a\n  b",
        "|\n  a\n\n  b\n",
        "\n  - a\n  - b",
        "[a, b]",
        "{ a: b }",
        "",
        "a: b",
        "**",
        "1",
      ],
    ),
  ),
  { selector: ([key]) => key, maxLength: 5 },
);
const value = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 5 }),
  fc.constantFrom("a: b", "- a", "a\nb", "---", "true", "1.0", " a ", "#", "a #b", "*", "a:"),
  fc.boolean(),
  fc.nat(),
  fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 3 }),
);

test("only the value changes, whatever stands around it", () => {
  let changed = 0;
  fc.assert(
    fc.property(fields, value, fc.constantFrom("\n", "\r\n"), (pairs, next, eol) => {
      const head = pairs.map(([key, text]) => `${key}: ${text}\n`).join("# between\n\n");
      const text = `---\n${head}---\n\nBody: text\n`.replaceAll("\n", eol);
      const read = (file: string) => readHead("", file, { isKnown: () => true });
      for (const { key, valueStart, valueEnd } of read(text).fields) {
        const after = replaceField(text, key, next);
        changed++;
        expect(after.startsWith(text.slice(0, valueStart))).toBe(true);
        expect(after.endsWith(text.slice(valueEnd))).toBe(true);
        const field = read(after).fields.find((each) => each.key === key);
        expect([field?.value, field?.text]).toContainEqual(next);
      }
    }),
    { seed: 1, numRuns: 1_500 },
  );
  expect(changed).toBeGreaterThan(2_000);
}, 60_000);

describe("a name in TOML", () => {
  const codex = readableOf("codex-agent");
  const body = "developer_instructions = '''\nname = \"not this\"\n'''\n";

  test.each([
    [`# ours\nname = "dev" # mine\n${body}[mcp_servers.name]\nname = "x"\n`, '"dev"', '"reviewer"'],
    [`${body}name='dev'\r\n`, "'dev'", "'reviewer'"],
    [`name = """dev"""\n${body}`, '"""dev"""', '"reviewer"'],
    [`"name" = "dev"\ndeveloper_instructions = "name"\n`, '"dev"', '"reviewer"'],
    [body, "", ""],
  ])("is replaced in its place, and nothing else: %j", (text, before, after) => {
    const { document } = codex.read({ path: ".codex/agents/dev.toml", text });
    const source = codex.rename(document.source, "reviewer");
    expect(codex.restore({ ...document, source } as typeof document).text).toBe(text.replace(before, after));
  });
});
