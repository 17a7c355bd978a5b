import { type Bump, bumpOf, type Change, changesBetween, greatestBump, isLess } from "@personakit/core";
import { changesAsMarkdown, describeChanges } from "../changes.ts";
import { type Pending, readPending, writeChangeset } from "../changesets.ts";
import { CommandError } from "../command-error.ts";
import type { ExitCode } from "../exit-code.ts";
import { type LoadedPackage, loadPackages } from "../load.ts";
import { fetchPackages, isUnpublished, type PackageContents, snapshotIn } from "../package.ts";
import { count, writeJson, writeLine } from "../report.ts";
import { snapshotOf } from "./pack.ts";

interface SemverOptions {
  readonly json: boolean;
  /** A version, a tag or a tarball to compare with; absent for the last published version. */
  readonly base?: string;
  /** Fail when the pending changesets promise less than the changes deserve. */
  readonly check: boolean;
  /** Write the changesets that are missing. */
  readonly write: boolean;
}

/** What a package has become since a version of it. */
interface Comparison {
  readonly name: string;
  /** The version that it is compared with; absent for a package that was never published. */
  readonly base?: string;
  readonly changes: readonly (Change & { readonly bump: Bump })[];
  /** Absent: nothing has changed. */
  readonly bump?: Bump;
}

/** Says what has changed in packages since they were published, what each change means, and the version that follows. */
export async function semver(sources: readonly string[], options: SemverOptions): Promise<ExitCode> {
  const loaded = (await Promise.all(sources.map(loadPackages))).flat();
  if (options.base !== undefined && loaded.length !== 1) {
    throw new CommandError([`--base ${options.base}: a base is that of one package, and these are ${loaded.length}.`]);
  }
  const published = await fetchPublished(loaded, options);
  const comparisons = loaded.map((each) => comparePackage(each, published.get(each.name)));
  if (options.check || options.write) return settle(comparisons, options);
  if (options.json) writeJson({ ok: true, packages: comparisons });
  else for (const comparison of comparisons) describe(comparison);
  return 0;
}

/** What is published of packages, by name. Where changesets are asked for, one that never was is left out. */
async function fetchPublished(
  loaded: readonly LoadedPackage[],
  { base, check, write }: SemverOptions,
): Promise<Map<string, PackageContents>> {
  const specOf = (name: string) => (base?.endsWith(".tgz") ? base : `${name}@${base ?? "latest"}`);
  const specs = loaded.map(({ name }) => specOf(name));
  try {
    return byName(await fetchPackages(specs));
  } catch (error) {
    if (!(check || write) || !isUnpublished(error)) throw error;
    const found: PackageContents[] = [];
    for (const spec of specs) {
      try {
        found.push(...(await fetchPackages([spec])));
      } catch (failure) {
        if (!isUnpublished(failure)) throw failure;
      }
    }
    return byName(found);
  }
}

function byName(packages: readonly PackageContents[]): Map<string, PackageContents> {
  return new Map(packages.map((each) => [each.name, each]));
}

function comparePackage({ name, unit }: LoadedPackage, published: PackageContents | undefined): Comparison {
  // A new package has nothing to break; that it needs a changeset is still to be said.
  if (published === undefined) return { name, changes: [], bump: "minor" };
  const changes = changesBetween(snapshotIn(published, `${name}@${published.version}`), snapshotOf(unit));
  const judged = changes.map((change) => ({ ...change, bump: bumpOf(change) }));
  const bump = greatestBump(judged.map((change) => change.bump));
  return { name, base: published.version, changes: judged, ...(bump === undefined ? {} : { bump }) };
}

function describe({ name, base, changes, bump }: Comparison): void {
  writeLine(`${name}@${base} -> ${bump ?? "nothing has changed"}`);
  for (const change of changes) {
    const [head = "", ...rest] = describeChanges([change]);
    writeLine(`${head}  (${change.bump})`);
    for (const line of rest) writeLine(line);
  }
}

/** Compares what the changes deserve with what is pending. */
function settle(comparisons: readonly Comparison[], { json, write }: SemverOptions): ExitCode {
  const pending = readPending(".");
  const missing = comparisons.filter((comparison) => isMissing(comparison, pending, write));
  if (write)
    for (const comparison of missing) writeChangeset(".", comparison.name, comparison.bump, textOf(comparison));
  if (json) writeJson({ ok: write || missing.length === 0, missing });
  else {
    for (const { name, bump } of missing) {
      const now = pending.get(name)?.bump ?? "nothing";
      writeLine(
        write ? `written: a changeset for ${name}, ${bump}` : `${name}: needs ${bump}, and the changesets say ${now}`,
      );
    }
    const all = count(comparisons.length, "package");
    if (missing.length === 0) writeLine(`${all}: the changesets say what the changes deserve.`);
    else if (!write) writeLine(`${count(missing.length, "finding")} in ${all}. Write the changesets with --write.`);
  }
  return write || missing.length === 0 ? 0 : 1;
}

/** A changeset that we wrote is written anew: it should say all that has changed. */
function isMissing({ name, bump }: Comparison, pending: ReadonlyMap<string, Pending>, write: boolean): boolean {
  if (bump === undefined) return false;
  const found = pending.get(name);
  if (found === undefined || isLess(found.bump, bump)) return true;
  return write && found.onlyOurs;
}

function textOf({ base, changes }: Comparison): string {
  if (base === undefined) return "First release.";
  const kinds = new Map<string, number>();
  for (const { kind } of changes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const head = [...kinds].map(([kind, number]) => `${number} ${kind}`).join(", ");
  return [`Since ${base}: ${head}.`, "", ...changesAsMarkdown(changes)].join("\n");
}
