import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Issue, PersonaData, Wording } from "@personakit/core";
import type { Target } from "@personakit/targets";
import type { Held } from "../disk/journal.ts";
import type { Lockfile } from "../disk/lockfile.ts";
import { recordedRules } from "../disk/published.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { Stager } from "../disk/stager.ts";
import { type Awaitable, whenThere } from "../issues/awaitable.ts";
import { type Attempts, attempt, CommandError, failure } from "../issues/command-error.ts";
import { Progress } from "../output/progress.ts";
import { count, shorten } from "../output/terminal.ts";
import { chooseTargets, DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { type Plan, type PlannedPersona, Planner, type Request, type SharedPlan } from "../plan/make-plan.ts";
import { findConfig, type ReadConfig, readConfig } from "../sources/config.ts";
import type { ChecksConfig, PersonaEntry } from "../sources/define-config.ts";
import { extendPersona } from "../sources/extend-persona.ts";
import { type LoadedPersona, loadPersonas } from "../sources/load-units.ts";
import { isOwnFile, type PersonaUnit, refuseNewer } from "../sources/unit.ts";
import { type DiskComparison, ProjectComparer, type Scope } from "./compare-project.ts";
import { findWorkspace } from "./workspace.ts";

/** Gets each persona, and how many sources there are; the next one is compiled when it is done. */
type Visit = (persona: PlannedPersona, sources: number) => Awaitable<void>;

/** A folder that personas are built into, and what to build. */
export interface Project {
  readonly folder: string;
  readonly lockfile: Lockfile;
  /** The configuration, as the user would type it; undefined when sources were named. */
  readonly config: string | undefined;
  /**
   * Loads and compiles one persona after the other and passes each to `visit`, keeping none. Throws a CommandError at the end
   * with everything that is wrong.
   */
  compile(visit: Visit): Promise<CompiledProject>;
}

/** What was compiled, besides the personas. */
export interface CompiledProject extends SharedPlan {
  /** Which checks look at what is built, where the configuration says so. */
  readonly checks?: ChecksConfig | undefined;
}

/** How a command line describes a project. */
export interface ProjectOptions {
  /** The project's folder. */
  readonly out: string;
  /** Target ids; absent for those of the configuration, or the default ones. */
  readonly target?: readonly string[] | undefined;
  /** Every loss is an error. */
  readonly strict?: boolean;
  /** Files of the user's own are read block by block, so that each has an id. */
  readonly inDetail?: boolean;
  /** A configuration without personas builds nothing, and that is no mistake. */
  readonly orNone?: boolean;
  /** Personas beyond those of the configuration, as it would name them. */
  readonly added?: readonly (string | PersonaEntry)[];
}

/**
 * Opens a project: the given sources, or its configuration. Throws a CommandError if the lockfile cannot be
 * read, or if two options conflict; returns undefined if there is neither.
 */
export function openProject(sources: readonly string[], options: ProjectOptions): Project | undefined {
  const { out: folder, target, strict = false, inDetail = false, orNone = false, added = [] } = options;
  if (sources.length > 0) {
    const lockfile = readLockfile(folder);
    return {
      folder,
      lockfile,
      config: undefined,
      compile: (visit) => {
        const load = (take: Take) => loadFromSources(sources, target, options, take);
        return compileAll(load, sources.length, strict, visit);
      },
    };
  }
  const name = findConfig(folder);
  if (name === undefined && added.length === 0) return undefined;
  const config = name === undefined ? undefined : shorten(join(folder, name));
  if (target !== undefined) {
    const hint = "Change it there, or name the personas.";
    throw failure("conflicting-options", "--target", `${config} already sets the targets`, hint);
  }
  const lockfile = readLockfile(folder);
  return {
    folder,
    lockfile,
    config,
    async compile(visit) {
      try {
        const read: ReadConfig = config === undefined ? { personas: [] } : await readConfig(config);
        const load = (take: Take) => loadFromConfig(folder, config, read, { inDetail, orNone, added }, take);
        const sources = read.personas.length + added.length;
        const plan = await compileAll(load, sources, strict, visit);
        return read.checks === undefined ? plan : { ...plan, checks: read.checks };
      } catch (error) {
        throw withLostBases(CommandError.from(error), lockfile);
      }
    },
  };
}

/** The targets that a configuration names, if there is one. */
export async function configuredTargets(folder: string): Promise<readonly Target[]> {
  const file = findConfig(folder);
  if (file === undefined) return [];
  const name = shorten(join(folder, file));
  const { targets = [], personas } = await readConfig(name);
  const ofPersonas = personas.flatMap((item) =>
    typeof item === "object" && "persona" in item ? (item.targets ?? []) : [],
  );
  const given = [...targets, ...ofPersonas];
  return given.length === 0 ? [] : (await chooseTargets(given, `${name}, targets`, folder)).results;
}

/** A project with all of its personas. */
export async function planOf(project: Project): Promise<Plan> {
  const personas: PlannedPersona[] = [];
  const shared = await project.compile((persona) => {
    personas.push(persona);
  });
  return { personas, ...shared };
}

/** Compares a project with what is on disk. With `held`, new files are staged at once. */
export async function compareProject(
  project: Project,
  scope: Scope,
  visit: (persona: PlannedPersona) => void = () => {},
  held?: Held,
): Promise<DiskComparison & Pick<CompiledProject, "warnings" | "sourceWarnings" | "fileWarnings" | "checks">> {
  const comparer = new ProjectComparer(project.folder, project.lockfile, scope);
  let stager: Stager | undefined;
  try {
    const shared = await project.compile((persona, sources) => {
      visit(persona);
      if (held === undefined) return comparer.add(persona);
      stager ??= new Stager(held, sources);
      return comparer.addStaged(persona, stager);
    });
    const { warnings, sourceWarnings, fileWarnings, checks } = shared;
    // Hashes are compared.
    await stager?.end();
    return { ...comparer.finish(shared), warnings, sourceWarnings, fileWarnings, checks };
  } finally {
    await stager?.end();
  }
}

/** Gets each persona as it is loaded, or a problem with one that cannot be; the next one is loaded when it is done. */
type Take = (each: Request | Issue) => Awaitable<void>;

/** No generator loads the personas: it would wait several times for each of thousands, all of which are there at once. */
async function compileAll(
  load: (take: Take) => Promise<void>,
  sources: number,
  strict: boolean,
  visit: Visit,
): Promise<SharedPlan> {
  const planner = new Planner({ strict });
  const issues: Issue[] = [];
  const progress = new Progress("Loading personas");
  let compiled = 0;
  try {
    await load((each) => {
      if ("code" in each) {
        issues.push(each);
        return;
      }
      const persona = planner.add(each);
      if (persona === undefined) return;
      return whenThere(visit(persona, sources), () => {
        progress.step(`${count(++compiled, "persona")} compiled, now at ${persona.document.id}`);
      });
    });
  } finally {
    progress.end();
  }
  return planner.finish(issues);
}

async function loadFromSources(
  sources: readonly string[],
  targets: readonly string[] | undefined,
  { out: folder, inDetail = false }: ProjectOptions,
  take: Take,
): Promise<void> {
  const chosen = await chooseTargets(targets ?? DEFAULT_TARGETS, "--target", ".");
  for (const each of chosen.issues) await take(each);
  // A persona in code that two sources name is built once.
  const seen = new Set<PersonaUnit>();
  for (const source of sources) {
    const loaded = await attempt(() =>
      isOwnFile(source) ? loadNamedFile(source, folder, { target: targets?.[0], inDetail }) : loadPersonas(source, "."),
    );
    for (const each of loaded.issues) await take(each);
    for (const each of loaded.results) {
      const { unit } = each;
      if (unit.kind !== "document" && seen.size === seen.add(unit).size) continue;
      await take({ ...each, targets: targetsFor(each, chosen.results, targets !== undefined), out: "" });
    }
  }
}

/** An override whose rule existed at the last build is not a typo: its package removed or renamed the rule. */
function withLostBases({ issues, ...rest }: CommandError, { personas }: Lockfile): CommandError {
  const known = new Set(
    Object.values(personas).flatMap(({ published }) =>
      published === undefined ? [] : [...recordedRules(published).keys()],
    ),
  );
  const explained = issues.map((issue): Issue => {
    if (issue.code !== "unknown-rule" || !known.has(issue.subject ?? "")) return issue;
    const lost = [
      "It was there at the last build: its package has removed or renamed it since.",
      "Remove your change, or make it a rule of your own with addRules.",
    ];
    return { ...issue, hint: [issue.hint ?? [], lost].flat(2).join(" ") };
  });
  return new CommandError(explained, rest);
}

/** The error for a command without sources or a configuration. If the command can run in a workspace, it suggests that. */
export async function noProject(command?: "build" | "check" | "list" | "update"): Promise<CommandError> {
  const problem = "there is no personakit.config.* here or in a folder above";
  // Problems with the workspace are reported by --workspace.
  const workspace = command && (await findWorkspace({ orLockfile: command !== "build" }).catch(() => undefined));
  const ways = workspace?.projects.length
    ? `This workspace has ${count(workspace.projects.length, "project")}. To run in all of them: personakit ${command} --workspace`
    : "Run personakit init to make one, or name the personas: personakit build <package, folder or module>.";
  return failure("no-project", undefined, problem, ways);
}

/** A file on the command line, seen from the project. The first target says its format where its place does not. */
async function loadNamedFile(
  source: string,
  folder: string,
  { target, inDetail }: { readonly target: string | undefined; readonly inDetail: boolean },
): Promise<readonly LoadedPersona[]> {
  const seen = relative(resolve(folder), resolve(source));
  const name = isAbsolute(seen) ? source : seen.split(sep).join("/");
  const say = (format: string) => `Say so with --target ${format}.`;
  const options = { say, inDetail, as: source };
  return loadPersonas(name, folder, target === undefined ? options : { ...options, fallback: target });
}

/** The targets of a persona: those that were named, or the default ones; of a file of the user's own, only the one that it was written for. */
function targetsFor({ file }: LoadedPersona, chosen: readonly Target[], isNamed: boolean): readonly Target[] {
  if (isNamed || file === undefined) return chosen;
  return file.target === undefined ? [] : [file.target];
}

async function loadFromConfig(
  folder: string,
  file: string | undefined,
  config: ReadConfig,
  { inDetail, orNone, added }: Required<Pick<ProjectOptions, "inDetail" | "orNone" | "added">>,
  take: Take,
): Promise<void> {
  const name = file ?? "the new configuration";
  const shared = await chooseTargets(config.targets ?? DEFAULT_TARGETS, `${name}, targets`, folder);
  for (const each of shared.issues) await take(each);
  const choose = targetChooser(folder);
  const personas = added.length === 0 ? config.personas : [...config.personas, ...added];
  if (personas.length === 0 && !orNone) {
    const hint = "To bring in the files that you have, run personakit import; to choose a persona, personakit init.";
    const only = config.checks === undefined ? hint : `${hint} For checks alone, run personakit doctor.`;
    throw failure("invalid-configuration", `${name}, personas`, "the list of personas is empty", only);
  }
  for (const [index, item] of personas.entries()) {
    const place = `${name}, personas[${index}]`;
    const entry: PersonaEntry = typeof item === "object" && "persona" in item ? item : { persona: item };
    const chosen = entry.targets === undefined ? shared : choose(entry.targets, `${place}, targets`);
    const pinned = chosen instanceof Promise ? await chosen : chosen;
    // A file of the user's may be built for no target.
    const isOnlyRead = entry.targets?.length === 0 && typeof entry.persona === "string" && isOwnFile(entry.persona);
    if (pinned !== shared && !isOnlyRead) for (const each of pinned.issues) await take(each);
    const isNamed = (entry.targets ?? config.targets) !== undefined;
    const attempted = attempt(() =>
      whenThere(unitsOf(entry, name, place, folder, inDetail), (units) => {
        const out = insideProject(folder, entry.out ?? config.out ?? ".", `${place}, out`);
        const copies = copiesOf(entry, place, folder);
        return units.map((unit) => {
          const targets = targetsFor(unit, pinned.results, isNamed);
          // What a file says, it says in its own words.
          const said = unit.file === undefined ? worded(unit.unit, config) : unit.unit;
          const configured = { entry: index, item };
          return { ...unit, unit: said, targets, out, ...configured, ...copies, ...(isOnlyRead ? { isOnlyRead } : {}) };
        });
      }),
    );
    const loaded = attempted instanceof Promise ? await attempted : attempted;
    for (const each of [...loaded.issues, ...loaded.results]) {
      const taken = take(each);
      if (taken instanceof Promise) await taken;
    }
  }
}

/** Chooses targets, once for each list of names: entries of a configuration mostly have the same ones. */
function targetChooser(
  folder: string,
): (given: readonly (string | Target)[], place: string) => Awaitable<Attempts<Target>> {
  const known = new Map<string, Attempts<Target>>();
  return (given, place) => {
    const key = given.every((each) => typeof each === "string") ? given.join("\n") : undefined;
    const earlier = key === undefined ? undefined : known.get(key);
    if (earlier !== undefined) return earlier;
    return chooseTargets(given, place, folder).then((chosen) => {
      // What is wrong is said at each place.
      if (key !== undefined && chosen.issues.length === 0) known.set(key, chosen);
      return chosen;
    });
  };
}

/** The personas of an entry of the configuration, extended where it says so. */
function unitsOf(
  { persona, extend, format, copies }: PersonaEntry,
  config: string,
  place: string,
  folder: string,
  inDetail: boolean,
): Awaitable<readonly (LoadedPersona & Pick<Request, "extendedAt" | "base">)[]> {
  const options = { format, inDetail: inDetail || extend !== undefined };
  const given =
    typeof persona === "string" ? loadPersonas(persona, folder, options) : [{ unit: persona, source: config }];
  return whenThere(given, (loaded: readonly LoadedPersona[]) => {
    refuseForOthers({ format, copies }, loaded, place);
    for (const { unit } of loaded) refuseNewer(place, unit);
    return extend === undefined ? loaded : [extended(loaded, extend, place)];
  });
}

/** Throws for options that only a file of the user's own has. */
function refuseForOthers(
  { format, copies }: { readonly [Name in "format" | "copies"]: unknown },
  loaded: readonly LoadedPersona[],
  place: string,
) {
  const name = format !== undefined ? "format" : copies !== undefined ? "copies" : undefined;
  if (name === undefined || loaded.every(({ file }) => file !== undefined)) return;
  const problem = "only a file of your own, such as personas/reviewer.md, has this option";
  throw failure("invalid-configuration", `${place}, ${name}`, problem, "Take it out.");
}

function copiesOf({ copies }: PersonaEntry, place: string, folder: string): Pick<Request, "copies"> {
  if (copies === undefined) return {};
  return { copies: copies.map((path, index) => insideProject(folder, path, `${place}, copies[${index}]`)) };
}

/** A persona with the wording of its project, where it has none of its own. What is compiled already stays as it is. */
export function worded(unit: PersonaUnit, { language, phrases }: Wording): PersonaUnit {
  if ((language ?? phrases) === undefined || unit.kind === "document") return unit;
  if ((unit.language ?? unit.phrases) !== undefined) return unit;
  return { ...unit, ...(language === undefined ? {} : { language }), ...(phrases === undefined ? {} : { phrases }) };
}

function insideProject(folder: string, out: string, at: string): string {
  if (out === ".") return "";
  if (/[#\0]/.test(out)) {
    throw failure("outside-project", at, `"${out}" has a character that a path cannot have here`);
  }
  const path = relative(resolve(folder), resolve(folder, out));
  if (path.split(sep)[0] === ".." || isAbsolute(path)) {
    throw failure("outside-project", at, `"${out}" leads out of the project`);
  }
  return path.split(sep).join("/");
}

function extended(
  loaded: readonly LoadedPersona[],
  patch: { readonly id: string },
  place: string,
): LoadedPersona & Pick<Request, "extendedAt" | "base"> {
  const [first, second] = loaded;
  if (first === undefined || second !== undefined) {
    const names = loaded.map(({ unit }) => unit.id).join(", ");
    const problem = `extend changes one persona, but the source has ${names}`;
    throw failure("cannot-extend", place, problem, "Name a module that exports one.");
  }
  const base = first.unit as PersonaData;
  return { ...first, ...extendPersona(first, patch, place), extendedAt: place, base };
}
