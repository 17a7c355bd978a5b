import type { Document, Rendered } from "@personakit/core";
import type { Features } from "../features/features.ts";
import type { KnownFields } from "../features/field.ts";
import type { Said } from "../features/say.ts";
import type { Files } from "../files/files.ts";
import type { FrontMatter } from "../format/keys.ts";
import type { Artifact, Compiled } from "../model/compiled.ts";
import type { Context } from "../model/context.ts";
import type { Reading } from "../read/reading.ts";

/** A limit that all personas of a build share. */
export interface SharedLimit {
  /** What is limited: "descriptions of all agents". */
  readonly what: string;
  /** What is counted. */
  readonly unit: "characters" | "bytes" | "tokens";
  /** The most that the tool accepts. */
  readonly max: number;
  /** What the tool does beyond it. */
  readonly beyond: string;
  /** How much of it one persona takes, in `unit`; or the text whose tokens it takes, counted where those of all personas may be too many. */
  readonly measure: (document: Document, artifacts: readonly Artifact[]) => number | string;
  /** An error stops the build: text would be lost. A warning does not. */
  readonly severity: "error" | "warning";
}

/** What is known about a tool and its files: data with a date. */
interface Facts<Data extends object> {
  /** kebab-case; what `--target` takes. */
  readonly id: string;
  /** The tool that the file is written for. */
  readonly tool: string;
  /** Every tool that loads the file from there, the tool itself included. */
  readonly readers: readonly string[];
  /** Paths in a repository that show that the tool is in use there; a folder with `/` at its end only when it is empty. */
  readonly signs?: readonly string[];
  /** When the facts were last compared with the source, and for which version of the tool. */
  readonly checked: { readonly date: string; readonly version: string; readonly source: string };
  /** Names that the tool reserves, as it writes them. No persona may have one of them, in capital letters or not. */
  readonly reserved?: readonly string[];
  /** What all personas of a build share. */
  readonly limits?: readonly SharedLimit[] | undefined;
  /** Where the files of a persona go. */
  readonly files: Files;
  /** How the target treats each feature of a persona. */
  readonly features: Features;
  /** Fields of the tool that PersonaKit has no word of its own for, in the order in which they are written. */
  readonly fields?: KnownFields | undefined;
  /** Fields of a format without front matter that the target writes itself, each with what to say instead. */
  readonly ownFields?: { readonly [name: string]: string } | undefined;
  /** Absent: the main file is the body alone. */
  readonly frontMatter?: FrontMatter<Data> | undefined;
  /** What the tool reads in such a file besides what we write into it. */
  readonly reading?: Reading | undefined;
  /** The words of a text for which the tool puts in a value when it loads one, each once: what a persona may leave to it. */
  readonly filledIn?: ((text: string) => readonly string[]) | undefined;
  /** A file that all personas share. */
  readonly combined?: CombinedFile | undefined;
}

/** A file that all personas of a folder share, such as a catalogue: each of them is one member of it. */
export interface CombinedFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  /** The file's entry for a persona: plain JSON. */
  member(document: Document): unknown;
  /** The file's text, for members by persona; at least one. */
  toText(members: { readonly [persona: string]: unknown }): string;
  /** The members of a text that `toText` has made; undefined for any other text. */
  read(text: string): { readonly [persona: string]: unknown } | undefined;
}

/** What `defineTarget` takes: data, and functions for what only this tool needs. */
export interface TargetSpec<Data extends object> extends Facts<Data> {
  /** Rewrites what the tool would run or substitute when it loads the body, or throws. Keeps the number of lines. */
  guard?(body: Rendered, context: Context): Rendered;
  /** Adds to the main file what front matter cannot express. */
  wrap?(file: Rendered, context: Context & { readonly said: Said }): Rendered;
  /** The files of `files.also` for one persona. */
  also?(context: Context): readonly Artifact[];
}

/** One tool's kind of file. */
export interface Target extends Facts<object> {
  readonly kind: "target";
  readonly schemaVersion: 1;
  /** Where the main file goes, with `<name>` for the persona's. */
  readonly path: string;
  /** Whether it can restrict a persona's tools. If not, it refuses restricted personas. */
  readonly restricts: boolean;
  /** The files for one persona. Throws a PersonaKitError if this format cannot express the persona. */
  compile(document: Document): Compiled;
}
