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

/** What a tool does with a file that a check finds fault with. */
export interface Observation {
  /** The tool's name. */
  readonly tool: string;
  /** The version that it was seen in. */
  readonly version: string;
  /** Seen in a request of the tool, or read in its documentation. */
  readonly known: "observed" | "documented";
  /** What it does, as a clause: "drops the skill without a word". */
  readonly does: string;
}

/** A small repository: texts by path. Every file that is not named is not there. */
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
  /** What tools do, where it is about tools. */
  readonly observed?: readonly Observation[];
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
