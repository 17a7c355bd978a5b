import type { Document, DroppedEntry, Origin, PlacedEntry, Section } from "./document.ts";
import { type Entry, type EntrySource, entryIssues } from "./entry.ts";
import { type Issue, own, throwIssues, unknownName } from "./errors.ts";
import type { AnyFragment, DecisionValue } from "./fragment.ts";
import { isDrop } from "./patch.ts";
import { type Addition, type Description, type Edit, fragmentsOf, type PersonaData } from "./persona.ts";
import { collapse, REFERENCE_LINK } from "./text.ts";

/**
 * Compiles a persona to a document with provenance.
 * Throws on two fragments that decide a topic differently, on a link to a reference that is not there, and on an entry that
 * a function of parameters made wrong.
 */
export function compile(persona: PersonaData): Document {
  const issues: Issue[] = [];
  const dropped: DroppedEntry[] = [...persona.dropped];
  const additions = groupByAnchor(persona.additions);
  const decisions = settle(persona, issues);
  const referenceIds = persona.references.map((reference) => reference.id);

  const place = (use: readonly AnyFragment[]): Section[] => {
    const sections: Section[] = [];
    for (const fragment of use) {
      const origin = originOf(fragment);
      const entries: PlacedEntry[] = [];
      const edits = own(persona.edits, fragment.id);
      const add = (owner: AnyFragment, from: Origin, rule: string) => {
        const around = additions?.get(`${owner.id}/${rule}`);
        for (const next of around ?? NONE) if (next.side === "before") add(next.owner, originOf(next.owner), next.rule);
        const changes = owner === fragment ? edits : own(persona.edits, owner.id);
        const entry = resolve(persona, owner, changes, from, rule, dropped, issues);
        if (entry !== undefined) {
          checkLinks(issues, entry, referenceIds, persona);
          entries.push(entry);
        }
        for (const next of around ?? NONE) if (next.side === "after") add(next.owner, originOf(next.owner), next.rule);
      };
      for (const rule in fragment.rules) add(fragment, origin, rule);
      if (entries.length === 0) continue;
      sections.push({ title: fragment.title, list: fragment.list, origin, entries });
    }
    return sections;
  };

  const sections = place(persona.use);
  const references = persona.references.map(({ id, title, when, use }) => {
    const at = `persona "${persona.id}", reference "${id}"`;
    const parts = place(use);
    if (parts.length === 0)
      issues.push({ place: at, problem: "nothing is left in it", hint: "Drop the reference itself." });
    checkText(issues, when, referenceIds, at);
    return { id, title: collapse(title), when: collapse(when), sections: parts };
  });
  const role = collapse(persona.role);
  checkText(issues, role, referenceIds, `persona "${persona.id}", role`);
  throwIssues(issues);
  const { version, model, tools, color, paths, suits } = persona;
  return {
    kind: "document",
    schemaVersion: 1,
    id: persona.id,
    ...(version === undefined ? {} : { version }),
    title: collapse(persona.title),
    description: describe(persona.description),
    triggers: persona.description.triggers ?? [],
    examples: persona.description.examples ?? [],
    role,
    ...(model === undefined ? {} : { model }),
    ...(tools === undefined ? {} : { tools }),
    mcpServers: persona.mcpServers,
    ...(color === undefined ? {} : { color }),
    ...(paths === undefined ? {} : { paths }),
    sections,
    references,
    decisions,
    dropped,
    ...(suits === undefined ? {} : { suits }),
    ...(persona.extends === undefined ? {} : { extends: persona.extends }),
  };
}

/** The origin of what a persona says itself: its title, its role, its list of references. */
export function originOfDocument({ id, version }: Pick<Document, "id" | "version">): Origin {
  return { unit: id, ...(version === undefined ? {} : { version }) };
}

/** Every section of a document, those of its references included. */
export function sectionsOf({ sections, references }: Document): Section[] {
  return [...sections, ...references.flatMap((reference) => reference.sections)];
}

/** The published fragments in a document, in its order; sections of its own are not among them. */
export function fragmentsIn(document: Document): { readonly id: string; readonly version: string }[] {
  return sectionsOf(document).flatMap(({ origin: { unit, version, persona } }) =>
    version === undefined || persona !== undefined ? [] : [{ id: unit, version }],
  );
}

