import { basename, resolve } from "node:path";
import type { BuiltPersona } from "@personakit/preview";
import type { Lockfile } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import type { Plan, PlannedPersona } from "../plan/make-plan.ts";
import { openProject, type ProjectOptions } from "../project/open-project.ts";
import { contentsOf, type NamedFragment, packageOf } from "../sources/contents.ts";

/** A project as it was when it was compiled. */
export interface SeenProject extends Plan {
  /** That of its folder. */
  readonly name: string;
  readonly folder: string;
  /** What was compiled: the sources that were named, and how. */
  readonly sources: readonly string[];
  readonly options: ProjectOptions;
  readonly lockfile: Lockfile;
  /** The configuration that was loaded; undefined where there is none, and where sources were named. */
  readonly config: string | undefined;
  /** The fragments among its sources. */
  readonly named: readonly NamedFragment[];
  /** Set while more personas are being compiled. */
  readonly isFirst?: true;
}

/** What a folder without a configuration builds, or fragments alone: there are its instruction files to look at. */
const NOTHING: Plan = {
  personas: [],
  combined: [],
  targets: [],
  warnings: [],
  sourceWarnings: [],
  fileWarnings: [],
};

/** So many personas are a first view: who has hundreds does not wait for all of them. */
const FIRST = 50;

/**
 * Compiles a project to look at. Writes nothing. Throws a CommandError that says why there is nothing to look at.
 *
 * @param first Is told the first personas of a large project, while the others are compiled.
 */
export async function seeProject(
  sources: readonly string[],
  options: ProjectOptions,
  first: (project: SeenProject) => void = () => {},
): Promise<SeenProject> {
  const { out: folder } = options;
  const { personas: named, fragments } = await contentsOf(sources, ".");
  const isOfFragments = fragments.length > 0 && named.length === 0;
  const project = isOfFragments ? undefined : openProject(named, { ...options, inDetail: true, orNone: true });
  const about = {
    ...{ folder, name: basename(resolve(folder)), config: project?.config, named: fragments, sources: named, options },
    lockfile: project?.lockfile ?? readLockfile(folder),
  };
  const personas: PlannedPersona[] = [];
  const shared = await project?.compile(async (persona) => {
    personas.push(persona);
    if (personas.length === FIRST) first({ ...NOTHING, personas: [...personas], ...about, isFirst: true });
    // Questions are heard between two personas.
    if (personas.length >= FIRST) await new Promise((done) => setImmediate(done));
  });
  return { ...NOTHING, ...shared, personas, ...about };
}

/** A persona of a project; undefined where there is none of this id. */
export function personaIn({ personas }: SeenProject, id: string): PlannedPersona | undefined {
  return personas.find(({ document }) => document.id === id);
}

/** Looks something up once for each project: what is asked again is of the same build. */
export function onceForEach<Result>(look: (project: SeenProject) => Result): (project: SeenProject) => Result {
  const known = new WeakMap<SeenProject, { readonly result: Result }>();
  return (project) => {
    const found = known.get(project) ?? { result: look(project) };
    known.set(project, found);
    return found.result;
  };
}

/** What the page is shown of a compiled persona. */
export function builtOf(
  { document, request, artifacts, fidelity }: PlannedPersona,
  { folder }: Pick<SeenProject, "folder">,
): BuiltPersona {
  const from = packageOf(request.source, folder);
  return { document, source: request.source, ...(from === undefined ? {} : { package: from }), artifacts, fidelity };
}
