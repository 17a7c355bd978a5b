import { type AroundBody, type Document, type Origin, type Rendered, render, type Section } from "@personakit/core";
import { failure } from "../issues/issue.ts";
import { fill } from "../model/template.ts";
import { spellToml } from "./read-toml.ts";
import type { Reading } from "./reading.ts";
import { around, type ReadDocument } from "./verbatim.ts";

/** How a kind of file links to references, and what is known of reading it. */
export interface Restoring {
  readonly files: { readonly links?: { readonly main: string; readonly reference: string } };
  readonly reading?: Reading | undefined;
}

/** A file that was read, and its references by id. */
export interface Restored extends Rendered {
  readonly references: { readonly [id: string]: Rendered };
}

/**
 * The file that a document was read from, with what the document says now as its body: the same bytes where nothing was changed.
 * Throws a PersonaKitError where a changed body cannot stand in the file.
 */
export function fileOf(document: ReadDocument, { files: { links }, reading }: Restoring, place: string): Restored {
  const { source, references } = document;
  const linkTo = (link: string | undefined) => (reference: string) =>
    link !== undefined && references.some(({ id }) => id === reference)
      ? fill(link, { reference })
      : `ref:${reference}`;
  const body = bodyOf(document, document.sections, linkTo(links?.main));
  const spelled = reading?.toml === undefined ? body.text : spellToml(source, body.text, place);
  return {
    ...inPlace(document, source, { ...body, text: spelled }, place),
    references: Object.fromEntries(
      references.flatMap((reference) => {
        if (reference.source === undefined) return [];
        const page = bodyOf(document, reference.sections, linkTo(links?.reference));
        return [[reference.id, inPlace(document, reference.source, page, `${place}, ref:${reference.id}`)]];
      }),
    ),
  };
}

/** Sections as one text, without the line end that rendering puts below it. */
function bodyOf(document: Document, sections: readonly Section[], referencePath: (id: string) => string): Rendered {
  if (sections.length === 0) return { text: "", origins: [] };
  const alone: Document = { ...document, title: "", role: "", sections, references: [] };
  const { text, origins } = render(alone, { referencePath }).body;
  return { text: text.replace(/\n$/, ""), origins };
}

/** A body in its file, with one origin for each line. */
function inPlace(document: ReadDocument, source: AroundBody, body: Rendered, place: string): Rendered {
  refuseUneven(source, body, place);
  const text = around(source, body.text);
  const own: Origin = { unit: document.id };
  const above = linesIn(source.head) - 1;
  return { text, origins: Array.from({ length: linesIn(text) }, (_, line) => body.origins[line - above] ?? own) };
}

/** Lines that were added or removed would shift the others' line ends. */
function refuseUneven({ eol }: AroundBody, { text }: Rendered, place: string): void {
  if (typeof eol === "string" || text.split("\n").length - 1 === eol.length) return;
  const problem = "the file has mixed line ends, so lines can be neither added nor removed";
  throw failure("mixed-line-ends", place, problem, "Give all of its lines the same end.");
}

function linesIn(text: string): number {
  return text.split(/\r\n|\n|\r/).length;
}
