import { basename, dirname, join, posix } from "node:path";
import type { Target } from "@personakit/targets";
import type { Lockfile } from "../disk/lockfile.ts";
import { readText } from "../files/text.ts";
import { lookBefore } from "../import/prove.ts";
import { otherProjects, readConfig } from "../sources/config.ts";
import type { Config, PersonaEntry } from "../sources/define-config.ts";
import type { OwnFile } from "../sources/own-file.ts";

/** An instruction file that a configuration names. */
export interface KnownFile {
  /** Which of its personas it is, from 0. */
  readonly index: number;
  readonly entry: PersonaEntry & { readonly persona: string };
  readonly file: OwnFile;
  readonly id: string;
  /** For which it is built. */
  readonly targets: readonly Target[];
  /** Whether nothing but its copies is made of it. */
  readonly isOnlyRead: boolean;
  /** Relative to the project, with forward slashes; without itself. */
  readonly outputs: readonly string[];
}

/** What there is in a project before copies become one text. */
export interface Facts {
  readonly folder: string;
  /** The file name of its configuration, if it has one. */
  readonly config: string | undefined;
  readonly lockfile: Lockfile;
  readonly shared: Pick<Config, "targets" | "out">;
  /** By path. */
  readonly known: ReadonlyMap<string, KnownFile>;
  /** By the path of a file that is built, the source of it. */
  readonly built: ReadonlyMap<string, string>;
  /** By the path of a file beside a skill that is built to other places, the skill. */
  readonly parts: ReadonlyMap<string, string>;
  /** By the path of a Markdown fragment, the files that use it. */
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** Whether a persona with outputs has this id. */
  readonly isTaken: (id: string) => boolean;
  /** Whether something is larger already than its tool reads: what is built then counts in another way than what lies there. */
  readonly isOverLimit: boolean;
  /** Which other project a file belongs to, if any. */
  readonly projectOf: (path: string) => string | undefined;
  /** For which targets the personas of the configuration are built. */
  readonly targets: readonly Target[];
}

/** Looks at a project. Throws a CommandError where it cannot be built, or a build would change something: nothing could be proved then. */
export async function factsOf(folder: string): Promise<Facts> {
  const known = new Map<string, KnownFile>();
  const parts = new Map<string, string>();
  const built = new Map<string, string>();
  const targets = new Set<Target>();
  const items: {
    readonly index: number;
    readonly file: OwnFile;
    readonly known: Omit<KnownFile, "entry" | "index">;
  }[] = [];
  const before = await lookBefore(folder, ({ document, request, artifacts }) => {
    for (const target of request.targets) targets.add(target);
    const { file, entry: index, isOnlyRead = false, source } = request;
    for (const { path, isSource } of artifacts) if (isSource !== true) built.set(path, source);
    if (file === undefined || index === undefined) return;
    const outputs = artifacts.flatMap(({ path, isSource }) => (isSource === true ? [] : [path]));
    items.push({ index, file, known: { file, id: document.id, targets: request.targets, isOnlyRead, outputs } });
    if (outputs.length === 0) return;
    for (const { path } of file.beside?.files ?? []) parts.set(posix.join(posix.dirname(file.path), path), file.path);
  });
  const { config, lockfile, shared, isTaken, warnings } = before;
  const { personas } = config === undefined ? { personas: [] } : await readConfig(join(folder, config));
  for (const { index, file, known: each } of items) {
    const item = personas[index];
    const entry = typeof item === "object" && "persona" in item ? item : { persona: item };
    if (typeof entry.persona !== "string") continue;
    known.set(file.path, { ...each, index, entry: { ...entry, persona: entry.persona } });
  }
  const isOverLimit = warnings.some(({ code }) => code === "shared-limit");
  return {
    ...{ folder, config, lockfile, shared, known, built, parts, isTaken, isOverLimit },
    users: usersOf(folder, known),
    projectOf: otherProjects(folder),
    targets: [...targets],
  };
}

/** By fragment, the files that use it, and those that use these, as far as their lines name files. */
function usersOf(folder: string, known: ReadonlyMap<string, KnownFile>): Map<string, string[]> {
  const users = new Map<string, string[]>();
  const look = (path: string, text: string, user: string) => {
    for (const [, name = ""] of text.matchAll(/^::use\[(\.{1,2}\/[^\]]+\.md)\]/gm)) {
      const fragment = posix.join(posix.dirname(path), name);
      const others = users.get(fragment) ?? [];
      if (others.includes(user)) continue;
      users.set(fragment, [...others, user]);
      look(fragment, readText(join(folder, fragment)) ?? "", user);
    }
  };
  for (const [path, { file }] of known) if (!file.isWhole || file.text.includes("::use[")) look(path, file.text, path);
  return users;
}

/** Whether a path is that of the main file of a skill. */
export function isSkill(path: string): boolean {
  return basename(path) === "SKILL.md" && dirname(path) !== ".";
}
