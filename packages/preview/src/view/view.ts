import type {
  BudgetView,
  ContextView,
  CopiesView,
  DoctorView,
  FileSummary,
  InstructionFileView,
  RemarksView,
  StackView,
} from "./repository.ts";
import type { FormView, OverrideView, TrialIssue, TriedSize } from "./trial.ts";

/** What the page asks for, by kind. All of it is plain JSON: a server sends it, and a static site holds it. */
export interface Answers {
  /** What is there. Its name is empty. */
  readonly project: ProjectView;
  /** By the persona's id. */
  readonly persona: PersonaView;
  /** Those of the personas, and those that were named, by id. Its name is empty. */
  readonly fragments: readonly FragmentSummary[];
  /** By the fragment's id. */
  readonly fragment: FragmentView;
  /** By the persona's id: what it can be compared with. */
  readonly versions: readonly VersionView[];
  /** By the persona's id and that of a version: `dev/committed`. */
  readonly comparison: ComparisonView;
  /** What can be tried with a persona, by its id. */
  readonly form: FormView;
  /** What comes of it, by the persona's id: edits are given. */
  readonly trial: TrialView;
  /** The instruction files of the repository, by path. Its name is empty. */
  readonly files: readonly FileSummary[];
  /** By the path of an instruction file. */
  readonly file: InstructionFileView;
  /** What there is to say of it. By the same path. */
  readonly remarks: RemarksView;
  /** What is wrong with them. Its name is empty. */
  readonly doctor: DoctorView;
  /** By folder; empty for the repository. */
  readonly context: ContextView;
  /** By tool and folder: `codex`, `codex/packages/api`. */
  readonly stack: StackView;
  /** What stands in several files. Its name is empty. */
  readonly copies: CopiesView;
  /** By the persona's id. */
  readonly budgets: readonly BudgetView[];
}

/** A kind of thing that the page asks for. */
export type Kind = keyof Answers;

/** Answers a question of the page, by kind and name; undefined where there is nothing of that name. `given` is what the page has sent with it. */
export type Ask = <K extends Kind>(kind: K, name: string, given?: unknown) => Promise<Answers[K] | undefined>;

/** Where the data of a question is, relative to the page: `data/persona/dev.json`. */
export function dataPath(kind: Kind, name: string): string {
  return `data/${[kind, ...(name === "" ? [] : name.split("/"))].map(encodeURIComponent).join("/")}.json`;
}

/** The name of what a tool sends in a folder: `codex`, `codex/packages/api`. */
export function stackName(tool: string, folder: string): string {
  return folder === "" ? tool : `${tool}/${folder}`;
}

/** Where a page of a static site is, relative to its first one: `persona/dev.html`. */
export function pagePath(view: "persona" | "fragment", name: string): string {
  return `${[view, name].map(encodeURIComponent).join("/")}.html`;
}

/** How the sources are, which changes with each save. */
export interface Status {
  /** Counts the builds that were right: at 0, there is nothing to look at yet. */
  readonly revision: number;
  /** What is wrong with the sources as they stand: everything else is of the last build that was right. */
  readonly errors: readonly string[];
}

/** What there is to look at. */
export interface ProjectView {
  /** The project's name: that of its folder. */
  readonly name: string;
  /** In the order of the configuration. */
  readonly personas: readonly PersonaSummary[];
  /** What a build would warn of, each as one line. */
  readonly warnings: readonly string[];
  /** Set while more personas are being compiled: those that are there are the first ones. */
  readonly isFirst?: true;
  /** Of a static site: the kinds of questions that it answers. */
  readonly kinds?: readonly Kind[];
  /** Of a static site: its pages that are made of Markdown, in their order. */
  readonly docs?: readonly DocSummary[];
}

/** A page of a static site that is made of Markdown. */
export interface DocSummary {
  /** Where it is in the site: `docs/using.html`. */
  readonly path: string;
  /** Its first heading. */
  readonly title: string;
}

