/** What a reader tries, by fragment: plain JSON, sent with the question. */
export interface Edits {
  /** The target whose files to make; absent for the first one. */
  readonly target?: string;
  /** New values of parameters, by fragment and name. */
  readonly params?: { readonly [fragment: string]: { readonly [name: string]: unknown } };
  /** Changes of rules, by fragment and rule. */
  readonly rules?: { readonly [fragment: string]: { readonly [rule: string]: RuleEdit } };
}

/** What a reader tries with a rule. */
export type RuleEdit =
  | { readonly kind: "drop"; readonly reason: string }
  | { readonly kind: "reword"; readonly text: string; readonly strength?: string }
  | { readonly kind: "restore" };

/** What can be tried with a persona. */
export interface FormView {
  /** Why nothing can be tried. Then there are no parameters and no rules. */
  readonly cannot?: string;
  /** Those that it is built for. */
  readonly targets: readonly string[];
  /** The parameters of its fragments. */
  readonly params: readonly ParamView[];
  /** What can be dropped, reworded or restored. */
  readonly rules: readonly RuleView[];
}

/** A parameter of a fragment. */
export interface ParamView {
  readonly fragment: string;
  readonly name: string;
  /** Its JSON Schema. */
  readonly shape: ParamShapeView;
  /** The value that it has in the sources. */
  readonly value: unknown;
}

/** The JSON Schema of a parameter, as far as a form looks into it. */
export interface ParamShapeView {
  readonly type?: unknown;
  readonly default?: unknown;
  readonly description?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly items?: ParamShapeView;
  readonly [keyword: string]: unknown;
}

/** A rule, or another entry, as it is in the sources. */
export interface RuleView {
  readonly fragment: string;
  readonly rule: string;
  /** "must", "step", "table". */
  readonly kind: string;
  /** What it says; of what was dropped, what its fragment says. */
  readonly text: string;
  readonly strength?: string;
  /** Whether it is a text that can be another one. */
  readonly isText: boolean;
  /** Set where the sources have replaced it, or taken it out. */
  readonly changed?: "reworded" | "dropped";
}

/** What comes of what is tried. */
export interface TrialView {
  /** What is wrong with it: then nothing comes of it. */
  readonly issues: readonly TrialIssue[];
  readonly outcome?: Outcome;
}

/** Something that is wrong with what is tried. */
export interface TrialIssue {
  readonly code: string;
  /** What is wrong, without its place. */
  readonly text: string;
  readonly place?: string;
  /** `fragment/parameter` or `fragment/rule`, where it is one that is tried. */
  readonly at?: string;
}

/** What comes of an edit. */
export interface Outcome {
  /** Every file of the target. */
  readonly files: readonly TriedFile[];
  /** What it means for who relies on the persona: "major", "minor", "patch"; absent where nothing has changed. */
  readonly bump?: string;
  /** Why. */
  readonly changes: readonly ChangeView[];
  /** What a build would warn of that it does not warn of now. */
  readonly warnings: readonly string[];
  readonly override: OverrideView;
}

/** A built file, as it is and as it would be. */
export interface TriedFile {
  readonly path: string;
  /** Estimates. */
  readonly tokens: { readonly before: number; readonly after: number };
  /** The rules whose lines differ, in the order of the file as it would be; what is gone stands where it was. */
  readonly differing: readonly DifferingRule[];
}

/** The lines of a rule in a file, as they are and as they would be. */
export interface DifferingRule {
  /** `fragment/rule`, or the unit alone for a heading, a role or front matter. */
  readonly path: string;
  readonly strength: { readonly before?: string; readonly after?: string };
  readonly before: readonly NumberedLine[];
  readonly after: readonly NumberedLine[];
}

/** A line, and its number in the file, from 1. */
export type NumberedLine = readonly [number: number, text: string];

/** One change, and what it means for who relies on the persona. */
export interface ChangeView {
  /** "added", "removed", "reworded", "changed". */
  readonly kind: string;
  /** `fragment/rule`, or what else has changed: `decision testing.coverage`. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  readonly bump: string;
  /** Of a rule that has come or gone with a parameter: `when queue is sqs`. */
  readonly stands?: string;
}

/** The edit as it is written in the sources. */
export interface OverrideView {
  /** Where the text goes, as a sentence. */
  readonly where: string;
  readonly text: string;
  /** What else is to do by hand, each as a sentence. */
  readonly also: readonly string[];
}
