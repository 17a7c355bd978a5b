import { Option, type Command as Program } from "commander";
import { type Command, defaultsOf, type Given, optionsOf } from "./define-command.ts";
import type { OptionSpec } from "./options.ts";

/** Adds a command's arguments, options and help to the parser; `called` gets what the command line gives it. */
export function addUsage(program: Program, command: Command, called: (given: Given) => void): void {
  program.description([`${command.summary}.`, command.details ?? []].flat().join(" "));
  for (const [name, about] of command.arguments) program.argument(name, about);
  for (const [key, option] of Object.entries(optionsOf(command))) program.addOption(optionOf(key, option));
  program.action((...input: unknown[]) => {
    // commander passes the arguments, then the options, then the command.
    const args = input
      .slice(0, -2)
      .flat()
      .filter((each) => each !== undefined) as string[];
    called({ command, args, options: { ...defaultsOf(command), ...(input.at(-2) as Given["options"]) } });
  });
}

function optionOf(key: string, { short, about, value, choices, many, default: standard }: OptionSpec): Option {
  const long = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const flags = `${short === undefined ? "" : `-${short}, `}${long}${value === undefined ? "" : ` <${value}>`}`;
  const option = new Option(flags, about);
  // If the parser knew those of flags, the help would say "(default: false)" for each.
  if (standard !== undefined && standard !== false) option.default(standard);
  if (choices !== undefined) option.choices(choices);
  if (many === "commas") option.argParser(splitValues);
  if (many === "repeated")
    option.argParser((text: string, previous?: readonly string[]) => [...(previous ?? []), text]);
  return option;
}

function splitValues(value: string, previous: readonly string[] | undefined): string[] {
  const values = value.split(",").map((each) => each.trim());
  return [...(previous ?? []), ...values.filter((each) => each !== "")];
}
