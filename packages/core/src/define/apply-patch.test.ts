import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../compile/compile.ts";
import { drop } from "../entries/kinds.ts";
import { must, should } from "../entries/rule.ts";
import { sectionsOf } from "../model/document.ts";
import type { PersonaData } from "../model/persona.ts";
import { render } from "../render/render.ts";
import { defineFragment } from "./define-fragment.ts";
import { definePersona } from "./define-persona.ts";

const FRAGMENTS = ["alpha", "beta", "gamma"];
const RULES = ["one", "two", "three"];
const fragments = FRAGMENTS.map((id) =>
  defineFragment({
    id,
    version: "1.0.0",
    title: id,
    summary: "S.",
    rules: Object.fromEntries(RULES.map((rule) => [rule, must(`${id} ${rule}.`)])),
  }),
);
const base = definePersona({
  id: "base",
  title: "Base",
  role: "Role.",
  description: { does: "D.", when: "W.", notFor: "" },
  use: fragments,
});
const paths = FRAGMENTS.flatMap((fragment) => RULES.map((rule) => `${fragment}/${rule}`));
const text = (persona: PersonaData) => render(compile(persona), { referencePath: (id) => id }).body.text;

/** One change of one rule, as a patch without an id. */
const change = fc.record({ path: fc.constantFrom(...paths), kind: fc.constantFrom("drop", "replace", "add") });
type Change = { readonly path: string; readonly kind: string };

function patchOf({ path, kind }: Change, index: number): object {
  const [fragment = "", rule = ""] = path.split("/");
  if (kind === "add") return { addRules: { [`added${index}`]: { after: path, rule: should(`Added ${index}.`) } } };
  const edit = kind === "drop" ? drop("not here") : must(`Mine instead of ${path}.`);
  return { rules: { [fragment]: { [rule]: edit } } };
}

const apply = (persona: PersonaData, patches: readonly object[]): PersonaData =>
  patches.reduce(
    (current: PersonaData, patch, index) =>
      (current as typeof base).extend({ id: `p${index}`, ...patch } as never) as PersonaData,
    persona,
  );

test("a patch that changes nothing changes nothing", () => {
  expect(text(base.extend({ id: "same" }))).toBe(text(base));
});

test("changes of different rules commute", () => {
  const changes = fc.uniqueArray(change, { selector: ({ path }) => path, minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(changes, (list) => {
      const patches = list.map(patchOf);
      expect(text(apply(base, patches.toReversed()))).toBe(text(apply(base, patches)));
    }),
  );
});

test("no rule vanishes: each is in the text, replaced, or dropped with its reason", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (list) => {
      const persona = apply(base, list.map(patchOf));
      const document = compile(persona);
      const standing = sectionsOf(document).flatMap(({ entries }) =>
        entries.map(({ origin }) => `${origin.unit}/${origin.rule}`),
      );
      const dropped = document.dropped.map(({ path }) => path);
      expect([...standing, ...dropped].filter((path) => paths.includes(path)).sort()).toEqual([...paths].sort());
      const added = list.flatMap(({ kind }, index) => (kind === "add" ? [`p${index}/added${index}`] : []));
      expect(standing.filter((path) => path.startsWith("p"))).toHaveLength(added.length);
      for (const path of added) expect(standing).toContain(path);
    }),
  );
});

test("a patch leaves the persona that it is called on as it was", () => {
  const before = JSON.stringify(compile(base));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 5 }), (list) => {
      apply(base, list.map(patchOf));
      expect(JSON.stringify(compile(base))).toBe(before);
    }),
  );
});

test("a persona that has added rules can be extended under its own id, and its rules with it; no others join them", () => {
  const ours = base.extend({
    id: "ours",
    addRules: {
      own: { after: "alpha/one", rule: must("Ours.") },
      other: { after: "alpha/one", rule: must("Theirs.") },
    },
  });
  const again = ours.extend({
    id: "ours",
    rules: { alpha: { one: must("Mine.") }, ours: { own: should("Ours again."), other: drop("not here") } },
  });
  expect(text(again)).toContain("- Mine.\n");
  expect(text(again)).toContain("- Ours again.\n");
  expect(text(again)).not.toContain("Theirs.");
  const more = () => ours.extend({ id: "ours", addRules: { third: { after: "alpha/one", rule: must("More.") } } });
  expect(more).toThrow("the id is already that of a fragment in it");
});
