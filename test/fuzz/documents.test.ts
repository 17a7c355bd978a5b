import {
  compile,
  type Document,
  definePersona,
  example,
  formatIssue,
  type Issue,
  may,
  md,
  must,
  prose,
  render,
  section,
  should,
  snapshot,
  table,
} from "@personakit/core";
import { targets, verifyArtifact } from "@personakit/targets";
import { expect, test } from "vitest";
import { makePlan } from "../../packages/cli/src/plan/make-plan.ts";
import { measure } from "../../packages/cli/src/plan/quality.ts";
import { checkedDocument } from "../../packages/cli/src/sources/document-schema.ts";
import { personaFiles } from "../../packages/cli/src/sources/package-files.ts";
import { type PackedDocument, packDocument, unpackDocument } from "../../packages/cli/src/sources/packed-document.ts";
import { FUZZ_TIMEOUT, fuzz, resultOf } from "./fuzz.ts";
import { mutated } from "./inputs.ts";

// Compiled documents come from packages and files that anybody may have written.

const deep = section({ id: "deep", title: "Deep", list: "checklist", rules: { b: may("B, see [this](ref:deep).") } });
const own = section({
  id: "own",
  title: "Own",
  rules: {
    a: must("Answer every request that a user may send, and say why.", {
      why: "Why.",
      evidence: [{ source: "S", url: "u" }],
    }),
    b: should("Read [the deep one](ref:deep)."),
    c: prose("One paragraph of prose that is long enough.\n\nTwo."),
    d: table(["A", "B"], [["1", md`${"x|y"}`]]),
    e: example("ts", "const a = `b`;\n"),
    f: must("Gone."),
  },
});
const persona = definePersona({
  id: "base",
  version: "1.0.0",
  title: "Base",
  role: "You answer.",
  description: {
    does: "Does.",
    when: "When.",
    notFor: "Not.",
    triggers: ["t"],
    examples: [{ context: "c", user: "u", assistant: "a", commentary: "m" }],
  },
  model: { tier: "deep", exact: { "claude-agent": "opus" } },
  tools: ["read", "search"],
  mcpServers: ["docs"],
  color: "red",
  paths: ["src/**"],
  decides: { topic: 1 },
  use: [own],
  references: { deep: { title: "Deep", when: "deep", use: [deep] } },
  appliesTo: { dependencies: ["x"], files: ["y"] },
});
const mine = persona.extend({ id: "mine", rules: { own: { a: should("Other."), f: { kind: "drop", reason: "r" } } } });
const { tools: _, ...free } = compile(mine);
const documents: readonly Document[] = [compile(mine), free];

/** All that becomes of a document. */
async function useDocument(value: unknown): Promise<void> {
  const document = checkedDocument(value, "doc.json");
  const { body, references } = render(document, { referencePath: (id) => id });
  measure(document, { body: body.text, references: Object.values(references).map(({ text }) => text) });
  snapshot(document);
  snapshot(document, { published: true });
  await resultOf(() => personaFiles(document, "document.json"));
  for (const target of targets) {
    const request = { unit: document, source: "doc.json", targets: [target], out: "" };
    const plan = await resultOf(() => makePlan([request]));
    for (const artifact of plan?.personas.flatMap(({ artifacts }) => artifacts) ?? [])
      await resultOf(() => verifyArtifact(artifact));
  }
}

test.each(documents.map((document) => [document.tools === undefined ? "free" : "restricted", document] as const))(
  "a mutated document becomes files or issues: %s",
  async (_name, document) => {
    await fuzz(mutated(JSON.stringify(document)), 600, async (value) => {
      await resultOf(() => useDocument(value));
    });
  },
  FUZZ_TIMEOUT,
);

test(
  "a mutated packed document becomes a document or issues",
  async () => {
    const files = personaFiles(free, "document.json");
    const read = (path: string) => files.find((file) => file.path === path)?.text ?? "";
    const packed = JSON.stringify(packDocument(free, files.slice(0, -1)));
    await fuzz(mutated(packed), 2000, async (value) => {
      await resultOf(() => unpackDocument(value as PackedDocument, read, "@acme/one"));
    });
  },
  FUZZ_TIMEOUT,
);

const whole = documents[0] as Document;
const [section1] = whole.sections;
const entry = section1?.entries[1];
const withEntry = (changed: object) => ({ ...whole, sections: [{ ...section1, entries: [{ ...entry, ...changed }] }] });
const nested = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

