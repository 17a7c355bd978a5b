import type { Capability, Color, FieldValue, Issue, ModelChoice, ModelTier } from "@personakit/core";
import {
  acceptor,
  CAPABILITIES,
  COLORS,
  hintFor,
  isPlainObject,
  MODEL_ID,
  MODEL_TIERS,
  own,
  type Test,
} from "@personakit/core/internal";
import { namesIn } from "../features/exact-tools.ts";
import type { Features } from "../features/features.ts";
import type { Field as KnownField, KnownFields } from "../features/field.ts";
import type { Key } from "../format/keys.ts";
import { issue } from "../issues/issue.ts";
import { globsIn } from "./globs.ts";
import type { Field } from "./read-yaml.ts";
import type { Reading, ReadKey } from "./reading.ts";
import { namesOf, readAllowed, readDenied, type ToolsRead } from "./tools.ts";

/** What is known of a kind of file: the tables by which it is written, and what is read besides. */
export interface Tables {
  /** The target's id, or the kind's own. */
  readonly id: string;
  readonly tool: string;
  readonly features: Features;
  readonly fields?: KnownFields | undefined;
  /** Fields of a format without front matter, which the target writes itself. */
  readonly ownFields?: { readonly [name: string]: string } | undefined;
  readonly frontMatter?: { readonly keys: { readonly [name: string]: Key } } | undefined;
  readonly reading?: Reading | undefined;
}

/** A persona's settings as a file says them, in the persona's words. */
export interface Settings {
  readonly name?: string;
  readonly description?: string;
  readonly model?: ModelTier | ModelChoice;
  readonly tools?: ToolsRead["tools"];
  readonly exactTools?: readonly string[];
  /** The names of a list in which the tool is not known to have all. */
  readonly toolNames?: ToolNames;
  readonly mcpServers: readonly string[];
  readonly color?: Color;
  readonly paths?: readonly string[];
  /** Fields that only this tool knows, with values that it takes. */
  readonly fields: { readonly [name: string]: FieldValue };
  /** What stands only in the file: fields that nobody knows, and values that cannot be said otherwise. */
  readonly carried: readonly Carried[];
}

/** Names of tools, by whether the tool is known to have them. */
export type ToolNames = Pick<ToolsRead, "known" | "unknown">;

/** A field that stays in its own file. */
export interface Carried {
  readonly field: Field;
  readonly restricts: boolean;
}

/** What is read so far. */
interface Draft {
  name?: string;
  description?: string;
  tier?: ModelTier;
  exact?: string;
  allowed?: readonly string[];
  denied?: readonly string[];
  isReadOnly?: true;
  /** What is taken from an agent that is read-only, by the field that says so. */
  readonly switches: Map<Capability, Field>;
  color?: Color;
  paths?: readonly string[];
  isEverywhere?: true;
  readonly fields: Record<string, FieldValue>;
  readonly carried: Carried[];
}

/** Says by the target's tables, read backwards, what the fields of a file mean. Throws nothing. */
export function settingsOf(
  tables: Tables,
  path: string,
  fields: readonly Field[],
): { readonly settings: Settings; readonly issues: readonly Issue[] } {
  const draft: Draft = { switches: new Map(), fields: {}, carried: [] };
  const seen = new Set<string>();
  let toolsAt: Field | undefined;
  for (const field of fields) {
    const { key, value } = field;
    // A key that is there again says nothing; it stays in its file.
    if (seen.has(key)) continue;
    seen.add(key);
    if (isAlways(tables, field)) continue;
    const readKey = keyFor(tables, key);
    if (own(tables.reading?.everywhere ?? {}, key) === value) draft.isEverywhere = true;
    const isSaid = readKey !== undefined && say(readKey, field, tables, draft);
    if (readKey !== undefined && sourceOf(readKey) === "tools") toolsAt = field;
    if (!isSaid) keep(field, tables, draft, readKey);
  }
  return finish(draft, tables, path, toolsAt);
}

/** What we write into every such file says nothing of this one. */
function isAlways({ frontMatter }: Tables, { key, value }: Field): boolean {
  const written = own(frontMatter?.keys ?? {}, key);
  return typeof written === "object" && written.kind === "always" && written.value === value;
}

/** What a key says; undefined for one that no feature is said by. */
function keyFor({ frontMatter, reading }: Tables, name: string): ReadKey | undefined {
  const other = own(reading?.keys ?? {}, name);
  if (other !== undefined) return other;
  const key = own(frontMatter?.keys ?? {}, name);
  return key === undefined || (typeof key !== "string" && key.kind === "always") ? undefined : key;
}

