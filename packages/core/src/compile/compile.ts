import type { ListStyle, SchemaVersion } from "../entries/kind.ts";
import { checkAuthored, type Entry, type EntrySource, isDrop, kindOf } from "../entries/kinds.ts";
import { type Deprecation, successorPath } from "../entries/rule.ts";
import { type Issue, Issues } from "../issues/issue.ts";
import { assign, isDecision, isRecord, own, said } from "../issues/values.ts";
import { mapReferences, REFERENCE } from "../markdown/escape.ts";
import type { Origin } from "../markdown/page.ts";
import {
  type Document,
  type DroppedEntry,
  documentSince,
  entrySince,
  headingOf,
  latest,
  type PlacedEntry,
  pathOf,
  type ReferenceDocument,
  type Section,
  sectionSince,
  targetsSince,
} from "../model/document.ts";
import type { TargetSettings } from "../model/fields.ts";
import type { AnyFragment, DecisionValue } from "../model/fragment.ts";
import { type Addition, type Description, type Edit, fragmentsOf, type PersonaData } from "../model/persona.ts";
import { renamesOf } from "../model/renames.ts";
import { standingInWords, standingsOf } from "../model/standing.ts";
import { checkWording } from "../phrases/check-wording.ts";
import { fillPhrase, type Phrases } from "../phrases/phrases.ts";
import { compiledWording, phrasesOf } from "../phrases/wording.ts";

/** A persona, and what comes to light while it is compiled. */
interface Context {
  readonly persona: PersonaData;
  readonly issues: Issues;
  /** What users have dropped, with what the fragments say there. */
  readonly dropped: DroppedEntry[];
  /** Added rules by the path of the rule that they stand next to. */
  readonly additions: ReadonlyMap<string, readonly Addition[]>;
  /** Ids of references that links may lead to. */
  readonly references: readonly string[];
  /** How large all sections are together, and the version of the model that can read them. */
  readonly size: { entries: number; characters: number; since: SchemaVersion };
  /** Gets what someone should look at, although the persona compiles. */
  readonly warn: Warn | undefined;
}

type Warn = (warning: Issue) => void;

/** How a persona is compiled. */
export interface CompileOptions {
  /** Gets what someone should look at, although the persona compiles: old names, deprecated rules, drops of nothing. */
  readonly warn?: (warning: Issue) => void;
}

/** The length of a section's texts, and the version of the model that can read it. */
interface SizeOf {
  readonly characters: number;
  readonly since: SchemaVersion;
}

/** What a fragment compiles to where nobody has edited it: in each persona the same. */
interface Ready {
  readonly section: Section;
  readonly size: SizeOf;
  /** Those of its entries that link to references, which not every persona has. */
  readonly linked: readonly PlacedEntry[];
  /** Those of its entries that will go. */
  readonly deprecated: readonly PlacedEntry[];
}

/** By fragment, from its second use on: undefined until then. Frozen, because documents share the sections. */
const READY = new WeakMap<AnyFragment, Ready | undefined>();

/**
 * Compiles a persona to a document with provenance.
 * Throws on two fragments that decide a topic differently, on a link to a reference that is not there, and on an entry that
 * a function of parameters made wrong.
 *
 * @example
 * ```ts
 * import { compile, definePersona, must, section } from "@personakit/core";
 *
 * const persona = definePersona({
 *   id: "reviewer",
 *   title: "Reviewer",
 *   description: { does: "Reviews changes.", when: "Use it for a pull request.", notFor: "" },
 *   role: "You review changes.",
 *   use: [section({ id: "review", title: "Review", rules: { cite: must("Cite file and line.") } })],
 * });
 * export const origin = compile(persona).sections[0]?.entries[0]?.origin;
 * ```
 */
