import fc from "fast-check";

// What nobody writes on purpose.

/** Texts that have a meaning to something that reads them. */
export const texts = fc.oneof(
  fc.constantFrom(
    ...[
      "",
      " ",
      "\n",
      "a\nb",
      "\u0000",
      "\u001B[31m",
      "\u202E",
      "\uD800",
      "__proto__",
      "constructor",
      "toString",
      "../../x",
    ],
    ...[
      "/etc/passwd",
      "C:\\x",
      "node:fs",
      "data:text/javascript,1",
      "https://a.b/",
      "--",
      "-->",
      "<!--",
      "<b>",
      "](ref:x)",
    ],
    ...[
      "---",
      "```",
      "'''",
      '"""',
      "{{x}}",
      "${x}",
      "$ARGUMENTS",
      "!`ls`",
      "@/etc/passwd",
      "x@1",
      "own/a",
      "[a]: b",
      "# a",
    ],
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("\\", "`", "*", "|", "<", "](ref:", " ", "😀", "a").map((unit) => unit.repeat(3000)),
);

/** Values of JSON that are seldom expected. */
export const jsonValues: fc.Arbitrary<unknown> = fc.oneof(
  texts,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e99, 2 ** 53, [], {}, [null], [[]], { $: [0, 0, 30] }),
  fc.constantFrom<unknown>({ kind: "rule" }, { toString: 1 }, { length: 1e9 }, { kind: { kind: "rule" } }),
  fc.integer({ min: 60, max: 6000 }).map((depth) => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`)),
  fc.integer({ min: 60, max: 6000 }).map((depth) => JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`)),
  fc.integer({ min: 900, max: 3000 }).map((length) => Array.from({ length }, () => "a")),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A small compiled persona, without sections. */
export const DOCUMENT = {
  kind: "document",
  schemaVersion: 1,
  id: "one",
  title: "One",
  description: "Does.",
  triggers: [],
  examples: [],
  role: "You do.",
  mcpServers: [],
  sections: [],
  references: [],
  decisions: {},
  dropped: [],
};

/** A change of JSON: numbers choose the place, so that it shrinks. */
interface Change {
  readonly steps: readonly number[];
  readonly how: "replace" | "delete" | "repeat" | "add";
  readonly value: unknown;
  readonly key: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  steps: fc.array(fc.nat(1000), { minLength: 1, maxLength: 9 }),
  how: fc.constantFrom("replace", "replace", "replace", "delete", "repeat", "add"),
  value: jsonValues,
  key: texts,
});

/** JSON with a few changes somewhere. */
export function mutated(json: string): fc.Arbitrary<unknown> {
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const root = { value: JSON.parse(json) as unknown };
    for (const each of changes) apply(root, each);
    return root.value;
  });
}

type Node = Record<string, unknown>;

function apply(root: { value: unknown }, { steps, how, value, key }: Change): void {
  let parent: Node = root;
  let name = "value";
  for (const step of steps) {
    const inner = parent[name];
    const keys = typeof inner === "object" && inner !== null ? Object.keys(inner) : [];
    if (keys.length === 0) break;
    parent = inner as Node;
    name = keys[step % keys.length] as string;
  }
  // Values are shared by all inputs, and another change may be one of what this one puts in.
  const fresh: unknown = JSON.parse(JSON.stringify(value));
  if (how === "replace") set(parent, name, fresh);
  else if (how === "add") set(parent, Array.isArray(parent) ? String(parent.length) : key, fresh);
  else if (how === "repeat" && Array.isArray(parent)) parent.push(parent[Number(name)]);
  else if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else delete parent[name];
}

/** As JSON.parse sets it: also a key that objects take for their prototype. */
function set(target: Node, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
