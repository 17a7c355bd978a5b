import { drop, must, prose, should } from "@personakit/core";
import { describe, expect, test } from "vitest";
import { editModule, elsewhere } from "./edit-module.ts";
import type { Setting } from "./override.ts";

const CSRF: Setting = { path: ["rules", "security-checklist", "csrf"], value: must("Send a token.") };
const HASH: Setting = { path: ["rules", "security-checklist", "hash"], value: drop("No passwords.") };
const LEDGER: Setting = {
  path: ["addRules", "ledger"],
  value: { after: "security-checklist/csrf", rule: should("Use the ledger.") },
};

const edited = (text: string, settings: readonly Setting[] = [CSRF], index?: number) =>
  editModule(text, { id: "payments", ...(index === undefined ? {} : { index }) }, settings);

const CONFIG = `// Ours.
import { drop } from "@personakit/core";
import { backend } from "@personakit/persona-backend";
import type { Config } from 'personakit'

const other = 1   // kept as it is

export default {
  personas: [
    // The payments team's.
    backend.extend({
      id: "payments",
      rules: {
        "security-checklist": { hash: drop("none") },   // why
      },
    }),
    backend,
    'acme',
    { persona: backend, targets: ["agents-md"] },
    ...[backend],
    backend,
  ],
} satisfies Config
`;

describe("an override in a module", () => {
  test("goes into the extend of its persona, and nothing else is touched", async () => {
    const expected = CONFIG.replace("import { drop }", "import { drop, must, should }")
      .replace(
        '{ hash: drop("none") },   // why',
        `{
          hash: drop("No passwords."),
          csrf: must("Send a token."),
        },   // why`,
      )
      .replace(
        `      },
    }),`,
        `      },
      addRules: {
        ledger: { after: "security-checklist/csrf", rule: should("Use the ledger.") },
      },
    }),`,
      );
    expect(await edited(CONFIG, [HASH, CSRF, LEDGER])).toBe(expected);
  });

  test.each([
    [
      1,
      "    backend,\n    'acme'",
      '    backend.extend({\n      id: "payments",\n      rules: {\n        "security-checklist": {\n          csrf: must("Send a token."),\n        },\n      },\n    }),\n    \'acme\'',
    ],
    [
      2,
      "    'acme',",
      '    { persona: \'acme\', extend: {\n      id: "payments",\n      rules: {\n        "security-checklist": {\n          csrf: must("Send a token."),\n        },\n      },\n    } },',
    ],
  ])("extends what was not extended: personas[%i]", async (index, from, to) => {
    const text = CONFIG.replace('id: "payments"', 'id: "others"');
    const expected = text.replace(from, to).replace("import { drop }", "import { drop, must }");
    expect(await edited(text, [CSRF], index)).toBe(expected);
  });

  test("in an entry of a configuration that imports nothing, is data", async () => {
    const text = 'export default { personas: ["acme"] };\n';
    const settings: Setting[] = [CSRF, { path: ["rules", "own", "intro"], value: prose("A.") }];
    const result = await edited(text, settings, 0);
    expect(result).toContain('csrf: { must: "Send a token." },');
    expect(result).toContain('intro: { kind: "prose", text: "A." },');
    expect(result).not.toContain("import");
  });

  test("takes a renamed import, tabs, line ends of Windows and no comma at the end", async () => {
    const text = [
      'import { must as shall } from "@personakit/core";',
      'import { backend } from "./backend.ts";',
      "export const payments = backend.extend({",
      '\tid: "payments",',
      "\trules: {",
      '\t\tother: drop("x") // kept',
      "\t} as const",
      "});",
      "",
    ].join("\r\n");
    const expected = text.replace(
      '\t\tother: drop("x") // kept',
      '\t\tother: drop("x"), // kept\r\n\t\t"security-checklist": {\r\n\t\t\tcsrf: shall("Send a token."),\r\n\t\t}',
    );
    expect(await edited(text)).toBe(expected);
  });

  test("takes what a second import from core has", async () => {
    const imports = 'import { drop } from "@personakit/core";\nimport { must } from "@personakit/core";\n';
    const result = await edited(`${imports}export const a = backend.extend({ id: "payments" });\n`);
    expect(result?.startsWith(imports)).toBe(true);
    expect(result).toContain('must("Send a token.")');
  });

  test("imports what it needs where nothing was imported from core", async () => {
    const text = 'import { backend } from "./backend.js";\nexport const a = backend.extend({ id: "payments" });\n';
    expect(await edited(text)).toMatch(/^import { must } from "@personakit\/core";\nimport { backend }/);
  });

  test("takes out and changes a rule that the persona adds", async () => {
    const text = `import { must } from "@personakit/core";
export const a = b.extend({
  id: "payments",
  addRules: {
    ledger: { after: "x/y", rule: must("A.") },
    other: { after: "x/y", rule: must("B.") },
  },
});
`;
    const settings: Setting[] = [
      { path: ["addRules", "ledger"], value: null },
      { path: ["addRules", "other", "rule"], value: must("C.") },
    ];
    const expected = text.replace(/ {4}ledger.*\n/, "").replace('must("B.")', 'must("C.")');
    expect(await edited(text, settings)).toBe(expected);
  });
});

test("a text stays a text, whatever it says", async () => {
  const texts = ['"); boom(); ("', "`${boom()}`", "\\", "\u2028*/", "</script>"];
  const text = 'import { must } from "@personakit/core";\nexport const a = b.extend({ id: "payments" });\n';
  const settings = texts.map(
    (each, index): Setting => ({ path: ["rules", `"${each}`, `a${index}`], value: must(each) }),
  );
  const module = (await edited(text, settings)) ?? "";
  const made: unknown[] = [];
  const run = new Function("b", "must", "boom", module.replace(/^import.*/, "").replace("export const a =", "return"));
  run({ extend: (patch: unknown) => made.push(patch) }, must, () => made.push("boom"));
  const rules = Object.fromEntries(texts.map((each, index) => [`"${each}`, { [`a${index}`]: must(each) }]));
  expect(made).toEqual([{ id: "payments", rules }]);
});

describe("no override is written", () => {
  test.each<[what: string, text: string, index?: number]>([
    ["where the persona is not extended", "export const a = definePersona({ id: 'payments' });"],
    ["where two are", 'a.extend({ id: "payments" }); b.extend({ id: "payments" });'],
    ["where it is made by a call", 'export default { personas: [...all, "x"] };', 1],
    ["where another value is in the way", 'a.extend({ id: "payments", rules: rules() });'],
    ["where the personas are computed", "export default { personas: list() };", 0],
  ])("%s", async (_what, text, index) => {
    expect(await edited(text, [CSRF], index)).toBeUndefined();
  });
});

test("a configuration says which other module a persona comes from", async () => {
  const text =
    'import { a } from "./a.ts";\nimport { b } from "b";\nexport default { personas: [a, b, "./c.ts", "d"] };\n';
  expect(await Promise.all([0, 1, 2, 3].map((index) => elsewhere(text, index)))).toEqual([
    { importedFrom: "./a.ts" },
    undefined,
    { path: "./c.ts" },
    undefined,
  ]);
});
