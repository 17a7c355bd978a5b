import build from "./commands/build.ts";
import check from "./commands/check.ts";
import type { Command } from "./usage/define-command.ts";

const other = (name: keyof typeof import("./other-commands.ts")) => async () =>
  (await import("./other-commands.ts"))[name];

/** Every command, in the order that the help has within each group. What runs every day does not load the others. */
export const COMMANDS: { readonly [name: string]: () => Command | Promise<Command> } = {
  doctor: other("doctor"),
  init: other("init"),
  add: other("add"),
  import: other("import"),
  new: other("new"),
  extract: other("extract"),
  build: () => build,
  check: () => check,
  update: other("update"),
  diff: other("diff"),
  list: other("list"),
  explain: other("explain"),
  context: other("context"),
  preview: other("preview"),
  override: other("override"),
  eject: other("eject"),
  remove: other("remove"),
  pack: other("pack"),
  semver: other("semver"),
  targets: other("targets"),
};
