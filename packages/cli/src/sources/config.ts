import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Check } from "@personakit/checks";
import type { Issue, PersonaData } from "@personakit/core";
import { checkWording, ENGLISH, hintFor, Issues, isRecord, LANGUAGES, type Zod } from "@personakit/core/internal";
import type { Target } from "@personakit/targets";
import type { z } from "zod";
import { failure, issue, throwIssues } from "../issues/command-error.ts";
import { schemaOf, zod } from "../issues/schema.ts";
import { copyData, isCopy, isSmallJson } from "./copy-data.ts";
import type { Config } from "./define-config.ts";
import { importJson, importModule, readExports } from "./import-module.ts";

/** The files that may hold a configuration, in the order in which they are looked for. */
const CONFIG_FILES = ["ts", "mts", "js", "mjs", "json"].map((ending) => `personakit.config.${ending}`);

/** The names of the configurations in a folder. */
export function configFilesIn(folder: string): readonly string[] {
  return CONFIG_FILES.filter((name) => existsSync(join(folder, name)));
}

/** The name of a folder's configuration, or undefined. Throws a CommandError when there are two. */
export function findConfig(folder: string): string | undefined {
  const [first, second] = configFilesIn(folder);
  if (second !== undefined) {
    throw failure("two-configurations", `${first} and ${second}`, "there are two configurations", "Keep one.");
  }
  return first;
}

const CHECKS = {
  isPersona: (value: unknown): value is PersonaData => isUnit(value, "persona"),
  isTarget: (value: unknown): value is Target => isUnit(value, "target"),
  isCheck: (value: unknown): value is Check => isUnit(value, "check"),
};

/** A name, or, in code, the object itself. */
function nameOr<Thing>(z: Zod, check: keyof typeof CHECKS): z.ZodType<string | Thing> {
  return z.union([z.string().min(1), z.custom<Thing>(CHECKS[check]).meta({ check })]);
}

/** The parts of a configuration, with what names a persona, a target and a check. */
function partsOf<Persona extends z.ZodType, Target extends z.ZodType, Check extends z.ZodType>(
  z: Zod,
  persona: Persona,
  target: Target,
  check: Check,
  least = 1,
) {
  const targets = z.array(target).min(1).optional();
  const out = z.string().min(1).optional();
  const entry = z.strictObject({
    persona,
    extend: z.looseObject({ id: z.string() }).optional(),
    targets: z.array(target).optional(),
    out,
    format: z.string().min(1).optional(),
    copies: z.array(z.string().min(1)).min(1).optional(),
  });
  const personas = z
    .array(z.union([persona, entry]))
    .min(least)
    .optional();
  const language = z.enum(Object.keys(LANGUAGES)).optional();
  const phrase = z.string().optional();
  const phrases = z.strictObject(Object.fromEntries(Object.keys(ENGLISH).map((name) => [name, phrase]))).optional();
  const off = z.record(z.string(), z.string().min(1)).optional();
  const checks = z.strictObject({ off, use: z.array(check).optional() }).optional();
  const config = z.strictObject({ $schema: z.string().optional(), personas, targets, out, language, phrases, checks });
  return { persona, entry, config };
}

// An import fills a list that is empty yet; whoever builds refuses it.
const inCode = (z: Zod) =>
  partsOf(z, nameOr<PersonaData>(z, "isPersona"), nameOr<Target>(z, "isTarget"), nameOr<Check>(z, "isCheck"), 0);

const configSchema = schemaOf("configuration", (z) => inCode(z).config, CHECKS);

/** The JSON Schema of `personakit.config.json`. */
export function configJsonSchema(z: Zod): object {
  const name = z.string().min(1);
  return z.toJSONSchema(partsOf(z, name, name, name).config);
}

/** A configuration as it was read. */
export interface ReadConfig extends Config {
  readonly personas: NonNullable<Config["personas"]>;
}

/** Reads a configuration. Throws a CommandError with everything that is wrong with it, under the path as it was given. */
export async function readConfig(name: string): Promise<ReadConfig> {
  const json = name.endsWith(".json") ? importJson(name, resolve(name)) : undefined;
  // What is parsed is data already: only what a module exports has to be copied.
  const isCertain = json !== undefined && isSmallJson(json.length) && configSchema.accepts(json.value);
  const { personas = [], ...rest } = isCertain ? (json.value as Config) : await checkedConfig(name);
  return { ...rest, personas };
}

async function checkedConfig(name: string): Promise<Config> {
  const exports = await importModule(name, pathToFileURL(resolve(name)).href);
  if (!("default" in exports)) {
    const hint = "Expected: export default defineConfig({ ... }).";
    throw failure("invalid-configuration", name, "there is no default export", hint);
  }
  return readExports(name, () => {
    const config = copyData(exports.default);
    if (!configSchema.accepts(config)) throwIssues(configIssues(name, config));
    return config as Config;
  });
}

/** Checks persona by persona, because for a union zod would only say that nothing fits. */
function configIssues(name: string, config: unknown): Issue[] {
  const z = zod();
  const { persona, entry, config: schema } = inCode(z);
  const personas = (config as Config | null)?.personas;
  const wording = new Issues(name);
  if (isRecord(config)) checkWording(wording, config);
  const unknown = z.unknown().optional();
  const rest = schema.extend({ personas: z.array(z.unknown()).optional(), language: unknown, phrases: unknown });
  return [
    ...schemaIssues(name, rest, config),
    ...wording.found,
    ...(Array.isArray(personas) ? personas : []).flatMap((each: unknown, index) => {
      const place = `${name}, personas[${index}]`;
      if (persona.safeParse(each).success) return [];
      if (isRecord(each) && "persona" in each) return schemaIssues(place, entry, each);
      const problem =
        "expected a package's name, a path, a persona, or { persona, extend, targets, out, format, copies }";
      return [issue("invalid-configuration", place, problem)];
    }),
  ];
}

function schemaIssues(place: string, schema: z.ZodObject, value: unknown): Issue[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap((found) => {
    const at = found.path.length === 0 ? place : `${place}, ${found.path.join(".")}`;
    if (found.code !== "unrecognized_keys") return [issue("invalid-configuration", at, found.message)];
    return found.keys.map((key) => unknownOption(at, key, Object.keys(schema.shape)));
  });
}

/** Reports unknown options, so that a misspelt one is not ignored. */
export function unknownOption(place: string, name: string, known: readonly string[]): Issue {
  const details = { hint: hintFor(name, known), subject: name };
  return issue("invalid-configuration", place, `there is no option "${name}"`, details);
}

function isUnit(value: unknown, kind: string): boolean {
  return isCopy(value) && (value as { kind?: unknown }).kind === kind;
}

/** Says of the path of a file below a folder which other project it belongs to, if any: one with a configuration of its own. */
export function otherProjects(folder: string): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>([[".", undefined]]);
  const projectOf = (place: string): string | undefined => {
    if (known.has(place)) return known.get(place);
    const found = configFilesIn(join(folder, place)).length > 0 ? place : projectOf(dirname(place));
    known.set(place, found);
    return found;
  };
  return (path) => projectOf(dirname(path));
}
