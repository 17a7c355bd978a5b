// commander parses arguments and writes the help: no dependencies, typed, and it suggests the nearest command and option.
import { Command, CommanderError, Option } from "commander";
import manifest from "./package.json" with { type: "json" };
import type { Options } from "./src/options.ts";

/** 0 clean, 1 drift or findings, 2 bad input or usage. */
export type ExitCode = 0 | 1 | 2;

type Action = (sources: readonly string[], options: Options) => Promise<ExitCode>;

const SOURCES = `a persona package, a folder of them, a module that exports personas, or an installed package's name`;

/** Runs one command line, without the leading `node` and script, and returns its exit code. Writes to stdout and stderr. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Command("personakit")
    .description("Compiles agent personas from shared fragments to the files that agent tools read.")
    .version(manifest.version)
    .exitOverride()
    .showHelpAfterError("Run personakit --help, or personakit <command> --help.")
    .addHelpText(
      "after",
      `
Examples:
  personakit build @personakit/persona-backend-developer   one installed persona, for every target
  personakit build ./personas --target claude-agent        a folder of personas, for Claude Code
  personakit check ./personas                              in CI: fails when a built file has drifted

Exit codes: 0 clean, 1 drift or findings, 2 bad input or usage.`,
    );

  const command = (name: string, description: string, action: Action) => {
    const added = program
      .command(name)
      .description(description)
      .argument("<source...>", SOURCES)
      .addOption(
        new Option("-t, --target <id...>", "only these targets: claude-agent, agent-skill").argParser(splitIds),
      )
      .option("-j, --json", "write one JSON document instead of text", false)
      .action(async (sources: string[], options: Options) => {
        code = await runAction(() => action(sources, options), options);
      });
    return added;
  };

  command(
    "build",
    "Compile personas and write their files. Files changed by hand are never overwritten.",
    async (...input) => (await import("./src/commands/build.ts")).build(...input),
  ).option("-o, --out <folder>", "the project to write into", ".");
  command("check", "Compare the files on disk with what build would write. Writes nothing.", async (...input) =>
    (await import("./src/commands/check.ts")).check(...input),
  ).option("-o, --out <folder>", "the project to look at", ".");
  command("list", "Show personas, the versions of their fragments, and tokens for each target.", async (...input) =>
    (await import("./src/commands/list.ts")).list(...input),
  );

  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return code;
}

function splitIds(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), ...value.split(",").filter((id) => id !== "")];
}

async function runAction(action: () => Promise<ExitCode>, { json }: Options): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    const { CommandError } = await import("./src/command-error.ts");
    const failure = CommandError.from(error);
    if (json) process.stdout.write(`${JSON.stringify({ ok: false, errors: failure.lines }, null, 2)}\n`);
    else for (const line of failure.lines) process.stderr.write(`error: ${line}\n`);
    return failure.code;
  }
}
