import { type Change, changesBetween, type Document, type Snapshot, snapshot } from "@personakit/core";
import { entriesOf, kindOf, pathOf } from "@personakit/core/internal";
import {
  type AddedFrom,
  baseOf,
  type Lockfile,
  type PersonaRecord,
  readLockfile,
  versionsOf,
} from "../disk/lockfile.ts";
import { count, writeJson, writeLine } from "../output/terminal.ts";
import { makePlan, type Request } from "../plan/make-plan.ts";
import { addedPersonas, requestFor } from "../project/added-personas.ts";
import { noProject, openProject, type Project } from "../project/open-project.ts";
import { comparePlan, writePlan } from "../project/write-plan.ts";
import { readPersonaPackage } from "../sources/persona-package.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, folder, force, strict } from "../usage/options.ts";
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
  summary: "Say which rules the installed versions change, which overrides they touch, and build.",
  arguments: [],
  options: {
    ...folder,
    ...strict,
    ...force,
    dryRun: flag("say it, and write nothing", "n"),
    markdown: flag("write Markdown, for the text of a pull request", "m"),
  },
  async run(_, options) {
    const { out, json, strict, dryRun, markdown } = options;
    const project = await openProject([], options);
    const lockfile = project?.lockfile ?? readLockfile(out);
    const added = await latestAdded(out, lockfile);
    if (project === undefined && added.length === 0) throw noProject();
    const configured = project?.plan.personas ?? [];
    const updates = [
      ...configured.flatMap(({ document }) => updateOfConfigured(document, lockfile.personas[document.id])),
      ...makePlan(added, { strict }).personas.flatMap(({ document }, index) => {
        const version = added[index]?.from.version ?? "";
        return updateOfAdded({ ...document, version }, lockfile.personas[document.id]);
      }),
    ];
    // What has changed is said before anything can be refused; a JSON document is the last word.
    if (!json) print(updates, markdown);
    if (!dryRun) await buildAll(out, lockfile, project, added, options);
    if (json) writeJson({ ok: true, updates });
    return 0;
  },
});

async function buildAll(
  folder: string,
  lockfile: Lockfile,
  project: Project | undefined,
  added: readonly LatestAdded[],
  { strict, force }: { readonly strict: boolean; readonly force: boolean },
): Promise<void> {
  if (project !== undefined) {
    const comparison = comparePlan(folder, project.plan, lockfile, { whole: true });
    await writePlan(folder, project.plan, lockfile, comparison, { force });
  }
  for (const request of added) {
    const plan = makePlan([request], { strict });
    const current = readLockfile(folder);
    await writePlan(folder, plan, current, comparePlan(folder, plan, current), { source: request.from, force });
  }
}

/** The newest of what was added: the version that is installed, or else the one that the registry has. */
async function latestAdded(folder: string, lockfile: Lockfile): Promise<LatestAdded[]> {
  const requests: LatestAdded[] = [];
  for (const { id } of addedPersonas(lockfile)) {
    const name = lockfile.personas[id]?.package ?? "";
    const latest = await readPersonaPackage(name, folder);
    const request = await requestFor(id, latest, lockfile);
    requests.push({ ...request, from: { package: name, version: latest.version } });
  }
  return requests;
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
    for (const line of formatChanges(changes, markdown)) writeLine(line);
    if (overridden.length === 0) continue;
    const head = `${count(overridden.length, "override")} of yours kept, whose base has changed. Look at ${overridden.length === 1 ? "it" : "them"}:`;
    for (const line of markdown ? ["", head, ""] : [`  ${head}`]) writeLine(line);
    for (const { by, own, ...change } of overridden) {
      for (const line of formatChanges([change], markdown)) writeLine(line);
      writeLine(markdown ? `  - yours (${by}): ${own}` : `      ${"yours".padEnd(7)}${own} (by ${by})`);
    }
  }
}
