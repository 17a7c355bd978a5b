import type { Capability, Color, ModelTier } from "@personakit/core";
import type { Feature } from "../model/compiled.ts";

/** Capabilities in a tool's words. An empty list: the tool has no name for it. */
export type Vocabulary = { readonly [Name in Capability]: readonly string[] };

/** Said as the persona says it. */
export interface Kept {
  readonly kind: "kept";
  /** Of a description: whether the tool does without one, always or for a persona that names files. */
  readonly optional?: true | "withPaths";
}

/** Done by other means than words. */
export interface Mapped {
  readonly kind: "mapped";
  readonly why: string;
}

/** Not said. */
export interface Dropped {
  readonly kind: "dropped";
  readonly why: string;
}

/** Said in the tool's words. */
export interface Words<Name extends string> {
  readonly kind: "words";
  readonly words: { readonly [Key in Name]: string };
}

/** Said only where the persona gives an exact id for the target. */
export interface ExactOnly {
  readonly kind: "exactOnly";
  readonly why: string;
}

/** What else a tool says of its tools, for personas that name them one by one. */
export interface MoreTools {
  /** Tools that belong to no capability. */
  readonly others?: readonly string[];
  /** Whether a name takes a pattern: `Bash(git log *)`. */
  readonly patterns?: boolean;
}

/** Said by the tools that are left. */
export interface Allowed extends MoreTools {
  readonly kind: "allowed";
  readonly tools: Vocabulary;
}

/** Said by the tools that are taken away. */
export interface Denied extends MoreTools {
  readonly kind: "denied";
  readonly tools: Vocabulary;
}

/** Said by one switch, which takes away editing and the shell. */
export interface ReadOnly {
  readonly kind: "readOnly";
  /** What sets the switch, in the tool's words. */
  readonly how: string;
  /** What else the target takes away by it, or the tool never gives. */
  readonly also: readonly Capability[];
}

/** Cannot be said: a restricted persona is refused. */
export interface Unrestricted {
  readonly kind: "unrestricted";
}

/** Said among the tools that are left, in this form. */
export interface Named {
  readonly kind: "named";
  readonly template: ServerTemplate;
  /** How the list names a single tool of a server. Absent: it cannot. */
  readonly tool?: ToolTemplate;
}

/** How a list of tools names a single tool of an MCP server. */
export type ToolTemplate = `${string}<server>${string}<tool>${string}`;

/** How a list of tools names an MCP server. */
export type ServerTemplate = `${string}<server>${string}`;

/** What may become of each feature. */
interface Ways {
  readonly description: Kept | Mapped;
  readonly examples: Kept | Dropped;
  readonly model: Words<ModelTier> | ExactOnly | Dropped;
  /** A restriction is never dropped. */
  readonly tools: Allowed | Denied | ReadOnly | Unrestricted;
  readonly mcpServers: Named | Kept | Dropped;
  readonly color: Words<Color> | Dropped;
  readonly paths: Kept | Dropped;
}

/**
 * What becomes of each feature in a target: plain data, one for every feature. The references and the body are not among
 * them, because they are what the files consist of: no target can leave them out. Nor are fields, which are each for one target.
 */
export type Features = { readonly [Name in Exclude<Feature, "fields" | "references" | "body">]: Ways[Name] };

/** The tool takes the feature as the persona says it. MCP servers: an agent has them without being told. */
export const kept: Kept = { kind: "kept" };

/**
 * The tool serves the feature's purpose in another way; `why` says how.
 *
 * @example
 * ```ts
 * import { mapped } from "@personakit/targets";
 *
 * export const description = mapped("always on, so nothing chooses it");
 * ```
 */
export function mapped(why: string): Mapped {
  return { kind: "mapped", why };
}

/**
 * The tool has no place for the feature. `why` is one clause, as the user is to read it.
 *
 * @example
 * ```ts
 * import { dropped } from "@personakit/targets";
 *
 * export const color = dropped("a skill has no colour");
 * ```
 */
export function dropped(why: string): Dropped {
  return { kind: "dropped", why };
}

/**
 * The tool's word for each model tier or each colour. An exact model id for the target goes before the tier's word.
 *
 * @example
 * ```ts
 * import { words } from "@personakit/targets";
 *
 * export const model = words({ fast: "haiku", balanced: "sonnet", deep: "opus" });
 * ```
 */
export function words<Name extends string>(table: { readonly [Key in Name]: string }): Words<Name> {
  return { kind: "words", words: table };
}

/**
 * The tool takes a model only by its exact id; `why` says what it does without one.
 *
 * @example
 * ```ts
 * import { exactOnly } from "@personakit/targets";
 *
 * export const model = exactOnly("the tool inherits the model unless you give an exact id");
 * ```
 */
export function exactOnly(why: string): ExactOnly {
  return { kind: "exactOnly", why };
}

/**
 * The tool is given the names of the tools that a restricted persona keeps. `more`: names that belong to no capability.
 *
 * @example
 * ```ts
 * import { allowed } from "@personakit/targets";
 *
 * const TOOLS = { read: ["Read"], search: ["Grep"], edit: ["Edit"], shell: ["Bash"], web: ["WebFetch"], spawn: [] };
 * export const tools = allowed(TOOLS);
 * ```
 */
export function allowed(tools: Vocabulary, more: MoreTools = {}): Allowed {
  return { kind: "allowed", tools, ...more };
}

/**
 * The tool is given the names of the tools that a restricted persona loses.
 *
 * @example
 * ```ts
 * import { denied } from "@personakit/targets";
 *
 * const TOOLS = { read: ["Read"], search: ["Grep"], edit: ["Edit"], shell: ["Bash"], web: ["WebFetch"], spawn: ["Agent"] };
 * export const tools = denied(TOOLS);
 * ```
 */
export function denied(tools: Vocabulary, more: MoreTools = {}): Denied {
  return { kind: "denied", tools, ...more };
}

/**
 * The tool has one switch, `how`, for agents that only read. `also`: what else is taken away with it.
 *
 * @example
 * ```ts
 * import { readOnly } from "@personakit/targets";
 *
 * export const tools = readOnly({ how: "readonly: true", also: [] });
 * ```
 */
export function readOnly({ how, also }: Omit<ReadOnly, "kind">): ReadOnly {
  return { kind: "readOnly", how, also };
}

/** The format cannot restrict tools, so a restricted persona is refused. */
export const unrestricted: Unrestricted = { kind: "unrestricted" };

/**
 * The list of a restricted persona's tools names each MCP server in this form: `mcp__<server>`; and a single tool of one, where
 * there is a word for it, in the form `tool`.
 *
 * @example
 * ```ts
 * import { named } from "@personakit/targets";
 *
 * export const mcpServers = named("mcp__<server>", "mcp__<server>__<tool>");
 * ```
 */
export function named(template: ServerTemplate, tool?: ToolTemplate): Named {
  return { kind: "named", template, ...(tool === undefined ? {} : { tool }) };
}

/** The capabilities that a tool's own name for a tool belongs to; none for one that it has besides, or does not know. */
export function capabilitiesOf(way: Features["tools"], name: string): Capability[] {
  if (!("tools" in way)) return [];
  return Object.entries(way.tools).flatMap(([capability, names]) =>
    names.includes(name) ? [capability as Capability] : [],
  );
}
