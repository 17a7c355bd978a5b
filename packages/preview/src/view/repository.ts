// What the page is told of a repository: its instruction files, what tools make of them, and what stands in several of them.

/** Where something stands in a file. */
export interface PlaceView {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  /** Its first line, from 1. */
  readonly first: number;
  /** Its last line. */
  readonly last: number;
}

/** An instruction file in the list. */
export interface FileSummary {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  /** The tool that such a file is written for; absent where its place says none. */
  readonly tool?: string;
  /** An estimate. */
  readonly tokens: number;
  /** The persona that the whole file was built of. */
  readonly persona?: string;
}

/** An instruction file as it stands. */
export interface InstructionFileView extends FileSummary {
  /** Its size on the disk. */
  readonly bytes: number;
  /** Its lines, without line ends. */
  readonly lines: readonly string[];
  /** What in it was built of personas that are shown here. */
  readonly built: readonly BuiltView[];
}

/** What there is to say of an instruction file, which takes longer to find out. */
export interface RemarksView {
  /** What the doctor finds in it, the worst first. */
  readonly findings: readonly FindingView[];
  /** The checks that have found something in it, by id. */
  readonly checks: { readonly [id: string]: CheckView };
  /** What each tool in use does with it. */
  readonly loads: readonly LoadView[];
  /** What stands in other files too, or did. */
  readonly shared: readonly SharedView[];
}

/** Something that is wrong with a file. */
export interface FindingView {
  /** The check's id: `load/front-matter`. */
  readonly check: string;
  /** How bad it is. */
  readonly severity: "error" | "warning" | "note";
  /** Relative to the repository. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** The tools that it is about; empty for every tool. */
  readonly tools: readonly string[];
  /** What the tool does, or what is wrong, without a full stop. */
  readonly problem: string;
  /** How to mend it. */
  readonly hint?: string;
  /** Whether `personakit doctor --fix` mends it. */
  readonly isFixable: boolean;
}

/** What a check looks for, and why. */
export interface CheckView {
  /** In one sentence. */
  readonly what: string;
  /** In a sentence or two. */
  readonly why: string;
  /** What tools do with a file that has it: "Codex cuts it behind 32,768 bytes". */
  readonly observed: readonly string[];
}

/** What a tool does with a file, started in a folder. */
export interface LoadView {
  /** With its version. */
  readonly tool: string;
  /** Relative to the repository; empty for the repository. */
  readonly folder: string;
  /** What it does, in a word. */
  readonly cell: CellView;
  /** The same in a sentence, or why it leaves the file out. */
  readonly says: string;
}

/** A text of a file that others have too. */
export interface SharedView extends PlaceView {
  /** As `personakit extract` calls it. */
  readonly name: string;
  /** The same text, or one that was the same and is no longer. */
  readonly is: "copy" | "drift";
  /** Where the others stand. */
  readonly others: readonly PlaceView[];
}

/** A part of a file that was built of a persona: all of it, or a block. */
export interface BuiltView {
  /** The persona's id. */
  readonly persona: string;
  /** The path of the built file, relative to the project. */
  readonly file: string;
  /** The line of this file in which the built text begins, from 1. */
  readonly first: number;
  /** How many lines it has. */
  readonly count: number;
  /** Whether the lines are those that a build would write now. */
  readonly isCurrent: boolean;
}

/** What is wrong with the repository's files. */
export interface DoctorView {
  /** The worst first. */
  readonly findings: readonly FindingView[];
  /** The checks that have found something, by id. */
  readonly checks: { readonly [id: string]: CheckView };
  /** How many instruction files there are. */
  readonly files: number;
  /** Those that a tool should load and does not. */
  readonly dropped: readonly string[];
  /** What each tool in use reads at the start in the repository. */
  readonly tools: readonly { readonly name: string; readonly files: number; readonly tokens: number }[];
  /** What is there and could not be read. */
  readonly unread: readonly { readonly path: string; readonly why: string }[];
}

/** What a tool does with a file, in a word; the first that holds. */
export type CellWord = "yes" | "cut" | "part" | "list" | "read" | "call" | "later" | "no";

/** What a tool does with a file. */
export interface CellView {
  /** In a word. */
  readonly word: CellWord;
  /** Of what is sent at the start: which of those files it is, from 1. */
  readonly order?: number;
  /** How often it is sent at the start, where that is more than once. */
  readonly times?: number;
  /** Why it is left out. */
  readonly reason?: string;
}

