// commander parses arguments and writes the help: no dependencies, typed, and it suggests the nearest command and option.
import { Command, CommanderError, Option } from "commander";
import manifest from "../package.json" with { type: "json" };
import type { ExitCode } from "./exit-code.ts";
import { runAction, writeErrors } from "./run-action.ts";

type Action = (args: readonly string[], options: never) => Promise<ExitCode>;

const SOURCES =
  "a persona package, a folder of them, a module that exports personas, a compiled document, or an installed package's name; none: what the configuration lists";

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
  personakit add @personakit/persona-backend-developer   write one persona into this repository, no configuration needed
  personakit init                                        look at the repository and write personakit.config.ts
  personakit build                                       write what the configuration lists
  personakit check --frozen                              in CI: fails when a file or a version has drifted
  personakit update                                      after npm update: which rules have changed, then build
  personakit explain .claude/agents/dev.md:12            which rule of which version a line is
  personakit build ./personas --target claude-agent      without a configuration: a folder of packages, for one tool

Exit codes: 0 clean, 1 drift or findings, 2 bad input or usage.`,
    );

  const command = (name: string, description: string, load: () => Promise<Action>) =>
    program
      .command(name)
      .description(description)
      .option("-j, --json", "write one JSON document instead of text", false)
      .action(async (...input: unknown[]) => {
        // commander passes the arguments, then the options, then the command.
        const given = input
          .slice(0, -2)
          .flat()
          .filter((each) => each !== undefined) as string[];
        const options = input.at(-2) as { readonly json: boolean; readonly format?: string };
        code = await runAction(async () => (await load())(given, options as never), options);
      });
  const withTargets = (added: Command) =>
    added
      .addOption(
        new Option(
          "-t, --target <ids>",
          "only these, with commas or repeated: ids from personakit targets, or a module or package that exports targets",
        ).argParser(splitIds),
      )
      .option("--strict", "fail when a target cannot say everything", false);
  const withFolder = (added: Command) => added.option("-o, --out <folder>", "the project's folder", ".");
  const withAnswers = (added: Command) =>
    added
      .option("-y, --yes", "do not ask", false)
      .option("-n, --dry-run", "show what would be written, and write nothing", false);
  const onPersonas = (added: Command) => withTargets(added.argument("[source...]", SOURCES));

  withFolder(
    withAnswers(
      withTargets(
        command(
          "add",
          "Write a persona of a package into this repository, for the tools in use. Runs none of the package's code.",
          async () => (await import("./commands.ts")).add,
        ).argument("<package>", "a persona package's name, with a version if you like; a folder; a tarball"),
      )
        .option("--as <name>", "install it under another name")
        .option("--force", "overwrite files that were changed by hand", false),
    ),
  );
  withFolder(
    command(
      "remove",
      "Take away what was written of a persona, and nothing else.",
      async () => (await import("./commands.ts")).remove,
    )
      .argument("<name...>", "a persona's id, or the package that it came from")
      .option("--force", "also files that were changed by hand", false),
  );
  withAnswers(
    command(
      "init",
      "Look at this repository, propose personas, and write a configuration.",
      async () => (await import("./commands.ts")).init,
    ),
  );
  withFolder(
    onPersonas(
      command(
        "build",
        "Compile personas and write their files. Files changed by hand are never overwritten.",
        async () => (await import("./commands.ts")).build,
      ),
    ),
  )
    .option("--force", "overwrite files that were changed by hand", false)
    .option("-w, --watch", "build again whenever a source changes", false);
  withFolder(
    onPersonas(
      command(
        "check",
        "Compare the files on disk with what build would write. Writes nothing.",
        async () => (await import("./commands.ts")).check,
      ),
    ),
  )
    .option("--frozen", "also fail when the installed versions are not those that were built", false)
    .addOption(
      new Option("-f, --format <format>", "how findings are written")
        .choices(["text", "json", "github", "sarif"])
        .default("text"),
    );
  withFolder(
    command(
      "update",
      "Say which rules the installed versions change, which overrides they touch, and build.",
      async () => (await import("./commands.ts")).update,
    ),
  )
    .option("--strict", "fail when a target cannot say everything", false)
    .option("--force", "overwrite files that were changed by hand", false)
    .option("-n, --dry-run", "say it, and write nothing", false)
    .option("-m, --markdown", "write Markdown, for the text of a pull request", false);
  command(
    "diff",
    "Compare two personas, or two versions of one, rule by rule.",
    async () => (await import("./commands.ts")).diff,
  )
    .argument(
      "<before>",
      "a source as build takes it, or a package at a version; with nothing after it, a git revision",
    )
    .argument("[after]", "the same; absent: the persona packages of this repository as they are now")
    .option("-m, --markdown", "write Markdown", false);
  withFolder(
    withTargets(
      command(
        "explain",
        "Trace a line of a built file to its rule, its fragment's version, and who changed it.",
        async () => (await import("./commands.ts")).explain,
      )
        .argument("<file:line>", "a built file and a line in it, such as .claude/agents/dev.md:12")
        .argument("[source...]", SOURCES),
    ),
  );
  withFolder(
    onPersonas(
      command(
        "list",
        "Show personas, their fragments with versions, and tokens for each target.",
        async () => (await import("./commands.ts")).list,
      ),
    ),
  );
  withFolder(
    command(
      "eject",
      "Make generated files your own: build and check leave them alone from then on.",
      async () => (await import("./commands.ts")).eject,
    ).argument("<file...>", "a built file, or one of yours with a block of ours in it"),
  );
  command(
    "targets",
    "Show every target: its tool, its file, and when its facts were checked.",
    async () => (await import("./commands.ts")).listTargets,
  );
  command(
    "semver",
    "For authors: say what has changed in packages since they were published, and the version that follows.",
    async () => (await import("./commands.ts")).semver,
  )
    .argument("<folder...>", "the folder of a package of rules or of a persona, or a folder of them")
    .option("-b, --base <version>", "compare one package with this version, tag or tarball instead")
    .option("-g, --git <revision>", "compare with this revision of the repository instead")
    .option("--check", "fail when the pending changesets promise less", false)
    .option("--write", "write the changesets that are missing", false);
  command(
    "pack",
    "For authors: write what others need to add a persona package without running its code.",
    async () => (await import("./commands.ts")).pack,
  ).argument("<folder...>", "the folder of a persona's package");

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
