import { acceptor, own, type Test } from "@personakit/core/internal";
import { namesIn } from "../features/exact-tools.ts";
import type { Field } from "../features/field.ts";
import { wordsFor } from "../features/field-schema.ts";
import type { Tables } from "./settings.ts";
import { namesOf, readAllowed } from "./tools.ts";

/** What a key of a file says in a persona's words; "field" for what only the tool knows. */
export type KeyMeaning =
  | "id"
  | "description"
  | "triggers"
  | "examples"
  | "model"
  | "tools"
  | "mcpServers"
  | "readOnly"
  | "color"
  | "paths"
  | "always"
  | "field";

/**
 * Says what a key of a kind of file means. Returns undefined for a key that its tool does not know.
 *
 * @example
 * ```ts
 * import { keyMeaning, recognise } from "@personakit/targets/read";
 *
 * const kind = recognise(".claude/rules/api.md")?.readable;
 * console.log(kind && [keyMeaning(kind.tables, "paths"), keyMeaning(kind.tables, "globs")]); // ["paths", undefined]
 * ```
 */
export function keyMeaning({ fields, frontMatter, reading, ownFields }: Tables, key: string): KeyMeaning | undefined {
  const read = own(reading?.keys ?? {}, key) ?? own(frontMatter?.keys ?? {}, key);
  if (read === undefined) return (own(fields ?? {}, key) ?? own(ownFields ?? {}, key)) ? "field" : undefined;
  if (read === "exactModel") return "model";
  if (typeof read === "string") return read as KeyMeaning;
  if (read.kind === "always") return "always";
  return read.kind === "switch" ? "readOnly" : (read.source as KeyMeaning);
}

/**
 * The keys that a tool knows in a kind of file. Returns none for a format without fields.
 *
 * @example
 * ```ts
 * import { knownKeys, recognise } from "@personakit/targets/read";
 *
 * const kind = recognise(".claude/agents/dev.md")?.readable;
 * console.log(kind && knownKeys(kind.tables)); // ["name", "description", "tools", ...]
 * ```
 */
export function knownKeys({ fields = {}, frontMatter, reading, ownFields = {} }: Tables): readonly string[] {
  const tables = [frontMatter?.keys ?? {}, reading?.keys ?? {}, fields, ownFields];
  const text = reading?.toml === undefined ? [] : [reading.toml];
  return [...new Set([...tables.flatMap((table) => Object.keys(table)), ...text])];
}

/** The tools that a value names. */
export interface NamedTools {
  readonly names: readonly string[];
  /** Those that the tool is not known to have. */
  readonly unknown: readonly string[];
  /** All that it is known to have. */
  readonly known: readonly string[];
}

/**
 * The tools that the value of a field names, and which of them the tool is not known to have. Returns undefined for a value that names
 * none, and for a kind of file in which tools have no names.
 *
 * @example
 * ```ts
 * import { namedTools, recognise } from "@personakit/targets/read";
 *
 * const kind = recognise(".claude/agents/dev.md")?.readable;
 * console.log(kind && namedTools(kind.tables, "Read, Serch")?.unknown); // ["Serch"]
 * ```
 */
export function namedTools({ features, reading }: Tables, value: unknown): NamedTools | undefined {
  const way = features.tools;
  const names = namesOf(value);
  if (names === undefined || !("tools" in way)) return undefined;
  const { unknown } = readAllowed(names, way, features, reading?.renamed ?? {});
  return { names, unknown, known: namesIn(way) };
}

const tests = new WeakMap<Field, Test>();

/**
 * Says what a field of a tool takes, where it does not take a value. Returns undefined for a value that it takes, and for a field that
 * is not known.
 *
 * @example
 * ```ts
 * import { expectedOf, recognise } from "@personakit/targets/read";
 *
 * const kind = recognise(".claude/agents/dev.md")?.readable;
 * console.log(kind && expectedOf(kind.tables, "maxTurns", "many")); // a whole number from 1
 * ```
 */
export function expectedOf({ fields = {} }: Tables, key: string, value: unknown): string | undefined {
  const field = own(fields, key);
  if (field === undefined) return undefined;
  const test = tests.get(field) ?? acceptor(field.schema);
  tests.set(field, test);
  return test(value) ? undefined : wordsFor(field.schema);
}