export function compile(persona: PersonaData, { warn }: CompileOptions = {}): Document {
  const context: Context = {
    persona,
    issues: new Issues(`persona "${persona.id}"`),
    dropped: [...persona.dropped],
    additions: byAnchor(persona.additions),
    references: persona.references.map(({ id }) => id),
    size: { entries: 0, characters: 0, since: 1 },
    warn,
  };
  if (warn !== undefined) for (const warning of persona.warnings ?? []) warn(warning);
  const fragments = fragmentsOf(persona);
  const decisions = settleDecisions(context, fragments);
  const sections = persona.use.flatMap((fragment) => compileSection(context, fragment));
  const references = persona.references.map((reference) => compileReference(context, reference));
  const [title, role] = [textOf(persona.title), textOf(persona.role)];
  checkLinks(context, role, "role");
  // Another copy of this package may have made the persona, and know more languages.
  checkWording(context.issues, persona);
  if (persona.source === undefined && `${title}${role}` === "" && sections.length + references.length === 0) {
    context.issues.add("missing-text", "it says nothing", "Give it a title, a role or a section.");
  }
  // What reads a document again refuses a larger one.
  context.issues.atMost("entries", "it", context.size.entries);
  context.issues.atMost("texts", "it", context.size.characters);
  context.issues.throw();
  const read = persona.source === undefined ? {} : { source: persona.source };
  const { version, model, tools, uncheckedTools, substitutions, fields, uncheckedFields, color, paths, appliesTo } =
    persona;
  const exactTools = allTools(persona);
  const wording = compiledWording(persona);
  const renamed = renamesOf(fragments);
  return {
    kind: "document",
    schemaVersion: latest([
      context.size.since,
      targetsSince(persona),
      documentSince({ title, role, dropped: context.dropped, source: persona.source, phrases: wording.phrases }),
    ]),
    id: persona.id,
    ...(version === undefined ? {} : { version }),
    title,
    description: describe(persona.description, phrasesOf(wording)),
    triggers: persona.description.triggers ?? [],
    examples: persona.description.examples ?? [],
    role,
    ...wording,
    ...(model === undefined ? {} : { model }),
    ...(tools === undefined ? {} : { tools }),
    ...(exactTools === undefined ? {} : { exactTools }),
    ...(uncheckedTools === undefined ? {} : { uncheckedTools }),
    ...(substitutions === undefined ? {} : { substitutions }),
    ...(fields === undefined ? {} : { fields }),
    ...(uncheckedFields === undefined ? {} : { uncheckedFields }),
    mcpServers: persona.mcpServers,
    ...(color === undefined ? {} : { color }),
    ...(paths === undefined ? {} : { paths }),
    sections,
    references,
    decisions,
    dropped: context.dropped,
    ...(appliesTo === undefined ? {} : { appliesTo }),
    ...(persona.extends === undefined ? {} : { extends: persona.extends }),
    ...read,
    ...(persona.includes === undefined ? {} : { includes: persona.includes }),
    ...(renamed === undefined ? {} : { renamed }),
  };
}

/** A text of a persona's, where it has one. */
function textOf(text: string | false): string {
  return text === false ? "" : text.trim();
}

function sizeOf(section: Section): SizeOf {
  let characters = 0;
  let since = sectionSince(section);
  for (const entry of section.entries) {
    characters += kindOf(entry).content(entry).length;
    if (since === 1) since = entrySince(entry);
  }
  return { characters, since };
}

function byAnchor(additions: readonly Addition[]): Map<string, Addition[]> {
  const groups = new Map<string, Addition[]>();
  for (const addition of additions) {
    const group = groups.get(addition.anchor);
    if (group === undefined) groups.set(addition.anchor, [addition]);
    else group.push(addition);
  }
  return groups;
}

/** The tools of single targets, those among them that PersonaKit does not know: in a document, one list restricts. */
function allTools({ exactTools, uncheckedTools }: TargetSettings): TargetSettings["exactTools"] {
  if (uncheckedTools === undefined) return exactTools;
  const all: Record<string, readonly string[]> = { ...exactTools };
  for (const [target, names] of Object.entries(uncheckedTools)) {
    assign(all, target, [...new Set([...(own(all, target) ?? []), ...names])]);
  }
  return all;
}

/** A description as one text: what it does, when to use it, its triggers, when not to use it. */
function describe({ does, when, triggers = [], notFor }: Description, phrases: Phrases): string {
  const all = triggers.join(phrases.betweenTriggers);
  const sentences = [does, when, all === "" ? "" : fillPhrase(phrases.triggers, { triggers: all }), notFor];
  return sentences.filter((sentence) => sentence !== "").join(phrases.betweenSentences);
}

