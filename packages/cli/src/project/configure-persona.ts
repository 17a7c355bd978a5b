import { join } from "node:path";
import type { PersonaData } from "@personakit/core";
import { isRecord, nameWithVersion } from "@personakit/core/internal";
import { targets as allTargets } from "@personakit/targets";
import { loadCatalogue, type PersonaParam, paramsOf } from "../catalogue/catalogue.ts";
import { addCommand } from "../detect/package-manager.ts";
import { answersOf, choicesAmong } from "../detect/proposal.ts";
import { lookAt, type Repository, repositoryAt } from "../detect/repository.ts";
import { fewestTargets, findTools } from "../detect/tools.ts";
import { commit, type Held } from "../disk/journal.ts";
import { fileOf } from "../disk/paths.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { readText } from "../files/text.ts";
import { type ExitCode, failure, throwIssues } from "../issues/command-error.ts";
import { confirmed } from "../output/confirm.ts";
import { writeJson, writeLine, writeLines } from "../output/terminal.ts";
import { chooseTargets, DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { findConfig, readConfig } from "../sources/config.ts";
import { loadPersonas } from "../sources/load-units.ts";
import { isPath, parseSpec } from "../sources/package-spec.ts";
import { findInstalled } from "../sources/persona-package.ts";
import { type ParamValues, paramsOfUnit, readSettings } from "../sources/settings.ts";
import { recordedSource, refuseOther, renamed } from "./added-personas.ts";

/** Data, so that it can be edited again. */
const NEW_CONFIG = "personakit.config.json";

interface ConfigureOptions {
  /** The project's folder. */
  readonly out: string;
  /** `fragment.parameter=value`, each. */
  readonly set: readonly string[];
  readonly target: readonly string[] | undefined;
  readonly as: string | undefined;
  readonly json: boolean;
  readonly yes: boolean;
}

/**
 * Puts a persona with parameters into the project's configuration: a compiled document has none left to set. Values that the
 * repository shows fill what was not set. Throws a CommandError, and writes nothing, where a value is refused, or the
 * configuration is not one that can be edited as data.
 */
export async function configurePersona(spec: string, options: ConfigureOptions, held?: Held): Promise<ExitCode> {
  const { out, json, yes } = options;
  const repository = lookAt(out);
  const { name, version } = namedPackage(spec, out);
  const { persona, file, before, text, given, answers } = await changeConfig(name, repository, options);
  const missing = ["personakit", ...(isPath(name) ? [] : [name])].filter(
    (each) => findInstalled(each, out) === undefined,
  );
  const wanted = missing.map((id) => (id === name ? nameWithVersion({ id, version }) : id));
  const next = [
    ...(wanted.length === 0 ? [] : [addCommand(repository.packageManager, wanted)]),
    "npx personakit build",
  ];
  if (!json) {
    writeLine(`Parameters are set in a configuration: ${file}.`);
    writeLine(`Set: ${settingsIn(given).join(", ")}`);
    const found = settingsIn(without(answers, given));
    if (found.length > 0) writeLine(`Found in this repository: ${found.join(", ")}`);
    writeLine("");
    writeLines(text);
  }
  const written = held !== undefined && (json || (await confirmed(`Write ${file}?`, { yes })));
  if (written) commit(held, [{ path: file, before, after: text }]);
  if (json) writeJson({ ok: true, persona, package: name, file, written, set: given, detected: answers, text, next });
  else if (written) {
    writeLine("Written. Next:");
    for (const line of next) writeLine(`  ${line}`);
  } else writeLine("Nothing was written.");
  return 0;
}

/** What a configuration becomes, and why. */
interface ConfigChange {
  /** The id of the persona. */
  readonly persona: string;
  readonly file: string;
  readonly before: string | undefined;
  readonly text: string;
  /** What was set. */
  readonly given: ParamValues;
  /** What the repository shows. */
  readonly answers: ParamValues;
}

async function changeConfig(
  name: string,
  repository: Repository,
  { out, set, target, as }: ConfigureOptions,
): Promise<ConfigChange> {
  const { id: published, params } = await readParams(name, out, repository);
  const persona = renamed({ id: published }, as).id;
  const record = readLockfile(out).personas[persona];
  // One that is configured already is found in the configuration.
  if (record?.package !== undefined) refuseOther(persona, name, record);
  const given = readSettings(set, params);
  if (target !== undefined) throwIssues((await chooseTargets(target, "--target", out)).issues);
  const found = findConfig(out);
  if (found === undefined) {
    const answers = answersOf(repository, choicesAmong(params));
    const text = newConfig(entryOf(name, persona, merge(answers, given)), target ?? targetsFor(out));
    return { persona, file: NEW_CONFIG, before: undefined, text, given, answers };
  }
  const before = readText(fileOf(out, found)) ?? "";
  const config = await editable(out, found, before, entryOf(name, persona, given));
  const known = config.personas.find((entry) => isEntryFor(entry, name, persona, published));
  // What the configuration has already is the project's own choice.
  const answers = known === undefined ? answersOf(repository, choicesAmong(params)) : {};
  const entry = {
    ...merged(known ?? name, persona, merge(answers, given)),
    ...(target === undefined ? {} : { targets: target }),
  };
  return { persona, file: found, before, text: changedConfig(before, config, known, entry), given, answers };
}

/** The settings that a repository shows, for a persona of ours that is published with other values. */
export async function otherSettings(name: string, folder: string): Promise<string[]> {
  const catalogue = await loadCatalogue();
  const persona = catalogue.personas.find((each) => each.package === name);
  if (persona === undefined) return [];
  const params = paramsOf(persona, catalogue);
  const answers = answersOf(repositoryAt(folder), choicesAmong(params));
  return params.flatMap(({ fragment, name: param, value }) => {
    const found = answers[fragment]?.[param];
    return found === undefined || String(found) === String(value) ? [] : settingsIn({ [fragment]: { [param]: found } });
  });
}

/** The package as a configuration names it: by its name, or its place as seen from the project. */
function namedPackage(spec: string, folder: string): { readonly name: string; readonly version?: string | undefined } {
  const parsed = parseSpec(spec, { allowGit: true });
  if (parsed.kind === "registry") return { name: parsed.name, version: parsed.wanted };
  if (parsed.kind === "path" && !spec.endsWith(".tgz")) return { name: recordedSource(folder, spec, spec) };
  const problem = "parameters are set in a configuration, which takes an installed package or a folder";
  throw failure("conflicting-options", `--set and ${spec}`, problem, "Install it, and name it by its name.");
}

/** What can be set in a persona: by its installed code, or else by the catalogue, for which no code runs. */
async function readParams(
  name: string,
  folder: string,
  repository: Repository,
): Promise<{ readonly id: string; readonly params: readonly PersonaParam[] }> {
  if (isPath(name) || findInstalled(name, folder) !== undefined) {
    const [first, second] = await loadPersonas(name, folder);
    if (first === undefined || second !== undefined || first.unit.kind === "document") {
      const problem = "this is not one persona in code, which parameters could be set in";
      throw failure("cannot-extend", name, problem, "Name a package that exports one persona.");
    }
    return { id: first.unit.id, params: paramsOfUnit(first.unit as PersonaData) };
  }
  const catalogue = await loadCatalogue();
  const persona = catalogue.personas.find((each) => each.package === name);
  if (persona !== undefined) return { id: persona.id, params: paramsOf(persona, catalogue) };
  const problem = "is not installed here, and its parameters are in its code";
  throw failure("not-found", name, problem, `Run ${addCommand(repository.packageManager, [name])}, then this again.`);
}

type Json = { readonly [key: string]: unknown };
type JsonConfig = Json & { readonly personas: readonly unknown[] };

/** A configuration as data. Throws for one in code, with the entry to write into it. */
async function editable(folder: string, file: string, text: string, entry: Json): Promise<JsonConfig> {
  if (!file.endsWith(".json")) {
    const hint = `Add to its personas: ${JSON.stringify(entry)}`;
    throw failure("not-editable", file, "the configuration is code, which add does not edit", hint);
  }
  // Says what is wrong with it, where something is.
  await readConfig(join(folder, file));
  return JSON.parse(text.replace(/^\uFEFF/, ""));
}

function isEntryFor(entry: unknown, name: string, id: string, published: string): boolean {
  if (typeof entry === "string") return entry === name && id === published;
  if (!isRecord(entry) || entry.persona !== name) return false;
  return (isRecord(entry.extend) ? entry.extend.id : published) === id;
}

function entryOf(persona: string, id: string, params: ParamValues): Json {
  return { persona, extend: { id, params } };
}

/** An entry of a configuration with more parameters. */
function merged(entry: unknown, id: string, params: ParamValues): Json {
  if (!isRecord(entry)) return entryOf(String(entry), id, params);
  const extend = isRecord(entry.extend) ? entry.extend : {};
  const earlier = isRecord(extend.params) ? (extend.params as ParamValues) : {};
  return { ...entry, extend: { id, ...extend, params: merge(earlier, params) } };
}

/** Two sets of values; the second has the last word. */
function merge(first: ParamValues, second: ParamValues): ParamValues {
  const fragments = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return Object.fromEntries(fragments.map((id) => [id, { ...first[id], ...second[id] }]));
}

/** The values of the first that the second does not set. */
function without(first: ParamValues, second: ParamValues): ParamValues {
  const rest = Object.entries(first).map(([id, values]) => {
    const others = Object.entries(values).filter(([name]) => !Object.hasOwn(second[id] ?? {}, name));
    return [id, Object.fromEntries(others)] as const;
  });
  return Object.fromEntries(rest);
}

/** Values as `--set` takes them. */
function settingsIn(values: ParamValues): string[] {
  return Object.entries(values).flatMap(([fragment, inner]) =>
    Object.entries(inner).map(([name, value]) => `${fragment}.${name}=${value}`),
  );
}

function targetsFor(folder: string): readonly string[] {
  const found = fewestTargets(findTools(folder, allTargets)).map(({ id }) => id);
  return found.length > 0 ? found : DEFAULT_TARGETS;
}

function newConfig(entry: Json, targets: readonly string[]): string {
  const $schema = "./node_modules/personakit/config.schema.json";
  return `${JSON.stringify({ $schema, personas: [entry], targets }, null, 2)}\n`;
}

function changedConfig(before: string, config: JsonConfig, known: unknown, entry: Json): string {
  const personas =
    known === undefined ? [...config.personas, entry] : config.personas.map((each) => (each === known ? entry : each));
  const indent = /^[{[]\r?\n([ \t]+)/m.exec(before)?.[1] ?? 2;
  return `${JSON.stringify({ ...config, personas }, null, indent)}\n`;
}