/** What tools put before their models in a folder. */
export interface ContextView {
  /** Relative to the repository; empty for the repository. */
  readonly folder: string;
  /** The folders that have instructions of their own. */
  readonly folders: readonly string[];
  /** Those in use there. */
  readonly tools: readonly ContextToolView[];
  /** A file, or a folder of skills or agents, which ends in a slash; by path. */
  readonly rows: readonly { readonly path: string; readonly cells: readonly (CellView | null)[] }[];
}

/** A tool, and what it always sends. */
export interface ContextToolView {
  /** Its id: `claude-code`. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** The version that is known. */
  readonly version: string;
  /** How that is known: "observed on 2026-11-28". */
  readonly known: string;
  /** Of what it sends at the start. */
  readonly bytes: number;
  /** The same, as an estimate. */
  readonly tokens: number;
}

/** What one tool puts before its model in a folder, in its order. */
export interface StackView extends ContextToolView {
  /** Relative to the repository; empty for the repository. */
  readonly folder: string;
  /** What it sends at the start. */
  readonly parts: readonly StackPartView[];
  /** What it does not send, with the reason. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
  /** What you should know about it. */
  readonly notes: readonly string[];
}

/** A piece of what a tool sends. */
export interface StackPartView {
  /** "memory", "skill list", "around them". */
  readonly what: string;
  /** "system", "user", "developer". */
  readonly role: string;
  /** Where it stands: "first user message". */
  readonly place: string;
  /** What it is made of, in one line; empty for what the tool itself writes. */
  readonly from: string;
  /** The file that it begins with. */
  readonly path?: string;
  /** Its length. */
  readonly bytes: number;
  /** The same, as an estimate. */
  readonly tokens: number;
  /** The share of it that personas have written: from 0 to 1. */
  readonly ours: number;
  /** How much of the file arrives, where that is not all. */
  readonly cut?: { readonly kept: number; readonly of: number; readonly unit: string };
  /** As the model reads it. */
  readonly text: string;
}

/** What stands in several files, and files that are not what their personas make. */
export interface CopiesView {
  /** How many instruction files were compared. */
  readonly files: number;
  /** Equal, or equal but for parameters; the largest saving first. */
  readonly groups: readonly CopyGroupView[];
  /** What was one text and is no longer. */
  readonly drifts: readonly CopyDriftView[];
  /** Numbers that differ on one topic. */
  readonly numbers: readonly NumberView[];
  /** Built files that are not what a build would write now. */
  readonly stale: readonly StaleView[];
}

/** A text that stands in several files. */
export interface CopyGroupView {
  /** As `personakit extract` calls it. */
  readonly name: string;
  /** "passage, equal", "file, equal but for parameters". */
  readonly what: string;
  /** What it says. */
  readonly text: string;
  /** What one text in place of all saves, in tokens. */
  readonly saves: number;
  /** What differs from place to place. */
  readonly parameters: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Where it stands. */
  readonly places: readonly PlaceView[];
}

/** A text that is said in several wordings. */
export interface CopyDriftView {
  /** As `personakit extract` calls it. */
  readonly name: string;
  /** Which one was edited last, and when, as one sentence. */
  readonly edited?: string;
  /** The one that most places have first. */
  readonly wordings: readonly {
    readonly places: readonly PlaceView[];
    /** What it says, and which words another wording does not have. */
    readonly parts: readonly { readonly text: string; readonly differs: boolean }[];
  }[];
}

/** A topic on which files say several numbers. */
export interface NumberView {
  /** "test coverage" */
  readonly topic: string;
  /** Most often said first. */
  readonly values: readonly { readonly value: string; readonly places: readonly PlaceView[] }[];
}

/** A built file that is not what a build would write now. */
export interface StaleView {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  /** Whether it is there. */
  readonly isThere: boolean;
  /** Its path relative to the project, as the persona has it. */
  readonly file: string;
  /** The persona that it is built of. */
  readonly persona: string;
  /** "was changed by hand" */
  readonly problem: string;
  /** The first line that differs, from 1. */
  readonly line: number;
  /** What is on the disk, and what a build would write: a unified diff. */
  readonly diff: string;
}

/** How a persona's files compare with what their tools take. */
export interface BudgetView {
  /** The target's id. */
  readonly target: string;
  /** "descriptions of all agents", `.claude/AGENTS.md`. */
  readonly what: string;
  /** What is counted. */
  readonly unit: "characters" | "bytes" | "tokens";
  /** The most that the tool takes. */
  readonly max: number;
  /** What happens beyond it, as a clause: "the tool refuses a prompt". */
  readonly beyond: string;
  /** What this persona takes. */
  readonly own: number;
  /** What all else takes that counts for this limit. */
  readonly rest: number;
}
