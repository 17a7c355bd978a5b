// What the builder's types refuse. test/type-errors.test.ts compares each error with the comment above its line.
import { z } from "zod";
import { defineFragment, definePersona, drop, must, type Prose, type Rule } from "../../index.ts";
import type { EntryKind } from "../entries/kind.ts";
import { description, persona, plain, testing, worker } from "./builder.testing.ts";

// Fragments

// An unknown parameter.
// error TS2561: 'coverag' does not exist in type 'Partial<{ readonly coverage: number;
testing.with({ coverag: 90 });
// A value of the wrong type.
// error TS2322: Type 'string' is not assignable to type 'number'
testing.with({ coverage: "90" });
// A value outside the enumeration.
// error TS2322: Type '"mocha"' is not assignable to type '"jest" | "vitest"'
testing.with({ runner: "mocha" });
// A parameter where there are none.
// error TS2322: Type 'number' is not assignable to type 'undefined'
plain.with({ coverage: 90 });
defineFragment({
  id: "a",
  title: "A",
  summary: "S.",
  params: { p: z.number().default(1) },
  // A rule that uses an unknown parameter.
  // error TS2339: Property 'q' does not exist on type 'ParamValues<{ p:
  rules: { r: ({ q }) => must(q) },
});
// A rule that is only a string.
// error TS2322: Type 'string' is not assignable to type 'EntrySource<
defineFragment({ id: "a", title: "A", summary: "S.", rules: { r: "Do it." } });

// A rule that is null where it does not stand.
// error TS2322: Type '() => null' is not assignable to type 'EntrySource<
defineFragment({ id: "a", title: "A", summary: "S.", rules: { r: () => null } });
// A rule that is false where it does not stand.
// error TS2322: Type 'false' is not assignable to type 'Entry | undefined'
defineFragment({ id: "a", title: "A", summary: "S.", rules: { r: () => Date.now() > 0 && must("R.") } });
// An old name that leads to no rule.
// error TS2820: Did you mean '"retries"'?
defineFragment({ id: "a", title: "A", summary: "S.", rules: { retries: must("R.") }, renamed: { tries: "retires" } });

// Personas

// A missing description.
// error TS2741: Property 'description' is missing
definePersona({ id: "a", title: "A", role: "R.", use: [testing] });
// An unknown capability.
// error TS2322: Type '"reed"' is not assignable to type '"edit" | "read" | "search" | "shell" | "spawn" | "web"'
definePersona({ id: "a", title: "A", role: "R.", description, use: [testing], tools: ["reed"] });
// An unknown model tier.
// error TS2322: Type '"sonnet"' is not assignable to type '"balanced" | "deep" | "fast" | ModelChoice'
definePersona({ id: "a", title: "A", role: "R.", description, use: [testing], model: "sonnet" });

// An unknown language.
// error TS2322: Type '"german"' is not assignable to type 'Language'
definePersona({ id: "a", title: "A", role: "R.", description, use: [testing], language: "german" });
// An unknown phrase.
// error TS2561: Did you mean to write 'should'?
definePersona({ id: "a", title: "A", role: "R.", description, use: [testing], phrases: { shoud: "A:" } });
// Where no package brings a target, the build alone knows its fields.
definePersona({ id: "a", title: "A", role: "R.", description, use: [testing], fields: { any: { turns: 20 } } });
// What is no data is none of any field.
// error TS2322: Type '() => number' is not assignable to type 'FieldValue'
definePersona({ id: "a", title: "A", role: "R.", description, use: [testing], fields: { any: { turns: () => 1 } } });

// Patches

const made = definePersona({ id: "a", title: "A", role: "R.", description, use: [persona] });

