import { kindOf } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { describe, expect, test } from "vitest";
import { measure } from "../packages/cli/src/plan/quality.ts";
import { artifactsOf } from "../scripts/derive/compiled.ts";
import { loadUnits, type PersonaUnit } from "../scripts/units.ts";

const { fragments, personas } = await loadUnits();

/** What every reader pays, over all personas: descriptions in every session, bodies in every call. Lower is the only direction. */
const MOST = { alwaysOn: 950, onUse: 18_000 };

/** What one reading may cost, and ask: up to 50 rules keep their effect (arXiv 2604.11088). */
const LIMITS = { rules: 50, reference: 2500 };

/** Below it, a fragment has to be a decision of its own, which a project takes or leaves as a whole. */
const THIN = 150;

function qualityOf(unit: PersonaUnit) {
  const [claude, skill] = artifactsOf(unit).map(({ artifacts }) => artifacts.map(({ text }) => text));
  return measure(unit.document, { body: claude?.[0] ?? "", references: skill?.slice(1) ?? [] });
}

test("what is always on, and what a call costs, stays below what it was", () => {
  const costs = personas.map((unit) => qualityOf(unit).tokens);
  expect(costs.reduce((sum, { alwaysOn }) => sum + alwaysOn, 0)).toBeLessThanOrEqual(MOST.alwaysOn);
  expect(costs.reduce((sum, { onUse }) => sum + onUse, 0)).toBeLessThanOrEqual(MOST.onUse);
});

test("no fragment is too thin to be chosen alone", () => {
  const thin = fragments.filter(({ text }) => countTokens(text) < THIN);
  expect(thin.map(({ fragment }) => fragment.id)).toEqual([]);
});

test("each fragment serves a persona", () => {
  const used = new Set(personas.flatMap(({ document }) => unitsOf(document.sections, ...document.references)));
  expect(fragments.map(({ fragment }) => fragment.id).filter((id) => !used.has(id))).toEqual([]);
});

describe.each(personas.map((unit) => [unit.persona.id, unit] as const))("persona %s", (id, unit) => {
  const { document } = unit;
  const texts = artifactsOf(unit).find(({ target }) => target === "agent-skill")?.artifacts ?? [];

  test("has no reference of more than 2,500 tokens", () => {
    const large = texts.slice(1).filter(({ text }) => countTokens(text) > LIMITS.reference);
    expect(large.map(({ path, text }) => `${path}: ${countTokens(text)}`)).toEqual([]);
  });

  test("puts at most 50 rules into one reference", () => {
    for (const reference of document.references) {
      const rules = reference.sections.flatMap(({ entries }) => entries.filter(({ kind }) => kind === "rule"));
      expect(rules.length, reference.id).toBeLessThanOrEqual(LIMITS.rules);
    }
  });

  test("opens with what the repository has", () => {
    expect(document.sections[0]?.origin.unit).toBe("project-conventions");
  });

  test("can finish: steps that lead to the gates, and a report", () => {
    const own = document.sections.filter(({ origin }) => origin.persona === id);
    const steps = own.filter(({ list }) => list === "steps").flatMap(({ entries }) => entries);
    const last = steps.at(-1);
    expect(last === undefined ? "" : kindOf(last).content(last)).toMatch(/Quality gates.*report/s);
    const gates = document.sections.find(({ origin }) => origin.unit === "quality-gates");
    expect(gates?.entries.map(({ origin }) => origin.rule)).toEqual(
      expect.arrayContaining(["gates", "done", "report"]),
    );
  });

  test("says when to read each reference, in words that no other reference uses", () => {
    const moments = document.references.map(({ when }) => when);
    expect(new Set(moments).size).toBe(moments.length);
    for (const when of moments) expect(when).toMatch(/^[a-z].*[^.]$/);
  });
});

type Sections = { readonly sections: readonly { readonly origin: { readonly unit: string } }[] };

function unitsOf(sections: Sections["sections"], ...references: readonly Sections[]): string[] {
  return [...sections, ...references.flatMap((reference) => reference.sections)].map(({ origin }) => origin.unit);
}
