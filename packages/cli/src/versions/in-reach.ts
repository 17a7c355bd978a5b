import type { Bump } from "@personakit/core";
import { oneLine } from "@personakit/core/internal";
import { columns } from "../output/terminal.ts";
import { type ContentPackage, contentPackages, rangesOfPackage, rangesOfProject } from "../sources/content-packages.ts";
import { deprecationOf, fetchPackages, inTurns, publishedVersions } from "../sources/npm.ts";
import type { PackageContents } from "../sources/package-contents.ts";
import { registrySpec } from "../sources/package-spec.ts";
import { snapshotIn } from "../sources/persona-package.ts";
import { compareVersions } from "./compare-versions.ts";

/** A version that a project can have, and what it changes. */
export interface ReachableVersion {
  readonly version: string;
  /** What its rules change, whatever its number says; absent where they change nothing, or it is no newer version. */
  readonly bump?: Bump;
}

/** A package of a persona or a fragment, and the versions of it that a project can have. */
export interface PackageInReach {
  readonly name: string;
  /** The persona package that asks for it; absent for one that the project asks for itself. */
  readonly of?: string;
  readonly current: string;
  /** The newest that the range allows; of a fragment, the one that the wanted version of its persona asks for. */
  readonly wanted: ReachableVersion;
  /** The newest that there is; of a fragment, the one that the newest version of its persona asks for. */
  readonly latest: ReachableVersion;
  /** What the author says to those who use the current version, where it is deprecated. */
  readonly deprecated?: string;
}

/** A persona that was added without a configuration: it has no range. */
export interface AddedPackage {
  readonly package: string;
  readonly version: string;
}

/** What a project asks for by name. */
interface Named {
  readonly name: string;
  readonly current: string;
  /** Absent: any version. */
  readonly range?: string;
  /** Absent for one that is not installed. */
  readonly installed?: ContentPackage;
}

/** Asks the registry which versions of a project's packages of content there are, and compares what their rules say. */
export async function packagesInReach(folder: string, added: readonly AddedPackage[]): Promise<PackageInReach[]> {
  const named = await namedIn(folder, added);
  const packages = await withVersions(named);
  const fetched = await fetchVersions(packages.flatMap(missingOf));
  const rows = await Promise.all(packages.map((each) => rowsOf(each, fetched)));
  const isNamed = (name: string) => packages.some((each) => each.name === name);
  return rows.flat().filter(({ name, of }) => of === undefined || !isNamed(name));
}