function sourceOf(key: ReadKey): string {
  if (typeof key === "string") return key;
  return key.kind === "switch" ? "readOnly" : key.source;
}

/** Takes a field's value into the draft. False where it says something else than the key is for. */
function say(key: ReadKey, field: Field, tables: Tables, draft: Draft): boolean {
  const { value, text = "" } = field;
  if (value === null) return sourceOf(key) !== "id" || text === "";
  const word = text.trim();
  if (key === "exactModel" || key === "model") return sayModel(key, word, tables, draft);
  switch (sourceOf(key)) {
    case "id":
      if (word !== "") draft.name = word;
      return word !== "";
    case "description":
      if (word !== "") draft.description = word;
      return word !== "";
    case "color":
      return sayColor(word, tables, draft);
    case "paths": {
      const globs = globsIn(value);
      if (globs !== undefined && globs.length > 0) draft.paths = globs;
      return globs !== undefined;
    }
    case "readOnly":
      return sayReadOnly(key, field, draft);
    default:
      return sayTools(key, value, tables, draft);
  }
}

/** "inherit" is what a tool does anyway. */
function sayModel(key: "model" | "exactModel", word: string, { features }: Tables, draft: Draft): boolean {
  if (word === "") return false;
  if (word.toLowerCase() === "inherit") return true;
  const { model: way } = features;
  if (key === "model" && way.kind === "words") {
    const tier = MODEL_TIERS.find((each) => way.words[each] === word.toLowerCase());
    if (tier !== undefined) {
      draft.tier = tier;
      return true;
    }
    const named = tierIn(word.toLowerCase(), way.words);
    if (named !== undefined) draft.tier = named;
  }
  if (!MODEL_ID.test(word)) return false;
  draft.exact = word;
  return true;
}

/** The tier whose word stands in a model's id: `claude-sonnet-4-5`. The longest word counts: `flash-lite` is no `flash`. */
function tierIn(id: string, words: { readonly [Tier in ModelTier]: string }): ModelTier | undefined {
  const found = MODEL_TIERS.filter((tier) => `-${id}-`.replace(/[^a-z0-9]/g, "-").includes(`-${words[tier]}-`));
  return found.sort((a, b) => words[b].length - words[a].length)[0];
}

function sayColor(word: string, { features: { color: way } }: Tables, draft: Draft): boolean {
  if (way.kind === "dropped") return false;
  const color = COLORS.find((each) => way.words[each].toLowerCase() === word.toLowerCase());
  if (color !== undefined) draft.color = color;
  return color !== undefined;
}

function sayReadOnly(key: ReadKey, field: Field, draft: Draft): boolean {
  const { value } = field;
  const { value: on, takes } =
    typeof key === "object" && key.kind === "switch" ? key : { value: true, takes: undefined };
  if (value === on && takes === undefined) draft.isReadOnly = true;
  if (value === on && takes !== undefined) draft.switches.set(takes, field);
  // What is switched off restricts nothing.
  return value === on || value === false;
}

function sayTools(key: ReadKey, value: unknown, { features }: Tables, draft: Draft): boolean {
  if (!("tools" in features.tools)) return false;
  if (typeof key === "object" && key.kind === "each") return sayEach(key.value, value, draft);
  const names = namesOf(value);
  if (names === undefined) return false;
  const isAllowed = features.tools.kind === "allowed";
  if (isAllowed) draft.allowed = names;
  else draft.denied = [...(draft.denied ?? []), ...names];
  return true;
}

/** A map from names to what may be done with them. */
function sayEach(taken: string | boolean, value: unknown, draft: Draft): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  const left = typeof taken === "boolean" ? !taken : "allow";
  if (!entries.every(([, each]) => each === taken || each === left)) return false;
  draft.denied = [...(draft.denied ?? []), ...entries.filter(([, each]) => each === taken).map(([name]) => name)];
  return true;
}

/** Whether a value is plain data without holes, as a field holds it. */
function isFieldValue(value: unknown): value is FieldValue {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "string" || typeof value === "boolean") return true;
  if (Array.isArray(value)) return value.every(isFieldValue);
  return isPlainObject(value) && Object.values(value).every(isFieldValue);
}

const tests = new WeakMap<KnownField, Test>();