/** A persona, and the files that are built of it. */
export interface PersonaView {
  /** Its id. */
  readonly id: string;
  /** Absent where it is not published. */
  readonly version?: string;
  /** Empty where it has none. */
  readonly title: string;
  /** What it does, when to use it and when not. */
  readonly description: string;
  /** The published persona that it was made from: `id@version`. */
  readonly extends?: string;
  /** Where it was loaded from, as the user wrote it. */
  readonly source: string;
  /** The npm package that it comes from, where others can install it. */
  readonly package?: string;
  /** The main file first. */
  readonly files: readonly FileView[];
  /** What lines come from. Lines name them by their place here. */
  readonly origins: readonly OriginView[];
  /** What was taken out, and why. */
  readonly dropped: readonly DroppedView[];
  /** What became of each feature in each target. */
  readonly fidelity: readonly FidelityView[];
}

/** A built file. */
export interface FileView {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** One, or several that share it. */
  readonly targets: readonly string[];
  /** An estimate. */
  readonly tokens: number;
  /** Its lines, without line ends. */
  readonly lines: readonly string[];
  /** For each line, the place of its origin in `origins` of the persona. */
  readonly from: readonly number[];
  /** The tokens of each origin in this file, largest first. */
  readonly costs: readonly (readonly [origin: number, tokens: number])[];
}

/** What its author says about a rule, beside its text. */
export interface NotesView {
  /** How binding it is. */
  readonly strength?: "must" | "should" | "may";
  /** Why the rule holds. */
  readonly why?: string;
  /** What enforces it: a linter rule, a test, a permission. */
  readonly enforcedBy?: string;
  /** The published texts that it rests on. */
  readonly evidence?: readonly { readonly source: string; readonly url: string }[];
  /** The month in which someone last compared it with what it speaks of: "2026-11". */
  readonly reviewed?: string;
  /** "Next.js 15, on 2027-01-31" */
  readonly ends?: string;
  /** Why it will go, and what takes its place. */
  readonly deprecated?: string;
}

/** What a line comes from: a rule, a heading, a role. */
export interface OriginView extends NotesView {
  /** `fragment/rule`, or the unit alone. */
  readonly path: string;
  /** The fragment, section or persona. */
  readonly unit: string;
  /** `fragment@version`, or the section and its persona. */
  readonly stands: string;
  /** Set where the unit is a fragment, which has a view of its own. */
  readonly isOfFragment?: true;
  /** The heading that it stands under; empty where there is none. */
  readonly section: string;
  /** "must", "step", "table", or "heading, role or front matter". */
  readonly kind: string;
  /** Of a rule: what it says, as one line. */
  readonly text?: string;
  /** The persona that replaced the text, and what stood there. */
  readonly changed?: { readonly by: string; readonly before?: string };
}

/** Something that a persona has taken out of a fragment. */
export interface DroppedView {
  /** `fragment/rule`, or the fragment. */
  readonly path: string;
  /** The persona that took it out. */
  readonly by: string;
  /** Why, in its words. */
  readonly reason: string;
  /** What it said; absent for a whole fragment. */
  readonly text?: string;
}

/** What became of a feature in a target. */
export interface FidelityView {
  /** The target's id. */
  readonly target: string;
  /** "description", "tools", "references". */
  readonly feature: string;
  /** "kept", "mapped", "degraded", "dropped" or "elsewhere". */
  readonly status: string;
  /** Why, or into what; always there for what is not kept. */
  readonly reason?: string;
}

/** A version of a persona that can be had without asking anybody. */
export interface VersionView {
  /** "extended" or "committed". */
  readonly id: string;
  /** "backend-developer@1.0.0", "the last commit, 178e55b" */
  readonly name: string;
}

/** A persona as it was, and what has become of it. */
export interface ComparisonView {
  /** As it was. */
  readonly before: PersonaView;
  /** Every difference, and what it means. */
  readonly changes: readonly ChangeView[];
  /** The greatest of them; absent where nothing has changed. */
  readonly bump?: ChangeView["bump"];
  /** Paths of what is called something else now. */
  readonly renamed: readonly (readonly [before: string, after: string])[];
}

/** A difference between two versions of a persona. */
export interface ChangeView {
  /** "added", "removed", "reworded", "strengthened" and so on. */
  readonly kind: string;
  /** `fragment/rule`, or what else has changed: `decision testing.coverage`. */
  readonly path: string;
  /** What it was called before. */
  readonly from?: string;
  /** What it said; absent where it said nothing. */
  readonly before?: string;
  /** What it says. */
  readonly after?: string;
  /** What it means for those who use the persona. */
  readonly bump: "major" | "minor" | "patch";
}

