import { type Issue, snapshot } from "@personakit/core";
import type { Lockfile, PersonaRecord } from "../disk/lockfile.ts";
import { recordedRules, type TextsByHash, textsOf } from "../disk/published.ts";
import { CommandError } from "../issues/command-error.ts";
import { type ContentPackage, contentPackages, rangesOfPackage, rangesOfProject } from "../sources/content-packages.ts";
import { fetchPublished } from "../sources/npm.ts";
import type { PackageContents } from "../sources/package-contents.ts";
import { isPath, registrySpec } from "../sources/package-spec.ts";
import { documentIn, snapshotIn } from "../sources/persona-package.ts";
import { addedPersonas, notFollowed, readAdded } from "./added-personas.ts";

/** Earlier texts, and why some of them cannot be had. */
export interface EarlierTexts {
  readonly texts: TextsByHash;
  readonly issues: readonly Issue[];
}

/**
 * Finds what packages said in the versions that a lockfile has: in the project's packages, or in the registry. A text counts by
 * its hash alone, wherever it was found. What cannot be read keeps nobody from the rest.
 */
export async function findEarlierTexts(
  folder: string,
  lockfile: Lockfile,
  ids: readonly string[],
  hashes: readonly string[],
): Promise<EarlierTexts> {
  const texts = new Map<string, string>();
  const issues: Issue[] = [];
  const isComplete = () => hashes.every((hash) => texts.has(hash));
  const steps = [
    () => textsOfAdded(folder, lockfile, ids),
    () => textsOfPackages(folder, lockfile, ids, "persona"),
    // A persona renders its fragments, so that these are seldom needed.
    () => textsOfPackages(folder, lockfile, ids, "fragment"),
  ];
  for (const step of steps) {
    if (isComplete()) break;
    try {
      for (const [hash, text] of await step()) texts.set(hash, text);
    } catch (error) {
      issues.push(...CommandError.from(error).issues);
    }
  }
  return { texts, issues: isComplete() ? [] : issues };
}

/** An error with what rules said that overrides name and that are gone, where that can still be read. */
export async function withLostTexts(error: unknown, folder: string, lockfile: Lockfile): Promise<unknown> {
  const known = CommandError.known(error);
  const lost = (known?.issues ?? []).flatMap(({ code, subject }) =>
    code === "unknown-rule" && subject ? [subject] : [],
  );
  const hashOf = new Map<string, string>();
  const ids = new Set<string>();
  for (const [id, { published }] of Object.entries(lockfile.personas)) {
    const recorded = published === undefined ? undefined : recordedRules(published);
    for (const path of lost) {
      const hash = recorded?.get(path)?.hash;
      if (hash !== undefined) ids.add(id) && hashOf.set(path, hash);
    }
  }
  if (known === undefined || hashOf.size === 0) return error;
  const { texts } = await findEarlierTexts(folder, lockfile, [...ids], [...hashOf.values()]);
  const explained = known.issues.map((each): Issue => {
    const text = texts.get(hashOf.get(each.subject ?? "") ?? "");
    return text === undefined ? each : { ...each, hint: `${each.hint ?? ""} It said: "${text}".`.trim() };
  });
  return new CommandError(explained, known);
}

type Texts = [hash: string, text: string][];

/** What the documents said that personas were added from. A folder has only what stands there now. */
async function textsOfAdded(folder: string, lockfile: Lockfile, ids: readonly string[]): Promise<Texts> {
  const texts: Texts = [];
  for (const added of addedPersonas(lockfile)) {
    if (!ids.includes(added.id) || isPath(added.package) || notFollowed(folder, added) !== undefined) continue;
    const { document } = await readAdded(folder, added, { cache: "first" });
    texts.push(...textsOf(snapshot(document)));
  }
  return texts;
}

/** What the project's packages of a kind said in the versions that were built. */
async function textsOfPackages(
  folder: string,
  lockfile: Lockfile,
  ids: readonly string[],
  kind: "persona" | "fragment",
): Promise<Texts> {
  const wanted = versionsIn(ids.flatMap((id) => recordOf(id, lockfile)));
  const found: PackageContents[] = [];
  const missing = new Map<string, string>();
  for (const { contents } of await allPackages(folder)) {
    const id = await idOf(contents, kind);
    for (const version of (id === undefined ? undefined : wanted.get(id)) ?? []) {
      if (version === contents.version) found.push(contents);
      else missing.set(`${contents.name}@${version}`, version);
    }
  }
  const specs = [...missing].map(([key, version]) => registrySpec(key.slice(0, key.lastIndexOf("@")), version));
  found.push(...(await fetchPublished(specs, { cache: "first" })));
  const snapshots = await Promise.all(found.map((each) => snapshotIn(each, `${each.name}@${each.version}`)));
  return snapshots.flatMap(textsOf);
}

function recordOf(id: string, { personas }: Lockfile): [id: string, record: PersonaRecord][] {
  const record = personas[id];
  return record === undefined ? [] : [[id, record]];
}

/** The versions that were built, by the ids of personas and fragments. */
function versionsIn(records: readonly [id: string, record: PersonaRecord][]): Map<string, ReadonlySet<string>> {
  const versions = new Map<string, Set<string>>();
  const add = (id: string, version: string) => versions.set(id, (versions.get(id) ?? new Set()).add(version));
  for (const [id, { version, extends: base = "", includes = {}, fragments }] of records) {
    const at = base.lastIndexOf("@");
    if (at > 0) add(base.slice(0, at), base.slice(at + 1));
    if (version !== undefined) add(id, version);
    for (const [persona, each] of Object.entries(includes)) add(persona, each);
    for (const [fragment, each] of Object.entries(fragments)) add(fragment, each);
  }
  return versions;
}

/** The packages of content that a project asks for, and those that these ask for. */
async function allPackages(folder: string): Promise<ContentPackage[]> {
  const direct = await contentPackages(rangesOfProject(folder), folder);
  const others = await Promise.all(
    direct.map(async (each) => contentPackages(await rangesOfPackage(each.contents), each.folder)),
  );
  const byName = new Map([...others.flat(), ...direct].map((each) => [each.contents.name, each]));
  return [...byName.values()];
}

/** The id of the persona or fragment in a package, where it is of that kind. */
async function idOf(contents: PackageContents, kind: "persona" | "fragment"): Promise<string | undefined> {
  const document = await documentIn(contents, contents.name);
  if (document !== undefined || kind === "persona") return kind === "persona" ? document?.id : undefined;
  const { rules } = await snapshotIn(contents, contents.name);
  return Object.keys(rules)[0]?.split("/", 1)[0];
}
