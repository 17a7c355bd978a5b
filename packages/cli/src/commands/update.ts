import { type Change, changesBetween, type Document, type Snapshot, sectionsOf, snapshot } from "@personakit/core";
import { addedPersonas, requestFor } from "../added.ts";
import { formatChanges } from "../changes.ts";
import type { ExitCode } from "../exit-code.ts";
import { type AddedFrom, baseOf, type Manifest, type PersonaRecord, readManifest, versionsOf } from "../manifest.ts";
import type { Options } from "../options.ts";
import { carryOut, comparePlan } from "../outcome.ts";
import { readPersonaPackage } from "../package.ts";
import { makePlan, type Request } from "../plan.ts";
import { noProject, openProject, type Project } from "../project.ts";
import { count, writeJson, writeLine } from "../report.ts";

/** What an added persona would be built from now. */
type LatestAdded = Request & { readonly from: AddedFrom };

interface UpdateOptions extends Options {
  /** Overwrite what a hand has changed. */
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly markdown: boolean;
}

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
export async function update(_: readonly string[], options: UpdateOptions): Promise<ExitCode> {
  const project = await openProject([], options);
  const folder = project?.folder ?? options.out ?? ".";
  const manifest = project?.manifest ?? readManifest(folder);
  const added = await latestAdded(folder, manifest);
  if (project === undefined && added.length === 0) throw noProject();
  const addedPlan = makePlan(added, options.strict);
  const configured = project?.plan.personas ?? [];
  const updates = [
    ...configured.flatMap(({ document }) => updateOf(document, manifest.personas[document.id], true)),
    ...addedPlan.personas.flatMap(({ document }, index) => {
      const version = added[index]?.from.version ?? "";
      return updateOf({ ...document, version }, manifest.personas[document.id], false);
    }),
  ];
  // What has changed is said before anything can be refused; a JSON document is the last word.
  if (!options.json) report(updates, options);
  if (!options.dryRun) await buildAll(folder, manifest, project, added, options);
  if (options.json) writeJson({ ok: true, updates });
  return 0;
}

async function buildAll(
  folder: string,
  manifest: Manifest,
  project: Project | undefined,
  added: readonly LatestAdded[],
  { strict, force }: UpdateOptions,
): Promise<void> {
  if (project !== undefined) {
    await carryOut(folder, project.plan, manifest, comparePlan(folder, project.plan, manifest, true), { force });
  }
  for (const request of added) {
    const plan = makePlan([request], strict);
    const current = readManifest(folder);
    await carryOut(folder, plan, current, comparePlan(folder, plan, current, false), { source: request.from, force });
  }
}

/** The newest of what was added: the version that is installed, or else the one that the registry has. */
async function latestAdded(folder: string, manifest: Manifest): Promise<LatestAdded[]> {
  const requests: LatestAdded[] = [];
  for (const { id } of addedPersonas(manifest)) {
    const name = manifest.personas[id]?.package ?? "";
    const latest = await readPersonaPackage(name, folder);
    const request = await requestFor(id, latest, manifest);
    requests.push({ ...request, from: { package: name, version: latest.version } });
  }
  return requests;
}

/** What has changed in a persona since it was recorded. What the project's own parameters change is no update. */
function updateOf(document: Document, record: PersonaRecord | undefined, overridable: boolean): PersonaUpdate[] {
  if (record === undefined) return [];
  const versions = versionChanges(document, record);
  const published = record.published ?? { rules: {}, about: {} };
  const all = changesBetween(published, snapshot(document, { published: overridable }));
  const changes = all.filter((change) => !overridable || isUpstream(change, document, record, published));
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
  for (const { entries } of sectionsOf(document)) {
    for (const { origin, ...entry } of entries) {
      if (origin.editedBy === undefined) continue;
      const own = entry.kind === "rule" ? `${entry.strength}: ${entry.text}` : entry.kind;
      overrides.set(`${origin.unit}/${origin.rule}`, { by: origin.editedBy, own });
    }
  }
  for (const { path, reason, by } of document.dropped) overrides.set(path, { by, own: `dropped: ${reason}` });
  return overrides;
}

function report(updates: readonly PersonaUpdate[], { markdown }: UpdateOptions): void {
  if (updates.length === 0) writeLine("Nothing has changed since the last build.");
  for (const { persona, versions, changes, overridden } of updates) {
    writeLine(markdown ? `### ${persona}\n\n${versions.join(", ")}\n` : `${persona}: ${versions.join(", ")}`);
    for (const line of formatChanges(changes, markdown)) writeLine(line);
    if (overridden.length === 0) continue;
    const head = `${count(overridden.length, "override")} of yours kept, whose base has changed. Look at ${overridden.length === 1 ? "it" : "them"}:`;
    writeLine(markdown ? `\n${head}\n` : `  ${head}`);
    for (const { by, own, ...change } of overridden) {
      for (const line of formatChanges([change], markdown)) writeLine(line);
      writeLine(markdown ? `  - yours (${by}): ${own}` : `      ${"yours".padEnd(7)}${own} (by ${by})`);
    }
  }
}
