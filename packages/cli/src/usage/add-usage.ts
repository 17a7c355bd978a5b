import { Option, type Command as Program } from "commander";
import type { Command, Common } from "./define-command.ts";
import { flag, type OptionSpec } from "./options.ts";

/** A command, and what the command line gives it. */
export interface Given {
  readonly command: Command;
  readonly args: readonly string[];
  readonly options: Common & { readonly format?: string; readonly [key: string]: unknown };
}

const JSON_OPTION = flag("print JSON instead of text", "j");

/** Adds a command's arguments, options and help to the parser; `called` gets what the command line gives it. */
export function addUsage(program: Program, command: Command, called: (given: Given) => void): void {
  program.description([`${command.summary}.`, command.details ?? []].flat().join(" "));
  for (const [name, about] of command.arguments) program.argument(name, about);
  const specs = Object.entries({ json: JSON_OPTION, ...command.options });
  for (const [key, option] of specs) program.addOption(optionOf(key, option));
  // If the parser knew these defaults, the help would say "(default: false)" for each flag.
  const off = Object.fromEntries(
    specs.flatMap(([key, { default: standard }]) => (standard === false ? [[key, false]] : [])),
  );
  program.action((...input: unknown[]) => {
    // commander passes the arguments, then the options, then the command.
    const args = input
      .slice(0, -2)
      .flat()
      .filter((each) => each !== undefined) as string[];
    called({ command, args, options: { ...off, ...(input.at(-2) as Given["options"]) } });
  });
}

function optionOf(key: string, { short, about, value, choices, many, default: standard }: OptionSpec): Option {
  const long = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const flags = `${short === undefined ? "" : `-${short}, `}${long}${value === undefined ? "" : ` <${value}>`}`;
  const option = new Option(flags, about);
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