test.each<[name: string, value: unknown, problem: RegExp]>([
  ["4,000 levels", { ...whole, more: nested(4000) }, /the nesting here has 65 levels, more than the 64/],
  ["a cycle", { ...whole, more: cyclic }, /the nesting here has 65 levels/],
  [
    "200,000 values",
    { ...whole, more: Array.from({ length: 200_000 }, () => 0) },
    /it has \d+ values, more than the 100000/,
  ],
  ["a list without end", { ...whole, more: new Array(4e9) }, /it has \d+ values, more than the 100000/],
  [
    "a text of 300,000 characters",
    withEntry({ text: "a".repeat(300_000) }),
    /the text has 300000 characters, more than the 200000/,
  ],
  [
    "texts of two million characters",
    { ...whole, triggers: Array.from({ length: 25 }, () => "a".repeat(80_000)) },
    /it has \d+ characters, more than the 1500000/,
  ],
  [
    "5,000 triggers",
    { ...whole, triggers: Array.from({ length: 5000 }, () => "a") },
    /triggers: there are 5000 items, more than the 1000/,
  ],
  [
    "a cell of 20,000 characters",
    withEntry({ kind: "table", columns: ["\\".repeat(20_000)], rows: [] }),
    /a cell has 20000 characters, more than the 10000/,
  ],
  [
    "a table of 2,000 rows",
    withEntry({ kind: "table", columns: ["a"], rows: Array.from({ length: 2000 }, () => ["a"]) }),
    /the table has 2000 rows, more than the 1000/,
  ],
  ["a base that is none", withEntry({ base: {} }), /base: this is not a rule/],
  [
    "a dropped rule without an origin",
    { ...whole, dropped: [{ path: "own/a", reason: "r", by: "x", base: { kind: "prose", text: "A." } }] },
    /base.origin: Invalid input/,
  ],
  ["evidence that is none", withEntry({ evidence: 1 }), /evidence is not a list/],
  ["a function", { ...whole, more: () => 1 }, /more: this is no data: a function/],
  [
    "a getter that throws",
    Object.defineProperty({ ...whole }, "more", {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    }),
    /this cannot be read as data: no/,
  ],
  [
    "a proxy that throws",
    new Proxy(whole, {
      ownKeys: () => {
        throw nested(1);
      },
    }),
    /this cannot be read as data: a list/,
  ],
])("a document with %s is refused", (_name, value, problem) => {
  expect(problemsOf(() => checkedDocument(value, "doc.json"))).toMatch(problem);
});

test.each<[name: string, change: (packed: Packed) => unknown, problem: RegExp]>([
  [
    "references that are no objects",
    (packed) => ({ ...packed, document: { ...packed.document, references: [null, 1] } }),
    /references.0: Invalid input/,
  ],
  [
    "sections without entries",
    (packed) => ({ ...packed, document: { ...packed.document, sections: [{ origin: {} }] } }),
    /sections.0.title: Invalid input/,
  ],
  ["50,000 levels", (packed) => ({ ...packed, document: nested(50_000) }), /the nesting here has 65 levels/],
  [
    "19,000 places of much text",
    (packed) => ({
      ...packed,
      document: Array.from({ length: 19_000 }, (_, index) => ({ $: [0, index === 0 ? 0 : -80, 80] })),
    }),
    /more than the 1500000 characters/,
  ],
  [
    "a schema version that is no number",
    (packed) => ({ ...packed, schemaVersion: { toString: 1 } }),
    /has schema version an object/,
  ],
])("a packed document with %s is refused", (_name, change, problem) => {
  const files = [{ path: "a", text: "a".repeat(200) }];
  const packed = packDocument(whole, files) as Packed;
  expect(
    problemsOf(() => unpackDocument(change(packed) as PackedDocument, () => "a".repeat(200), "@acme/one")),
  ).toMatch(problem);
});

type Packed = PackedDocument & { readonly document: object };

/** What is wrong, as the user reads it. */
function problemsOf(step: () => unknown): string {
  try {
    step();
    return "";
  } catch (error) {
    if (!("issues" in (error as object))) throw error;
    return (error as { issues: Issue[] }).issues.map(formatIssue).join("\n");
  }
}
