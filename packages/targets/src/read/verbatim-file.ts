import { type Document, type Origin, type Rendered, render } from "@personakit/core";
import { failure } from "../issues/issue.ts";
import { spellToml } from "./read-toml.ts";
import type { Reading } from "./reading.ts";
import { around, type ReadDocument } from "./verbatim.ts";

/**
 * The file that a document was read from, with what the document says now as its body: the same bytes where nothing was changed.
 * Throws a PersonaKitError where a changed body cannot stand in the file.
 */
export function fileOf(document: ReadDocument, reading: Reading | undefined, place: string): Rendered {
  const { source } = document;
  const body = bodyOf(document);
  refuseUneven(document, body, place);
  const spelled = reading?.toml === undefined ? body.text : spellToml(source, body.text, place);
  const text = around(source, spelled);
  return { text, origins: originsOf(text, source.head, document, body.origins) };
}

/** The body without the line end that rendering puts below it. Links stay as they are where there is no such reference. */
function bodyOf(document: Document): Rendered {
  if (document.sections.length === 0) return { text: "", origins: [] };
  const { text, origins } = render({ ...document, references: [] }, { referencePath: (id) => `ref:${id}` }).body;
  return { text: text.replace(/\n$/, ""), origins };
}

/** Lines that were added or removed would shift the others' line ends. */
function refuseUneven({ source: { eol } }: ReadDocument, { text }: Rendered, place: string): void {
  if (typeof eol === "string" || text.split("\n").length - 1 === eol.length) return;
  const problem = "the file has mixed line ends, so lines can be neither added nor removed";
  throw failure("mixed-line-ends", place, problem, "Give all of its lines the same end.");
}

/** One origin for each line of the file. */
function originsOf(text: string, head: string, { id }: ReadDocument, body: readonly Origin[]): Origin[] {
  const own: Origin = { unit: id };
  const above = linesIn(head) - 1;
  return Array.from({ length: linesIn(text) }, (_, line) => body[line - above] ?? own);
}

function linesIn(text: string): number {
  return text.split(/\r\n|\n|\r/).length;
}