/** A description as one text: what it does, when to use it, its triggers, when not to use it. */
function describe({ does, when, triggers = [], notFor }: Description): string {
  const sentences = [does, when, triggers.length === 0 ? "" : `Triggers: ${triggers.join(", ")}.`, notFor];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

/** A document's description with its examples as `<example>` blocks, the form that Claude Code's own agents use. */
export function describeWithExamples({ description, examples }: Document): string {
  const blocks = examples.map(
    ({ context, user, assistant, commentary }) =>
      `<example>\nContext: ${context}\nuser: "${user}"\nassistant: "${assistant}"\n<commentary>\n${commentary}\n</commentary>\n</example>`,
  );
  return [description, ...blocks].join("\n\n");
}

function groupByAnchor(additions: readonly Addition[]): Map<string, Addition[]> | undefined {
  if (additions.length === 0) return undefined;
  const groups = new Map<string, Addition[]>();
  for (const addition of additions) {
    const group = groups.get(addition.anchor);
    if (group === undefined) groups.set(addition.anchor, [addition]);
    else group.push(addition);
  }
  return groups;
}

const NONE: readonly Addition[] = [];

/** The entry that stands for a rule once all edits are applied; undefined when it was dropped, or made wrong. */
function resolve(
  persona: PersonaData,
  fragment: AnyFragment,
  edits: { readonly [rule: string]: Edit } | undefined,
  from: Origin,
  rule: string,
  dropped: DroppedEntry[],
  issues: Issue[],
): PlacedEntry | undefined {
  const edit = own(edits, rule);
  const origin = { ...from, rule };
  const place = placeOf(persona, origin);
  const base = entryOf(fragment.rules[rule] as EntrySource<never>, fragment, place, issues);
  if (base === undefined || edit === undefined) return base === undefined ? undefined : { ...base, origin };
  if (isDrop(edit.change)) {
    const path = `${fragment.id}/${rule}`;
    dropped.push({ path, reason: edit.change.reason, by: edit.by, base: { ...base, origin } });
    return undefined;
  }
  const entry = entryOf(edit.change as EntrySource<never>, fragment, place, issues);
  return entry === undefined ? undefined : { ...entry, origin: { ...origin, editedBy: edit.by }, base };
}

function entryOf(source: EntrySource<never>, fragment: AnyFragment, place: string, issues: Issue[]): Entry | undefined {
  if (typeof source !== "function") return source;
  const entry: Entry = source(fragment.values as never);
  // What stands in a definition was checked there; what a function makes of parameters is checked here.
  const found = entryIssues(place, entry);
  issues.push(...found);
  return found.length > 0 ? undefined : entry;
}

/** A fragment's own id and version, or those of the persona that a section belongs to. */
function originOf({ id, version, home }: AnyFragment): Origin {
  if (version !== undefined) return { unit: id, version };
  if (home?.version !== undefined) return { unit: id, version: home.version, persona: home.id };
  return home === undefined ? { unit: id } : { unit: id, persona: home.id };
}

function settle(persona: PersonaData, issues: Issue[]): Record<string, DecisionValue> {
  const settled = new Map<string, { value: DecisionValue; by: string }>();
  for (const fragment of fragmentsOf(persona)) {
    for (const [topic, value] of Object.entries(fragment.decides(fragment.values as never))) {
      const earlier = settled.get(topic);
      if (earlier === undefined) settled.set(topic, { value, by: fragment.id });
      else if (earlier.value !== value && !Object.hasOwn(persona.decides, topic)) {
        issues.push({
          place: `persona "${persona.id}"`,
          problem: `"${topic}" is ${earlier.value} in fragment "${earlier.by}" and ${value} in fragment "${fragment.id}"`,
          hint: `Set the same value in both, or settle it: decides: { "${topic}": ${JSON.stringify(value)} }.`,
        });
      }
    }
  }
  const decisions = [...settled].map(([topic, { value }]): [string, DecisionValue] => [topic, value]);
  return { ...Object.fromEntries(decisions), ...persona.decides };
}

function placeOf({ id }: PersonaData, { unit, rule }: Origin): string {
  return `persona "${id}", ${unit}/${rule}`;
}

function checkLinks(issues: Issue[], entry: PlacedEntry, references: readonly string[], persona: PersonaData): void {
  if (entry.kind === "example") return;
  const text = entry.kind === "table" ? [...entry.columns, ...entry.rows.flat()].join("\n") : entry.text;
  if (text.includes("](ref:")) checkText(issues, text, references, placeOf(persona, entry.origin));
}

function checkText(issues: Issue[], text: string, references: readonly string[], place: string): void {
  for (const [, id = ""] of text.matchAll(REFERENCE_LINK)) {
    if (!references.includes(id)) issues.push(unknownName(place, "reference", id, references));
  }
}
