import { assign } from "@personakit/core/internal";
import type { z } from "zod";
import type { Said } from "../features/say.ts";

/** What a key of front matter can say as it is: a text, a list, or `true`. */
export type Source = Exclude<keyof Said, "fields">;

/** A list as one text. */
export interface Joined {
  readonly kind: "joined";
  readonly source: "tools" | "paths";
  readonly separator: string;
  /** What stands there for a persona without the feature. Absent: no key. */
  readonly otherwise?: string;
}

/** A map of the same value for each name of a list. */
export interface Each {
  readonly kind: "each";
  readonly source: "tools";
  readonly value: string;
}

/** The same for every persona. */
export interface Always {
  readonly kind: "always";
  readonly value: string | boolean;
}

/** Where the value of a key comes from. */
export type Key = Source | Joined | Each | Always;

/**
 * A file's front matter: what the tool accepts, and where each key's value comes from, in the order of the schema. A persona of which no
 * key says anything has a file without front matter.
 */
export interface FrontMatter<Data extends object> {
  /** A schema of zod. Strict: what it does not name is not written. */
  readonly schema: { safeParse(value: unknown): z.ZodSafeParseResult<Data> };
  /** What stands under each key: a feature as it is said, or one of `joined`, `each` and `always`. */
  readonly keys: { readonly [Name in keyof NoInfer<Data>]-?: Key };
  /** Keys below them, read as plain text up to the end of the line: quotes would belong to it. */
  readonly plain?: { readonly [name: string]: Joined };
}

/**
 * A list as one text: `joined("tools", ", ")`. `otherwise` stands there for a persona without it.
 *
 * @example
 * ```ts
 * import { joined } from "@personakit/targets";
 *
 * export const keys = { tools: joined("tools", ", "), applyTo: joined("paths", ",", "**") };
 * ```
 */
export function joined(source: Joined["source"], separator: string, otherwise?: string): Joined {
  return { kind: "joined", source, separator, ...(otherwise === undefined ? {} : { otherwise }) };
}

/**
 * A map of the same value for each name: `each("tools", "deny")` says `{ edit: "deny", bash: "deny" }`.
 *
 * @example
 * ```ts
 * import { each } from "@personakit/targets";
 *
 * export const keys = { permission: each("tools", "deny") };
 * ```
 */
export function each(source: Each["source"], value: string): Each {
  return { kind: "each", source, value };
}

/**
 * The same for every persona: `always("subagent")`.
 *
 * @example
 * ```ts
 * import { always } from "@personakit/targets";
 *
 * export const keys = { mode: always("subagent") };
 * ```
 */
export function always(value: Always["value"]): Always {
  return { kind: "always", value };
}

/** The feature that a key says; undefined for one that says the same for every persona. */
export function sourceOf(key: Key): Source | undefined {
  if (typeof key === "string") return key;
  return key.kind === "always" ? undefined : key.source;
}

/** The data of a persona's front matter. A key that has nothing to say is left out. */
export function dataOf(keys: { readonly [name: string]: Key }, said: Said): { readonly [name: string]: unknown } {
  const data = {};
  for (const name of Object.keys(keys)) {
    const value = valueFor(keys[name] as Key, said);
    if (value !== undefined) assign(data, name, value);
  }
  return data;
}

function valueFor(key: Key, said: Said): unknown {
  if (typeof key === "string") return key === "model" ? said.model?.word : said[key];
  if (key.kind === "always") return key.value;
  const list = said[key.source] ?? [];
  if (key.kind === "joined") return list.length === 0 ? key.otherwise : list.join(key.separator);
  return list.length === 0 ? undefined : Object.fromEntries(list.map((name) => [name, key.value]));
}

/** What to say instead of each field, by what it says. */
const INSTEAD: { readonly [Name in Source]: string } = {
  id: "It is the persona's `id`.",
  description: "Say it by `description`, for all targets.",
  model: "Say it by `model`, and for this target by `model.exact`.",
  tools: "Say it by `tools`, and for this target by `exactTools`.",
  readOnly: "Say it by `tools`, for all targets.",
  color: "Say it by `color`, for all targets.",
  paths: "Say it by `paths`, for all targets.",
};

/** The fields that keys write, each with what to say instead. */
export function insteadOf(keys: { readonly [name: string]: Key }): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(keys).map(([name, key]) => {
      const source = sourceOf(key);
      return [name, source === undefined ? "It is the same for every persona." : INSTEAD[source]];
    }),
  );
}