// An unknown fragment.
// error TS2322: Type '{}' is not assignable to type '"Did you mean \"testing-standards\"?"'
persona.extend({ id: "a", rules: { testing: {} } });
// A misspelt fragment.
// error TS2322: Type '{ floor: Drop; }' is not assignable to type '"Did you mean \"testing-standards\"?"'
persona.extend({ id: "a", rules: { "testing-standrads": { floor: drop("x") } } });
// A misspelt rule.
// error TS2561: Did you mean to write 'floor'?
persona.extend({ id: "a", rules: { "testing-standards": { flor: drop("x") } } });
// An unknown rule of a reference's fragment.
// error TS2353: 'two' does not exist in type '{ readonly one?:
persona.extend({ id: "a", rules: { plain: { two: drop("x") } } });
// A misspelt fragment in params.
// error TS2322: Type '{ coverage: number; }' is not assignable to type '"Did you mean \"testing-standards\"?"'
persona.extend({ id: "a", params: { "testing-standard": { coverage: 1 } } });
// An unknown parameter.
// error TS2561: 'coverag' does not exist in type 'Partial<{ readonly coverage: number;
persona.extend({ id: "a", params: { "testing-standards": { coverag: 1 } } });
// A value of the wrong type.
// error TS2322: Type 'string' is not assignable to type 'number'
persona.extend({ id: "a", params: { "testing-standards": { coverage: "1" } } });
// An unknown anchor.
// error TS2820: Did you mean '"own/a"'?
persona.extend({ id: "a", addRules: { r: { after: "own/b", rule: must("R.") } } });
// Two anchors.
// error TS2322: Type 'string' is not assignable to type '"deep/b" | "own/a" | "plain/one"
persona.extend({ id: "a", addRules: { r: { after: "own/a", before: "own/a", rule: must("R.") } } });
// No anchor.
// error TS2322: Property 'before' is missing in type '{ rule: Rule; }'
persona.extend({ id: "a", addRules: { r: { rule: must("R.") } } });
// An unknown fragment as a place for another.
// error TS2322: Type '"nope"' is not assignable to type
persona.extend({ id: "a", use: [{ after: "nope", fragment: plain }] });
// An unknown reference.
// error TS2353: 'four' does not exist in type '{ readonly one?: string; readonly two?: string; }'
persona.extend({ id: "a", references: { drop: { four: "x" } } });
// A rule in the place of a fragment's edits.
// error TS2559: Type 'Rule' has no properties in common with type '{ readonly one?:
persona.extend({ id: "a", rules: { plain: must("R.") } });
// A drop without a reason.
// error TS2554: Expected 1 arguments, but got 0
persona.extend({ id: "a", rules: { plain: { one: drop() } } });

// A misspelt rule of a persona that was taken over.
// error TS2561: Did you mean to write 'floor'?
made.extend({ id: "a", rules: { "testing-standards": { flor: drop("x") } } });
// An unknown fragment of it.
// error TS2322: Type '{}' is not assignable to type '"Did you mean \"testing-standards\"?"'
made.extend({ id: "a", rules: { testing: {} } });
definePersona({
  ...{ id: "a", title: "A", role: "R.", description },
  use: [],
  // A persona in the place of a reference's fragment.
  // error TS2740: is missing the following properties from type 'AnyFragment'
  references: { a: { title: "A", when: "w", use: [persona] } },
});
// A misspelt rule among those that have old names.
// error TS2561: Did you mean to write 'visibility'?
worker.extend({ id: "a", rules: { queues: { visiblity: drop("x") } } });
// A misspelt old name.
// error TS2561: Did you mean to write 'attempts'?
worker.extend({ id: "a", rules: { queues: { atempts: drop("x") } } });
// A misspelt rule under an old id.
// error TS2561: Did you mean to write 'visibility'?
worker.extend({ id: "a", rules: { messaging: { visiblity: drop("x") } } });
// A misspelt old id.
// error TS2322: Type '{ retries: Drop; }' is not assignable to type '"Did you mean \"messaging\"?"'
worker.extend({ id: "a", rules: { "messagin-": { retries: drop("x") } } });
// A value of the wrong type under an old id.
// error TS2322: Type '"rabbit"' is not assignable to type '"kafka" | "sqs" | undefined'
worker.extend({ id: "a", params: { events: { queue: "rabbit" } } });
// An unknown anchor under an old id.
// error TS2820: Did you mean '"messaging/attempts"'?
worker.extend({ id: "a", addRules: { r: { after: "messaging/atempts", rule: must("R.") } } });

// Kinds of entry. One that is in `Entry` and not in the table: test/type-errors.test.ts.

// A kind that does not say how it is written.
// error TS2741: Property 'render' is missing
const prose: EntryKind<Prose> = {
  keys: [],
  check() {},
  label: () => "prose",
  headline: () => "prose",
  state: ({ text }) => text,
  content: ({ text }) => text,
  isProse: true,
  instructs: false,
  since: () => 1,
};
// A kind in the place of another.
// error TS2322: Type 'EntryKind<Prose>' is not assignable to type 'EntryKind<Rule>'
export const rule: EntryKind<Rule> = prose;
