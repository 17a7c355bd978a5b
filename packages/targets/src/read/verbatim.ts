import type { AroundBody, Document, SourceFile } from "@personakit/core";
import { firstEnd, unify, withLineEnds } from "./line-ends.ts";

/** A body between what stands above and below it: text without blank lines around it, with line feeds only. */
export interface Body extends AroundBody {
  readonly text: string;
}

/** Takes a body apart from the blank lines around it. `start` and `end` say where it stands in the file. */
export function bodyOf(file: string, start: number, end: number): Body {
  const whole = file.slice(start, end);
  const [above = ""] = /^(?:[^\S\r\n]*(?:\r\n|\n|\r))*/.exec(whole) ?? [];
  const length = whole.trimEnd().length;
  if (length <= above.length) {
    return { head: file.slice(0, end), text: "", eol: firstEnd(file), tail: file.slice(end) };
  }
  const { text, eol } = unify(whole.slice(above.length, length), file);
  return { head: file.slice(0, start + above.length), text, eol, tail: file.slice(start + length) };
}

/**
 * The file that a document was read from, with the document's body in its place: the same file where nothing was changed. A body
 * that had mixed line ends keeps them line by line.
 */
export function around({ head, eol, tail }: AroundBody, body: string): string {
  return `${head}${withLineEnds(body, eol)}${tail}`;
}

/** A document that was read from a file. */
export type ReadDocument = Document & { readonly source: SourceFile };

/** Whether a document was read from a file of this kind. */
export function isFrom(document: Document, kind: string): document is ReadDocument {
  return document.source?.target === kind;
}
