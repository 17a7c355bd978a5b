import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sectionsOf } from "@personakit/core/internal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unpackDocument } from "../packages/cli/src/sources/packed-document.ts";
import { packPackages } from "./installed.ts";
import { LanguageServer } from "./language-server.ts";

const PERSONA = "@personakit/persona-backend-developer-lambda";
const project = packPackages(PERSONA)();
const installed = (name: string, path: string) => join(realpathSync(join(project.folder, "node_modules", name)), path);
const read = (path: string) => readFileSync(installed(PERSONA, path), "utf8");
const document = unpackDocument(JSON.parse(read("dist/document.json")), read, PERSONA);
const entries = sectionsOf(document).flatMap((section) => section.entries);

const idsOf = (unit: string) => entries.filter(({ origin }) => origin.unit === unit).map(({ origin }) => origin.rule);

/** A user's file; `edits` is what stands in "rules". */
const source = (edits: string) => `import { drop } from "@personakit/core";
import { backendDeveloperLambda } from "${PERSONA}";

export const mine = backendDeveloperLambda.extend({
  id: "mine",
  rules: {
    ${edits}
  },
});
`;
/** What the language server protocol calls severity 1. */
const ERROR = 1;
interface Diagnostic {
  readonly severity: number;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}
let server: LanguageServer;

beforeAll(async () => {
  const compilerOptions = { strict: true, module: "nodenext", target: "es2022" };
  writeFileSync(join(project.folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  writeFileSync(join(project.folder, "package.json"), JSON.stringify({ type: "module" }));
  server = await LanguageServer.start(project.folder);
});

afterAll(() => server.stop());

describe.each([
  ["a rule of a fragment", "security-checklist", "csrf", "@personakit/security-checklist"],
  ["a rule of a persona's own section", "focus", "serverlessFirst", PERSONA],
])("%s", (_, unit, rule, declaredIn) => {
  const path = `${unit}.ts`;
  const ids = idsOf(unit);
  const entry = entries.find(({ origin }) => origin.unit === unit && origin.rule === rule);
  const text = entry?.kind === "rule" ? `${entry.strength}: ${entry.text}` : "";
  const edited = source(`"${unit}": { ${rule}: drop("Not here.") },`);
  const upToRule = edited.slice(0, edited.indexOf(`${rule}:`) + 1);

  beforeAll(() => server.open(path, edited));

  test("is offered with those beside it", async () => {
    const blank = source(`"${unit}": {  },`);
    server.open(`blank-${path}`, blank);
    const inside = blank.slice(0, blank.indexOf("{  }") + 2);
    const { items } = (await server.ask("completion", `blank-${path}`, inside)) as { items: { label: string }[] };
    expect(ids).toContain(rule);
    expect(items.map(({ label }) => label.replace("?", ""))).toEqual(expect.arrayContaining(ids));
  });

  test("shows its own text on hover", async () => {
    const { contents } = (await server.ask("hover", path, upToRule)) as { contents: { value: string } };
    expect(text.length).toBeGreaterThan(50);
    expect(contents.value).toContain(text);
  });

  test("leads to its own line", async () => {
    const [target] = (await server.ask("definition", path, upToRule)) as {
      uri: string;
      range: { start: { line: number } };
    }[];
    const file = fileURLToPath(target?.uri ?? "");
    expect(realpathSync(file)).toBe(installed(declaredIn, "dist/index.d.ts"));
    const line = readFileSync(file, "utf8").split("\n")[target?.range.start.line ?? 0];
    expect(line).toContain(`/** ${text} */ ${rule}`);
  });
});

/** The one error in a user's file, whose text stands at `place`. */
async function errorIn(path: string, wrong: string, place: string): Promise<string> {
  server.open(path, wrong);
  const { items } = (await server.ask("diagnostic", path)) as { items: Diagnostic[] };
  const [error, ...others] = items.filter(({ severity }) => severity === ERROR);
  expect(others).toEqual([]);
  const { line = -1, character } = error?.range.start ?? {};
  expect(wrong.split("\n")[line]?.slice(character).startsWith(place)).toBe(true);
  return error?.message ?? "";
}

test("a misspelt rule id is an error that names the nearest, and the known ones", async () => {
  const message = await errorIn("rule.ts", source(`focus: { serverlesFirst: drop("Not here.") },`), "serverlesFirst:");
  expect(message).toContain("'serverlesFirst' does not exist");
  expect(message).toContain("Did you mean to write 'serverlessFirst'?");
  for (const id of idsOf("focus")) expect(message).toContain(` ${id}?: `);
});

test("a misspelt fragment id is an error that names the nearest", async () => {
  const wrong = source(`"security-cheklist": { csrf: drop("Not here.") },`);
  expect(await errorIn("fragment.ts", wrong, '"security-cheklist":')).toContain(
    'Did you mean \\"security-checklist\\"?',
  );
});
