import {
  type Document,
  describeWithExamples,
  type PlacedEntry,
  type Section,
  type Strength,
  sectionsOf,
} from "@personakit/core";
import { countTokens } from "@personakit/targets";

/** What a reader pays for a persona, and what of it a model can act on. */
export interface Quality {
  /** Rules that are in force whenever the persona is called; those of references not counted. */
  readonly rules: { readonly [S in Strength]: number };
  /** Estimates: of the description, always on; of the body, on use; of all references, on reading them. */
  readonly tokens: { readonly alwaysOn: number; readonly onUse: number; readonly onReference: number };
  /** The share of the body's entries, by length, that says what to do: rules, tables and examples against prose. 0 to 1. */
  readonly actionability: number;
  readonly findings: readonly Finding[];
}

/** A rule that a reader could not check, and why. */
export interface Finding {
  /** `fragment/rule` */
  readonly rule: string;
  readonly problem: string;
}

/** Measures a compiled persona. `texts` are its Markdown: the body, and each reference. */
export function measure(
  document: Document,
  texts: { readonly body: string; readonly references: readonly string[] },
): Quality {
  const body = entriesOf(document.sections);
  const rules = { must: 0, should: 0, may: 0 };
  for (const entry of body) if (entry.kind === "rule") rules[entry.strength]++;
  const length = (entries: readonly PlacedEntry[]) => entries.reduce((sum, entry) => sum + lengthOf(entry), 0);
  const acting = body.filter((entry) => entry.kind !== "prose");
  return {
    rules,
    tokens: {
      alwaysOn: countTokens(describeWithExamples(document)),
      onUse: countTokens(texts.body),
      onReference: texts.references.reduce((sum, text) => sum + countTokens(text), 0),
    },
    actionability: Math.round((length(acting) / Math.max(1, length(body))) * 100) / 100,
    findings: allEntries(document).flatMap(findingsIn),
  };
}

/** Every entry of a document, references included. */
export function allEntries(document: Document): PlacedEntry[] {
  return entriesOf(sectionsOf(document));
}

function entriesOf(sections: readonly Section[]): PlacedEntry[] {
  return sections.flatMap((section) => section.entries);
}

function lengthOf(entry: PlacedEntry): number {
  if (entry.kind === "example") return entry.code.length;
  if (entry.kind === "table") return [...entry.columns, ...entry.rows.flat()].join(" ").length;
  return entry.text.length;
}

/** Words that no reader could check. */
const EMPTY_WORDS =
  /\b(?:robust|comprehensive|seamless(?:ly)?|leverag\w+|best[- ]practices?|cutting[- ]edge|world[- ]class|elite|utili[sz]e\w*|appropriate(?:ly)?|properly|as needed|clean code|etc|and so on|production[- ]grade)\b/i;

/** A rule that starts so describes instead of telling. */
const NO_IMPERATIVE = /^(?:the|an?|this|that|these|those|it|its|you|we|there|they|every|all|each|any|some|no)\b/i;

/** A number with a unit, outside code: a claim that needs a source, or a check. */
const CLAIM = /\b\d+(?:[.,]\d+)?\s?(?:%|ms\b|s\b|seconds?\b|minutes?\b|hours?\b|days?\b|KB\b|MB\b|MiB\b|GB\b|bytes?\b)/;

function findingsIn(entry: PlacedEntry): Finding[] {
  if (entry.kind === "example") return [];
  const text = entry.kind === "table" ? [...entry.columns, ...entry.rows.flat()].join(" ") : entry.text;
  const plain = text.replace(/`[^`]*`/g, "");
  const problems: string[] = [];
  const empty = EMPTY_WORDS.exec(plain)?.[0];
  if (empty !== undefined) problems.push(`"${empty}" says nothing that a reader could check`);
  if (entry.kind === "rule") {
    const start = text.replace(/^\*\*[^*]+\*\*\s*/, "");
    if (NO_IMPERATIVE.test(start)) problems.push(`it tells nobody to do anything: "${start.slice(0, 40)}..."`);
    const claim = CLAIM.exec(plain)?.[0];
    const checked = entry.evidence !== undefined || entry.enforcedBy !== undefined || text.includes("`");
    if (claim !== undefined && !checked) problems.push(`"${claim}" has neither a source nor a check`);
  }
  return problems.map((problem) => ({ rule: `${entry.origin.unit}/${entry.origin.rule}`, problem }));
}