/** Packages that another version is in reach of, as a table, and what their authors say of deprecated ones. */
export function inReachAsText(packages: readonly PackageInReach[], markdown: boolean): string[] {
  const isOutdated = ({ current, wanted, latest }: PackageInReach) =>
    wanted.version !== current || latest.version !== current;
  const outdated = packages.filter(isOutdated);
  const cell = ({ version, bump }: ReachableVersion, current: string) =>
    version === current ? version : `${version} (${bump ?? "the same rules"})`;
  const rows = outdated.map(({ name, of, current, wanted, latest }) => [
    `${of === undefined ? "" : "  "}${name}`,
    current,
    cell(wanted, current),
    cell(latest, current),
  ]);
  const deprecations = packages.flatMap(({ name, current, deprecated }) =>
    deprecated === undefined ? [] : [`warning: ${name}@${current} is deprecated: ${oneLine(deprecated)}`],
  );
  if (rows.length === 0) return ["Every package is at its newest version.", ...deprecations];
  const table = markdown
    ? [HEADINGS, HEADINGS.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`)
    : columns([HEADINGS, ...rows]);
  return [...table, ...deprecations];
}

const HEADINGS = ["Package", "Current", "Wanted", "Latest"];

/** A package that the project asks for, with the versions that it can have. */
interface WithVersions extends Named {
  readonly wanted: string;
  readonly latest: string;
  readonly deprecated?: string | undefined;
}

async function namedIn(folder: string, added: readonly AddedPackage[]): Promise<Named[]> {
  const { validRange } = (await import("semver")).default;
  const installed = await contentPackages(rangesOfProject(folder), folder);
  const configured = installed
    // A package of the workspace, or from a folder, is not the registry's.
    .filter(({ range }) => validRange(range) !== null)
    .map((each) => ({
      name: each.contents.name,
      current: each.contents.version,
      range: each.range,
      installed: each,
    }));
  const others = added.filter((each) => !configured.some(({ name }) => name === each.package));
  return [...configured, ...others.map((each) => ({ name: each.package, current: each.version }))];
}

/** Packages with their versions; without those that the registry has never heard of, as of one of the workspace. */
async function withVersions(named: readonly Named[]): Promise<WithVersions[]> {
  const { gt, maxSatisfying } = (await import("semver")).default;
  const published = await publishedVersions(named.map(({ name }) => registrySpec(name, undefined)));
  const found = named.flatMap((each): WithVersions[] => {
    const { name, current, range } = each;
    const there = published.get(name);
    if (there === undefined) return [];
    // Nobody who has a later one, from a tag, is sent back.
    const latest = gt(current, there.latest) ? current : there.latest;
    const best = range === undefined ? latest : (maxSatisfying([...there.versions], range) ?? current);
    return [{ ...each, wanted: gt(current, best) ? current : best, latest }];
  });
  const deprecations = new Map<string, string | undefined>();
  await inTurns(found, async ({ name, current }) => {
    deprecations.set(name, (await deprecationOf(registrySpec(name, current)))(current));
  });
  return found.map((each) => ({ ...each, deprecated: deprecations.get(each.name) }));
}

/** The versions that have to be fetched, as `name@version`. */
function missingOf({ name, current, installed, wanted, latest }: WithVersions): string[] {
  const others = [wanted, latest].filter((version) => version !== current);
  const needed = others.length > 0 && installed === undefined ? [current, ...others] : others;
  return needed.map((version) => `${name}@${version}`);
}

type Fetched = ReadonlyMap<string, PackageContents>;

async function fetchVersions(keys: readonly string[]): Promise<Fetched> {
  const specs = [...new Set(keys)].map((key) => {
    const at = key.lastIndexOf("@");
    return registrySpec(key.slice(0, at), key.slice(at + 1));
  });
  const packages = specs.length === 0 ? [] : await fetchPackages(specs, { cache: "first" });
  return new Map(packages.map((each) => [`${each.name}@${each.version}`, each]));
}

/** The row of a package, and those of the fragments that it asks for. */
async function rowsOf(packageOf: WithVersions, fetched: Fetched): Promise<PackageInReach[]> {
  const { name, current, wanted, latest, deprecated, installed } = packageOf;
  const now = installed?.contents ?? fetched.get(`${name}@${current}`);
  const at = (version: string) => (version === current ? now : fetched.get(`${name}@${version}`));
  const row = {
    name,
    current,
    wanted: await reachable(now, at(wanted), wanted),
    latest: await reachable(now, at(latest), latest),
    ...(deprecated === undefined ? {} : { deprecated }),
  };
  if (installed === undefined) return [row];
  const asked = await Promise.all([wanted, latest].map((version) => rangesAt(at(version))));
  const fragments = await contentPackages(await rangesOfPackage(installed.contents), installed.folder);
  const { valid } = (await import("semver")).default;
  const pinned = fragments.map(({ contents }) => ({
    contents,
    // A persona asks for exact versions of its fragments.
    versions: asked.map((ranges) => valid(ranges[contents.name] ?? null) ?? contents.version),
  }));
  const missing = pinned.flatMap(({ contents, versions }) =>
    versions.filter((version) => version !== contents.version).map((version) => `${contents.name}@${version}`),
  );
  const others = await fetchVersions(missing);
  const rows = pinned.map(async ({ contents, versions: [wantedVersion = "", latestVersion = ""] }) => ({
    name: contents.name,
    of: name,
    current: contents.version,
    wanted: await reachable(contents, others.get(`${contents.name}@${wantedVersion}`), wantedVersion),
    latest: await reachable(contents, others.get(`${contents.name}@${latestVersion}`), latestVersion),
  }));
  return [row, ...(await Promise.all(rows))];
}

async function rangesAt(contents: PackageContents | undefined): Promise<{ readonly [name: string]: string }> {
  return contents === undefined ? {} : rangesOfPackage(contents);
}

/** What a version changes, rule by rule. */
async function reachable(
  now: PackageContents | undefined,
  other: PackageContents | undefined,
  version: string,
): Promise<ReachableVersion> {
  if (now === undefined || other === undefined || now.version === version) return { version };
  const [before, after] = await Promise.all(
    [now, other].map((each) => snapshotIn(each, `${each.name}@${each.version}`)),
  );
  const { bump } = before === undefined || after === undefined ? {} : compareVersions(before, after);
  return { version, ...(bump === undefined ? {} : { bump }) };
}
