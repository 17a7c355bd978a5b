import { compile, type Document, definePersona, must, section } from "@personakit/core";
import { LANGUAGES } from "@personakit/core/internal";
import { expect, test } from "vitest";
import type { CommandError } from "../issues/command-error.ts";
import { checkedDocument } from "./document-schema.ts";

const description = { does: "Does.", when: "When.", notFor: "Not." };
const rules = { a: must("A.") };
const document = compile(
  definePersona({
    id: "one",
    title: "T",
    role: "R.",
    description,
    use: [section({ id: "own", title: "Own", rules })],
    references: { deep: { title: "Deep", when: "w", use: [section({ id: "deep", title: "D", rules })] } },
  }),
);
const reference = document.references[0] as Document["references"][number];
const own = document.sections[0] as Document["sections"][number];
const entry = own.entries[0] as Document["sections"][number]["entries"][number];
const withEntry = (changed: object) => ({ sections: [{ ...own, entries: [{ ...entry, ...changed }] }] });

/** What is wrong with a document, issue by issue. */
function problemsOf(value: unknown): string[] {
  try {
    checkedDocument(value, "doc.json");
    return [];
  } catch (error) {
    const { issues } = error as CommandError;
    expect(new Set(issues.map(({ code, place }) => `${code} ${place}`))).toEqual(
      new Set(["invalid-document doc.json"]),
    );
    return issues.map(({ problem }) => problem.replace("this is not a valid compiled persona", ""));
  }
}

test("what the compiler writes is a document, also after a way through JSON", () => {
  expect(problemsOf(document)).toEqual([]);
  expect(problemsOf(JSON.parse(JSON.stringify(document)))).toEqual([]);
});

test("a document in another language is one, also in a language that only a newer version knows", () => {
  expect(problemsOf({ ...document, language: "nl", phrases: LANGUAGES.de })).toEqual([]);
});

test("what a later version of the model can say is a document as well", () => {
  const entries = [{ ...entry, kind: "markdown", text: "> # A\n\n<b>\n".trim() }];
  const newer = {
    ...document,
    schemaVersion: 2,
    title: "",
    role: "",
    sections: [{ ...own, title: "", depth: 3, entries }],
  };
  expect(problemsOf(newer)).toEqual([]);
  expect(problemsOf({ ...newer, sections: [{ ...own, entries: [] }] })).toEqual([]);
  const { strength: _, ...point } = entry as typeof entry & { readonly strength: string };
  const written = {
    ...own,
    list: "asWritten",
    blank: 2,
    blankWithin: 0,
    entries: [{ ...point, items: [{ text: "B." }] }],
  };
  expect(problemsOf({ ...newer, sections: [written] })).toEqual([]);
});

test.each<[path: string, changed: object, problem: string]>([
  ["kind", { kind: "persona" }, "expected"],
  ["schemaVersion", { schemaVersion: 3 }, "expected"],
  ["id", { id: "../../esc" }, "it is not kebab-case"],
  ["version", { version: "1.0.0\nhooks: x" }, "expected a version"],
  ["title", { title: 1 }, "expected string"],
  ["triggers", { triggers: "abc" }, "expected array"],
  ["examples.0.user", { examples: [{ context: "", assistant: "", commentary: "" }] }, "expected string"],
  ["tools", { tools: [] }, ">=1"],
  ["tools.0", { tools: ["fly"] }, "expected one of"],
  ["mcpServers.0", { mcpServers: ["x, Bash"] }, "expected a server's name"],
  ["model", { model: "huge" }, "Invalid input"],
  ["model.exact.claude-agent", { model: { exact: { "claude-agent": "opus\nhooks: x" } } }, "expected a model's id"],
  ["color", { color: "red\nfoo: bar" }, "expected one of"],
  ["paths.0", { paths: ["src/**, secrets"] }, "expected a glob"],
  ["includes.0.version", { includes: [{ id: "a", version: "1\nb" }] }, "expected a version"],
  ["language", { language: "de\nhooks: x" }, "expected one line"],
  ["phrases", { phrases: "de" }, "these are no phrases"],
  ["phrases", { phrases: { ...LANGUAGES.de, may: undefined } }, "may is missing or empty"],
  ["phrases", { phrases: { ...LANGUAGES.de, may: "# A" } }, "may would not read as it is written"],
  ["phrases", { phrases: { ...LANGUAGES.de, readWhen: "A" } }, "readWhen must have <link> and <when>"],
  ["sections", { sections: 5 }, "expected array"],
  ["sections.0.list", { sections: [{ ...own, list: "stars" }] }, "expected one of"],
  ["sections.0.blank", { sections: [{ ...own, blank: -1 }] }, ">=0"],
  ["sections.0.blankWithin", { sections: [{ ...own, blankWithin: 0.5 }] }, "expected int"],
  [
    "sections.0.entries.0",
    withEntry({ strength: undefined }),
    "a point without a strength stands in a list of bullets",
  ],
  ["sections.0.entries.0", withEntry({ breaks: true, text: "A.\nB." }), "breaks has no meaning in a list of bullets"],
  ["sections.0.entries.0", withEntry({ items: [] }), "items is not a list of points"],
  ["sections.0.entries.0", withEntry({ items: [{ text: "A", items: [{ text: "# B" }] }] }), "a heading"],
  ["sections.0.entries.0", withEntry({ blank: -1 }), "blank is not a whole number"],
  ["sections.0.depth", { sections: [{ ...own, depth: 7 }] }, "<=6"],
  ["sections.0.entries.0", withEntry({ kind: "markdown", text: "```\nA" }), "a code fence is left open"],
  ["sections.0.entries.0", withEntry({ kind: "markdown", text: "A\n\n<!-- B" }), "an HTML comment is left open"],
  ["sections.0.entries.0", withEntry({ kind: "markdown", text: "\nA" }), "blank lines around it"],
  ["sections.0.entries.0", withEntry({ text: "A.\nB." }), "line break"],
  ["sections.0.entries.0", withEntry({ text: "A.\n# Heading" }), "a heading"],
  ["sections.0.entries.0", withEntry({ text: "# Heading" }), "a heading"],
  ["sections.0.entries.0.origin.rule", withEntry({ origin: { unit: "own" } }), "expected string"],
  [
    "sections.0.entries.0.origin.verbatim",
    withEntry({ origin: { ...entry.origin, verbatim: true } }),
    "does not say so",
  ],
  ["references.0.id", { references: [{ ...reference, id: "../../../CLAUDE" }] }, "it is not kebab-case"],
  ["references.0.id", { references: [{ ...reference, id: "x".repeat(65) }] }, "more than 64 characters"],
  ["decisions.topic", { decisions: { topic: [] } }, "Invalid input"],
  ["dropped.0.reason", { dropped: [{ path: "own/a", by: "mine" }] }, "expected string"],
])("a wrong %s is refused: %j", (path, changed, problem) => {
  const [found, ...others] = problemsOf({ ...document, ...changed });
  expect(others).toEqual([]);
  expect(found?.startsWith(`, ${path}: `), found).toBe(true);
  expect(found).toContain(problem);
});

test.each([null, 5, "text", []])("%j is no document", (value) => {
  expect(problemsOf(value)).toEqual([expect.stringMatching(/^: .*expected object/)]);
});

test("of a file that is none of ours no more than five parts are said", () => {
  expect(problemsOf({})).toHaveLength(5);
});
