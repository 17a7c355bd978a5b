import type { CheckId, Severity } from "./groups.ts";

/** A change of a file's text: what stands from `start` up to `end` becomes `text`. */
export interface Edit {
  /** Where it begins. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** What stands there then. */
  readonly text: string;
}

/** What a check has found, as it says it. */
export interface Found {
  /** The file, relative to the repository. */
  readonly path: string;
  /** Where in the file's text: an offset, or a stretch. Absent: the file as a whole. */
  readonly at?: number | { readonly start: number; readonly end: number } | undefined;
  /** What the tool does, or what is wrong, as one sentence without a full stop. */
  readonly problem: string;
  /** How to mend it, as a sentence. */
  readonly hint?: string | undefined;
  /** The names of the tools that it is about. Absent: those that read the file. */
  readonly tools?: readonly string[] | undefined;
  /** How bad it is, where that differs from the check's own. */
  readonly severity?: Severity | undefined;
  /** Changes that mend it and change no meaning. */
  readonly fix?: readonly Edit[] | undefined;
}

/** Something that is wrong with a file. */
export interface Finding {
  /** The check that found it. */
  readonly check: CheckId;
  /** How bad it is. */
  readonly severity: Severity;
  /** Relative to the repository. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** The names of the tools that it is about. */
  readonly tools: readonly string[];
  /** What the tool does, or what is wrong, as one sentence without a full stop. */
  readonly problem: string;
  /** How to mend it, as a sentence. */
  readonly hint?: string;
  /** Changes that mend it and change no meaning. */
  readonly fix?: readonly Edit[];
}
