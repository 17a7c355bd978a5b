import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../compile/compile.ts";
import { directivesIn } from "../read/directive.ts";
import { render } from "../render/render.ts";
import { type FileSettings, fragmentOfText, type Piece, partsOf, personaOfFile } from "./from-file.ts";

const SETTINGS: FileSettings = {
  id: "dev",
  description: "",
  mcpServers: [],
  source: { target: "plain", head: "", eol: "\n", tail: "", carried: [] },
};

/** What pieces are rendered to again, as sections of a persona. */
function rendered(pieces: readonly Piece[]): string {
  const rules = pieces.map(({ text, blank }, index) => [`r${index}`, { kind: "markdown", text, blank }] as const);
  const document = compile(personaOfFile(SETTINGS, [fragmentOfText("text", "text", Object.fromEntries(rules))]));
  return render(document, { referencePath: (id) => `ref:${id}` }).body.text;
}

function piecesOf(text: string): readonly Piece[] {
  return partsOf(text).flatMap((part) => (part.kind === "text" ? part.pieces : []));
}

const LINES = [
  ...[
    "# A",
    "## B",
    "Title",
    "===",
    "---",
    "text",
    "  text",
    "    code",
    "\ttab",
    "- item",
    "  - in",
    "1. one",
    "   more",
  ],
  ...[
    "> quote",
    "```",
    "~~~ sh",
    "<div>",
    "<!-- x",
    "-->",
    "| a | b |",
    "| - | - |",
    "[a]: b",
    "[x](ref:y)",
    "* * *",
    "",
  ],
  ...["", "", " ", "\t", "\u{A0}", "text  ", "\\", "`", "***", "</div>", "<x_y>", "- ", "+", "10) x"],
];

test("a text is rendered from its pieces as it stands, whatever it says", () => {
  const texts = fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 25 }).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(texts, (given) => {
      // As what reads files hands it over: without blank lines around it.
      const text = given.replace(/^(?:[^\S\n]*\n)*/, "").trimEnd();
      fc.pre(text.trim() !== "");
      expect(rendered(piecesOf(text))).toBe(`${text}\n`);
    }),
    { numRuns: 3000, seed: 61 },
  );
});

test("pieces have ids and lines of their own", () => {
  const pieces = piecesOf("Hello there.\n\n# Rules\n\nCite the file.\n- Cite the line.\n\n\n\n- Cite more.");
  expect(pieces.map(({ section, id, line, blank }) => [section, id, line, blank])).toEqual([
    ["opening", "hello", 1, 0],
    ["rules", "heading", 3, 1],
    ["rules", "citeFile", 5, 1],
    ["rules", "citeLineCite", 6, 0],
  ]);
});

test("a directive parts a text, also within what would be one block", () => {
  const text = "- One.\n::use[@acme/a]\n- Two.\n\n\n::use[./b.md]\nEnd.";
  const { directives } = directivesIn(text, { file: "x.md" });
  const parts = partsOf(text, directives).map((part) =>
    part.kind === "use"
      ? [part.directive.name, part.blank]
      : part.pieces.map(({ text: said, blank, line }) => [said, blank, line]),
  );
  expect(parts).toEqual([[["- One.", 0, 1]], ["@acme/a", 0], [["- Two.", 0, 3]], ["./b.md", 2], [["End.", 0, 7]]]);
});
