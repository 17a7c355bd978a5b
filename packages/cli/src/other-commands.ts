// The commands that do not run every day, in one bundle: they share most of their code.

export { default as add } from "./commands/add.ts";
export { default as context } from "./commands/context.ts";
export { default as diff } from "./commands/diff.ts";
export { default as doctor } from "./commands/doctor.ts";
export { default as eject } from "./commands/eject.ts";
export { default as explain } from "./commands/explain.ts";
export { default as extract } from "./commands/extract.ts";
export { default as import } from "./commands/import.ts";
export { default as init } from "./commands/init.ts";
export { default as list } from "./commands/list.ts";
export { default as new } from "./commands/new.ts";
export { default as override } from "./commands/override.ts";
export { default as pack } from "./commands/pack.ts";
export { default as preview } from "./commands/preview.ts";
export { default as remove } from "./commands/remove.ts";
export { default as semver } from "./commands/semver.ts";
export { default as targets } from "./commands/targets.ts";
export { default as update } from "./commands/update.ts";
