import type { Document, Origin } from "@personakit/core";

/** One generated file. */
export interface Artifact {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** LF line ends, no byte order mark. */
  readonly text: string;
  /** One for each line of `text`. */
  readonly origins: readonly Origin[];
}

/** Something of a persona that a format cannot say. A lost restriction is never one of these: that is an error. */
export interface Loss {
  /** What is left out. */
  readonly what: string;
  readonly why: string;
}

/** What a target makes of a persona. */
export interface Compiled {
  /** Main file first. */
  readonly artifacts: readonly Artifact[];
  readonly losses: readonly Loss[];
}

/** One tool's kind of file. Everything a target knows about its tool is data with a date. */
export interface Target {
  readonly id: string;
  /** The tool that reads the file. */
  readonly tool: string;
  /** When the facts below were last compared with the source, and for which version of the tool. */
  readonly checked: { readonly date: string; readonly version: string; readonly source: string };
  /** The files for one persona. Throws a PersonaKitError when the persona cannot be said in this format. */
  compile(document: Document): Compiled;
}
