import type * as zod from "zod/v4/core";
import { looksOf } from "../entries/kind.ts";
import { type Entry, kindOf } from "../entries/kinds.ts";
import { describeDeprecation } from "../entries/rule.ts";
import {
  type Document,
  describeWithExamples,
  entriesOf,
  headingOf,
  pathOf,
  type Section,
  sectionsOf,
} from "../model/document.ts";
import type { AnyFragment } from "../model/fragment.ts";
import { type Renames, renamesOf } from "../model/renames.ts";
import { firstEntry, type Standing, standingsOf } from "../model/standing.ts";
import { ownPhrases } from "../phrases/wording.ts";

/** What a persona says, rule by rule: two versions of it are compared by their snapshots. Plain JSON. */
export interface Snapshot {
  /** By `fragment/rule`, in the order of the document: what kind of entry it is, and its text: `must: Bind every value.` */
  readonly rules: { readonly [path: string]: string };
  /** Everything else that a reader or a tool notices: title, role, description, triggers, tools, decisions, references. */
  readonly about: { readonly [name: string]: string | readonly string[] };
  /** Of a fragment: when a rule stands that does not stand with every value of the parameters. Such a rule is among `rules`. */
  readonly standing?: { readonly [path: string]: Standing };
  /** What fragments and rules were called before: `fragment/oldRule` to `fragment/rule`, `old-fragment` to `fragment`. */
  readonly renamed?: Renames;
  /** Why rules will go, and what takes their place. */
  readonly deprecated?: { readonly [path: string]: string };
}

/**
 * Takes a snapshot of a document. `published`: only what stands in published packages, as it stands there, without what
 * users have replaced or dropped; so that what they have changed can be compared with the next version.
 *
 * @example
 * ```ts
 * import { compile, type PersonaData, snapshot } from "@personakit/core";
 *
 * export function rulesOf(persona: PersonaData): string[] {
 *   return Object.keys(snapshot(compile(persona)).rules);
 * }
 * ```
 */
export function snapshot(document: Document, { published = false } = {}): Snapshot {
  const rules: Record<string, string> = {};
  for (const section of sectionsOf(document)) {
    for (const entry of section.entries) {
      if (published && entry.origin.version === undefined) continue;
      rules[pathOf(entry)] = stateOf((published ? entry.base : undefined) ?? entry);
    }
  }
  for (const { base } of published ? document.dropped : []) {
    if (base?.origin.version !== undefined) rules[pathOf(base)] = stateOf(base);
  }
  const about = aboutOf(document);
  const { renamed } = document;
  return {
    rules,
    about: published ? about : { ...about, [LAYOUT]: layoutOf(document) },
    ...(renamed === undefined ? {} : { renamed }),
    ...deprecatedIn(entriesOf(document).map((entry) => [pathOf(entry), entry])),
  };
}

/** The deprecated ones of some entries. */
function deprecatedIn(entries: readonly (readonly [path: string, entry: Entry])[]): Pick<Snapshot, "deprecated"> {
  const deprecated = entries.flatMap(([path, entry]): [string, string][] => {
    if (entry.kind !== "rule" || entry.deprecated === undefined) return [];
    return [[path, describeDeprecation(path.slice(0, path.indexOf("/")), entry.deprecated)]];
  });
  return deprecated.length === 0 ? {} : { deprecated: Object.fromEntries(deprecated) };
}

/** What stands where: compared only where nothing else has changed. */
export const LAYOUT = "layout";

function layoutOf(document: Document): string {
  const sections = sectionsOf(document).map(({ title, list, origin, entries, ...section }) => {
    const rules = entries.map((entry) => placeOf(entry.origin.rule, entry)).join(" ");
    return `${origin.unit} "${title}" (${[list, ...numbersOf(section)].join(", ")}): ${rules}`;
  });
  return sections.join("; ");
}

/** A rule's name, with how it looks where its author has said so. */
function placeOf(name: string, entry: Entry): string {
  const looks = looksOf(entry);
  return looks === "" ? name : `${name} (${looks})`;
}

/** How deep a heading is, and the blank lines in a section, where that is not as usual. */
function numbersOf(section: Pick<Section, "depth" | "blank" | "blankWithin">): string[] {
  return Object.entries(headingOf(section)).map(([name, number]) => `${name} ${number}`);
}

