/** An option of a command. Its long form is its key in kebab-case: `dryRun` is `--dry-run`. */
export interface OptionSpec<Value = unknown> {
  /** One letter: `-n`. */
  readonly short?: string | undefined;
  /** What it does, for the help. */
  readonly about: string;
  /** The name of its value, for the help; absent for one that is on or off. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Whether it takes several values: with commas or repeated, or only repeated. */
  readonly many?: "commas" | "repeated";
  readonly default?: Value;
  /** For types only. */
  readonly "~value"?: Value;
}

/** The options of a command, by key. */
export type OptionSpecs = { readonly [key: string]: OptionSpec };

/** What a command is given for its options. */
export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Key in keyof Specs]: Specs[Key] extends OptionSpec<infer Value> ? Value : never;
};

/** An option that is on or off. */
export function flag(about: string, short?: string): OptionSpec<boolean> {
  return { about, default: false, short };
}

/** An option with a value; undefined where it is not given. */
export function text(value: string, about: string, short?: string): OptionSpec<string | undefined> {
  return { about, value, short };
}

/** An option with a value of its own where none is given. */
export function textOr(standard: string, value: string, about: string, short?: string): OptionSpec<string> {
  return { about, value, default: standard, short };
}

/** An option with several values, separated by commas or repeated; undefined where it is not given. */
export function list(value: string, about: string, short?: string): OptionSpec<readonly string[] | undefined> {
  return { about, value, many: "commas", short };
}

/** An option that may be repeated, whose values may hold commas; undefined where it is not given. */
export function repeated(value: string, about: string, short?: string): OptionSpec<readonly string[] | undefined> {
  return { about, value, many: "repeated", short };
}

/** An option with one of some values; the first where it is not given. */
export function choice<const Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
  value: string,
  about: string,
  short?: string,
): OptionSpec<Choice> {
  return { about, value, choices, default: choices[0], short };
}

// What several commands take.

/** The project's folder. */
export const folder = { out: textOr(".", "folder", "the project's folder", "o") };

/** The folder of a project that is there already. */
export const project = {
  out: text("folder", "the project's folder (default: the nearest one, here or above)", "o"),
};

/** Whether all projects of a workspace are meant. */
export const workspace = { workspace: flag("run in every package of the workspace that has a configuration") };

/** For which targets. */
export const targets = {
  target: list(
    "ids",
    "only these targets: ids from personakit targets, or a module or package that exports targets; use commas, or repeat the option",
    "t",
  ),
};

/** Whether a loss fails. */
export const strict = { strict: flag("fail when a target loses anything") };

/** How long a module may take, and the registry. */
export const timeout = {
  timeout: textOr("30", "seconds", "how long to wait for each module, and for each answer of the registry"),
};

/** Whether anything is written at all. */
export const dryRun = { dryRun: flag("show what would be written, without writing it", "n") };

/** Whether questions are asked. */
export const yes = { yes: flag("skip questions", "y") };

/** Whether a hand edit may be lost. */
export const force = { force: flag("overwrite files that you changed, and your own files, which are kept as .orig") };

/** What personas are read from. */
export const sources = [
  "[source...]",
  "a persona package, a folder of packages, a module that exports personas, a compiled document, or the name of an installed package (default: everything in the configuration)",
] as const;
