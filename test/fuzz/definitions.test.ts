import {
  compile,
  defineFragment,
  definePersona,
  drop,
  example,
  type Fragment,
  md,
  must,
  prose,
  render,
  section,
  table,
} from "@personakit/core";
import { targets } from "@personakit/targets";
import fc from "fast-check";
import { test } from "vitest";
import { z } from "zod";
import { FUZZ_TIMEOUT, fuzz, resultOf } from "./fuzz.ts";
import { jsonValues } from "./inputs.ts";

// Definitions in JavaScript, where nothing is what its type says.

const rules = {
  a: must("A, see [it](ref:deep).", { why: "W.", evidence: [{ source: "S", url: "u" }] }),
  b: ({ level }: { level: string }) => must(md`B at ${level}.`),
  c: table(["A"], [["1"]]),
  d: example("ts", "const a = 1;"),
  e: prose("One."),
};
const fragment = {
  id: "own",
  version: "1.0.0",
  title: "Own",
  summary: "S.",
  list: "bullets",
  params: { level: z.string().default("high") },
  rules,
  decides: () => ({ topic: 1 }),
};
const own = defineFragment(fragment as never) as unknown as Fragment<"own", object, object>;
const deep = section({ id: "deep", title: "Deep", rules: { m: must("M.") } });
const persona = {
  id: "dev",
  version: "1.0.0",
  title: "Dev",
  role: "You do.",
  description: { does: "D.", when: "W.", notFor: "", triggers: ["t"], examples: [] },
  model: { tier: "deep", exact: { "claude-agent": "opus" } },
  tools: ["read"],
  mcpServers: ["docs"],
  color: "red",
  paths: ["src/**"],
  decides: { topic: 1 },
  use: [own],
  references: { deep: { title: "Deep", when: "deep", use: [deep] } },
  appliesTo: { dependencies: ["x"], files: ["y"] },
};
const base = definePersona(persona as never) as unknown as { extend(patch: unknown): never };
const patch = {
  id: "mine",
  title: "Mine",
  description: { when: "W2." },
  tools: { add: ["search"], remove: ["read"] },
  params: { own: { level: "low" } },
  rules: { own: { a: must("A2."), c: drop("r") } },
  addRules: { n: { after: "own/b", rule: must("N.") } },
  use: [{ after: "own", fragment: section({ id: "new", title: "N", rules: { a: must("A.") } }) }],
  references: { add: {}, drop: { deep: "r" } },
  mcpServers: ["x"],
  decides: { topic: 2 },
};

const values: fc.Arbitrary<unknown> = fc.oneof(
  jsonValues,
  // What is often right.
  fc.constantFrom<unknown>("a", "A.", "deep", "own", [], {}, ["a"], ["read"], { a: 1 }, { a: "b" }, [own], { own: {} }),
  fc.constantFrom<unknown>(
    undefined,
    Symbol("s"),
    10n,
    Number.NaN,
    new Date(0),
    /x/,
    new Map([["a", 1]]),
    new Array(3),
  ),
  fc.constantFrom<unknown>(
    () => 1,
    () => undefined,
    () => must("A."),
    z.string(),
    z.string().default("a"),
    must("A."),
    drop("r"),
    section({ id: "other", title: "O", rules: { a: must("A.") } }),
    Object.create(null),
    new Array(100),
  ),
);

/** An object with some of its keys replaced, and one more. */
const changed = (whole: object) =>
  fc
    .tuple(fc.array(fc.tuple(fc.constantFrom(...Object.keys(whole), "more"), values), { minLength: 1, maxLength: 2 }))
    .map(([changes]) => ({ ...whole, ...Object.fromEntries(changes) }));

/** A change of a definition itself, or of one of the objects in it. */
const changedWithin = (whole: { readonly [key: string]: unknown }, ...parts: readonly string[]) =>
  fc.oneof(
    changed(whole),
    ...parts.map((part) => changed(whole[part] as object).map((inner) => ({ ...whole, [part]: inner }))),
  );

/** What becomes of a persona: a document, Markdown, and the files of all targets. */
async function useIt(made: unknown): Promise<void> {
  const document = compile(made as never);
  render(document, { referencePath: (id) => id });
  for (const target of targets) await resultOf(() => target.compile(document));
}

test.each([
  [
    "fragment",
    changedWithin(fragment, "rules", "params"),
    (spec: unknown) => definePersona({ ...persona, use: [defineFragment(spec as never)] } as never),
  ],
  [
    "persona",
    changedWithin(persona, "description", "references", "model", "appliesTo"),
    (spec: unknown) => definePersona(spec as never),
  ],
  [
    "patch",
    changedWithin(patch, "description", "tools", "params", "rules", "addRules", "references"),
    (spec: unknown) => base.extend(spec),
  ],
])(
  "a mutated %s becomes files or issues",
  async (_name, specs: fc.Arbitrary<unknown>, define) => {
    await fuzz(specs, 2000, async (spec) => {
      const made = await resultOf(() => define(spec));
      if (made !== undefined) await resultOf(() => useIt(made));
    });
  },
  FUZZ_TIMEOUT,
);

test("what is mutated is right before", async () => {
  for (const made of [base, base.extend(patch)]) await useIt(made);
});
