// commander parses arguments and writes the help: no dependencies, typed, and it suggests the nearest command and option.
import { Command, CommanderError, Option } from "commander";
import manifest from "./package.json" with { type: "json" };
import type { Options } from "./src/options.ts";

/** 0 clean, 1 drift or findings, 2 bad input or usage. */
export type ExitCode = 0 | 1 | 2;

type Action = (sources: readonly string[], options: Options) => Promise<ExitCode>;

const SOURCES = "a persona package, a folder of them, a module that exports personas, or an installed package's name";

/** Runs one command line, without the leading `node` and script, and returns its exit code. Writes to stdout and stderr. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const json = args.includes("--json") || args.includes("-j");
  let code: ExitCode = 0;
  const program = new Command("personakit")
    .description("Compiles agent personas from shared fragments to the files that agent tools read.")
    .version(manifest.version)
    .exitOverride()
    .configureOutput(json ? { writeErr: () => {} } : {})
    .showHelpAfterError("Run personakit --help, or personakit <command> --help.")
    .addHelpText(
      "after",
      `
Examples:
  personakit build @personakit/persona-backend-developer   one installed persona, for Claude Code and as a skill
  personakit build ./personas --target claude-agent        a folder of persona packages, for Claude Code only
  personakit check ./personas                              in CI: fails when a built file has drifted
  personakit explain .claude/agents/dev.md:12 ./personas   which rule of which version a line is
  personakit targets                                       every tool and file that there is

Exit codes: 0 clean, 1 drift or findings, 2 bad input or usage.`,
    );

  const command = (name: string, description: string, action: Action) =>
    program
      .command(name)
      .description(description)
      .option("-j, --json", "write one JSON document instead of text", false)
      .action(async (...input: unknown[]) => {
        // commander passes the arguments, then the options, then the command.
        const given = input.slice(0, -2).flat() as string[];
        const options = input.at(-2) as Options;
        code = await runAction(() => action(given, options), options.json);
      });
  const withSources = (added: Command) =>
    added
      .argument("<source...>", SOURCES)
      .addOption(
        new Option(
          "-t, --target <ids>",
          "only these, with commas or repeated: ids from personakit targets, or a module or package that exports targets",
        ).argParser(splitIds),
      )
      .option("--strict", "fail when a target cannot say everything", false);

  const onPersonas = (...input: Parameters<typeof command>) => withSources(command(...input));

  onPersonas(
    "build",
    "Compile personas and write their files. Files changed by hand are never overwritten.",
    async (...input) => (await import("./src/commands/build.ts")).build(...input),
  ).option("-o, --out <folder>", "the project to write into", ".");
  withSources(
    command(
      "explain",
      "Trace a line of a built file to its rule, its fragment's version, and who changed it.",
      async (...input) => (await import("./src/commands/explain.ts")).explain(...input),
    ).argument("<file:line>", "a built file and a line in it, such as .claude/agents/dev.md:12"),
  ).option("-o, --out <folder>", "the project that the file stands in", ".");
  onPersonas("check", "Compare the files on disk with what build would write. Writes nothing.", async (...input) =>
    (await import("./src/commands/check.ts")).check(...input),
  ).option("-o, --out <folder>", "the project to look at", ".");
  onPersonas("list", "Show personas, their fragments with versions, and tokens for each target.", async (...input) =>
    (await import("./src/commands/list.ts")).list(...input),
  );
  command("targets", "Show every target: its tool, its file, and when its facts were checked.", async (...input) =>
    (await import("./src/commands/targets.ts")).listTargets(...input),
  );

  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    if (json) writeErrors([error.message.replace(/^error: /, "")]);
    return 2;
  }
  return code;
}

function splitIds(value: string, previous: readonly string[] | undefined): string[] {
  return [
    ...(previous ?? []),
    ...value
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== ""),
  ];
}

async function runAction(action: () => Promise<ExitCode>, json: boolean): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    const { CommandError } = await import("./src/command-error.ts");
    const failure = CommandError.from(error);
    if (json) writeErrors(failure.lines);
    else for (const line of failure.lines) process.stderr.write(`error: ${line}\n`);
    return failure.code;
  }
}

function writeErrors(errors: readonly string[]): void {
  process.stdout.write(`${JSON.stringify({ ok: false, errors }, null, 2)}\n`);
}
