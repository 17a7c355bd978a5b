import { type Change, type Document, formatIssue, type Issue, snapshot } from "@personakit/core";
import { entriesOf, kindOf, own, pathOf } from "@personakit/core/internal";
import { lookAt } from "../detect/repository.ts";
import { commit, type Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { type AddedFrom, baseOf, includedIn, type Lockfile, type PersonaRecord, versionsOf } from "../disk/lockfile.ts";
import { changesSinceRecord, type TextsByHash, withoutEarlierText } from "../disk/published.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { CommandError, issue } from "../issues/command-error.ts";
import { count, writeLine, writeWarning, writeWordings } from "../output/terminal.ts";
import { makePlan, type PlannedPersona, type Request } from "../plan/make-plan.ts";
import {
  type AddedPersona,
  addedPersonas,
  notFollowed,
  readAdded,
  readLatest,
  requestFor,
} from "../project/added-personas.ts";
import { comparePlan, publishedSnapshot } from "../project/compare-project.ts";
import { eachProject, type Outcome } from "../project/each-project.ts";
import { findEarlierTexts, withLostTexts } from "../project/earlier-texts.ts";
import { noProject, openProject, type Project, planOf } from "../project/open-project.ts";
import { writeChanges } from "../project/write-changes.ts";
import { isPackageName, isPath } from "../sources/package-spec.ts";
import type { PersonaPackage } from "../sources/persona-package.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, force, project, strict, timeout, workspace } from "../usage/options.ts";
import { formatChanges } from "../versions/format-changes.ts";
import { inReachAsText, type PackageInReach, packagesInReach } from "../versions/in-reach.ts";
import { type RaisedRange, raiseRanges } from "../versions/raise-ranges.ts";

/** What an added persona would be built from now. */
type LatestAdded = Request & { readonly from: AddedFrom };

/** What an update changes in one persona. */
interface PersonaUpdate {
  readonly persona: string;
  /** `name from -> to` for each version that is another one. */
  readonly versions: readonly string[];
  readonly changes: readonly Change[];
  /**
   * Rules that say something else though their version is the same: the project has set a parameter, or a package was
   * published without raising its version.
   */
  readonly sameVersion: readonly Change[];
  /** Changes of what this project has replaced or dropped: its own word stands, and someone should look at it. */
  readonly overridden: readonly (Change & { readonly by: string; readonly own: string })[];
}

/** Says what the installed versions change in each persona since the last build, and builds. Never discards an override. */
export default defineCommand({
  name: "update",
  group: "daily",
  summary: "Show which rules new versions change, then build",
  details: "Your overrides stay; update tells you which of them to look at.",
  arguments: [],
  options: {
    ...timeout,
    ...project,
    ...workspace,
    ...strict,
    ...force,
    dryRun: flag("show the changes and the versions in reach, without writing anything", "n"),
    latest: flag("take the newest versions, even where the range in package.json does not allow them"),
    markdown: flag("print Markdown, for a pull request", "m"),
  },
  run: (_, options) =>
    eachProject([], options, (out) =>
      options.dryRun
        ? update({ ...options, out })
        : exclusively(out, "update", (held) => update({ ...options, out }, held)),
    ),
});

interface UpdateOptions {
  readonly out: string;
  readonly json: boolean;
  readonly strict: boolean;
  readonly force: boolean;
  readonly markdown: boolean;
  readonly latest: boolean;
}

/** Without the lock, it only says what has changed, and what is in reach. */
async function update(options: UpdateOptions, held?: Held): Promise<Outcome> {
  const { out, json, strict, force, markdown, latest: takesLatest } = options;
  const project = openProject([], { out, strict });
  const lockfile = project?.lockfile ?? readLockfile(out);
  const configured = project === undefined ? [] : await configuredPersonas(project);
  // What was added and is configured now is the configuration's.
  const isConfigured = (id: string) => configured.some(({ document }) => document.id === id);
  const { requests: latest, unread } = await latestAdded(out, lockfile, isConfigured, takesLatest);
  if (project === undefined && latest.length + unread.length === 0) throw await noProject("update");
  const reach = held === undefined || takesLatest ? await askReach(out, lockfile) : undefined;
  const plan = makePlan([...configured.map(({ request }) => request), ...latest], { strict });
  const added = Object.fromEntries(latest.map(({ unit, from }) => [unit.id, from]));
  const described = new Map<string, Describe>();
  for (const planned of plan.personas) {
    const { document } = planned;
    const record = lockfile.personas[document.id];
    if (record === undefined) continue;
    const from = own(added, document.id);
    const describe =
      from === undefined
        ? updateOfConfigured(planned, record)
        : updateOfAdded({ ...document, version: from.version }, record);
    described.set(document.id, describe);
  }
  const { updates, issues } = await describeAll(out, lockfile, described);
  // What has changed is said before anything can be refused; a JSON document is the last word.
  if (!json) print(updates, markdown);
  const unsaid = [...unread, ...issues, ...(reach?.unread ?? [])];
  if (!json) for (const each of unsaid) writeWarning(formatIssue(each));
  if (!json && held === undefined) printReach(reach?.packages ?? [], markdown);
  if (held !== undefined) {
    const scope = { whole: project !== undefined, hashes: true, added };
    await writeChanges(held, lockfile, comparePlan(out, plan, lockfile, scope), { force });
  }
  const raised = takesLatest ? raise(out, reach?.packages ?? [], held) : [];
  if (!json && raised.length > 0) printRaised(raised, out, held !== undefined);
  const found = reach === undefined ? {} : { packages: reach.packages };
  return { exitCode: 0, document: () => ({ ok: true, updates, ...found, raised, unread: unsaid }) };
}

/** The personas of a configuration. Where an override's rule is gone, the error says what it said. */
async function configuredPersonas(project: Project): Promise<readonly PlannedPersona[]> {
  try {
    return (await planOf(project)).personas;
  } catch (error) {
    throw await withLostTexts(error, project.folder, project.lockfile);
  }
}

/** What is in reach of a project's packages, or why nobody can say. */
interface Reach {
  readonly packages: readonly PackageInReach[];
  readonly unread: readonly Issue[];
}

/** Asks the registry. What it cannot say keeps nobody from what is installed. */
async function askReach(folder: string, lockfile: Lockfile): Promise<Reach> {
  const added = addedPersonas(lockfile).flatMap(({ package: from, version }) =>
    version === undefined || !isPackageName(from) ? [] : [{ package: from, version }],
  );
  try {
    return { packages: await packagesInReach(folder, added), unread: [] };
  } catch (error) {
    return { packages: [], unread: CommandError.from(error).issues };
  }
}

function printReach(packages: readonly PackageInReach[], markdown: boolean): void {
  if (packages.length === 0) return;
  writeLine("");
  for (const line of inReachAsText(packages, markdown)) writeLine(line);
}

/** Raises the ranges of the project's package.json that do not allow the newest version. */
function raise(folder: string, packages: readonly PackageInReach[], held?: Held): readonly RaisedRange[] {
  const outside = packages.filter(({ of, wanted, latest }) => of === undefined && wanted.version !== latest.version);
  const { raised, change } = raiseRanges(folder, outside);
  if (held !== undefined && change !== undefined) commit(held, [change]);
  return raised;
}

function printRaised(raised: readonly RaisedRange[], folder: string, isWritten: boolean): void {
  const manager = lookAt(folder).packageManager ?? "npm";
  for (const { name, from, to } of raised) writeLine(`package.json: ${name} ${from} -> ${to}`);
  if (isWritten) writeLine(`Now run ${manager} install, and then personakit update to see and build what they change.`);
}

/** The newest of what was added: the version that is installed, or else the one that the registry has. */
async function latestAdded(
  folder: string,
  lockfile: Lockfile,
  isConfigured: (id: string) => boolean,
  takesLatest: boolean,
): Promise<{ readonly requests: readonly LatestAdded[]; readonly unread: readonly Issue[] }> {
  const requests: LatestAdded[] = [];
  const unread: Issue[] = [];
  for (const added of addedPersonas(lockfile).filter(({ id }) => !isConfigured(id))) {
    const refused = notFollowed(folder, added);
    if (refused !== undefined) {
      unread.push(refused);
      continue;
    }
    const { version, sha256, ...latest } = await newest(folder, added, takesLatest);
    const request = requestFor(added.id, latest, lockfile);
    requests.push({ ...request, from: { package: added.package, version, document: sha256 } });
  }
  return { requests, unread };
}

/** The newest of what a persona was added from; what was added, where that is newer: an update never goes down. */
async function newest(folder: string, added: AddedPersona, takesLatest: boolean): Promise<PersonaPackage> {
  const latest = await readLatest(folder, added, takesLatest);
  // npm's own order of versions: maintained, no dependencies. Loaded where a package is read.
  const { lt, valid } = (await import("semver")).default;
  const { version } = added;
  const isOlder = version !== undefined && valid(version) !== null && lt(latest.version, version);
  return isOlder && !isPath(added.package) ? readAdded(folder, added, { cache: "first" }) : latest;
}

/** Says what has changed in one persona, with the earlier texts that are known. */
type Describe = (texts: TextsByHash) => {
  readonly updates: readonly PersonaUpdate[];
  readonly missing: readonly string[];
};

/** What has changed in an added persona since it was recorded. It has no overrides: all of it is the package's. */
function updateOfAdded(document: Document, record: PersonaRecord): Describe {
  return (texts) => {
    const { changes, missing } = changesSinceRecord(record.published, snapshot(document), texts);
    return { updates: describeUpdate(document, record, changes), missing };
  };
}

/** What has changed in a configured persona since it was built. What the project has dropped itself is no update. */
function updateOfConfigured(planned: PlannedPersona, record: PersonaRecord): Describe {
  const { document } = planned;
  return (texts) => {
    // Of a persona of the project's own, nothing was published: its source is the word on it.
    if (record.published === undefined) return { updates: describeUpdate(document, record, []), missing: [] };
    const { changes, missing } = changesSinceRecord(record.published, publishedSnapshot(planned), texts);
    const upstream = changes.filter((change) => !isDroppedHere(change, document));
    const isSame = (change: Change) => isSameVersion(change, document, record);
    return { updates: describeUpdate(document, record, upstream, isSame), missing };
  };
}

/** Describes updates, with the earlier texts that the packages or the registry have. */
async function describeAll(
  folder: string,
  lockfile: Lockfile,
  described: ReadonlyMap<string, Describe>,
): Promise<{ readonly updates: readonly PersonaUpdate[]; readonly issues: readonly Issue[] }> {
  const first = [...described].map(([id, describe]) => ({ id, ...describe(new Map()) }));
  const hashes = first.flatMap(({ missing }) => missing);
  const lacking = first.filter(({ missing }) => missing.length > 0).map(({ id }) => id);
  if (lacking.length === 0) return { updates: first.flatMap(({ updates }) => updates), issues: [] };
  const { texts, issues } = await findEarlierTexts(folder, lockfile, lacking, hashes);
  const updates = [...described.values()].flatMap((describe) => describe(texts).updates);
  const gone = updates.flatMap(({ persona, changes, sameVersion, overridden }) => {
    const paths = withoutEarlierText([...changes, ...sameVersion, ...overridden]);
    if (paths.length === 0) return [];
    const hint = "They are neither among the installed packages nor in the registry.";
    return [issue("no-earlier-text", persona, `the earlier texts of ${paths.join(", ")} cannot be shown`, hint)];
  });
  return { updates, issues: [...issues, ...gone] };
}

function describeUpdate(
  document: Document,
  record: PersonaRecord,
  changes: readonly Change[],
  isSame: (change: Change) => boolean = () => false,
): PersonaUpdate[] {
  const versions = versionChanges(document, record);
  if (versions.length === 0 && changes.length === 0) return [];
  const overrides = overridesOf(document);
  const others = changes.filter(({ path }) => !overrides.has(path));
  return [
    {
      persona: document.id,
      versions,
      changes: others.filter((change) => !isSame(change)),
      sameVersion: others.filter(isSame),
      overridden: changes.flatMap((change) => {
        const override = overrides.get(change.path);
        return override === undefined ? [] : [{ ...change, ...override }];
      }),
    },
  ];
}

function versionChanges(document: Document, record: PersonaRecord): string[] {
  const now: { readonly [name: string]: string | undefined } = versionsOf(document);
  const included: { readonly [name: string]: string | undefined } = includedIn(document);
  const { renamed = {} } = document;
  const before: Record<string, string> = {};
  const names = new Map<string, string>();
  for (const [old, version] of Object.entries(record.fragments)) {
    const id = own(now, old) === undefined ? (own(renamed, old) ?? old) : old;
    before[id] = version;
    if (id !== old) names.set(id, `${old}, now ${id},`);
  }
  const lines = [
    [document.id, record.version, document.version],
    ["based on", record.extends, baseOf(document)],
    ...Object.keys({ ...record.includes, ...included }).map((id) => [
      `includes ${id}`,
      record.includes?.[id],
      included[id],
    ]),
    ...Object.keys({ ...before, ...now }).map((id) => [names.get(id) ?? id, before[id], now[id]]),
  ];
  return lines.flatMap(([name, was, is]) => (was === is ? [] : [`${name} ${was ?? "(new)"} -> ${is ?? "(gone)"}`]));
}

/** Whether a rule is gone because the project has dropped its whole fragment. */
function isDroppedHere({ path, kind }: Change, document: Document): boolean {
  const fragment = path.split("/", 1)[0];
  return kind === "removed" && document.dropped.some((dropped) => dropped.path === fragment);
}

/** Whether a rule has changed and the version of what it comes from has not. */
function isSameVersion({ path }: Change, document: Document, record: PersonaRecord): boolean {
  const fragment = path.slice(0, path.indexOf("/"));
  const personasOf = (includes = {}) => JSON.stringify(Object.entries(includes));
  const baseChanged =
    record.version !== document.version ||
    record.extends !== baseOf(document) ||
    personasOf(record.includes) !== personasOf(includedIn(document));
  return path.includes("/") && !baseChanged && record.fragments[fragment] === versionsOf(document)[fragment];
}

/** What users have replaced or dropped, by rule. */
function overridesOf(document: Document): Map<string, { readonly by: string; readonly own: string }> {
  const overrides = new Map<string, { by: string; own: string }>();
  for (const entry of entriesOf(document)) {
    const { editedBy: by } = entry.origin;
    if (by !== undefined) overrides.set(pathOf(entry), { by, own: kindOf(entry).headline(entry) });
  }
  for (const { path, reason, by } of document.dropped) overrides.set(path, { by, own: `dropped: ${reason}` });
  return overrides;
}

const SAME_VERSION = "Changed without a new version, by your own parameters or by a package that kept its version:";

function print(updates: readonly PersonaUpdate[], markdown: boolean): void {
  if (updates.length === 0) writeLine("Nothing has changed since the last build.");
  for (const { persona, versions, changes, sameVersion, overridden } of updates) {
    const news = versions.length === 0 ? "the same versions" : versions.join(", ");
    for (const line of markdown ? [`### ${persona}`, "", news, ""] : [`${persona}: ${news}`]) writeLine(line);
    writeWordings(formatChanges(changes, markdown));
    if (sameVersion.length > 0) {
      for (const line of markdown ? ["", SAME_VERSION, ""] : [`  ${SAME_VERSION}`]) writeLine(line);
      writeWordings(formatChanges(sameVersion, markdown));
    }
    if (overridden.length === 0) continue;
    const head = `${count(overridden.length, "override")} of yours kept, but the base has changed. Check ${overridden.length === 1 ? "it" : "them"}:`;
    for (const line of markdown ? ["", head, ""] : [`  ${head}`]) writeLine(line);
    for (const { by, own, ...change } of overridden) {
      writeWordings(formatChanges([change], markdown));
      writeLine(markdown ? `  - yours (${by}): ${own}` : `      ${"yours".padEnd(7)}${own} (by ${by})`);
    }
  }
}
