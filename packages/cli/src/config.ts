import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { drop, may, must, nearest, type PersonaData, should } from "@personakit/core";
import type { Target } from "@personakit/targets";
// The same schema checks a configuration and is published as JSON Schema; the targets load zod anyway.
import { z } from "zod";
import { CommandError } from "./command-error.ts";
import { importModule } from "./import.ts";

/** What a project builds. `personakit.config.ts`, `.mts`, `.js`, `.mjs` or `.json` in the project's folder. */
export interface Config {
  /** In the order in which they are listed and reported. */
  readonly personas: readonly (PersonaSource | PersonaEntry)[];
  /** Target ids, modules that export targets, or targets. Default: claude-agent and agent-skill. */
  readonly targets?: readonly (string | Target)[];
  /** The folder that files are written into, relative to the configuration. Default: its own. */
  readonly out?: string;
}

/** An installed package's name, a path to a package, a module or a compiled document, or a persona itself. */
export type PersonaSource = string | PersonaData;

/** A persona with settings of its own. */
export interface PersonaEntry {
  readonly persona: PersonaSource;
  /** A patch, as `extend` takes it; in JSON a rule is `{ "must": "..." }` and a drop `{ "drop": "reason" }`. */
  readonly extend?: { readonly id: string; readonly [option: string]: unknown };
  /** Instead of the targets of all. */
  readonly targets?: readonly (string | Target)[];
  /** Instead of the folder of all. */
  readonly out?: string;
}

/** Types a configuration: `export default defineConfig({ personas: [...] })`. Returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}

/** The files that may hold a configuration, in the order in which they are looked for. */
const CONFIG_FILES = ["ts", "mts", "js", "mjs", "json"].map((ending) => `personakit.config.${ending}`);

/** The name of a folder's configuration, or undefined. Throws a CommandError when there are two. */
export function findConfig(folder: string): string | undefined {
  const [first, second] = CONFIG_FILES.filter((name) => existsSync(join(folder, name)));
  if (second !== undefined) throw new CommandError([`${first} and ${second}: there are two configurations. Keep one.`]);
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
    throw new CommandError([`${name}: there is no default export. Expected: export default defineConfig({ ... }).`]);
  }
  const config = exports.default;
  const issues = [
    ...issuesOf(name, configSchema.extend({ personas: z.array(z.unknown()).min(1) }), config),
    ...personaIssues(name, (config as Config | null)?.personas),
  ];
  if (issues.length > 0) throw new CommandError(issues);
  return config as Config;
}

/** Entry by entry: of a union, zod would say only that nothing fits. */
function personaIssues(name: string, personas: unknown): string[] {
  if (!Array.isArray(personas)) return [];
  return personas.flatMap((entry, index) => {
    const place = `${name}, personas[${index}]`;
    if (personaSchema.safeParse(entry).success) return [];
    if (typeof entry === "object" && entry !== null && "persona" in entry) return issuesOf(place, entrySchema, entry);
    return [`${place}: expected a package's name, a path, a persona, or { persona, extend, targets, out }.`];
  });
}

function issuesOf(place: string, schema: z.ZodObject, value: unknown): string[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => {
    const at = issue.path.length === 0 ? place : `${place}, ${issue.path.join(".")}`;
    if (issue.code !== "unrecognized_keys") return [`${at}: ${issue.message}.`];
    const known = Object.keys(schema.shape);
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const hint = near === undefined ? `Known: ${known.join(", ")}.` : `Did you mean "${near}"?`;
      return `${at}: there is no option "${key}". ${hint}`;
    });
  });
}

function isUnit(value: unknown, kind: string): boolean {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}

const MAKERS = { must, should, may };
const NOTES = ["why", "enforcedBy", "evidence"];
const FORMS = 'Expected { "must": "..." }, { "should": "..." }, { "may": "..." } or { "drop": "reason" }.';

/** A patch with the short forms of JSON written out: `{ must: "..." }`, `{ drop: "..." }`. Throws for what is neither. */
export function patchFromJson(patch: object): object {
  const { rules, addRules } = patch as { rules?: unknown; addRules?: unknown };
  const issues: string[] = [];
  const written = {
    ...patch,
    ...(isMap(rules)
      ? { rules: mapValues(rules, (changes, id) => fragmentFromJson(changes, `rules.${id}`, issues)) }
      : {}),
    ...(isMap(addRules)
      ? {
          addRules: mapValues(addRules, (added, id) =>
            isMap(added) ? { ...added, rule: fromJson(added.rule, `addRules.${id}.rule`, issues) } : added,
          ),
        }
      : {}),
  };
  if (issues.length > 0) throw new CommandError(issues);
  return written;
}

function fragmentFromJson(changes: unknown, place: string, issues: string[]): unknown {
  if (!isMap(changes) || typeof changes.drop === "string") return fromJson(changes, place, issues);
  return mapValues(changes, (change, rule) => fromJson(change, `${place}.${rule}`, issues));
}

function fromJson(value: unknown, place: string, issues: string[]): unknown {
  // What the builder has made is in its own form already.
  if (typeof value === "function" || (isMap(value) && "kind" in value)) return value;
  const given = isMap(value) ? value : {};
  const forms = ["drop", "must", "should", "may"].filter((name) => name in given);
  const [form] = forms;
  if (form === undefined || forms.length > 1 || typeof given[form] !== "string") {
    issues.push(
      `extend, ${place}: this is ${forms.length > 1 ? `two things: ${forms.join(" and ")}` : "no change of a rule"}. ${FORMS}`,
    );
    return value;
  }
  const { [form]: text, ...notes } = given;
  const known = form === "drop" ? [] : NOTES;
  for (const name of Object.keys(notes).filter((each) => !known.includes(each))) {
    const near = nearest(name, known);
    const hint = near === undefined ? `Known: ${[form, ...known].join(", ")}.` : `Did you mean "${near}"?`;
    issues.push(`extend, ${place}: there is no option "${name}". ${hint}`);
  }
  return form === "drop" ? drop(String(text)) : MAKERS[form as keyof typeof MAKERS](String(text), notes);
}

function mapValues(
  map: { readonly [key: string]: unknown },
  change: (value: unknown, key: string) => unknown,
): { readonly [key: string]: unknown } {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
