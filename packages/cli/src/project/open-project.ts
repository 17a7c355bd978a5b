import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Issue, PersonaData } from "@personakit/core";
import type { Lockfile } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { type Attempts, attemptEach, CommandError, failure, messageOf } from "../issues/command-error.ts";
import { chooseTargets, DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { makePlan, type Plan, type Request } from "../plan/make-plan.ts";
import { findConfig, readConfig } from "../sources/config.ts";
import { patchFromJson } from "../sources/config-patch.ts";
import type { Config, PersonaEntry } from "../sources/define-config.ts";
import { type LoadedPersona, loadPersonas, personaOf } from "../sources/load-units.ts";
import { refuseNewer } from "../sources/unit.ts";

/** A folder that personas are built into, and what is to be built. */
export interface Project {
  readonly folder: string;
  readonly lockfile: Lockfile;
  /** The configuration's file name; undefined when sources were named. */
  readonly config: string | undefined;
  readonly plan: Plan;
}

/** What a command line says of a project. */
export interface ProjectOptions {
  /** The project's folder. */
  readonly out: string;
  /** Target ids; absent for those of the configuration, or the default ones. */
  readonly target?: readonly string[] | undefined;
  /** Every loss is an error. */
  readonly strict?: boolean;
}

/**
 * Opens a project: the sources that were named, or else its configuration. Throws a CommandError with everything that is
 * wrong, or returns undefined where there is neither.
 */
export async function openProject(sources: readonly string[], options: ProjectOptions): Promise<Project | undefined> {
  if (sources.length > 0) return openSources(sources, options);
  const { out: folder, target, strict = false } = options;
  const config = findConfig(folder);
  if (config === undefined) return undefined;
  if (target !== undefined) {
    const hint = "Change it there, or name the personas.";
    throw failure("conflicting-options", "--target", `${config} says for which targets`, hint);
  }
  const lockfile = readLockfile(folder);
  try {
    const { results, issues } = await requestsOf(folder, config, await readConfig(folder, config));
    return { folder, lockfile, config, plan: makePlan(results, { strict, issues }) };
  } catch (error) {
    throw withLostBases(CommandError.from(error), lockfile);
  }
}

async function openSources(
  sources: readonly string[],
  { out: folder, target, strict = false }: ProjectOptions,
): Promise<Project> {
  const chosen = await chooseTargets(target ?? DEFAULT_TARGETS, "--target", ".");
  const loaded = await attemptEach(sources, (source) => loadPersonas(source, "."));
  const requests = once(loaded.results).map((persona) => ({ ...persona, targets: chosen.results, out: "" }));
  const plan = makePlan(requests, { strict, issues: [...chosen.issues, ...loaded.issues] });
  return { folder, lockfile: readLockfile(folder), config: undefined, plan };
}

/** A persona that two sources name is built once. */
function once(loaded: readonly LoadedPersona[]): LoadedPersona[] {
  return loaded.filter(({ unit }, index) => loaded.findIndex((other) => other.unit === unit) === index);
}

/** An override whose rule was there at the last build is no typo: its package has removed or renamed it. */
function withLostBases({ issues, ...rest }: CommandError, { personas }: Lockfile): CommandError {
  const known = Object.assign({}, ...Object.values(personas).map(({ published }) => published?.rules ?? {}));
  const explained = issues.map((issue): Issue => {
    const text: unknown = issue.code === "unknown-rule" ? known[issue.subject ?? ""] : undefined;
    if (typeof text !== "string") return issue;
    const lost = [
      "It was there at the last build, and its package has removed or renamed it since.",
      `It said: "${text}".`,
      "Drop the change, or make it a rule of your own with addRules.",
    ];
    return { ...issue, hint: [issue.hint ?? [], lost].flat(2).join(" ") };
  });
  return new CommandError(explained, rest);
}

/** The error of a command that found neither sources nor a configuration. */
export function noProject(): CommandError {
  const ways = "Run personakit init to make one, or name the personas: personakit build <package, folder or module>.";
  return failure("no-project", undefined, "there is no personakit.config.* here", ways);
}

async function requestsOf(folder: string, name: string, config: Config): Promise<Attempts<Request>> {
  const shared = await chooseTargets(config.targets ?? DEFAULT_TARGETS, `${name}, targets`, folder);
  const issues: Issue[] = [...shared.issues];
  const requests = await attemptEach(config.personas.entries(), async ([index, item]) => {
    const place = `${name}, personas[${index}]`;
    const entry: PersonaEntry = typeof item === "object" && "persona" in item ? item : { persona: item };
    const pinned =
      entry.targets === undefined ? shared : await chooseTargets(entry.targets, `${place}, targets`, folder);
    if (pinned !== shared) issues.push(...pinned.issues);
    const units = await unitsOf(entry, name, place, folder);
    const out = insideProject(folder, entry.out ?? config.out ?? ".", place);
    return units.map((unit) => ({ ...unit, targets: pinned.results, out }));
  });
  return { results: requests.results, issues: [...issues, ...requests.issues] };
}

/** The personas of an entry of the configuration, extended where it says so. */
async function unitsOf(
  { persona, extend }: PersonaEntry,
  config: string,
  place: string,
  folder: string,
): Promise<LoadedPersona[]> {
  const loaded: LoadedPersona[] =
    typeof persona === "string" ? await loadPersonas(persona, folder) : [{ unit: persona, source: config }];
  for (const { unit } of loaded) refuseNewer(place, unit);
  return extend === undefined ? loaded : [extended(loaded, extend, place)];
}

function insideProject(folder: string, out: string, place: string): string {
  const at = `${place}, out`;
  if (/[#\0]/.test(out)) {
    throw failure("outside-project", at, `"${out}" has a character that a path here may not have`);
  }
  const path = relative(resolve(folder), resolve(folder, out));
  if (path.split(sep)[0] === ".." || isAbsolute(path)) {
    throw failure("outside-project", at, `"${out}" leads out of the project`);
  }
  return path.split(sep).join("/");
}

function extended(loaded: readonly LoadedPersona[], patch: object, place: string): LoadedPersona {
  const [first, second] = loaded;
  if (first === undefined || second !== undefined) {
    const names = loaded.map(({ unit }) => unit.id).join(", ");
    const problem = `extend changes one persona, and the source has ${names}`;
    throw failure("cannot-extend", place, problem, "Name a module with one.");
  }
  const { unit, source } = first;
  if (unit.kind === "document") throw failure("cannot-extend", place, "a compiled document cannot be extended");
  try {
    const at = `${place}, extend`;
    const { extend } = unit as PersonaData & { extend: (patch: object) => PersonaData };
    return { unit: personaOf(extend(patchFromJson(patch, at)), at), source };
  } catch (error) {
    const cause = messageOf(error);
    throw CommandError.known(error, place) ?? failure("cannot-extend", place, "cannot be extended", { cause });
  }
}
