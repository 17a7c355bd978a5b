import { type Command, GROUPS } from "./define-command.ts";

const EXAMPLES = `Examples:
  personakit add @personakit/persona-backend-developer
  personakit check --frozen                       in CI: also compares versions
  personakit explain .claude/agents/dev.md:12
  personakit build ./personas -t claude-agent     without a configuration

Exit codes: 0 clean, 1 drift or findings, 2 bad input or usage.
`;

/** What `personakit --help` prints. `pnpm sync` writes it down, so that the help need not load the commands. */
export function rootHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => termOf(command).length));
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => [
    `${title}:`,
    ...commands
      .filter((command) => command.group === group)
      .map((command) => `  ${termOf(command).padEnd(width)}  ${command.summary}`),
    "",
  ]);
  return [
    "Usage: personakit <command> [options]",
    "",
    "Compiles agent personas from shared fragments into files that agent tools read.",
    "",
    ...groups,
    "personakit <command> --help shows the options of a command.",
    "",
    EXAMPLES,
  ].join("\n");
}

/** A command with the arguments that it needs. */
function termOf({ name, arguments: all }: Command): string {
  return [name, ...all.map(([argument]) => argument).filter((argument) => argument.startsWith("<"))].join(" ");
}
