// commander parses arguments and writes the help: no dependencies, typed, and it suggests the nearest command and option.
import { CommanderError, type Option, Command as Program } from "commander";
import manifest from "../package.json" with { type: "json" };
import { HELP, NAMES } from "./help.ts";
import type { ExitCode } from "./issues/command-error.ts";
import { addUsage, type Given } from "./usage/add-usage.ts";

/** Runs one command line, without the leading `node` and script, and returns its exit code. Writes to stdout and stderr. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  let called = new Program();
  let said = "";
  let given: Given | undefined;
  const program = new Program("personakit")
    .version(manifest.version)
    .exitOverride()
    // Only when all is parsed is it known in which form an error is said.
    .configureOutput({ writeErr: (text) => (said += text) })
    .showHelpAfterError("Run personakit --help, or personakit <command> --help.");
  // What it says is in the commands, which take time to load: `pnpm sync` writes it down.
  program.helpInformation = () => HELP;
  for (const name of NAMES) program.command(name);
  program.hook("preSubcommand", async (_, subcommand) => {
    const { COMMANDS } = await import("./loaded.ts");
    const command = COMMANDS.find(({ name }) => name === subcommand.name());
    if (command === undefined) return;
    called = subcommand;
    addUsage(subcommand, command, (call) => (given = call));
  });

  try {
    const [first, second] = args;
    await program.parseAsync(first === "help" && second !== undefined ? [second, "--help"] : args, { from: "user" });
    if (given === undefined) return 0;
    const { leave, runAction } = await import("./loaded.ts");
    return await leave(await runAction(given));
  } catch (error) {
    const isUsage = error instanceof CommanderError;
    if (isUsage && error.exitCode === 0) return 0;
    const json = asksForJson(args, called.options);
    const { writeError, writeUsageError } = await import("./loaded.ts");
    if (!isUsage) return writeError(json ? "json" : "text", error);
    writeUsageError(json ? "json" : "text", error.message, said);
    return 2;
  }
}

/** Whether a command line that may be wrong asks for JSON: not behind `--`, nor as another option's value. */
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
