// Every command, loaded together once one is called: they share most of their code, and a package of few files is smaller.
export { add } from "./commands/add.ts";
export { build } from "./commands/build.ts";
export { check } from "./commands/check.ts";
export { diff } from "./commands/diff.ts";
export { eject } from "./commands/eject.ts";
export { explain } from "./commands/explain.ts";
export { init } from "./commands/init.ts";
export { list } from "./commands/list.ts";
export { pack } from "./commands/pack.ts";
export { remove } from "./commands/remove.ts";
export { semver } from "./commands/semver.ts";
export { listTargets } from "./commands/targets.ts";
export { update } from "./commands/update.ts";
