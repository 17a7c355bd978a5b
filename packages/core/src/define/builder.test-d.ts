// What the builder's types know. `tsc` checks this file; what they refuse stands in builder.errors.test-d.ts.
import { expectTypeOf } from "vitest";
import { z } from "zod";
import {
  type AnyFragment,
  compile,
  type Drop,
  defineFragment,
  definePersona,
  drop,
  must,
  type Persona,
  type RulePath,
  render,
  section,
  should,
} from "../../index.ts";
import { description, persona, plain, type queues, type TestingStandards, testing, worker } from "./builder.testing.ts";

interface Values {
  readonly coverage: number;
  readonly runner: "vitest" | "jest";
}

// Fragments: the parameters reach the values, the rules and the decisions.
expectTypeOf(testing.id).toEqualTypeOf<"testing-standards">();
expectTypeOf(testing.values).toEqualTypeOf<Values>();
expectTypeOf(testing.with).parameter(0).toEqualTypeOf<Partial<Values>>();
expectTypeOf(testing.with({ coverage: 90 })).toEqualTypeOf<TestingStandards>();
expectTypeOf<keyof typeof testing.rules>().toEqualTypeOf<"floor" | "flaky" | "code">();
defineFragment({
  id: "inferred",
  title: "I",
  summary: "S.",
  params: { coverage: z.number().default(80), runner: z.enum(["vitest", "jest"]).default("vitest") },
  rules: {
    floor: (params) => {
      expectTypeOf(params).toEqualTypeOf<Values>();
      return must("R.");
    },
  },
  decides: (params) => {
    expectTypeOf(params).toEqualTypeOf<Values>();
    return {};
  },
});

interface Extensible {
  readonly "~contract"?: { readonly fragments: unknown };
  extend(patch: never): unknown;
}
/** The fragments of a persona. */
type FragmentsOf<Type extends Extensible> = NonNullable<Type["~contract"]>["fragments"];
/** What `extend` of a persona takes. */
type PatchOf<Type extends Extensible> = Required<Parameters<Type["extend"]>[0]>;
/** The keys that a type names. What `extend` is called with may have any, so that an error can name the nearest. */
type NamedKeys<Type> = keyof { [Key in keyof Type as string extends Key ? never : Key]: true };
/** The rules of a fragment that `extend` may change. */
type EditsOf<Type extends Extensible, Id extends NamedKeys<PatchOf<Type>["rules"]>> = Exclude<
  keyof NonNullable<PatchOf<Type>["rules"][Id]>,
  keyof Drop
>;
/** The rules that `addRules` may stand after. */
type AnchorsOf<Type extends Extensible> = NonNullable<PatchOf<Type>["addRules"][string]["after"]>;
/** The fragments that one of `use` may stand after. */
type PlacesOf<Type extends Extensible> = NonNullable<
  Extract<PatchOf<Type>["use"][number], { readonly fragment: AnyFragment }>["after"]
>;
/** The references that `extend` may drop. */
type ReferencesOf<Type extends Extensible> = keyof NonNullable<PatchOf<Type>["references"]["drop"]>;

// A persona: `extend` takes its fragments, their rules and parameters, and its references.
type Backend = typeof persona;
type BackendIds = "testing-standards" | "own" | "plain" | "deep";
expectTypeOf<NamedKeys<PatchOf<Backend>["rules"]>>().toEqualTypeOf<BackendIds>();
expectTypeOf<EditsOf<Backend, "testing-standards">>().toEqualTypeOf<"floor" | "flaky" | "code">();
expectTypeOf<EditsOf<Backend, "own">>().toEqualTypeOf<"a">();
expectTypeOf<EditsOf<Backend, "plain">>().toEqualTypeOf<"one">();
expectTypeOf<EditsOf<Backend, "deep">>().toEqualTypeOf<"b">();
expectTypeOf<NamedKeys<PatchOf<Backend>["params"]>>().toEqualTypeOf<BackendIds>();
expectTypeOf<NonNullable<PatchOf<Backend>["params"]["testing-standards"]>>().toEqualTypeOf<Partial<Values>>();
expectTypeOf<AnchorsOf<Backend>>().toEqualTypeOf<
  "testing-standards/floor" | "testing-standards/flaky" | "testing-standards/code" | "own/a" | "plain/one" | "deep/b"
>();
expectTypeOf<PlacesOf<Backend>>().toEqualTypeOf<BackendIds>();
expectTypeOf<ReferencesOf<Backend>>().toEqualTypeOf<"one" | "two">();
persona.extend({
  id: "inferred",
  rules: {
    "testing-standards": {
      floor: (params) => {
        expectTypeOf(params).toEqualTypeOf<Values>();
        return must("R.");
      },
    },
  },
});

// An extended persona: its fragments are those of the base, of `addRules` and of new references.
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
type Mine = typeof mine;
expectTypeOf<FragmentsOf<Mine>["id"]>().toEqualTypeOf<BackendIds | "mine" | "third">();
expectTypeOf<Extract<FragmentsOf<Mine>, { id: "testing-standards" }>>().toEqualTypeOf<TestingStandards>();
expectTypeOf<NamedKeys<PatchOf<Mine>["rules"]>>().toEqualTypeOf<BackendIds | "mine" | "third">();
expectTypeOf<EditsOf<Mine, "mine">>().toEqualTypeOf<"ledger">();
expectTypeOf<EditsOf<Mine, "third">>().toEqualTypeOf<"c">();
expectTypeOf<AnchorsOf<Mine>>().toEqualTypeOf<RulePath<FragmentsOf<Backend>> | "mine/ledger" | "third/c">();
expectTypeOf<ReferencesOf<Mine>>().toEqualTypeOf<"one" | "two" | "three">();
mine.extend({ id: "next", rules: { mine: { ledger: drop("x") }, third: { c: must("D.") } } });

