// commander parses arguments and writes the help: no dependencies, typed, and it suggests the nearest command and option.
import { CommanderError, type Option, Command as Program } from "commander";
import { VERSION } from "./answers.ts";
import { COMMANDS } from "./commands.ts";
import { HELP } from "./help.ts";
import type { ExitCode } from "./issues/command-error.ts";
import { runAction, writeError, writeUsageError } from "./run-action.ts";
import { addUsage } from "./usage/add-usage.ts";
import type { Given } from "./usage/define-command.ts";

/** Parses one command line, without the leading `node` and script, runs it, and returns its exit code. */
export async function parse(args: readonly string[]): Promise<ExitCode> {
  let called = new Program();
  let said = "";
  let given: Given | undefined;
  const program = new Program("personakit")
    .version(VERSION)
    .exitOverride()
    // Errors are printed after parsing, when their format is known.
    .configureOutput({ writeErr: (text) => (said += text) })
    .showHelpAfterError("Run personakit --help, or personakit <command> --help.");
  // Building the help would load every command, so `pnpm sync` writes it down.
  program.helpInformation = () => HELP;
  for (const name of Object.keys(COMMANDS)) program.command(name);
  program.hook("preSubcommand", async (_, subcommand) => {
    const command = await COMMANDS[subcommand.name()]?.();
    if (command === undefined) return;
    called = subcommand;
    addUsage(subcommand, command, (call) => (given = call));
  });

  try {
    await program.parseAsync(asCommandLine(args), { from: "user" });
    return given === undefined ? 0 : await runAction(given);
  } catch (error) {
    const isUsage = error instanceof CommanderError;
    if (isUsage && error.exitCode === 0) return 0;
    const json = asksForJson(args, called.options);
    if (!isUsage) return writeError(json ? "json" : "text", error);
    writeUsageError(json ? "json" : "text", error.message, said);
    return 2;
  }
}

/** `help build` is `build --help`; an unknown command is an error that suggests the nearest one. */
function asCommandLine(args: readonly string[]): readonly string[] {
  const [name, second] = args.filter((arg) => !arg.startsWith("-"));
  const asked = name === "help" ? second : name;
  if (asked !== undefined && !Object.hasOwn(COMMANDS, asked)) return [asked];
  return name === "help" && second !== undefined ? [second, "--help"] : args;
}

/** Whether a command line, even a wrong one, asks for JSON: not after `--`, nor as another option's value. */
function asksForJson(args: readonly string[], options: readonly Option[]): boolean {
  for (let index = 0; index < args.length && args[index] !== "--"; index++) {
    const arg = args[index] as string;
    if (arg === "--json" || hasJson(arg, options)) return true;
    if (options.some(({ required, short, long }) => required && (short === arg || long === arg))) index++;
  }
  return false;
}

/** Whether `-j` is among the short options of an argument, and not the value of one before it: `-yj`. */
function hasJson(arg: string, options: readonly Option[]): boolean {
  if (!/^-[a-z]/i.test(arg)) return false;
  for (const letter of arg.slice(1)) {
    if (letter === "j") return true;
    if (options.some(({ required, short }) => required && short === `-${letter}`)) return false;
  }
  return false;
}
