import type { Document, PlacedEntry, Section, Strength } from "@personakit/core";
import { describeWithExamples, entriesOf, kindOf, pathOf } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { proseProblems } from "./prose-checks.ts";

/** What a persona costs to read, and how much of it a model can act on. */
export interface Quality {
  /** Rules that are in force whenever the persona is called; those of references not counted. */
  readonly rules: { readonly [S in Strength]: number } & { readonly points: number };
  /** Estimates: of the description, always on; of the body, on use; of all references, on reading them. */
  readonly tokens: { readonly alwaysOn: number; readonly onUse: number; readonly onReference: number };
  /** The share of the body's entries, by length, that says what to do: rules, tables and examples against prose. 0 to 1. */
  readonly actionability: number;
  readonly findings: readonly ProseFinding[];
}

/** A rule that a reader could not check, and why. */
export interface ProseFinding {
  readonly code: string;
  /** `fragment/rule` */
  readonly rule: string;
  readonly problem: string;
}

/** Measures a compiled persona. `texts` are its Markdown: the body, and each reference. */
export function measure(
  document: Document,
  texts: { readonly body: string; readonly references: readonly string[] },
): Quality {
  const body = document.sections.flatMap((section: Section) => section.entries);
  const rules = { must: 0, should: 0, may: 0, points: 0 };
  for (const entry of body) if (entry.kind === "rule") rules[entry.strength ?? "points"]++;
  const instructing = body.filter((entry) => kindOf(entry).instructs);
  return {
    rules,
    tokens: {
      alwaysOn: countTokens(describeWithExamples(document)),
      onUse: countTokens(texts.body),
      onReference: texts.references.reduce((sum, text) => sum + countTokens(text), 0),
    },
    actionability: Math.round((lengthOf(instructing) / Math.max(1, lengthOf(body))) * 100) / 100,
    findings: entriesOf(document).flatMap((entry) =>
      proseProblems(entry).map((found) => ({ ...found, rule: pathOf(entry) })),
    ),
  };
}

function lengthOf(entries: readonly PlacedEntry[]): number {
  return entries.reduce((sum, entry) => sum + kindOf(entry).content(entry).length, 0);
}
