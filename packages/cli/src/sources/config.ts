import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Issue, PersonaData } from "@personakit/core";
import { hintFor, isRecord } from "@personakit/core/internal";
import type { Target } from "@personakit/targets";
// The same schema checks a configuration and is published as JSON Schema; the targets load zod anyway.
import { z } from "zod";
import { failure, issue, throwIssues } from "../issues/command-error.ts";
import { copyData, isCopy } from "./copy-data.ts";
import type { Config } from "./define-config.ts";
import { importModule, readExports } from "./import-module.ts";

/** The files that may hold a configuration, in the order in which they are looked for. */
const CONFIG_FILES = ["ts", "mts", "js", "mjs", "json"].map((ending) => `personakit.config.${ending}`);

/** The name of a folder's configuration, or undefined. Throws a CommandError when there are two. */
export function findConfig(folder: string): string | undefined {
  const [first, second] = CONFIG_FILES.filter((name) => existsSync(join(folder, name)));
  if (second !== undefined) {
    throw failure("two-configurations", `${first} and ${second}`, "there are two configurations", "Keep one.");
  }
  return first;
}

const targetSchema = z.union([z.string().min(1), z.custom<Target>((value) => isUnit(value, "target"))]);

const entryFields = {
  extend: z.looseObject({ id: z.string() }).optional(),
  targets: z.array(targetSchema).min(1).optional(),
  out: z.string().min(1).optional(),
};

const personaSchema = z.union([z.string().min(1), z.custom<PersonaData>((value) => isUnit(value, "persona"))]);
const entrySchema = z.strictObject({ persona: personaSchema, ...entryFields });
const configSchema = z.strictObject({
  $schema: z.string().optional(),
  personas: z.array(z.union([personaSchema, entrySchema])).min(1),
  targets: entryFields.targets,
  out: entryFields.out,
});

/** The JSON Schema of `personakit.config.json`. */
export function configJsonSchema(): object {
  const text = z.string().min(1);
  const fields = { ...entryFields, targets: z.array(text).min(1).optional() };
  const entry = z.strictObject({ persona: text, ...fields });
  const schema = configSchema.extend({ personas: z.array(z.union([text, entry])).min(1), targets: fields.targets });
  return z.toJSONSchema(schema);
}

/** Reads a configuration. Throws a CommandError with everything that is wrong with it. */
export async function readConfig(folder: string, name: string): Promise<Config> {
  const exports = await importModule(name, pathToFileURL(resolve(folder, name)).href);
  if (!("default" in exports)) {
    const hint = "Expected: export default defineConfig({ ... }).";
    throw failure("invalid-configuration", name, "there is no default export", hint);
  }
  return readExports(name, () => {
    const config = copyData(exports.default);
    throwIssues([
      ...schemaIssues(name, configSchema.extend({ personas: z.array(z.unknown()).min(1) }), config),
      ...personaIssues(name, (config as Config | null)?.personas),
    ]);
    return config as Config;
  });
}

/** Entry by entry: of a union, zod would say only that nothing fits. */
function personaIssues(name: string, personas: unknown): Issue[] {
  if (!Array.isArray(personas)) return [];
  return personas.flatMap((entry, index) => {
    const place = `${name}, personas[${index}]`;
    if (personaSchema.safeParse(entry).success) return [];
    if (isRecord(entry) && "persona" in entry) return schemaIssues(place, entrySchema, entry);
    const problem = "expected a package's name, a path, a persona, or { persona, extend, targets, out }";
    return [issue("invalid-configuration", place, problem)];
  });
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

/** An option that nothing reads: a misspelt one must not vanish. */
export function unknownOption(place: string, name: string, known: readonly string[]): Issue {
  const details = { hint: hintFor(name, known), subject: name };
  return issue("invalid-configuration", place, `there is no option "${name}"`, details);
}

function isUnit(value: unknown, kind: string): boolean {
  return isCopy(value) && (value as { kind?: unknown }).kind === kind;
}
