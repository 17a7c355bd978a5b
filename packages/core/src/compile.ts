import type { Document, DroppedRule, Origin, PlacedEntry, Section } from "./document.ts";
import type { Entry, EntrySource } from "./entry.ts";
import { type Issue, throwIssues, unknownName } from "./errors.ts";
import type { AnyFragment, DecisionValue } from "./fragment.ts";
import { isDrop } from "./patch.ts";
import { type Addition, type Description, type FragmentEdits, fragmentsOf, type PersonaData } from "./persona.ts";

/**
 * Compiles a persona to a document with provenance.
 * Throws on two fragments that decide a topic differently, on a link to a reference that is not there, and on a ragged table.
 */
export function compile(persona: PersonaData): Document {
  const issues: Issue[] = [];
  const dropped: DroppedRule[] = [];
  const additions = groupByAnchor(persona.additions);
  const decisions = settle(persona, issues);
  const referenceIds = persona.references.map((reference) => reference.id);

  const place = (use: readonly AnyFragment[]): Section[] => {
    const sections: Section[] = [];
    for (const fragment of use) {
      const whole = persona.edits[fragment.id]?.dropped;
      if (whole !== undefined) {
        dropped.push({ path: fragment.id, reason: whole.change.reason, by: whole.by });
        continue;
      }
      const origin = originOf(fragment);
      const entries: PlacedEntry[] = [];
      const add = (owner: AnyFragment, from: Origin, rule: string) => {
        const entry = resolve(persona.edits[owner.id], owner, from, rule, dropped);
        if (entry === undefined) return;
        checkEntry(persona, entry, referenceIds, issues);
        entries.push(entry);
      };
      for (const rule in fragment.rules) {
        const around = additions?.get(`${fragment.id}/${rule}`);
        if (around === undefined) add(fragment, origin, rule);
        else {
          for (const { side, owner, rule } of around) if (side === "before") add(owner, originOf(owner), rule);
          add(fragment, origin, rule);
          for (const { side, owner, rule } of around) if (side === "after") add(owner, originOf(owner), rule);
        }
      }
      if (entries.length === 0) continue;
      sections.push({ title: fragment.title, list: fragment.list, origin, entries });
    }
    return sections;
  };

  const sections = place(persona.use);
  const references = persona.references.map(({ id, title, when, use }) => ({ id, title, when, sections: place(use) }));
  throwIssues(issues);
  return {
    kind: "document",
    schemaVersion: 1,
    id: persona.id,
    ...(persona.version === undefined ? {} : { version: persona.version }),
    title: persona.title,
    description: describe(persona.description),
    examples: persona.description.examples ?? [],
    role: persona.role,
    ...(persona.model === undefined ? {} : { model: persona.model }),
    ...(persona.tools === undefined ? {} : { tools: persona.tools }),
    mcpServers: persona.mcpServers,
    ...(persona.color === undefined ? {} : { color: persona.color }),
    sections,
    references,
    decisions,
    dropped,
  };
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

/** The entry that stands for a rule once all edits are applied; undefined when it was dropped. */
function resolve(
  edits: FragmentEdits | undefined,
  fragment: AnyFragment,
  from: Origin,
  rule: string,
  dropped: DroppedRule[],
): PlacedEntry | undefined {
  const origin = { ...from, rule };
  const edit = edits?.rules[rule];
  if (edit === undefined) return { ...evaluate(fragment, fragment.rules[rule] as EntrySource<never>), origin };
  if (isDrop(edit.change)) {
    dropped.push({ path: `${fragment.id}/${rule}`, reason: edit.change.reason, by: edit.by });
    return undefined;
  }
  return { ...evaluate(fragment, edit.change), origin: { ...origin, editedBy: edit.by } };
}

function evaluate(fragment: AnyFragment, source: EntrySource<never>): Entry {
  return typeof source === "function" ? source(fragment.values as never) : source;
}

/** A fragment's own id and version, or those of the persona that a section belongs to. */
function originOf({ id, version, home }: AnyFragment): Origin {
  if (version !== undefined) return { unit: id, version };
  if (home?.version !== undefined) return { unit: id, version: home.version, persona: home.id };
  return home === undefined ? { unit: id } : { unit: id, persona: home.id };
}

function settle(persona: PersonaData, issues: Issue[]): Record<string, DecisionValue> {
  const settled: Record<string, { value: DecisionValue; by: string }> = {};
  for (const fragment of fragmentsOf(persona)) {
    if (persona.edits[fragment.id]?.dropped !== undefined) continue;
    for (const [topic, value] of Object.entries(fragment.decides(fragment.values as never))) {
      const earlier = settled[topic];
      if (earlier !== undefined && earlier.value !== value && !Object.hasOwn(persona.decides, topic)) {
        issues.push({
          place: `persona "${persona.id}"`,
          problem: `"${topic}" is ${earlier.value} in fragment "${earlier.by}" and ${value} in fragment "${fragment.id}"`,
          hint: `Set the same value in both, or settle it: decides: { "${topic}": ${JSON.stringify(value)} }.`,
        });
      } else if (earlier === undefined) settled[topic] = { value, by: fragment.id };
    }
  }
  const decisions: Record<string, DecisionValue> = {};
  for (const topic of Object.keys(settled)) decisions[topic] = (settled[topic] as { value: DecisionValue }).value;
  return Object.assign(decisions, persona.decides);
}

const REFERENCE_LINK = /\]\(ref:([^)]*)\)/g;

function checkEntry(persona: PersonaData, entry: PlacedEntry, references: readonly string[], issues: Issue[]): void {
  if (entry.kind === "example") return;
  const place = () => `persona "${persona.id}", ${entry.origin.unit}/${entry.origin.rule}`;
  if (entry.kind === "table") {
    const ragged = entry.rows.findIndex((row) => row.length !== entry.columns.length);
    if (ragged !== -1) {
      const problem = `row ${ragged + 1} has ${entry.rows[ragged]?.length} cells, not ${entry.columns.length}`;
      issues.push({ place: place(), problem });
    }
  } else if (entry.text.trim() === "") issues.push({ place: place(), problem: "the text is empty" });
  const text = entry.kind === "table" ? entry.rows.flat().join(" ") : entry.text;
  if (!text.includes("](ref:")) return;
  for (const [, id = ""] of text.matchAll(REFERENCE_LINK)) {
    if (!references.includes(id)) issues.push(unknownName(place(), "reference", id, references));
  }
}
