import type { ExitCode } from "../issues/command-error.ts";
import type { OptionSpecs, OptionValues } from "./options.ts";

/** An argument as the help shows it, `<file...>` or `[after]`, and what it is. */
export type ArgumentSpec = readonly [name: string, about: string];

/** A command: everything that there is to know of it. */
export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  readonly name: string;
  /** One sentence, for the help. */
  readonly summary: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: Specs;
  /** Does it. Throws a CommandError with what keeps it from that. */
  readonly run: (args: readonly string[], options: OptionValues<Specs> & Common) => Promise<ExitCode>;
}

/** What every command is given. */
export interface Common {
  /** One JSON document instead of text. */
  readonly json: boolean;
}

/** Types a command: the options that `run` is given are those that `options` says. */
export function defineCommand<const Specs extends OptionSpecs>(command: Command<Specs>): Command {
  return command as unknown as Command;
}
