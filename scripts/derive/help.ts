import { COMMANDS } from "../../packages/cli/src/commands.ts";
import { rootHelp } from "../../packages/cli/src/usage/root-help.ts";

/** The help of all commands, so that it does not need them to be loaded. Throws where the list calls one by another name. */
export async function helpFile(): Promise<[path: string, text: string]> {
  const commands = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => {
      const command = await load();
      if (command.name !== name) throw new Error(`commands.ts calls the command ${command.name} by the name ${name}.`);
      return command;
    }),
  );
  const text = [
    "// Written by `pnpm sync` from the list in ./commands.ts.",
    "",
    "/** What `personakit --help` prints. */",
    `export const HELP = \`${rootHelp(commands).replace(/[`\\$]/g, "\\$&")}\`;`,
    "",
  ];
  return ["packages/cli/src/help.ts", text.join("\n")];
}
