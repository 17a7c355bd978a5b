import build from "./commands/build.ts";
import check from "./commands/check.ts";
import type { Command } from "./usage/define-command.ts";

const other = (name: keyof typeof import("./other-commands.ts")) => async () =>
  (await import("./other-commands.ts"))[name];

/** Every command, in the order of the help. What runs every day does not load the others. */
export const COMMANDS: { readonly [name: string]: () => Command | Promise<Command> } = {
  add: other("add"),
  remove: other("remove"),
  init: other("init"),
  new: other("new"),
  build: () => build,
  check: () => check,
  update: other("update"),
  diff: other("diff"),
  override: other("override"),
  explain: other("explain"),
  list: other("list"),
  eject: other("eject"),
  targets: other("targets"),
  semver: other("semver"),
  pack: other("pack"),
};
