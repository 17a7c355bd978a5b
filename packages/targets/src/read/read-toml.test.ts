import type { Document } from "@personakit/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentWith, targetOf } from "../compile.testing.ts";

const codex = targetOf("codex-agent");
const read = (text: string) => codex.read({ path: ".codex/agents/a.toml", text });
const bodyOf = ({ sections }: Document) =>
  sections.flatMap(({ entries }) => entries.map((entry) => "text" in entry && entry.text))[0];

/** The document with another body. */
const withBody = (document: Document, text: string) =>
  ({
    ...document,
    sections: document.sections.map((section) => ({
      ...section,
      entries: section.entries.map((entry) => ({ ...entry, text })),
    })),
  }) as Document;

const FILE = `# Ours.
name = "dev"
description = "Does = it." # shown
nickname_candidates = ["A b", 'C']
model = "gpt-5"
model_reasoning_effort = "high"
sandbox_mode = "read-only"
developer_instructions = '''

# Dev

Do it.
'''

[mcp_servers.docs]
command = "x"
args = [
  "]", # '''
]

[mcp_servers.docs.env]
A = """a
[no.table]
"""
`;

describe("a Codex agent", () => {
  test("is read with the place of each field", () => {
    const { document, fields } = read(FILE);
    expect(document).toMatchObject({
      id: "dev",
      description: "Does = it.",
      model: { tier: "deep", exact: { "codex-agent": "gpt-5" } },
      tools: ["read", "search", "web"],
    });
    expect(document.fields).toMatchObject({ "codex-agent": { nickname_candidates: ["A b", "C"] } });
    expect(bodyOf(document)).toBe("# Dev\n\nDo it.");
    expect(fields.map(({ key, line }) => `${key} ${line}`)).toEqual([
      ...["name 2", "description 3", "nickname_candidates 4", "model 5", "model_reasoning_effort 6", "sandbox_mode 7"],
      ...["mcp_servers 15", "mcp_servers 21"],
    ]);
    expect(codex.restore(document).text).toBe(FILE);
    expect(codex.compile(document).artifacts[0]?.text).toBe(FILE);
  });

  test("that may not search the web says so", () => {
    const { document } = read('sandbox_mode = "read-only"\nweb_search = "disabled"\ndeveloper_instructions = "a"\n');
    expect(document.tools).toEqual(["read", "search"]);
    const alone = read('web_search = "disabled"\ndeveloper_instructions = "a"\n').document;
    expect([alone.tools, alone.fields]).toEqual([undefined, { "codex-agent": { web_search: "disabled" } }]);
  });

  test.each([
    ["'''\nText\n'''", "Text"],
    ["'''Text'''", "Text"],
    ["'''\r\n\r\nText\r\nmore\r\n'''", "Text\nmore"],
    ['"""\nA \\"quoted\\" \\u00e9 text\\n\n"""', 'A "quoted" é text'],
    ['"One\\nline"', "One\nline"],
    ["'One line'", "One line"],
    ['"""\nA \\\n   b"""', "A b"],
    ['"""a"b""c"""""', 'a"b""c""'],
    ['""', undefined],
    ["'''\n\n'''", undefined],
  ])("with its text as %j is the same bytes again", (spelled, body) => {
    for (const below of ["", "\n", '\nmodel = "x"\n', "\r\n# End"]) {
      const file = `name = "dev"\ndeveloper_instructions = ${spelled}${below}`;
      const { document } = read(file);
      expect(bodyOf(document)).toBe(body);
      expect(codex.restore(document).text).toBe(file);
    }
  });

  test("takes a changed text in the quotes that it has", () => {
    const changed = (spelled: string, text: string) =>
      codex.restore(withBody(read(`developer_instructions = ${spelled}\n`).document, text)).text;
    expect(changed("'''\nA\n'''", "B \\ c")).toBe("developer_instructions = '''\nB \\ c\n'''\n");
    expect(changed('"""\nA\\u0020b\n"""', 'B \\ """ c')).toBe('developer_instructions = """\nB \\\\ ""\\" c"""\n');
    expect(changed('"A"', 'B\n"')).toBe('developer_instructions = "B\\n\\""\n');
    expect(() => changed("'''\nA\n'''", "'''")).toThrow("cannot stand between '''");
  });

  test.each(["name = ", "a", 'developer_instructions = """', "[[", "a = 1\na = 2"])(
    "that does not parse is refused: %j",
    (text) => {
      expect(() => read(text)).toThrow("does not parse as TOML");
    },
  );

  test("that we wrote is the same bytes again", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const file =
          codex.compile(documentWith({ role: `You ${JSON.stringify(text).slice(1, -1)}.` })).artifacts[0]?.text ?? "";
        const { document } = read(file);
        expect(document).toMatchObject({ id: "dev", description: "Does. When." });
        expect(codex.restore(document).text).toBe(file);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  const value = fc.constantFrom(
    ...[
      '"a"',
      "'b'",
      "1",
      "true",
      "1979-05-27 07:32:00",
      "[1, [2, '#']]",
      '{ a = "}", b = { c = 1 } }',
      "'''\n'''",
      '"""\n"\n"""',
      "[\n  1, # ]\n]",
    ],
  );
  const line = fc.oneof(
    fc.tuple(fc.constantFrom("a", '"b = c"', "d.e", "model", "'f'"), value).map(([key, each]) => `${key} = ${each}`),
    fc.constantFrom(
      "",
      "# c = '''",
      "[t]",
      "[[u]]",
      "[v.'w']",
      'developer_instructions = "x"',
      "developer_instructions = '''\nx\n'''",
    ),
  );
  test("is the same bytes again, whatever else is in it", () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), (lines, eol) => {
        const file = lines.join("\n").replaceAll("\n", eol);
        try {
          const { document, fields } = read(file);
          expect(codex.restore(document).text).toBe(file);
          for (const { start, end } of fields) expect(end).toBeGreaterThan(start);
          seen++;
        } catch (error) {
          if (!(error as Error).message.includes("does not parse")) throw error;
        }
      }),
      { seed: 1, numRuns: 3_000 },
    );
    expect(seen).toBeGreaterThan(1_000);
  }, 60_000);
});
