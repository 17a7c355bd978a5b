import add from "./commands/add.ts";
import build from "./commands/build.ts";
import check from "./commands/check.ts";
import diff from "./commands/diff.ts";
import eject from "./commands/eject.ts";
import explain from "./commands/explain.ts";
import init from "./commands/init.ts";
import list from "./commands/list.ts";
import pack from "./commands/pack.ts";
import remove from "./commands/remove.ts";
import semver from "./commands/semver.ts";
import targets from "./commands/targets.ts";
import update from "./commands/update.ts";
import type { Command } from "./usage/define-command.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  add,
  remove,
  init,
  build,
  check,
  update,
  diff,
  explain,
  list,
  eject,
  targets,
  semver,
  pack,
];
