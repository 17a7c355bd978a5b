/** What a reader tries, by fragment: plain JSON, sent with the question. */
export interface Edits {
  /** Comes back with the answer, which may be of an earlier edit than what stands in the fields. */
  readonly turn?: number;
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

/** Something that is wrong with what is tried. */
export interface TrialIssue {
  readonly code: string;
  /** What is wrong, without its place. */
  readonly text: string;
  readonly place?: string;
  /** `fragment/parameter` or `fragment/rule`, where it is one that is tried. */
  readonly at?: string;
}

/** The size of a built file in tokens, as it is and as it would be. Estimates. */
export interface TriedSize {
  readonly path: string;
  /** 0 for a file that is new. */
  readonly before: number;
  /** 0 for a file that is gone. */
  readonly after: number;
}

/** The edit as it is written in the sources. */
export interface OverrideView {
  /** Where the text goes, as a sentence. */
  readonly where: string;
  readonly text: string;
  /** What else is to do by hand, each as a sentence. */
  readonly also: readonly string[];
}
