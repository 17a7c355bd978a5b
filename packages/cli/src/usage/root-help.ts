import { Command as Program } from "commander";
import { addUsage } from "./add-usage.ts";
import type { Command } from "./define-command.ts";

const EXAMPLES = `
Examples:
  personakit add @personakit/persona-backend-developer   write one persona into this repository, no configuration needed
  personakit init                                        look at the repository and write personakit.config.ts
  personakit build                                       write what the configuration lists
  personakit check --frozen                              in CI: fails when a file or a version has drifted
  personakit update                                      after npm update: which rules have changed, then build
  personakit explain .claude/agents/dev.md:12            which rule of which version a line is
  personakit build ./personas --target claude-agent      without a configuration: a folder of packages, for one tool

Exit codes: 0 clean, 1 drift or findings, 2 bad input or usage.
`;

/** What `personakit --help` prints. `pnpm sync` writes it down, so that the help need not load the commands. */
export function rootHelp(commands: readonly Command[]): string {
  const program = new Program("personakit")
    .description("Compiles agent personas from shared fragments to the files that agent tools read.")
    .version("")
    .configureHelp({ helpWidth: 80 });
  for (const command of commands) addUsage(program.command(command.name), command, () => {});
  return program.helpInformation() + EXAMPLES;
}
