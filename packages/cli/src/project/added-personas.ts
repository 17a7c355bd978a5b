import { realpathSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Issue } from "@personakit/core";
import { nameWithVersion, problemOfFileId } from "@personakit/core/internal";
import { LOCKFILE, type Lockfile } from "../disk/lockfile.ts";
import { projectPath } from "../disk/paths.ts";
import { failure, issue, throwIssues } from "../issues/command-error.ts";
import { builtInTargets } from "../plan/choose-targets.ts";
import type { Request } from "../plan/make-plan.ts";
import { isPackageName, isPath, parseSpec } from "../sources/package-spec.ts";
import { type PersonaPackage, type ReadOptions, readPersonaPackage } from "../sources/persona-package.ts";

/** A document, or anything else with an id, under another one. Throws a CommandError for what is no id. */
export function renamed<Named extends { readonly id: string }>(document: Named, id: string | undefined): Named {
  const problem = id === undefined ? undefined : problemOfFileId(id);
  if (problem !== undefined) {
    const hint = 'Expected kebab-case of at most 64 characters, such as "web-backend".';
    throw failure("usage", `--as ${id}`, `the name ${problem}`, hint);
  }
  return id === undefined ? document : { ...document, id };
}

/** Throws a CommandError for a persona whose name one of another source has: it must not be taken over. */
export function refuseOther(id: string, name: string, record: { readonly package?: string } | undefined): void {
  if (record === undefined || record.package === name) return;
  const from = record.package ?? "the configuration or a source of the project";
  throw failure("name-taken", id, `there is already a persona of this name, from ${from}`, "Add it --as another name.");
}

/** A persona of a lockfile that came by `add`. */
export interface AddedPersona {
  readonly id: string;
  /** What it was added from, as the lockfile has it. */
  readonly package: string;
  readonly version: string | undefined;
  /** The hash of the document that it was written from. */
  readonly document: string | undefined;
}

/** The personas of a lockfile that came by `add`. */
export function addedPersonas({ personas }: Lockfile): AddedPersona[] {
  return Object.entries(personas).flatMap(([id, { package: from, version, document }]) =>
    from === undefined ? [] : [{ id, package: from, version, document }],
  );
}

/**
 * What `add` records of where a package was: its name in the registry; its place, relative to the project; or `git name` for one
 * from a repository, whose address npm would run git for.
 */
export function recordedSource(folder: string, spec: string, name: string): string {
  // What came from elsewhere must never be looked for under its name in the registry.
  if (!isPath(spec)) return parseSpec(spec, { allowGit: true }).kind === "git" ? `git ${name}` : name;
  const path = projectPath(folder, spec);
  if (path === "") return ".";
  return path.startsWith("..") || isAbsolute(path) ? path : `./${path}`;
}

/**
 * Why an added persona is not read again without its user; undefined for one that may be: a lockfile is data that anybody may
 * have changed, and leads to names in the registry and to places inside the project alone.
 */
export function notFollowed(folder: string, { id, package: from }: AddedPersona): Issue | undefined {
  if (isPackageName(from) || (isPath(from) && isInside(folder, from))) return undefined;
  if (isPath(from)) {
    const problem = `was added from ${from}, which is not inside the project`;
    return issue("not-followed", id, problem, `Run personakit add ${from} again.`);
  }
  const hint = "Run personakit add <repository> --allow-git again.";
  return issue("not-followed", id, "was added from a git repository, which is not read again by itself", hint);
}

function isInside(folder: string, path: string): boolean {
  try {
    // A link in the project may lead anywhere.
    const inside = relative(realpathSync(folder), realpathSync(resolve(folder, path)));
    return inside.split(sep)[0] !== ".." && !isAbsolute(inside);
  } catch {
    // What is not there leads nowhere; reading it says so.
    const inside = projectPath(folder, resolve(folder, path));
    return inside.split("/")[0] !== ".." && !isAbsolute(inside);
  }
}

/** Reads what an added persona was written from, in the version that was recorded. Throws for one that is not followed. */
export function readAdded(folder: string, added: AddedPersona, options: ReadOptions): Promise<PersonaPackage> {
  const { package: name, version } = added;
  return readFollowed(folder, added, isPath(name) ? name : nameWithVersion({ id: name, version }), options);
}

/**
 * Reads the newest of what an added persona was written from: what is installed, where it is; the registry's, where `fromRegistry`
 * says so. Throws for one that is not followed.
 */
export function readLatest(folder: string, added: AddedPersona, fromRegistry = false): Promise<PersonaPackage> {
  const { package: name } = added;
  return readFollowed(folder, added, fromRegistry && !isPath(name) ? `${name}@latest` : name, {});
}

async function readFollowed(
  folder: string,
  added: AddedPersona,
  spec: string,
  options: ReadOptions,
): Promise<PersonaPackage> {
  const refused = notFollowed(folder, added);
  if (refused !== undefined) throwIssues([refused]);
  return readPersonaPackage(isPath(spec) ? resolve(folder, spec) : spec, folder, options);
}

/** What building an added persona again takes: for the targets that it was added for. */
export function requestFor(
  id: string,
  { document, name }: Pick<PersonaPackage, "document" | "name">,
  lockfile: Lockfile,
): Request {
  const records = Object.values(lockfile.artifacts).filter(({ persona }) => persona === id);
  const ids = [...new Set(records.flatMap(({ targets }) => targets))];
  // A module that a lockfile names is not run.
  const { results: targets, issues } = builtInTargets(ids, `${LOCKFILE}, targets`);
  throwIssues(issues);
  return { unit: renamed(document, id), source: name, targets, out: "" };
}

/** The added personas as they were added, and those that are not read again on their own. */
export interface AddedRequests {
  readonly requests: readonly Request[];
  readonly unread: readonly Issue[];
}

/** Reads the added personas as they were added: from the project's packages, or from npm's cache, or else the registry. */
export async function requestsForAdded(folder: string, lockfile: Lockfile): Promise<AddedRequests> {
  const requests: Request[] = [];
  const unread: Issue[] = [];
  for (const added of addedPersonas(lockfile)) {
    const refused = notFollowed(folder, added);
    if (refused !== undefined) unread.push(refused);
    else requests.push(requestFor(added.id, await readAdded(folder, added, { cache: "first" }), lockfile));
  }
  return { requests, unread };
}
