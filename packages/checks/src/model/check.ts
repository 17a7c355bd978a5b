import type { Facts } from "./facts.ts";
import type { InstructionFile } from "./file.ts";
import type { Found } from "./finding.ts";
import type { CheckId, Group, Severity } from "./groups.ts";

/** Why a check is there: what happens without it, and who says so. */
export interface Reason {
  /** One or two sentences. */
  readonly text: string;
  /** Addresses, or what was measured, each with the day on which it was read. */
  readonly sources: readonly { readonly source: string; readonly date: string }[];
}

/** What a tool does with a bad example, and how that is known. */
export type Observation = SeenObservation | DocumentedObservation;

/** What a tool was seen to do. */
export interface SeenObservation {
  /** The tool's name. */
  readonly tool: string;
  /** What it does, as a clause: "drops the skill without a word". */
  readonly does: string;
  /** What shows it when the tool is started in the example, and in the one that is right. */
  readonly seen: Seen;
}

/** What a tool does by its documentation alone. */
export interface DocumentedObservation {
  /** The tool's name. */
  readonly tool: string;
  /** What it does, as a clause. */
  readonly does: string;
  /** The page that says so, and the day on which it was read. */
  readonly documented: { readonly source: string; readonly date: string };
}

/** A text that shows what a tool does, as it stands in the JSON of its requests to a model; and how the tool is started. */
export interface Seen {
  /** `lost`: it is sent only of what is right. `added`: only of the bad example. `kept`: of both. `refused`: it is an error, and nothing is sent. */
  readonly outcome: "lost" | "added" | "kept" | "refused";
  /** The text. */
  readonly text: string;
  /** The folder that the tool is started in. Absent: the root. */
  readonly cwd?: string;
  /** A file that it is made to read. */
  readonly reads?: string;
  /** An agent that it is made to call, by name. */
  readonly calls?: string;
}

/** A small repository: texts by path, or `->` and a path for a link. Every file that is not named is not there. */
export interface ExampleFiles {
  readonly [path: string]: string;
}

/** A repository in which a check finds something. */
export interface BadExample {
  /** The repository. */
  readonly files: ExampleFiles;
  /** What it finds, and nothing else: path and line of each. */
  readonly finds: readonly (readonly [path: string, line: number])[];
  /** The texts that its fixes make; absent where it has none. */
  readonly fixed?: ExampleFiles;
  /** The repository without the mistake, where no fix makes it: the check finds nothing in it. */
  readonly right?: ExampleFiles;
  /** What tools do with it, where it is about tools. */
  readonly tools?: readonly Observation[];
}

/** A repository that comes near to a bad one, and in which a check finds nothing. */
export type GoodExample = ExampleFiles;

/** What `defineCheck` takes. */
export interface CheckSpec {
  /** Group and name, in kebab-case: `load/front-matter`. */
  readonly id: CheckId;
  /** How bad a finding is, unless it says so itself. */
  readonly severity: Severity;
  /** What it finds, as one sentence. */
  readonly what: string;
  /** Why it is there. */
  readonly why: Reason;
  /** The kinds of file that it looks at, by id. Absent: all. */
  readonly formats?: readonly string[];
  /** Repositories in which it finds something, and such that come near and are right. Its tests and its page come from them. */
  readonly examples: { readonly bad: readonly BadExample[]; readonly good: readonly GoodExample[] };
  /** Looks at one file. */
  inFile?(file: InstructionFile, facts: Facts): Iterable<Found>;
  /** Looks at the whole repository. */
  inRepository?(facts: Facts): Iterable<Found>;
}

/** A check: one thing that can be wrong with an instruction file. */
export interface Check extends CheckSpec {
  /** What it is, for programs. */
  readonly kind: "check";
  /** The version of this form. */
  readonly schemaVersion: 1;
  /** What its id begins with. */
  readonly group: Group;
}
