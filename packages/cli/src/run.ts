// commander parses arguments and writes the help: no dependencies, typed, and it suggests the nearest command and option.
import { CommanderError, Command as Program } from "commander";
import manifest from "../package.json" with { type: "json" };
import { HELP, NAMES } from "./help.ts";
import type { ExitCode } from "./issues/command-error.ts";
import { addUsage, type Given } from "./usage/add-usage.ts";

/** Runs one command line, without the leading `node` and script, and returns its exit code. Writes to stdout and stderr. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const json = args.includes("--json") || args.includes("-j");
  let given: Given | undefined;
  const program = new Program("personakit")
    .version(manifest.version)
    .exitOverride()
    .configureOutput(json ? { writeErr: () => {} } : {})
    .showHelpAfterError("Run personakit --help, or personakit <command> --help.");
  // What it says is in the commands, which take time to load: `pnpm sync` writes it down.
  program.helpInformation = () => HELP;
  for (const name of NAMES) program.command(name);
  program.hook("preSubcommand", async (_, subcommand) => {
    const { COMMANDS } = await import("./loaded.ts");
    const command = COMMANDS.find(({ name }) => name === subcommand.name());
    if (command !== undefined) addUsage(subcommand, command, (call) => (given = call));
  });

  try {
    const [first, second] = args;
    await program.parseAsync(first === "help" && second !== undefined ? [second, "--help"] : args, { from: "user" });
    if (given === undefined) return 0;
    const { leave, runAction } = await import("./loaded.ts");
    return await leave(await runAction(given));
  } catch (error) {
    if (!(error instanceof CommanderError))
      return (await import("./loaded.ts")).writeError(json ? "json" : "text", error);
    if (error.exitCode === 0) return 0;
    if (json) (await import("./loaded.ts")).writeUsageError(error.message.replace(/^error: /, ""));
    return 2;
  }
}
