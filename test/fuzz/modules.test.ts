import { rmSync } from "node:fs";
import fc from "fast-check";
import { test } from "vitest";
import { packPackages } from "../installed.ts";
import { expectOrderly } from "./commands.ts";
import { FUZZ_TIMEOUT, fuzz } from "./fuzz.ts";
import { DOCUMENT, jsonValues } from "./inputs.ts";

// Configurations in JavaScript: what a module exports may be anything, also what throws when somebody looks at it.

const newProject = packPackages("personakit");

/** Values of JavaScript that are seldom expected, as source text. */
const expressions = fc.oneof(
  fc.constantFrom(
    ...["undefined", "Symbol()", "10n", "NaN", "Infinity", "() => {}", "new Date(NaN)", "/x/", "new Map()", "class {}"],
    ...[
      "new Proxy({}, { get() { throw 1; } })",
      "new Proxy({}, { ownKeys() { throw 1; } })",
      "new Proxy({}, { get: () => 'x' })",
    ],
    ...[
      "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()",
      "Object.create(null)",
    ],
    ...[
      "({ get id() { throw new Error('x'); } })",
      "({ toString: null })",
      "new Array(1000)",
      "[, 1]",
      "(() => { const a = []; a.push(a); return a; })()",
    ],
    ...[
      "(() => { const a = {}; a.a = a; return a; })()",
      "({ kind: 'persona' })",
      "({ kind: 'persona', id: 'x', use: 1 })",
    ],
    ...[
      "({ kind: 'document' })",
      "({ kind: 'target' })",
      "({ kind: 'fragment' })",
      "Promise.reject(1)",
      "({ then() {} })",
    ],
    ...["'a'.repeat(1e6)", "Array.from({ length: 30 }, () => 'one.json')"],
  ),
  jsonValues.map((value) => JSON.stringify(value)),
);
const configs = fc.oneof(
  expressions,
  expressions.map((value) => `({ personas: ${value} })`),
  expressions.map((value) => `({ personas: [${value}] })`),
  expressions.map((value) => `({ personas: [{ persona: ${value} }] })`),
  expressions.map((value) => `({ personas: [{ persona: "./one.json", extend: ${value} }] })`),
  expressions.map((value) => `({ personas: [{ persona: "./one.json", extend: { id: "two", rules: ${value} } }] })`),
  expressions.map((value) => `({ personas: ["./one.json"], targets: ${value} })`),
  expressions.map((value) => `({ personas: ["./one.json"], targets: [${value}] })`),
  expressions.map((value) => `({ personas: ["./one.json"], out: ${value} })`),
);

// Each in a process of its own: a module of the user's may change the one that it runs in.
test(
  "a configuration in JavaScript",
  async () => {
    await fuzz(configs, 120, (config) => {
      const project = newProject();
      project.write("one.json", DOCUMENT);
      project.write("personakit.config.mjs", `export default ${config};\n`);
      expectOrderly({ args: ["check", "--json"] }, project.run("check", "--json"));
      rmSync(project.folder, { recursive: true });
    });
  },
  FUZZ_TIMEOUT,
);
