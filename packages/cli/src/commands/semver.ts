import { existsSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import type { Issue, Snapshot } from "@personakit/core";
import { isLess } from "@personakit/core/internal";
import { commit } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { changesTo } from "../disk/write-files.ts";
import { type ExitCode, failure, issue, throwIssues } from "../issues/command-error.ts";
import { count, writeJson, writeLine, writeWordings } from "../output/terminal.ts";
import { atRevision, repositoryRoot } from "../sources/git-revision.ts";
import { issueOfVersion, type LoadedPackage, loadPackages } from "../sources/load-units.ts";
import { fetchPackages, fetchPublished } from "../sources/npm.ts";
import type { PackageContents } from "../sources/package-contents.ts";
import { isPath, registrySpec } from "../sources/package-spec.ts";
import { openPath, snapshotIn } from "../sources/persona-package.ts";
import { type AnyUnit, snapshotOf } from "../sources/unit.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, text, timeout } from "../usage/options.ts";
import { changesetFor, type Pending, readPending } from "../versions/changesets.ts";
import { compareVersions, type VersionComparison } from "../versions/compare-versions.ts";
import { changesAsMarkdown, describeChanges } from "../versions/format-changes.ts";
import { withSameIds } from "../versions/same-ids.ts";

/** What a package has become since a version of it. */
interface PackageComparison extends VersionComparison {
  readonly name: string;
  /** The version or revision that it is compared with; absent for a package that is new. */
  readonly base?: string;
}

/** Says what has changed in packages since they were published, what each change means, and the version that follows. */
export default defineCommand({
  name: "semver",
  group: "authors",
  summary: "Show what changed since a release, and the bump it needs",
  arguments: [
    ["<folder...>", "the folder of a package of rules or of a persona, a folder of them, or a file of your own"],
  ],
  options: {
    ...timeout,
    base: text("version", "compare one package with this version, tag or tarball instead", "b"),
    git: text("revision", "compare with this revision of the repository instead", "g"),
    check: flag("fail when the pending changesets give a package too small a bump, or none"),
    write: flag("write the missing changesets"),
  },
  async run(folders, options) {
    const { base, git, check, write, json } = options;
    const loaded = (await Promise.all(folders.map(loadPackages))).flat();
    if (base !== undefined && git !== undefined) {
      const hint = "Name one of them.";
      throw failure("conflicting-options", "--base and --git", "these cannot be used together", hint);
    }
    if (base !== undefined && loaded.length !== 1) {
      const problem = `--base compares one package, but you named ${loaded.length}`;
      throw failure("conflicting-options", `--base ${base}`, problem);
    }
    throwIssues(git === undefined ? loaded.flatMap(withoutPackage) : []);
    if (check) throwIssues(loaded.flatMap((each) => issueOfVersion(each) ?? []));
    const comparisons =
      git === undefined ? await compareWithPublished(loaded, base) : await compareWithRevision(loaded, git);
    if (check || write) return checkChangesets(comparisons, options);
    if (json) writeJson({ ok: true, packages: comparisons });
    else for (const comparison of comparisons) print(comparison);
    return 0;
  },
});

/** A file alone was never published. */
function withoutPackage({ folder, isFile }: LoadedPackage): Issue[] {
  if (!isFile) return [];
  const problem = "this is a file and no package, so nothing of it is published";
  return [issue("not-a-package", folder, problem, "Compare it with a revision: --git HEAD.")];
}

/** What packages are compared with, by name; one that was never published is left out. */
async function baseOf(
  loaded: readonly LoadedPackage[],
  base: string | undefined,
): Promise<Map<string, PackageContents>> {
  if (base !== undefined && isPath(base)) return byName([await openPath(base)]);
  const specs = loaded.map(({ name }) => registrySpec(name, base ?? "latest"));
  // Who names a version means one that there is.
  return byName(await (base === undefined ? fetchPublished(specs) : fetchPackages(specs)));
}

function byName(packages: readonly PackageContents[]): Map<string, PackageContents> {
  return new Map(packages.map((each) => [each.name, each]));
}

async function compareWithPublished(
  loaded: readonly LoadedPackage[],
  given: string | undefined,
): Promise<PackageComparison[]> {
  const published = await baseOf(loaded, given);
  return Promise.all(
    loaded.map(async ({ name, unit }): Promise<PackageComparison> => {
      const base = published.get(name);
      if (base === undefined) return newPackage(name);
      const before = await snapshotIn(base, `${name}@${base.version}`);
      return { name, base: base.version, ...compareVersions(before, snapshotAfter(before, unit)) };
    }),
  );
}

async function compareWithRevision(loaded: readonly LoadedPackage[], revision: string): Promise<PackageComparison[]> {
  const root = repositoryRoot();
  return atRevision(revision, async (copy) => {
    const comparisons: PackageComparison[] = [];
    for (const { name, folder, unit } of loaded) {
      const there = join(copy, relative(root, realpathSync(folder)));
      const [before] = existsSync(there) ? await loadPackages(there) : [];
      if (before === undefined) comparisons.push(newPackage(name));
      else {
        const old = snapshotOf(before.unit);
        comparisons.push({ name, base: revision, ...compareVersions(old, snapshotAfter(old, unit)) });
      }
    }
    return comparisons;
  });
}

/** What a unit says now; in the ids of the earlier snapshot where it was read from a file, whose ids are made of words. */
function snapshotAfter(before: Snapshot, unit: AnyUnit): Snapshot {
  const now = snapshotOf(unit);
  return unit.kind !== "fragment" && unit.source !== undefined ? withSameIds(before, now) : now;
}

/** A new package has nothing to break; that it needs a changeset is still to be said. */
function newPackage(name: string): PackageComparison {
  return { name, changes: [], bump: "minor" };
}

function print({ name, base, changes, bump }: PackageComparison): void {
  writeLine(`${name}${base === undefined ? " (new)" : `@${base}`} -> ${bump ?? "nothing has changed"}`);
  for (const change of changes) {
    const [head = "", ...rest] = describeChanges([change]);
    writeLine(`${head}  (${change.bump})`);
    writeWordings(rest);
  }
}

/** Compares what the changes deserve with what is pending. */
async function checkChangesets(
  comparisons: readonly PackageComparison[],
  { json, write }: { readonly json: boolean; readonly write: boolean },
): Promise<ExitCode> {
  const pending = readPending(".");
  const missing = comparisons.filter((comparison) => isMissing(comparison, pending, write));
  if (write) {
    const files = missing.map((comparison) => changesetFor(comparison.name, comparison.bump, textOf(comparison)));
    await exclusively(".", "semver", (held) => commit(held, changesTo(held.folder, files)));
  }
  if (json) writeJson({ ok: write || missing.length === 0, missing });
  else {
    for (const { name, bump } of missing) {
      const now = pending.get(name)?.bump ?? "nothing";
      writeLine(
        write ? `written: a changeset for ${name}, ${bump}` : `${name}: needs ${bump}, but the changesets say ${now}`,
      );
    }
    const all = count(comparisons.length, "package");
    if (missing.length === 0) writeLine(`${all}: the changesets match the changes.`);
    else if (!write)
      writeLine(`${count(missing.length, "finding")} in ${all}. Run it with --write to write the changesets.`);
  }
  return write || missing.length === 0 ? 0 : 1;
}

/** A changeset that we wrote is written anew: it should say all that has changed. */
function isMissing({ name, bump }: PackageComparison, pending: ReadonlyMap<string, Pending>, write: boolean): boolean {
  if (bump === undefined) return false;
  const found = pending.get(name);
  if (found === undefined || isLess(found.bump, bump)) return true;
  return write && found.onlyOurs;
}

function textOf({ base, changes }: PackageComparison): string {
  if (base === undefined) return "First release.";
  const kinds = new Map<string, number>();
  for (const { kind } of changes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const head = [...kinds].map(([kind, number]) => `${number} ${kind}`).join(", ");
  return [`Since ${base}: ${head}.`, "", ...changesAsMarkdown(changes)].join("\n");
}
