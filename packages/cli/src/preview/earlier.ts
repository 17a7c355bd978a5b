import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type Document, formatIssue, snapshot } from "@personakit/core";
import { nameWithVersion } from "@personakit/core/internal";
import { type ComparisonView, type VersionView, viewOf } from "@personakit/preview";
import { git } from "../files/git.ts";
import { CommandError } from "../issues/command-error.ts";
import { makePlan, type PlannedPersona } from "../plan/make-plan.ts";
import { noProject, openProject, planOf } from "../project/open-project.ts";
import { contentPackages, rangesOfProject } from "../sources/content-packages.ts";
import { atRevision, repositoryRoot } from "../sources/git-revision.ts";
import { isPackageName } from "../sources/package-spec.ts";
import { documentIn } from "../sources/persona-package.ts";
import { compareVersions, type JudgedChange } from "../versions/compare-versions.ts";
import { earlierPaths, withSameIds } from "../versions/same-ids.ts";
import { builtOf, onceForEach, personaIn, type SeenProject } from "./seen-project.ts";

/** Versions of a persona that are on this machine. The registry is not asked: no request leaves it. */
const VERSIONS: {
  readonly [id: string]: {
    /** What it is called; undefined where there is none. */
    nameOf(project: SeenProject, persona: PlannedPersona): Promise<string | undefined> | string | undefined;
    /** The persona as it was; undefined where it was not there. */
    read(project: SeenProject, persona: PlannedPersona): Promise<PlannedPersona | undefined>;
  };
} = {
  extended: {
    nameOf: async (project, persona) => {
      const document = await extendedBy(project, persona);
      return document && nameWithVersion(document);
    },
    read: async (project, persona) => {
      const unit = await extendedBy(project, persona);
      const { targets, out } = persona.request;
      return unit && makePlan([{ unit, source: nameWithVersion(unit), targets, out }]).personas[0];
    },
  },
  committed: {
    nameOf: ({ folder }) => {
      const commit = lastCommit(folder);
      return commit && `the last commit, ${commit}`;
    },
    read: async (project, { document }) => (await committed(project)).find((each) => each.document.id === document.id),
  },
};

/** What a persona can be compared with. Returns undefined where there is no such persona. */
export async function versionsOf(project: SeenProject, id: string): Promise<readonly VersionView[] | undefined> {
  const persona = personaIn(project, id);
  if (persona === undefined) return undefined;
  const named = Object.entries(VERSIONS).map(async ([version, { nameOf }]) => {
    const name = await nameOf(project, persona);
    return name === undefined ? [] : [{ id: version, name }];
  });
  return (await Promise.all(named)).flat();
}

/** Compares a persona with an earlier version of it, `dev/committed`. Returns undefined where there is none; throws an Error that says why it cannot be had. */
export async function comparisonOf(project: SeenProject, name: string): Promise<ComparisonView | undefined> {
  const [id = "", version = ""] = name.split("/");
  const persona = personaIn(project, id);
  if (persona === undefined || !Object.hasOwn(VERSIONS, version)) return undefined;
  const earlier = await VERSIONS[version]?.read(project, persona).catch(inWords);
  if (earlier === undefined) return undefined;
  return {
    before: viewOf(builtOf(earlier, project)),
    ...(await differencesBetween(earlier.document, persona.document)),
  };
}

/** What a page is told of an error. Its hints are for commands. */
function inWords(error: unknown): never {
  const issues = CommandError.from(error).issues.map(({ hint: _, ...issue }) => formatIssue(issue));
  throw new Error(["This version cannot be compiled.", ...issues].join("\n"));
}

async function differencesBetween(before: Document, after: Document): Promise<Omit<ComparisonView, "before">> {
  const [old, now] = [snapshot(before), snapshot(after)];
  const isFile = before.source !== undefined && after.source !== undefined;
  const paths = isFile ? await earlierPaths(old, now) : new Map<string, string>();
  const { changes, bump } = compareVersions(old, isFile ? await withSameIds(old, now) : now);
  const moved = [...paths].flatMap(([is, was]) => (is === was ? [] : [[was, is] as const]));
  const ids = before.id === after.id ? [] : [[before.id, after.id] as const];
  return {
    changes,
    ...(bump === undefined ? {} : { bump }),
    renamed: [...ids, ...moved, ...changes.flatMap(renaming)],
  };
}

function renaming({ from, path }: JudgedChange): (readonly [string, string])[] {
  return from === undefined ? [] : [[from, path]];
}

/** The persona that one extends: another one of the project, or as a package that is installed has it compiled. */
async function extendedBy(
  { folder, personas }: SeenProject,
  { document: { extends: base }, request: { source } }: PlannedPersona,
): Promise<Document | undefined> {
  if (base === undefined) return undefined;
  const isBase = ({ id, version }: Document) => id === base.id && version === base.version;
  const own = personas.find(({ document }) => isBase(document));
  if (own !== undefined) return own.document;
  // A configuration may name a package that only the root of its workspace asks for.
  const named = isPackageName(source) ? { [source]: "*" } : {};
  for (const { contents } of await contentPackages({ ...named, ...rangesOfProject(folder) }, folder)) {
    const document = await documentIn(contents, contents.name);
    if (document !== undefined && isBase(document)) return document;
  }
  return undefined;
}

function lastCommit(folder: string): string | undefined {
  try {
    return git(folder, ["rev-parse", "--short", "HEAD"]).toString().trim();
  } catch {
    return undefined;
  }
}

/** The personas of a project as they were committed last. */
const committed = onceForEach(({ folder, sources, options }): Promise<readonly PlannedPersona[]> => {
  const root = repositoryRoot(folder);
  const compile = async (copy: string) => {
    const inCopy = (path: string) => join(copy, relative(root, realpathSync(resolve(path))));
    const there = sources.map((source) => (existsSync(source) ? inCopy(source) : source));
    const project = openProject(there, { ...options, out: inCopy(folder), inDetail: true });
    if (project === undefined) throw await noProject();
    return (await planOf(project)).personas;
  };
  return atRevision("HEAD", compile, folder);
});
