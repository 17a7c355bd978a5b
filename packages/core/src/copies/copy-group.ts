import type { NumberQuestion } from "./numbers.ts";
import type { CopyParameter } from "./template.ts";

/** Where a copy stands. */
export interface CopyPlace {
  /** Of the file. */
  readonly path: string;
  /** Its first line in the file, from 1. */
  readonly first: number;
  /** Its last line. */
  readonly last: number;
  /** Where it begins: `text.slice(start, end)` of the file. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** What several files say and one could say for all of them. */
export interface CopyGroup {
  /** In kebab-case; no other group of a result has it. */
  readonly name: string;
  /** Whole files, or a passage of them. */
  readonly of: "file" | "passage";
  /**
   * How alike they are: "equal"; equal below another "head", the front matter; equal but for "parameters"; or one is the other
   * with "additions".
   */
  readonly match: "equal" | "head" | "parameters" | "additions";
  /** The heading that it stands under or begins with, as it is written; empty where there is none. */
  readonly heading: string;
  /** In the order of the files. */
  readonly places: readonly CopyPlace[];
  /** What they say, with line feeds, and `{{name}}` for a parameter. Of files with additions, the shortest one. */
  readonly text: string;
  /** What each place says, in the order of the places. */
  readonly parameters: readonly CopyParameter[];
  /** What the text costs once. */
  readonly tokens: number;
  /** What is saved in all, with what is left in each file taken off. */
  readonly saves: number;
  /** Of files with additions: what both say in a row, each worth a text of its own. */
  readonly passages?: readonly CopyPassage[];
}

/** What several files say in the same words. */
export interface CopyPassage {
  /** With line feeds. */
  readonly text: string;
  /** Where it stands, in the order of the files. */
  readonly places: readonly CopyPlace[];
}

/** Texts that were one and are no longer: what they say differs in some words. */
export interface CopyDrift {
  /** In kebab-case; no group and no other drift of a result has it. */
  readonly name: string;
  /** Whole files, or a passage of them. */
  readonly of: "file" | "passage";
  /** The heading that it begins with; empty where there is none. */
  readonly heading: string;
  /** What is said, the one that most places say first. */
  readonly variants: readonly CopyVariant[];
  /** What the first wording costs. */
  readonly tokens: number;
}

/** What some of the copies say. */
export interface CopyVariant {
  /** What they say, with line feeds. */
  readonly text: string;
  /** Where they stand. */
  readonly places: readonly CopyPlace[];
}

/** What stands in two or more files. */
export interface Copies {
  /** Largest saving first. */
  readonly groups: readonly CopyGroup[];
  /** Longest first. */
  readonly drifts: readonly CopyDrift[];
  /** Numbers that differ on one topic. Between different roles that can be meant, so that they are questions. */
  readonly numbers: readonly NumberQuestion[];
}

/** What a copy costs, and when it is worth the change. */
export interface Cost {
  readonly tokens: (text: string) => number;
  /** The least saving, in tokens. */
  readonly least: number;
}