/** What comes of what is tried. */
export interface TrialView {
  /** Which edit it is of. */
  readonly turn: number;
  /** What is wrong with it: then nothing comes of it. */
  readonly issues: readonly TrialIssue[];
  readonly outcome?: Outcome;
}

/** What comes of an edit. */
export interface Outcome {
  /** The persona as it would be, with those files of the target that differ. */
  readonly after: PersonaView;
  /** Every file of the target, and its size, as it is and as it would be. */
  readonly sizes: readonly TriedSize[];
  /** What it means for who relies on the persona; absent where nothing has changed. */
  readonly bump?: ChangeView["bump"];
  /** Why. */
  readonly changes: readonly TriedChange[];
  /** What a build would warn of that it does not warn of now. */
  readonly warnings: readonly string[];
  readonly override: OverrideView;
}

/** A change, and when a rule stands that has come or gone with a parameter. */
export interface TriedChange extends ChangeView {
  /** "when queue is sqs" */
  readonly stands?: string;
}

/** A persona in the list, without its files. */
export interface PersonaSummary
  extends Pick<PersonaView, "id" | "version" | "title" | "description" | "source" | "package"> {
  /** Of its first file. */
  readonly tokens: number;
  /** The targets that it is built for. */
  readonly targets: readonly string[];
  /** How many rules it replaces or takes out. */
  readonly changes: number;
}

/** A fragment: its rules, its parameters, and who uses it. */
export interface FragmentView {
  /** Its id. */
  readonly id: string;
  /** Absent where it is not published. */
  readonly version?: string;
  /** The npm package that it comes from, where that is known. */
  readonly package?: string;
  /** Empty where it has none. */
  readonly title: string;
  /** What it covers and when to choose it; empty where only personas that were compiled elsewhere have it. */
  readonly summary: string;
  /** An estimate, with its defaults. */
  readonly tokens: number;
  /** In its order. Where only compiled personas have it, those that they have taken in. */
  readonly rules: readonly FragmentRuleView[];
  /** What it can be told. */
  readonly params: readonly FragmentParamView[];
  /** The topics that it settles, each with its value as JSON. */
  readonly decisions: readonly (readonly [topic: string, value: string])[];
  /** The personas here that use it. */
  readonly users: readonly FragmentUserView[];
}

/** An entry of a fragment. */
export interface FragmentRuleView extends NotesView {
  /** Unique in its fragment. */
  readonly id: string;
  /** "must", "step", "table". */
  readonly kind: string;
  /** What it says: a rule in one line, anything else as Markdown. */
  readonly text: string;
  /** With which parameters it stands, where it does not stand with all: "when queue is sqs". */
  readonly stands?: string;
}

/** A parameter of a fragment. */
export interface FragmentParamView {
  /** Unique in its fragment. */
  readonly name: string;
  /** What it is for; empty where its schema does not say. */
  readonly about: string;
  /** As JSON. */
  readonly default: string;
  /** What it takes, each as JSON, where its schema lists that; or its type alone: `integer`. */
  readonly takes: readonly string[];
}

/** A persona that uses a fragment, and what it does with it. */
export interface FragmentUserView {
  /** The persona's id. */
  readonly id: string;
  /** Of the fragment, as it is in this persona. */
  readonly version?: string;
  /** The parameters that it sets, each with its value as JSON. */
  readonly values: readonly (readonly [name: string, value: string])[];
  /** The rules that it replaces or takes out. */
  readonly changes: readonly FragmentChangeView[];
}

/** A change that a persona has made to a rule. */
export interface FragmentChangeView {
  /** The rule's id; the fragment's where all of it was taken out. */
  readonly rule: string;
  /** The persona that changed it: this one, or one that it extends. */
  readonly by: string;
  /** What it says now, or why it was taken out. */
  readonly text: string;
  /** Whether it was taken out. */
  readonly isDropped: boolean;
}

/** A fragment in the list, without what it says. */
export interface FragmentSummary
  extends Pick<FragmentView, "id" | "version" | "package" | "title" | "summary" | "tokens"> {
  /** The ids of its rules. */
  readonly rules: readonly string[];
  /** How many personas here use it. */
  readonly users: number;
}