function compileReference(
  context: Context,
  { id, title, when, use, source }: PersonaData["references"][number],
): ReferenceDocument {
  const sections = use.flatMap((fragment) => compileSection(context, fragment));
  const name = `reference "${id}"`;
  if (sections.length === 0) {
    context.issues.at(name).add("empty-reference", "nothing is left in it", "Drop the reference itself.");
  }
  checkLinks(context, when, name);
  return { id, title: title.trim(), when: when.trim(), sections, ...(source === undefined ? {} : { source }) };
}

/** A fragment, where its lines come from, and what users have changed in it. */
interface Source {
  readonly fragment: AnyFragment;
  /** How the section lists that its rules stand in. */
  readonly list: ListStyle;
  readonly origin: Origin;
  readonly edits: PersonaData["edits"][string] | undefined;
}

function sourceOf({ persona: { edits } }: Context, fragment: AnyFragment, list = fragment.list): Source {
  return { fragment, list, origin: originOf(fragment), edits: own(edits, fragment.id) };
}

/** The section of a fragment; none where all of it was dropped. */
function compileSection(context: Context, fragment: AnyFragment): Section[] {
  const source = sourceOf(context, fragment);
  const isShared = source.edits === undefined && context.additions.size === 0;
  const ready = isShared ? READY.get(fragment) : undefined;
  if (ready !== undefined) {
    for (const entry of ready.linked) checkEntryLinks(context, entry);
    for (const entry of ready.deprecated) warnOfDeprecated(context, entry);
    return [counted(context, ready.section, ready.size)];
  }
  const { origin } = source;
  const entries: PlacedEntry[] = [];
  const before = context.issues.found.length;
  for (const rule in fragment.rules) placeEntry(context, source, rule, entries);
  if (entries.length === 0 && fragment.keep !== true) return [];
  const { title, list } = fragment;
  const heading = headingOf(fragment);
  const section: Section = { title, ...heading, list, origin, entries };
  const size = sizeOf(section);
  // With an issue it may lack an entry.
  if (isShared && context.issues.found.length === before) {
    READY.set(fragment, READY.has(fragment) ? readyOf(section, size) : undefined);
  }
  return [counted(context, section, size)];
}

function counted({ size }: Context, section: Section, { characters, since }: SizeOf): Section {
  size.entries += section.entries.length;
  size.characters += characters;
  if (since > size.since) size.since = since;
  return section;
}

function readyOf(section: Section, size: SizeOf): Ready {
  for (const entry of section.entries) {
    Object.freeze(entry.origin);
    Object.freeze(entry);
  }
  Object.freeze(section.origin);
  Object.freeze(section.entries);
  const linked = section.entries.filter((entry) => linksIn(entry) !== "");
  const deprecated = section.entries.filter((entry) => deprecationOf(entry) !== undefined);
  return { section: Object.freeze(section), size, linked, deprecated };
}

/** Puts the entry of a rule into a section, among the rules that users have added around it. */
function placeEntry(context: Context, source: Source, rule: string, entries: PlacedEntry[]): void {
  const around = context.additions.size === 0 ? undefined : context.additions.get(`${source.fragment.id}/${rule}`);
  if (around !== undefined) placeAdditions(context, around, "before", source.list, entries);
  const entry = resolve(context, source, rule);
  if (entry !== undefined) {
    checkEntryLinks(context, entry);
    if (context.warn !== undefined) warnOfDeprecated(context, entry, around);
    entries.push(entry);
  }
  if (around !== undefined) placeAdditions(context, around, "after", source.list, entries);
}

function placeAdditions(
  context: Context,
  additions: readonly Addition[],
  side: Addition["side"],
  list: ListStyle,
  entries: PlacedEntry[],
): void {
  for (const { side: at, owner, rule } of additions) {
    if (at === side) placeEntry(context, sourceOf(context, owner, list), rule, entries);
  }
}

function checkEntryLinks(context: Context, entry: PlacedEntry): void {
  const text = linksIn(entry);
  if (text !== "") checkLinks(context, text, pathOf(entry), entry.origin);
}

