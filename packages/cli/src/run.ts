import { COMMANDS } from "./commands.ts";
import { leave } from "./guard/user-code.ts";
import type { ExitCode } from "./issues/command-error.ts";
import { type Listen, writeWithoutStream } from "./output/terminal.ts";
import { runAction } from "./run-action.ts";
import { defaultsOf } from "./usage/define-command.ts";

export { written } from "./guard/user-code.ts";

/**
 * Runs one command line, without the leading `node` and script, and returns its exit code. Writes to stdout and stderr. `listen` is given the
 * stream of stdout, where one has to be opened.
 */
export async function run(args: readonly string[], listen?: Listen): Promise<ExitCode> {
  if (listen !== undefined) writeWithoutStream(listen);
  const [name = "", ...rest] = args;
  const command = rest.length === 0 && Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.() : undefined;
  // A name alone leaves nothing to parse, and loading the parser takes 4 ms.
  if (command?.arguments.every(([argument]) => argument.startsWith("[")))
    return leave(await runAction({ command, args: [], options: defaultsOf(command) }));
  const { parse } = await import("./parse.ts");
  return leave(await parse(args));
}
