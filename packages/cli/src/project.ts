import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { nearest, type PersonaData } from "@personakit/core";
import { type Target, targets } from "@personakit/targets";
import { CommandError } from "./command-error.ts";
import { type Config, findConfig, type PersonaEntry, patchFromJson, readConfig } from "./config.ts";
import { type LoadedPersona, loadPersonas, loadTargets, refuseNewer } from "./load.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import type { Options } from "./options.ts";
import { DEFAULT_TARGETS, makePlan, type Plan, type Request } from "./plan.ts";

/** A folder that personas are built into, and what is to be built. */
export interface Project {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The configuration's file name; undefined when sources were named. */
  readonly config: string | undefined;
  readonly plan: Plan;
}

/**
 * Opens a project: the sources that were named, or else its configuration. Throws a CommandError with everything that is
 * wrong, or undefined instead where there is neither.
 */
export async function openProject(sources: readonly string[], options: Options): Promise<Project | undefined> {
  const folder = options.out ?? ".";
  if (sources.length > 0) {
    const errors: string[] = [];
    const chosen = await chooseTargets(options.target ?? DEFAULT_TARGETS, "--target", ".", errors);
    const loaded = await collect(sources, errors, (source) => loadPersonas(source, "."));
    const requests = loaded.map((persona) => ({ ...persona, targets: chosen, out: "" }));
    const plan = makePlan(once(requests), options.strict, errors);
    return { folder, manifest: readManifest(folder), config: undefined, plan };
  }
  const config = findConfig(folder);
  if (config === undefined) return undefined;
  if (options.target !== undefined) {
    throw new CommandError([`--target: ${config} says for which targets. Change it there, or name the personas.`]);
  }
  const errors: string[] = [];
  const manifest = readManifest(folder);
  try {
    const requests = await requestsOf(folder, config, await readConfig(folder, config), errors);
    return { folder, manifest, config, plan: makePlan(requests, options.strict, errors) };
  } catch (error) {
    throw withLostBases(CommandError.from(error), manifest);
  }
}

/** An override whose rule was there at the last build is no typo: its package has removed or renamed it. */
function withLostBases(error: CommandError, { personas }: Manifest): CommandError {
  const known = Object.assign({}, ...Object.values(personas).map(({ published }) => published?.rules ?? {}));
  const lines = error.lines.map((line) => {
    const [, fragment, rule] = /rules\["([^"]+)"\]: there is no rule "([^"]+)"/.exec(line) ?? [];
    const [, anchor] = /addRules\.\w+: there is no rule "([^"]+)"/.exec(line) ?? [];
    const text: unknown = known[anchor ?? `${fragment}/${rule}`];
    if (typeof text !== "string") return line;
    return `${line} It was there at the last build, and its package has removed or renamed it since. It said: "${text}". Drop the change, or make it a rule of your own with addRules.`;
  });
  return new CommandError(lines, error.code);
}

/** The error of a command that found neither sources nor a configuration. */
export function noProject(): CommandError {
  const ways = "Run personakit init to make one, or name the personas: personakit build <package, folder or module>.";
  return new CommandError([`there is no personakit.config.* here. ${ways}`]);
}

async function requestsOf(folder: string, name: string, config: Config, errors: string[]): Promise<Request[]> {
  const chosenFor = async (given: Config["targets"], place: string) =>
    chooseTargets(given ?? config.targets ?? DEFAULT_TARGETS, place, folder, errors);
  const shared = await chosenFor(undefined, `${name}, targets`);
  return collect([...config.personas.entries()], errors, async ([index, item]) => {
    const place = `${name}, personas[${index}]`;
    const entry: PersonaEntry = typeof item === "object" && "persona" in item ? item : { persona: item };
    const { persona, extend, targets: own } = entry;
    const loaded =
      typeof persona === "string" ? await loadPersonas(persona, folder) : [{ unit: persona, source: name }];
    for (const { unit } of loaded) refuseNewer(place, unit);
    const chosen = own === undefined ? shared : await chosenFor(own, `${place}, targets`);
    const out = outside(folder, entry.out ?? config.out ?? ".", place);
    const units = extend === undefined ? loaded : [extended(loaded, extend, place)];
    return units.map((unit) => ({ ...unit, targets: chosen, out }));
  });
}

function outside(folder: string, out: string, place: string): string {
  if (/[#\0]/.test(out))
    throw new CommandError([`${place}, out: "${out}" has a character that a path here may not have.`]);
  const path = relative(resolve(folder), resolve(folder, out));
  if (path.split(sep)[0] === ".." || isAbsolute(path)) {
    throw new CommandError([`${place}, out: "${out}" leads out of the project.`]);
  }
  return path.split(sep).join("/");
}

function extended(loaded: readonly LoadedPersona[], patch: object, place: string): LoadedPersona {
  const [first, second] = loaded;
  if (first === undefined || second !== undefined) {
    const names = loaded.map(({ unit }) => unit.id).join(", ");
    throw new CommandError([
      `${place}: extend changes one persona, and the source has ${names}. Name a module with one.`,
    ]);
  }
  const { unit, source } = first;
  if (unit.kind === "document") throw new CommandError([`${place}: a compiled document cannot be extended.`]);
  try {
    const { extend } = unit as PersonaData & { extend: (patch: object) => PersonaData };
    return { unit: extend(patchFromJson(patch)), source };
  } catch (error) {
    throw CommandError.from(error, place);
  }
}

/** The targets that are named by id or module, or given. What is wrong goes to `errors`, with the place it was asked for. */
export async function chooseTargets(
  given: readonly (string | Target)[],
  place: string,
  folder: string,
  errors: string[],
): Promise<readonly Target[]> {
  const known = targets.map((candidate) => candidate.id);
  if (given.length === 0) errors.push(`${place} names no target. Known: ${known.join(", ")}.`);
  return collect([...new Set(given)], errors, async (item) => {
    if (typeof item !== "string") {
      refuseNewer(place, item);
      return [item];
    }
    const target = targets.find((candidate) => candidate.id === item);
    if (target !== undefined) return [target];
    // A target of somebody else is named by its module or its package.
    if (/[./\\@]/.test(item)) {
      try {
        return await loadTargets(item, folder);
      } catch (error) {
        throw CommandError.from(error, `${place} ${item}`);
      }
    }
    const near = nearest(item, known);
    const hint = near === undefined ? `Known: ${known.join(", ")}.` : `Did you mean "${near}"?`;
    throw new CommandError([`${place} ${item}: there is no such target. ${hint}`]);
  });
}

/** What all steps give, in order; what they throw goes to `errors`, so that all of it is said at once. */
async function collect<Item, Result>(
  items: readonly Item[],
  errors: string[],
  step: (item: Item) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    try {
      results.push(...(await step(item)));
    } catch (error) {
      errors.push(...CommandError.from(error).lines);
    }
  }
  return results;
}

/** A persona that two sources name is built once. */
function once(requests: readonly Request[]): Request[] {
  return requests.filter(({ unit }, index) => requests.findIndex((other) => other.unit === unit) === index);
}

/** The path of a file as the manifest has it. */
export function projectPath(folder: string, file: string): string {
  return relative(resolve(folder), resolve(file)).split(sep).join("/");
}

/** The absolute path of a file of the project. */
export function fileOf(folder: string, path: string): string {
  return join(resolve(folder), path);
}
