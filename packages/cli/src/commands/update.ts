import {
  type Change,
  changesBetween,
  type Document,
  formatIssue,
  type Issue,
  type Snapshot,
  snapshot,
} from "@personakit/core";
import { entriesOf, kindOf, own, pathOf } from "@personakit/core/internal";
import type { Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { type AddedFrom, baseOf, type Lockfile, type PersonaRecord, versionsOf } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { count, writeLine, writeWarning, writeWordings } from "../output/terminal.ts";
import { makePlan, type Request } from "../plan/make-plan.ts";
import {
  type AddedPersona,
  addedPersonas,
  notFollowed,
  readAdded,
  readLatest,
  requestFor,
} from "../project/added-personas.ts";
import { comparePlan } from "../project/compare-project.ts";
import { eachProject, type Outcome } from "../project/each-project.ts";
import { noProject, openProject, planOf } from "../project/open-project.ts";
import { writeChanges } from "../project/write-changes.ts";
import { isPath } from "../sources/package-spec.ts";
import type { PersonaPackage } from "../sources/persona-package.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, force, project, strict, timeout, workspace } from "../usage/options.ts";
import { formatChanges } from "../versions/format-changes.ts";

/** What an added persona would be built from now. */
type LatestAdded = Request & { readonly from: AddedFrom };

/** What an update changes in one persona. */
interface PersonaUpdate {
  readonly persona: string;
  /** `name from -> to` for each version that is another one. */
  readonly versions: readonly string[];
  readonly changes: readonly Change[];
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
    dryRun: flag("show the changes, without writing anything", "n"),
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
}

/** Without the lock, it only says what has changed. */
async function update({ out, json, strict, force, markdown }: UpdateOptions, held?: Held): Promise<Outcome> {
  const project = openProject([], { out, strict });
  const lockfile = project?.lockfile ?? readLockfile(out);
  const configured = project === undefined ? [] : (await planOf(project)).personas;
  // What was added and is configured now is the configuration's.
  const isConfigured = (id: string) => configured.some(({ document }) => document.id === id);
  const { requests: latest, unread } = await latestAdded(out, lockfile, isConfigured);
  if (project === undefined && latest.length + unread.length === 0) throw await noProject("update");
  const plan = makePlan([...configured.map(({ request }) => request), ...latest], { strict });
  const added = Object.fromEntries(latest.map(({ unit, from }) => [unit.id, from]));
  const updates = plan.personas.flatMap(({ document }) => {
    const record = lockfile.personas[document.id];
    const from = own(added, document.id);
    return from === undefined
      ? updateOfConfigured(document, record)
      : updateOfAdded({ ...document, version: from.version }, record);
  });
  // What has changed is said before anything can be refused; a JSON document is the last word.
  if (!json) print(updates, markdown);
  if (!json) for (const each of unread) writeWarning(formatIssue(each));
  if (held !== undefined) {
    const scope = { whole: project !== undefined, hashes: true, added };
    await writeChanges(held, lockfile, comparePlan(out, plan, lockfile, scope), { force });
  }
  return { exitCode: 0, document: () => ({ ok: true, updates, unread }) };
}

/** The newest of what was added: the version that is installed, or else the one that the registry has. */
async function latestAdded(
  folder: string,
  lockfile: Lockfile,
  isConfigured: (id: string) => boolean,
): Promise<{ readonly requests: readonly LatestAdded[]; readonly unread: readonly Issue[] }> {
  const requests: LatestAdded[] = [];
  const unread: Issue[] = [];
  for (const added of addedPersonas(lockfile).filter(({ id }) => !isConfigured(id))) {
    const refused = notFollowed(folder, added);
    if (refused !== undefined) {
      unread.push(refused);
      continue;
    }
    const { version, sha256, ...latest } = await newest(folder, added);
    const request = requestFor(added.id, latest, lockfile);
    requests.push({ ...request, from: { package: added.package, version, document: sha256 } });
  }
  return { requests, unread };
}

/** The newest of what a persona was added from; what was added, where that is newer: an update never goes down. */
async function newest(folder: string, added: AddedPersona): Promise<PersonaPackage> {
  const latest = await readLatest(folder, added);
  // npm's own order of versions: maintained, no dependencies. Loaded where a package is read.
  const { lt, valid } = (await import("semver")).default;
  const { version } = added;
  const isOlder = version !== undefined && valid(version) !== null && lt(latest.version, version);
  return isOlder && !isPath(added.package) ? readAdded(folder, added, { cache: "first" }) : latest;
}

/** What has changed in an added persona since it was recorded. It has no overrides: all of it is the package's. */
function updateOfAdded(document: Document, record: PersonaRecord | undefined): PersonaUpdate[] {
  if (record === undefined) return [];
  return describeUpdate(document, record, changesBetween(publishedOf(record), snapshot(document)));
}

/** What has changed in a configured persona since it was built. What the project's own parameters change is no update. */
function updateOfConfigured(document: Document, record: PersonaRecord | undefined): PersonaUpdate[] {
  if (record === undefined) return [];
  const before = publishedOf(record);
  const changes = changesBetween(before, snapshot(document, { published: true }));
  const upstream = changes.filter((change) => isUpstream(change, document, record, before));
  return describeUpdate(document, record, upstream);
}

function publishedOf({ published }: PersonaRecord): Snapshot {
  return published ?? { rules: {}, about: {} };
}

function describeUpdate(document: Document, record: PersonaRecord, changes: readonly Change[]): PersonaUpdate[] {
  const versions = versionChanges(document, record);
  if (versions.length === 0 && changes.length === 0) return [];
  const overrides = overridesOf(document);
  return [
    {
      persona: document.id,
      versions,
      changes: changes.filter(({ path }) => !overrides.has(path)),
      overridden: changes.flatMap((change) => {
        const override = overrides.get(change.path);
        return override === undefined ? [] : [{ ...change, ...override }];
      }),
    },
  ];
}

function versionChanges(document: Document, record: PersonaRecord): string[] {
  const now: { readonly [name: string]: string | undefined } = versionsOf(document);
  const lines = [
    [document.id, record.version, document.version],
    ["based on", record.extends, baseOf(document)],
    ...Object.keys({ ...record.fragments, ...now }).map((id) => [id, record.fragments[id], now[id]]),
  ];
  return lines.flatMap(([name, was, is]) => (was === is ? [] : [`${name} ${was ?? "(new)"} -> ${is ?? "(gone)"}`]));
}

/** Whether a change comes from a package, and not from what this project has set or dropped itself. */
function isUpstream({ path, kind }: Change, document: Document, record: PersonaRecord, before: Snapshot): boolean {
  const isRule = path.includes("/");
  const baseChanged = record.version !== document.version || record.extends !== baseOf(document);
  if (!isRule) return baseChanged || Object.keys(before.about).length > 0;
  const fragment = path.slice(0, path.indexOf("/"));
  const now = versionsOf(document)[fragment];
  if (kind === "removed" && now === undefined) {
    return baseChanged && !document.dropped.some((dropped) => dropped.path === fragment);
  }
  return record.fragments[fragment] !== now || (now === undefined && baseChanged);
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

function print(updates: readonly PersonaUpdate[], markdown: boolean): void {
  if (updates.length === 0) writeLine("Nothing has changed since the last build.");
  for (const { persona, versions, changes, overridden } of updates) {
    const news = versions.join(", ");
    for (const line of markdown ? [`### ${persona}`, "", news, ""] : [`${persona}: ${news}`]) writeLine(line);
    writeWordings(formatChanges(changes, markdown));
    if (overridden.length === 0) continue;
    const head = `${count(overridden.length, "override")} of yours kept, but the base has changed. Check ${overridden.length === 1 ? "it" : "them"}:`;
    for (const line of markdown ? ["", head, ""] : [`  ${head}`]) writeLine(line);
    for (const { by, own, ...change } of overridden) {
      writeWordings(formatChanges([change], markdown));
      writeLine(markdown ? `  - yours (${by}): ${own}` : `      ${"yours".padEnd(7)}${own} (by ${by})`);
    }
  }
}