/** A field that no feature says: one that the tool takes, or one that stays in its file. */
function keep(field: Field, { fields = {}, features }: Tables, draft: Draft, key: ReadKey | undefined): void {
  const known = own(fields, field.key);
  const { value } = field;
  if (known !== undefined && isFieldValue(value)) {
    const test = tests.get(known) ?? acceptor(known.schema);
    tests.set(known, test);
    if (test(value)) {
      draft.fields[field.key] = value;
      return;
    }
  }
  const isTools =
    key !== undefined && ["tools", "readOnly"].includes(sourceOf(key)) && features.tools.kind !== "unrestricted";
  const restricts = isTools || (known?.restricts !== undefined && known.restricts.order !== "given");
  draft.carried.push({ field, restricts: restricts && value !== null });
}

function finish(
  draft: Draft,
  tables: Tables,
  path: string,
  toolsAt: Field | undefined,
): { readonly settings: Settings; readonly issues: readonly Issue[] } {
  const { name, description, color, paths, fields, carried, isEverywhere } = draft;
  // Alone, it is a field of the tool as any other.
  if (!draft.isReadOnly) for (const field of draft.switches.values()) keep(field, tables, draft, undefined);
  const read = toolsOf(draft, tables);
  // A list of nothing takes everything away, which no list of names can say.
  const isNothing = read === undefined || read.exact?.length === 0;
  const isLost = isNothing || read.unknown.length > 0;
  const settings: Settings = {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...modelOf(draft, tables.id),
    ...(read?.tools === undefined ? {} : { tools: read.tools }),
    ...(read?.exact === undefined || isNothing ? {} : { exactTools: read.exact }),
    ...(read === undefined || read.unknown.length === 0
      ? {}
      : { toolNames: { known: read.known, unknown: read.unknown } }),
    mcpServers: read?.servers ?? [],
    ...(color === undefined ? {} : { color }),
    ...(paths === undefined || isEverywhere ? {} : { paths }),
    fields,
    // What was not understood of the tools stands in the file, and restricts the more where nothing of it was.
    carried: isLost && toolsAt !== undefined ? [...carried, { field: toolsAt, restricts: isNothing }] : carried,
  };
  return { settings, issues: unknownTools(read?.unknown ?? [], tables, path, toolsAt) };
}

function modelOf({ tier, exact }: Draft, target: string): Pick<Settings, "model"> {
  if (exact === undefined) return tier === undefined ? {} : { model: tier };
  return { model: { ...(tier === undefined ? {} : { tier }), exact: { [target]: exact } } };
}

/** What the file says of tools; undefined where a persona cannot say it. */
function toolsOf(
  { allowed, denied, isReadOnly, switches }: Draft,
  { features, reading }: Tables,
): ToolsRead | undefined {
  const way = features.tools;
  const renamed = reading?.renamed ?? {};
  const none = { servers: [], known: [], unknown: [] };
  if (way.kind === "readOnly" && isReadOnly) {
    const keys = Object.values(reading?.keys ?? {});
    const isSwitch = (name: Capability) =>
      keys.some((key) => typeof key === "object" && "takes" in key && key.takes === name);
    const isGone = (name: Capability) => (isSwitch(name) ? switches.has(name) : way.also.includes(name));
    return { tools: CAPABILITIES.filter((each) => each !== "edit" && each !== "shell" && !isGone(each)), ...none };
  }
  if (!("tools" in way)) return none;
  if (allowed !== undefined) return readAllowed(allowed, way, features, renamed);
  if (denied === undefined || denied.length === 0) return none;
  const read = readDenied(denied, way, renamed);
  return read && { ...read, ...none };
}

/** At most so many are named. */
const MOST_NAMED = 10;

function unknownTools(
  words: readonly string[],
  { id, tool, features: { tools: way } }: Tables,
  path: string,
  at: Field | undefined,
): Issue[] {
  if (words.length === 0) return [];
  const named = words.slice(0, MOST_NAMED).map((word) => `"${word.slice(0, 100)}"`);
  const more = words.length > MOST_NAMED ? ` and ${words.length - MOST_NAMED} more` : "";
  const problem = `PersonaKit knows no tool ${named.join(", ")}${more} of ${tool}, so targets other than ${id} go without`;
  const known = "tools" in way ? namesIn(way) : [];
  const [first = ""] = words;
  return [issue("unknown-tool", `${path}:${at?.line ?? 1}`, problem, hintFor(first, known))];
}
