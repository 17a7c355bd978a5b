// What must not type-check. `tsc` reads this file; an expected error that does not come is an error itself.
import { z } from "zod";
import {
  compile,
  defineFragment,
  definePersona,
  drop,
  example,
  must,
  type Named,
  render,
  section,
  should,
} from "../index.ts";

const fragment = defineFragment({
  id: "testing-standards",
  title: "Testing",
  summary: "S.",
  params: { coverage: z.number().default(80), runner: z.enum(["vitest", "jest"]).default("vitest") },
  rules: {
    floor: ({ coverage, runner }) => must(`${coverage.toFixed(1)} ${runner.toUpperCase()}`),
    flaky: should("Quarantine."),
    code: ({ runner }) => example("sh", runner),
  },
  decides: ({ coverage }) => ({ "testing.coverage": coverage }),
});
interface TestingStandards extends Named<typeof fragment> {}
const testing: TestingStandards = fragment;
const plain = defineFragment({ id: "plain", title: "P", summary: "S.", rules: { one: must("One.") } });

const description = { does: "D.", when: "W.", notFor: "N." };
const persona = definePersona({
  id: "backend",
  title: "B",
  description,
  role: "R.",
  use: [testing.with({ coverage: 90 }), section({ id: "own", title: "Own", rules: { a: must("A.") } })],
  references: {
    one: { title: "One", when: "w", use: [plain] },
    two: { title: "Two", when: "w", use: [section({ id: "deep", title: "D", rules: { b: must("B.") } })] },
  },
});

// What does type-check.
const mine = persona.extend({
  id: "mine",
  params: { "testing-standards": { coverage: 95 } },
  rules: {
    "testing-standards": { floor: ({ coverage }) => must(String(coverage)), flaky: drop("none here") },
    plain: { one: should("Two.") },
    deep: drop("no"),
  },
  addRules: { ledger: { after: "own/a", rule: must("L.") } },
  references: {
    drop: { one: "no" },
    add: { three: { title: "T", when: "w", use: [section({ id: "third", title: "T", rules: { c: must("C.") } })] } },
  },
});
const third = section({ id: "fourth", title: "F", rules: { d: must("D.") } });
persona
  .extend({
    id: "placed",
    use: [{ after: "own", fragment: third }, plain, { before: "own", fragment: mine.use[0] as TestingStandards }],
  })
  .extend({ id: "edited", rules: { fourth: { d: drop("x") } } });
mine.extend({ id: "next", rules: { mine: { ledger: drop("x") }, third: { c: must("D.") } } });
render(compile(mine), { referencePath: (id) => id });

// Fragments
// @ts-expect-error an unknown parameter
testing.with({ coverag: 90 });
// @ts-expect-error a value of the wrong type
testing.with({ coverage: "90" });
// @ts-expect-error a value outside the enumeration
testing.with({ runner: "mocha" });
// @ts-expect-error a parameter where there are none
plain.with({ coverage: 90 });
defineFragment({
  id: "a",
  title: "A",
  summary: "S.",
  params: { p: z.number().default(1) },
  // @ts-expect-error a rule that uses an unknown parameter
  rules: { r: ({ q }) => must(q) },
});
// @ts-expect-error a rule that is only a string
defineFragment({ id: "a", title: "A", summary: "S.", rules: { r: "Do it." } });

// Personas
// @ts-expect-error a missing description
definePersona({ id: "a", title: "A", role: "R.", use: [testing] });
// @ts-expect-error an unknown capability
definePersona({ id: "a", title: "A", role: "R.", description, use: [testing], tools: ["reed"] });
// @ts-expect-error an unknown model tier
definePersona({ id: "a", title: "A", role: "R.", description, use: [testing], model: "sonnet" });

// Patches
// @ts-expect-error an unknown fragment
persona.extend({ id: "a", rules: { testing: {} } });
// @ts-expect-error an unknown rule
persona.extend({ id: "a", rules: { "testing-standards": { flor: drop("x") } } });
// @ts-expect-error an unknown rule of a reference's fragment
persona.extend({ id: "a", rules: { plain: { two: drop("x") } } });
// @ts-expect-error an unknown fragment in params
persona.extend({ id: "a", params: { testing: {} } });
// @ts-expect-error an unknown parameter
persona.extend({ id: "a", params: { "testing-standards": { coverag: 1 } } });
// @ts-expect-error a value of the wrong type
persona.extend({ id: "a", params: { "testing-standards": { coverage: "1" } } });
// @ts-expect-error an unknown anchor
persona.extend({ id: "a", addRules: { r: { after: "own/b", rule: must("R.") } } });
// @ts-expect-error two anchors
persona.extend({ id: "a", addRules: { r: { after: "own/a", before: "own/a", rule: must("R.") } } });
// @ts-expect-error no anchor
persona.extend({ id: "a", addRules: { r: { rule: must("R.") } } });
// @ts-expect-error an unknown fragment as a place for another
persona.extend({ id: "a", use: [{ after: "nope", fragment: plain }] });
// @ts-expect-error an unknown reference
persona.extend({ id: "a", references: { drop: { four: "x" } } });
// @ts-expect-error a drop without a reason
persona.extend({ id: "a", rules: { plain: { one: drop() } } });
