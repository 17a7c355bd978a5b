import type { ExitCode } from "../issues/command-error.ts";
import { flag, type OptionSpecs, type OptionValues } from "./options.ts";

/** An argument as the help shows it, `<file...>` or `[after]`, and what it is. */
export type ArgumentSpec = readonly [name: string, about: string];

/** What commands are for, in the order of the help. */
export const GROUPS = {
  start: "Start",
  daily: "Every day",
  change: "Change what was built",
  authors: "For authors",
} as const;

/** A command: everything that there is to know about it. */
export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  readonly name: string;
  /** The job that it belongs to. */
  readonly group: keyof typeof GROUPS;
  /** What it does, in one short line of the help, without a full stop. */
  readonly summary: string;
  /** More sentences, for its own help. */
  readonly details?: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: Specs;
  /** Runs the command. Throws a CommandError if it fails. */
  readonly run: (args: readonly string[], options: OptionValues<Specs> & Common) => Promise<ExitCode>;
}

/** What every command is given. */
export interface Common {
  /** One JSON document instead of text. */
  readonly json: boolean;
}

/** What a command line gives a command. */
export interface Given {
  readonly command: Command;
  readonly args: readonly string[];
  readonly options: Common & { readonly format?: string; readonly [key: string]: unknown };
}

const JSON_OPTION = flag("print JSON instead of text", "j");

/** The options of a command, with what every command has. */
export function optionsOf({ options }: Command): OptionSpecs {
  return { json: JSON_OPTION, ...options };
}

/** What a command is given where a command line says nothing else. */
export function defaultsOf(command: Command): Given["options"] {
  const options: Record<string, unknown> = {};
  for (const [key, { default: standard }] of Object.entries(optionsOf(command)))
    if (standard !== undefined) options[key] = standard;
  return options as Given["options"];
}

/** Types a command, so that `run` gets the options that `options` defines. */
export function defineCommand<const Specs extends OptionSpecs>(command: Command<Specs>): Command {
  return command as unknown as Command;
}
