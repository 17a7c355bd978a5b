import type { Block } from "@personakit/core/internal";
import type { FileHead, ReadTables } from "@personakit/targets/read";

/** A place in a text, from 1. */
export interface Position {
  /** The line. */
  readonly line: number;
  /** The column, in UTF-16 units. */
  readonly column: number;
}

/** A code fence of a body. Offsets are in the file's text. */
export interface Fence {
  /** The whole of it, its rows included. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** What stands behind the opening row: `bash`. */
  readonly language: string;
  /** What stands between the rows. */
  readonly code: string;
  /** Where that begins. */
  readonly codeStart: number;
  /** Whether its end is missing. */
  readonly isOpen: boolean;
}

/** An instruction file, and what was looked up of it. What takes time is looked up when it is asked for. */
export interface InstructionFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  /** The same, once links are followed. */
  readonly realPath: string;
  /** As it was decoded, with its byte order mark and its line ends. */
  readonly text: string;
  /** In bytes. */
  readonly size: number;
  /** The kind of file: a target's id, or that of a kind that only people write, such as `claude-md`. */
  readonly kind: string;
  /** What is known of the kind: the tool, its fields, its words. */
  readonly tables: ReadTables;
  /** The names of the tools that read such a file and are in use here. */
  readonly readers: readonly string[];
  /** What its path calls it; empty for a file of a whole folder. */
  readonly name: string;
  /** The folder that it belongs to: empty at the root, `packages/api` in a monorepo. */
  readonly folder: string;
  /** Whether a tool looks where it lies. */
  readonly isLoaded: boolean;
  /** Whether it is a page beside the main file, as a skill has. */
  readonly isReference: boolean;
  /** Its front matter, with the place of each field; for TOML, the fields of the file. */
  readonly head: FileHead;
  /** Where its body begins. */
  readonly bodyStart: number;
  /** What stands below the front matter. */
  readonly body: string;
  /** The blocks of its body. Their offsets are in the body. */
  readonly blocks: readonly Block[];
  /** The code fences of its body, those in lists and quotes among them. */
  readonly fences: readonly Fence[];
  /**
   * The file's text with spaces in place of front matter, code, HTML comments and tags: what a reader reads as sentences. As long as the
   * text, so that offsets are the same.
   */
  readonly prose: string;
  /** Where an offset of its text stands. */
  positionOf(offset: number): Position;
}