// Fragments that `use` brings, placed or not, can be edited by the next persona.
const fourth = section({ id: "fourth", title: "F", rules: { d: must("D.") } });
const fifth = section({ id: "fifth", title: "F", rules: { e: must("E.") } });
const placed = persona.extend({ id: "placed", use: [{ after: "own", fragment: fourth }, fifth] });
expectTypeOf<FragmentsOf<typeof placed>["id"]>().toEqualTypeOf<BackendIds | "fourth" | "fifth">();
expectTypeOf<EditsOf<typeof placed, "fourth">>().toEqualTypeOf<"d">();
placed.extend({ id: "edited", use: [{ before: "fourth", fragment: plain }], rules: { fifth: { e: drop("x") } } });

// A fragment with a rule that is called like a key of a drop can be edited and dropped like any other.
const reasons = section({ id: "reasons", title: "R", rules: { reason: must("R.") } });
const reasoned = persona.extend({ id: "reasoned", use: [reasons] });
reasoned.extend({ id: "edited", rules: { reasons: { reason: drop("x") } } });
reasoned.extend({ id: "edited", rules: { reasons: drop("x") } });

// A persona that takes over others: `extend` takes their fragments, added rules and references, and its own.
const made = definePersona({
  id: "made",
  title: "M",
  description,
  role: "R.",
  use: [fourth, mine, placed],
  references: { four: { title: "T", when: "w", use: [reasons] } },
});
expectTypeOf<NamedKeys<PatchOf<typeof made>["rules"]>>().toEqualTypeOf<
  BackendIds | "mine" | "third" | "fourth" | "fifth" | "reasons"
>();
expectTypeOf<EditsOf<typeof made, "mine">>().toEqualTypeOf<"ledger">();
expectTypeOf<Extract<FragmentsOf<typeof made>, { id: "testing-standards" }>>().toEqualTypeOf<TestingStandards>();
expectTypeOf<ReferencesOf<typeof made>>().toEqualTypeOf<"one" | "two" | "three" | "four">();
const joined = reasoned.extend({ id: "joined", use: [mine, { after: "own", fragment: fourth }] });
expectTypeOf<NamedKeys<PatchOf<typeof joined>["rules"]>>().toEqualTypeOf<
  BackendIds | "mine" | "third" | "fourth" | "reasons"
>();
expectTypeOf<ReferencesOf<typeof joined>>().toEqualTypeOf<"one" | "two" | "three">();
expectTypeOf<FragmentsOf<typeof joined>>().toEqualTypeOf<
  FragmentsOf<typeof reasoned> | FragmentsOf<Mine> | typeof fourth
>();

// The phrases of a language, and some of one's own.
definePersona({ id: "a", title: "A", description, role: "R.", use: [plain], language: "de", phrases: { may: "B:" } });
persona.extend({ id: "a", language: "ja", phrases: { readWhen: "<link> <when>" } });

// A persona that says nothing of its fragments takes any, and so does one that takes it over.
declare const any: Persona;
any.extend({ id: "edited", params: { a: { b: 1 } }, rules: { c: { d: drop("x") }, e: drop("x") } });

const anyOf = definePersona({ id: "a", title: "A", description, role: "R.", use: [any] });
anyOf.extend({ id: "edited", params: { a: { b: 1 } }, rules: { c: { d: drop("x") } } });
// Old names of rules and fragments stand wherever new ones do, with the same values; only new ones are rules.
type Worker = typeof worker;
type WorkerIds = "queues" | "messaging" | "events" | "plain" | "steps" | "old";
expectTypeOf<keyof typeof queues.rules>().toEqualTypeOf<"visibility" | "retries" | "dedup">();
expectTypeOf<NamedKeys<PatchOf<Worker>["rules"]>>().toEqualTypeOf<WorkerIds>();
expectTypeOf<NamedKeys<PatchOf<Worker>["params"]>>().toEqualTypeOf<WorkerIds>();
type QueueRules = "visibility" | "retries" | "dedup" | "attempts" | "tries";
expectTypeOf<EditsOf<Worker, "queues">>().toEqualTypeOf<QueueRules>();
expectTypeOf<EditsOf<Worker, "messaging">>().toEqualTypeOf<QueueRules>();
expectTypeOf<EditsOf<Worker, "old">>().toEqualTypeOf<"now" | "before">();
expectTypeOf<AnchorsOf<Worker>>().toEqualTypeOf<
  `${"queues" | "messaging" | "events"}/${QueueRules}` | "plain/one" | `${"steps" | "old"}/${"now" | "before"}`
>();
expectTypeOf<PlacesOf<Worker>>().toEqualTypeOf<WorkerIds>();
worker.extend({
  id: "renamed",
  params: { messaging: { queue: "kafka" } },
  rules: {
    events: {
      attempts: ({ queue, fifo }) => {
        expectTypeOf(queue).toEqualTypeOf<"sqs" | "kafka">();
        expectTypeOf(fifo).toEqualTypeOf<boolean>();
        // What is replaced may stand for some values only.
        return fifo ? must("R.") : undefined;
      },
      tries: drop("x"),
    },
    old: { before: drop("x") },
  },
  addRules: { ledger: { after: "events/attempts", rule: must("L.") } },
  use: [{ after: "messaging", fragment: fifth }],
});

render(compile(mine), { referencePath: (id) => id });