/** The text of an entry that links to references; empty for any other entry. */
function linksIn(entry: PlacedEntry): string {
  const kind = kindOf(entry);
  const text = kind.isProse ? kind.content(entry) : "";
  return text.includes(REFERENCE) ? text : "";
}

/** The entry that stands for a rule once all edits are applied; undefined when it was dropped, made wrong, or does not stand. */
function resolve(context: Context, source: Source, rule: string): PlacedEntry | undefined {
  const { fragment, edits } = source;
  const edit = own(edits, rule);
  const origin = { ...source.origin, rule };
  const before = context.issues.found.length;
  const base = entryOf(context, source, rule, fragment.rules[rule] as EntrySource<never>);
  if (base === undefined) {
    if (edit !== undefined && context.issues.found.length === before) settleAbsent(context, fragment, rule, edit);
    return undefined;
  }
  if (edit === undefined) return { ...base, origin };
  const { change, by } = edit;
  const entry = isDrop(change) ? undefined : entryOf(context, source, rule, change);
  if (entry !== undefined) return { ...entry, origin: { ...origin, editedBy: by }, base };
  const reason = isDrop(change) ? change.reason : "Its replacement does not stand with these parameters.";
  context.dropped.push({ path: `${fragment.id}/${rule}`, reason, by, base: { ...base, origin } });
  return undefined;
}

/**
 * An edit of a rule that does not stand. What an earlier persona has changed waits for other parameters; the persona itself
 * would look for its text in vain.
 */
function settleAbsent(context: Context, fragment: AnyFragment, rule: string, { change, by }: Edit): void {
  const { persona, issues, dropped, warn } = context;
  const path = `${fragment.id}/${rule}`;
  if (isDrop(change)) dropped.push({ path, reason: change.reason, by });
  if (by !== persona.id) return;
  const standing = own(standingsOf(fragment), rule) ?? [];
  const problem = `rule "${path}" does not stand here: it stands ${standingInWords(standing)}`;
  const at = issues.at(`rules["${fragment.id}"].${rule}`);
  if (isDrop(change)) {
    const hint = "Without the drop, the persona is the same.";
    warn?.({ code: "idle-drop", place: at.place, problem, hint, subject: path });
    return;
  }
  const hint = `Set the parameter, take your text out, or add it as a rule of your own: addRules: { ... after: "${path}" }.`;
  at.add("absent-rule", problem, hint);
}

/** Why a rule will go, as its fragment says: also where a user has replaced it. */
function deprecationOf(entry: PlacedEntry): Deprecation | undefined {
  const said = entry.base ?? entry;
  return said.kind === "rule" ? said.deprecated : undefined;
}

function warnOfDeprecated(
  { persona, warn }: Context,
  entry: PlacedEntry,
  around: readonly Addition[] | undefined = [],
): void {
  const deprecated = deprecationOf(entry);
  if (deprecated === undefined || warn === undefined) return;
  const { reason, successor } = deprecated;
  const path = pathOf(entry);
  const by = entry.origin.editedBy;
  const added = around.map(({ rule }) => `"${rule}"`).join(", ");
  const uses = [
    ...(by === undefined ? [] : [`persona "${by}" replaces it`]),
    ...(added === "" ? [] : [`${added} stands next to it`]),
  ];
  const problem = `rule "${path}" is deprecated${uses.length === 0 ? "" : `, and ${uses.join(", and ")}`}`;
  const hint = successor === undefined ? {} : { hint: `Use ${successorPath(entry.origin.unit, successor)} instead.` };
  warn({ code: "deprecated-rule", place: `persona "${persona.id}"`, problem, cause: reason, ...hint, subject: path });
}

/** The entry that a source makes; undefined where it makes none, or a wrong one. */
function entryOf(
  { issues }: Context,
  { fragment, list }: Source,
  rule: string,
  source: EntrySource<never>,
): Entry | undefined {
  // What stands in a definition was checked there, but for the list that an added rule is placed in.
  if (typeof source !== "function" && list === fragment.list) return source;
  const entry = typeof source === "function" ? source(fragment.values as never) : source;
  if (entry === undefined) return undefined;
  const before = issues.found.length;
  checkAuthored(issues.at(`${fragment.id}/${rule}`), entry, list);
  return issues.found.length > before ? undefined : entry;
}

