import { COMMANDS } from "./commands.ts";
import { leave } from "./guard/user-code.ts";
import type { ExitCode } from "./issues/command-error.ts";
import { runAction } from "./run-action.ts";
import { defaultsOf } from "./usage/define-command.ts";

/** Runs one command line, without the leading `node` and script, and returns its exit code. Writes to stdout and stderr. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const [name = "", ...rest] = args;
  const command = rest.length === 0 && Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.() : undefined;
  // A name alone leaves nothing to parse, and loading the parser takes 4 ms.
  if (command?.arguments.every(([argument]) => argument.startsWith("[")))
    return leave(await runAction({ command, args: [], options: defaultsOf(command) }));
  const { parse } = await import("./parse.ts");
  return leave(await parse(args));
}
