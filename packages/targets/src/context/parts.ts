import type { Knowledge } from "./tool.ts";

/** What a part is: a file of instructions, a list, or what the tool writes around them. */
export type PartKind =
  | "frame"
  | "memory"
  | "import"
  | "rule"
  | "scoped"
  | "outputStyle"
  | "skills"
  | "agents"
  | "skill"
  | "agent";

/** Whom the tool says a text is from. */
export type Role = "system" | "user" | "developer" | "tool";

/** When a text is sent: as the tool starts, when it reads the file that you asked about, or when an agent or a skill is called. */
export type When = "start" | "read" | "called";

/** How much of a text was kept. */
export interface Cut {
  /** So much was kept. */
  readonly kept: number;
  /** So much there is. */
  readonly of: number;
  /** What is counted. */
  readonly unit: "bytes" | "characters";
}

/** A skill, an agent or a rule in a list. */
export interface ListItem {
  /** As the tool writes it. */
  readonly name: string;
  /** Its file: an absolute path. */
  readonly source: string;
  /** How much of its description is there. */
  readonly shown: "whole" | "shortened" | "name";
  /** How many characters of its description are there, and how many there are, where that differs. */
  readonly cut?: Cut;
}

/**
 * A piece of what a tool sends. The texts of all parts with the same `place`, one after the other, are what stands there, byte for
 * byte.
 */
export interface ContextPart {
  /** What it is. */
  readonly kind: PartKind;
  /** Whom the tool says it is from. */
  readonly role: Role;
  /** Where it stands, in words: "first user message". */
  readonly place: string;
  /** When it is sent. */
  readonly when: When;
  /** The files that it is made of: absolute paths. Empty for a frame. */
  readonly sources: readonly string[];
  /** The text, with what the tool writes around it. */
  readonly text: string;
  /** The text's length in UTF-8. */
  readonly bytes: number;
  /** The file that imports this one. */
  readonly by?: string;
  /** Set where the tool leaves out the end of a file. */
  readonly cut?: Cut;
  /** Files that stand within this text because its file imports them, with the bytes of each. */
  readonly imports?: readonly { readonly source: string; readonly bytes: number }[];
  /** What a list names. */
  readonly items?: readonly ListItem[];
  /** "undefined" where the tool promises no order: another file system may give another. */
  readonly order: "defined" | "undefined";
  /** How it is known that the tool sends it. */
  readonly known: Knowledge;
}

/** Why a file is not sent. */
export type LeftOutCode =
  | "switched-off"
  | "not-read"
  | "blank"
  | "same-file"
  | "same-text"
  | "over-limit"
  | "outside"
  | "too-deep"
  | "missing"
  | "other-files"
  | "on-demand"
  | "bad-front-matter"
  | "manual"
  | "same-name"
  | "no-name"
  | "bad-name"
  | "no-description"
  | "too-long"
  | "untrusted";

/** A file that is there, or that another one asks for, and that the tool does not send. */
export interface LeftOut {
  /** An absolute path. */
  readonly path: string;
  /** Why, as a word. */
  readonly code: LeftOutCode;
  /** Why, in one sentence. */
  readonly reason: string;
  /** The file because of which it is left out. */
  readonly by?: string;
}

/** What you should know about the whole. */
export interface ContextNote {
  /** What it is about. */
  readonly code: "order" | "not-asked" | "budget" | "approval" | "not-listed" | "unknown";
  /** One sentence. */
  readonly text: string;
}

/** What a tool puts before its model. */
export interface ToolContext {
  /** In the order in which they are sent. */
  readonly parts: readonly ContextPart[];
  /** The files that it does not send. */
  readonly leftOut: readonly LeftOut[];
  /** What you should know about it. */
  readonly notes: readonly ContextNote[];
}
