import type { Document, SourceFile } from "@personakit/core";
import { makeKnown } from "../features/known.ts";
import { failure } from "../issues/issue.ts";
import { contextOf } from "../model/context.ts";
import { ownFolder } from "../model/template.ts";
import { type FileRead, type FileText, type ReadTables, readFile } from "../read/read-file.ts";
import { matchPath, type Recognised } from "../read/recognise.ts";
import { renamed } from "../read/replace-field.ts";
import { isFrom } from "../read/verbatim.ts";
import { fileOf, type Restored } from "../read/verbatim-file.ts";

/** A kind of file that can be read. */
export interface Readable {
  /** A target's id where the kind is also written. */
  readonly id: string;
  /** The tool that reads such files. */
  readonly tool: string;
  /** Where the tool looks for such a file, with `<name>` for the persona's. */
  readonly path: string;
  /** What is known of it: its fields, its tools, the words that it takes. */
  readonly tables: ReadTables;
  /** Whether the file has a folder to itself, with references and other files in it, as a skill has. */
  readonly ownsFolder: boolean;
  /** The target whose files have taken the place of this kind's, with the same fields. */
  readonly successor?: string;
  /** Says whether a path is one of this kind of file's; undefined where it is not. Paths have forward slashes. */
  match(path: string): Recognised | undefined;
  /**
   * Reads a file, and the references that lie beside it, without changing them. Throws a PersonaKitError for what is no text, and for
   * TOML that does not parse.
   */
  read(file: FileText, references?: readonly FileText[]): FileRead;
  /**
   * The file that a document was read from, with what the document says now as its body: the same bytes where nothing was changed.
   * Throws a PersonaKitError for a document that was read from another kind of file, and where a changed body cannot stand there.
   */
  restore(document: Document): Restored;
  /** What stands around the body of such a file, with this name where it says one. */
  rename(source: SourceFile, name: string): SourceFile;
}

/** What `defineReadable` takes: the tables of a kind of file that is read and not written. */
export interface ReadableSpec extends ReadTables {
  /** When the facts were last compared with the source. */
  readonly checked: { readonly date: string; readonly version: string; readonly source: string };
  /** The target whose files have taken the place of this kind's, with the same fields. */
  readonly successor?: string;
}

/**
 * Reads files of a target of your own. `readables` has those of this package. Returns the kind of file that the target writes.
 *
 * @example
 * ```ts
 * import type { Target } from "@personakit/targets";
 * import { type FileRead, readableBy } from "@personakit/targets/read";
 *
 * export function readNotes(target: Target): FileRead {
 *   return readableBy(target).read({ path: "notes.md", text: "Take notes.\n" });
 * }
 * ```
 */
export function readableBy(tables: ReadTables): Readable {
  const { id, tool, files } = tables;
  return {
    id,
    tool,
    path: files.main,
    tables,
    ownsFolder: ownFolder(files.main) !== undefined,
    match: (path) => matchPath(tables, path),
    read: (file, references) => readFile(tables, file, references),
    restore(document) {
      const { place } = contextOf(document, id);
      if (isFrom(document, id)) return fileOf(document, tables, place);
      throw failure("other-source", place, `the document was not read from a file of ${id}`);
    },
    rename: (source, name) => renamed(source, name, tables.reading?.toml),
  };
}

/** Defines a kind of file that is read and not written. */
export function defineReadable(spec: ReadableSpec): Readable & ReadableSpec {
  // Nothing is written, so there is nothing that only PersonaKit may write.
  makeKnown(spec.id, { ...spec, owned: () => ({}) });
  return { ...spec, ...readableBy(spec) };
}