/** A fragment's own id and version, or those of the persona that a section belongs to. */
function originOf({ id, version, home }: AnyFragment): Origin {
  if (version !== undefined) return { unit: id, version };
  if (home?.version !== undefined) return { unit: id, version: home.version, persona: home.id };
  return home === undefined ? { unit: id } : { unit: id, persona: home.id };
}

interface Decided {
  readonly value: DecisionValue;
  readonly by: AnyFragment;
}

/** What the fragments decide, and what the persona decides over them. */
function settleDecisions(
  { persona, issues }: Context,
  fragments: readonly AnyFragment[],
): Record<string, DecisionValue> {
  const decided = new Map<string, Decided[]>();
  for (const fragment of fragments) {
    const decisions: unknown = fragment.decides(fragment.values as never);
    for (const [topic, value] of Object.entries(isRecord(decisions) ? decisions : { decides: decisions })) {
      if (!isDecision(value)) {
        issues
          .at(`fragment "${fragment.id}"`)
          .add("wrong-type", `its decision "${topic}" is not a text, a number or a boolean`);
        continue;
      }
      const earlier = decided.get(topic);
      if (earlier === undefined) decided.set(topic, [{ value, by: fragment }]);
      else earlier.push({ value, by: fragment });
    }
  }
  for (const [topic, all] of decided) checkDecision({ persona, issues }, topic, all);
  const decisions = [...decided].map(([topic, [first]]): [string, DecisionValue] => [topic, (first as Decided).value]);
  return { ...Object.fromEntries(decisions), ...persona.decides };
}

/** Files a topic that fragments decide differently, and one that the persona settles as its text does not say. */
function checkDecision(
  { persona, issues }: Pick<Context, "persona" | "issues">,
  topic: string,
  all: readonly Decided[],
): void {
  const [first] = all as readonly [Decided];
  const settled = own(persona.decides, topic);
  if (settled === undefined) {
    for (const { value, by } of all) {
      if (value === first.value) continue;
      issues.add(
        "conflicting-decisions",
        `"${topic}" is ${said(first.value)} in fragment "${first.by.id}" and ${said(value)} in fragment "${by.id}"`,
        `Set the same value in both, or settle it: decides: { "${topic}": ${JSON.stringify(value)} }.`,
      );
    }
    return;
  }
  // Where a user has changed its rules, a fragment may not say any more what it decides.
  const isSaid = ({ value, by }: Decided) =>
    value === settled || Object.keys(own(persona.edits, by.id) ?? {}).length > 0;
  if (all.some(isSaid)) return;
  const values = [...new Set(all.map(({ value }) => said(value)))].join(" or ");
  const names = Object.keys(first.by.params);
  const parameters = names.length === 0 ? "" : `, or change a parameter of the fragment: ${names.join(", ")}`;
  issues
    .at("decides")
    .add(
      "unsaid-decision",
      `"${topic}" is ${said(settled)} here, and ${said(first.value)} in fragment "${first.by.id}"`,
      `The text would still say ${said(first.value)}. Set it to ${values}${parameters}.`,
    );
}

/** Files each link of a text to a reference that is not there. */
function checkLinks(
  { persona, issues, references }: Context,
  text: string,
  place: string,
  { persona: home = persona.id }: { readonly persona?: string } = {},
): void {
  if (!text.includes(REFERENCE)) return;
  mapReferences(text, (id) => {
    // In a file that was written by hand it may mean anything.
    if (references.includes(id) || persona.source !== undefined) return id;
    const otherwise = persona.dropped.some(({ path }) => path === `ref:${id}`)
      ? "It was dropped: drop the rule that links to it, too, or replace it."
      : `Define it: references: { "${said(id)}": { title, when, use } }. ${home === persona.id ? FOREIGN : foreignTo(home)}`;
    issues.at(place).unknown("reference", id, references, id, otherwise);
    return id;
  });
}

const FOREIGN =
  "If the fragment comes from the list of another persona, put that persona into `use` instead, and its references come with it.";

function foreignTo(home: string): string {
  return `Or put the persona "${home}", which the section comes from, into \`use\` instead of it: its references come with it.`;
}
