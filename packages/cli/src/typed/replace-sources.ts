import { join, posix } from "node:path";
import type { Held, TextChange } from "../disk/journal.ts";
import { readText } from "../files/text.ts";
import { commitProved, lookBefore } from "../import/prove.ts";
import { configuredTargets } from "../project/open-project.ts";
import { withPersonaAt } from "../sources/add-entries.ts";
import { findConfig, type ReadConfig, readConfig } from "../sources/config.ts";
import type { PersonaEntry } from "../sources/define-config.ts";
import type { ProposedModule } from "./propose-typed.ts";

/** A module that takes the place of a file in the configuration, and what its target writes. */
interface Replaced {
  readonly entry: PersonaEntry;
  /** The built file, relative to the project, with what it says now and will say. */
  readonly built: TextChange;
}

/** What becomes of the configuration once modules stand for files that it names. */
export interface Replacement {
  /** The configuration; undefined where it stays as it is. */
  readonly change: TextChange | undefined;
  /** By module: the entry that takes the place of the file's. */
  readonly replaced: ReadonlyMap<ProposedModule, Replaced>;
  /** By module: why its file stays in the configuration. */
  readonly kept: ReadonlyMap<ProposedModule, string>;
}

/** Finds which files the configuration names as sources, and puts their modules in their place. Writes nothing. */
export async function replaceSources(folder: string, modules: readonly ProposedModule[]): Promise<Replacement> {
  const replaced = new Map<ProposedModule, Replaced>();
  const kept = new Map<ProposedModule, string>();
  const name = findConfig(folder);
  if (name === undefined || modules.every(({ configuredAt }) => configuredAt === undefined)) {
    return { change: undefined, replaced, kept };
  }
  const before = readText(join(folder, name)) ?? "";
  const config = await readConfig(join(folder, name));
  let after = before;
  for (const module of modules) {
    const index = config.personas.findIndex((each) => sourceOf(each) === module.source);
    if (index === -1) continue;
    const found = replacementOf(folder, module, config, index);
    const edited = typeof found === "string" ? undefined : await withPersonaAt(name, after, index, found.entry);
    if (typeof found === "string") kept.set(module, found);
    else if (edited === undefined) kept.set(module, "its place in the configuration cannot be edited");
    else {
      after = edited;
      replaced.set(module, found);
    }
  }
  return { change: after === before ? undefined : { path: name, before, after }, replaced, kept };
}

/** The file that an entry of the configuration names, from the project's folder. */
function sourceOf(each: ReadConfig["personas"][number]): string | undefined {
  const persona = typeof each === "object" && "persona" in each ? each.persona : each;
  return typeof persona === "string" ? posix.normalize(persona) : undefined;
}

/** The entry of a module, and what is built from it; or why it cannot take the file's place. */
function replacementOf(
  folder: string,
  { module, source, target, built, file }: ProposedModule,
  config: ReadConfig,
  index: number,
): Replaced | string {
  const each = config.personas[index];
  const given: Partial<PersonaEntry> = typeof each === "object" && "persona" in each ? each : {};
  if (given.extend !== undefined) return "its entry extends it by ids that the module does not have";
  if (given.copies !== undefined) return "its entry makes copies of the file, which a module cannot";
  if (target.id !== file.format.id) return `no target writes files of ${file.format.id}`;
  if (target.files.block !== undefined)
    return `${target.id} writes a block into the file, which holds its text already`;
  const out = file.isInPlace ? outOf(source, built.path) : (given.out ?? config.out ?? ".");
  if (out === undefined) return `${target.id} would be built to ${built.path}, which is another file`;
  if (!file.isInPlace && file.beside !== undefined && file.beside.files.length > 0) {
    return "the files beside it would no longer be built";
  }
  const targets = given.targets ?? config.targets ?? [target.id];
  if (!targets.every((name) => typeof name === "string")) return "its targets are no names";
  if (!file.isInPlace && !targets.includes(target.id)) return `it is not built for ${target.id}`;
  const path = posix.join(out, built.path);
  const now = readText(join(folder, path));
  if (now === undefined) return `${path} is not there yet: run personakit build first`;
  const isSaid = out !== (config.out ?? ".");
  return {
    entry: {
      persona: `./${module}`,
      targets: [...new Set([target.id, ...targets])],
      ...(isSaid ? { out } : {}),
    },
    built: { path, before: now, after: built.text },
  };
}

/** The folder into which a file in place is built; undefined where it would be built to another one. */
function outOf(source: string, built: string): string | undefined {
  if (source === built) return ".";
  return source.endsWith(`/${built}`) ? source.slice(0, -built.length - 1) : undefined;
}

/**
 * Writes modules, the configuration and what is built from both. Throws a CommandError, with everything as it was, where a build would
 * change a file beyond the front matter of the modules' own.
 */
export async function writeReplaced(
  held: Held,
  modules: readonly ProposedModule[],
  { change, replaced }: Replacement & { readonly change: TextChange },
  seconds: number,
): Promise<void> {
  const { folder } = held;
  const { lockfile } = await lookBefore(folder);
  const targets = await configuredTargets(folder);
  const built = [...replaced.values()].flatMap((each) => (each.built.before === each.built.after ? [] : [each.built]));
  const changes = [...modules.map(moduleChange), change, ...built];
  await commitProved(held, changes, { config: change.path, lockfile, targets }, seconds);
}

/** How a module is written. */
export function moduleChange({ module, text }: ProposedModule): TextChange {
  return { path: module, before: undefined, after: text };
}