/**
 * Takes a snapshot of a fragment alone, with its default parameters. A rule that does not stand with them is in it as it first
 * stands with others.
 *
 * @example
 * ```ts
 * import { type AnyFragment, type Change, changesBetween, snapshotOfFragment } from "@personakit/core";
 *
 * export function compareFragments(before: AnyFragment, after: AnyFragment): Change[] {
 *   return changesBetween(snapshotOfFragment(before), snapshotOfFragment(after));
 * }
 * ```
 */
export function snapshotOfFragment(fragment: AnyFragment): Snapshot {
  const rules: Record<string, string> = {};
  const entries: [string, Entry][] = [];
  const places: string[] = [];
  for (const [rule, source] of Object.entries(fragment.rules)) {
    const path = `${fragment.id}/${rule}`;
    const entry = firstEntry(fragment, source);
    rules[path] = entry === undefined ? ABSENT : stateOf(entry);
    places.push(entry === undefined ? path : placeOf(path, entry));
    if (entry !== undefined) entries.push([path, entry]);
  }
  const standing = Object.entries(standingsOf(fragment)).map(([rule, cases]) => [`${fragment.id}/${rule}`, cases]);
  const renamed = renamesOf([fragment]);
  const { title, summary, list } = fragment;
  const layout = [...numbersOf(fragment), ...places].join(" ");
  const about: Record<string, string> = { title, summary, list, [LAYOUT]: layout };
  for (const [name, schema] of Object.entries(fragment.params)) about[`param ${name}`] = shapeOf(schema);
  for (const [topic, value] of Object.entries(fragment.decides(fragment.values as never)))
    about[`decision ${topic}`] = JSON.stringify(value);
  return {
    rules,
    about,
    ...(standing.length === 0 ? {} : { standing: Object.fromEntries(standing) }),
    ...(renamed === undefined ? {} : { renamed }),
    ...deprecatedIn(entries),
  };
}

/** The state of a rule that stands with none of the values that were tried: its id is still promised. */
const ABSENT = "absent: ";

function shapeOf(schema: zod.$ZodType): string {
  // Only comparing versions takes zod itself: who compiles a persona does not wait for it.
  const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);
  const { toJSONSchema }: typeof zod = require("zod/v4/core");
  const { $schema: _, ...shape } = toJSONSchema(schema, { io: "input" });
  return JSON.stringify(shape);
}

function aboutOf(document: Document): Snapshot["about"] {
  const { title, role, triggers, tools, mcpServers, model, color, paths, decisions, references } = document;
  const about: Record<string, string | readonly string[] | undefined> = {
    title,
    role,
    description: describeWithExamples(document),
    triggers,
    tools,
    mcpServers,
    model: typeof model === "object" ? JSON.stringify(model) : model,
    color,
    paths,
    language: document.language,
  };
  for (const [name, phrase] of Object.entries(ownPhrases(document))) about[`phrase ${name}`] = phrase;
  for (const { field, text, restricts } of document.source?.carried ?? []) {
    about[`${restricts ? "restriction" : "carried"} ${document.source?.target}.${field}`] = text.trimEnd();
  }
  for (const [target, names] of Object.entries(document.exactTools ?? {})) about[`exactTools ${target}`] = names;
  for (const [target, texts] of Object.entries(document.substitutions ?? {})) about[`substitutions ${target}`] = texts;
  for (const [word, fields] of Object.entries({ field: document.fields, uncheckedField: document.uncheckedFields })) {
    for (const [target, values] of Object.entries(fields ?? {})) {
      for (const [name, value] of Object.entries(values)) about[`${word} ${target}.${name}`] = JSON.stringify(value);
    }
  }
  for (const [topic, value] of Object.entries(decisions)) about[`decision ${topic}`] = JSON.stringify(value);
  for (const reference of references) about[`reference ${reference.id}`] = `${reference.title}: ${reference.when}`;
  return Object.fromEntries(
    Object.entries(about).filter((entry): entry is [string, string | readonly string[]] => entry[1] !== undefined),
  );
}

function stateOf(entry: Entry): string {
  return kindOf(entry).state(entry);
}
