import { COMMANDS } from "../../packages/cli/src/commands.ts";
import { rootHelp } from "../../packages/cli/src/usage/root-help.ts";

/** The names of the commands and the help of all, so that neither needs the commands to be loaded. */
export function helpFile(): [path: string, text: string] {
  const names = COMMANDS.map(({ name }) => name);
  const text = [
    "// Written by `pnpm sync` from the list in ./commands.ts.",
    "",
    "/** The names of all commands. */",
    `export const NAMES: readonly string[] = ${JSON.stringify(names)};`,
    "",
    "/** What `personakit --help` prints. */",
    `export const HELP = \`${rootHelp(COMMANDS).replace(/[`\\$]/g, "\\$&")}\`;`,
    "",
  ];
  return ["packages/cli/src/help.ts", text.join("\n")];
}
