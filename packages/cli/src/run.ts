// commander parses arguments and writes the help: no dependencies, typed, and it suggests the nearest command and option.
import { CommanderError, Command as Program } from "commander";
import { VERSION } from "./answers.ts";
import { COMMANDS } from "./commands.ts";
import { leave } from "./guard/user-code.ts";
import { HELP } from "./help.ts";
import type { ExitCode } from "./issues/command-error.ts";
import { runAction, writeError, writeUsageError } from "./run-action.ts";
import { addUsage, type Given } from "./usage/add-usage.ts";

/** Runs one command line, without the leading `node` and script, and returns its exit code. Writes to stdout and stderr. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const json = args.includes("--json") || args.includes("-j");
  let given: Given | undefined;
  const program = new Program("personakit")
    .version(VERSION)
    .exitOverride()
    .configureOutput(json ? { writeErr: () => {} } : {})
    .showHelpAfterError("Run personakit --help, or personakit <command> --help.");
  // What it says is in the commands, which take time to load: `pnpm sync` writes it down.
  program.helpInformation = () => HELP;
  for (const name of Object.keys(COMMANDS)) program.command(name);
  program.hook("preSubcommand", async (_, subcommand) => {
    const command = await COMMANDS[subcommand.name()]?.();
    if (command !== undefined) addUsage(subcommand, command, (call) => (given = call));
  });

  try {
    const [first, second] = args;
    await program.parseAsync(first === "help" && second !== undefined ? [second, "--help"] : args, { from: "user" });
    return given === undefined ? 0 : await leave(await runAction(given));
  } catch (error) {
    if (!(error instanceof CommanderError)) return writeError(json ? "json" : "text", error);
    if (error.exitCode === 0) return 0;
    if (json) writeUsageError(error.message.replace(/^error: /, ""));
    return 2;
  }
}
