import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadUnits } from "../../scripts/units.ts";
import { allBlocks, type Block } from "./blocks.ts";
import { checkersWith } from "./checkers.ts";
import { installedPackages, loaderIn } from "./packages.ts";
import { PREAMBLES } from "./preambles.ts";
import { SQL } from "./sql.ts";
import { modulesOf, typeErrors, writeModules } from "./typescript.ts";

// Samples are code: every block of every persona is checked as what it is, against the packages that it names.

const COMPILED = ["ts", "tsx", "js"];

const blocks = allBlocks(await loadUnits());
const packages = installedPackages();
const load = await loaderIn(packages);
const checkers = checkersWith(load, packages);
const compiled = blocks.filter(({ language }) => COMPILED.includes(language));
const others = blocks.filter(({ language }) => !COMPILED.includes(language));

const modules = modulesOf(compiled);
const [folder, remove] = writeModules(modules, packages);
afterAll(remove);

test("TypeScript and JavaScript compile, strictly and against the real packages", () => {
  expect(compiled.length).toBeGreaterThan(20);
  expect(typeErrors(modules, folder)).toEqual([]);
});

test("the ESLint configuration knows its rules and the files that they hold for", async () => {
  const { ESLint } = await load("eslint");
  const overrideConfigFile = join(folder, "backend-developer-express.formatting-and-linting.config.js");
  const eslint = new ESLint({ cwd: folder, overrideConfigFile });
  const rulesFor = async (path: string) => (await eslint.calculateConfigForFile(path)).rules;
  const [usual, exempt] = [await rulesFor("src/service.ts"), await rulesFor("src/config/env.ts")];
  for (const rule of ["no-console", "@typescript-eslint/switch-exhaustiveness-check", "no-restricted-properties"])
    expect(usual[rule][0], rule).toBe(2);
  expect(exempt["no-restricted-properties"][0]).toBe(0);
  expect(await rulesFor("dist/service.ts").catch(() => undefined)).toBeUndefined();
});

test.each(others)("$id is right $language ($place)", async (block) => {
  expect(await problemsOf(block)).toEqual([]);
});

test("nothing is hidden behind any, in a sample or in what stands before it", () => {
  const texts = [
    ...compiled.map(({ id, code }) => [id, code]),
    ...Object.entries(PREAMBLES).map(([id, { code = "" }]) => [id, code]),
  ];
  expect(texts.filter(([, code = ""]) => hidesTypes(code)).map(([id]) => id)).toEqual([]);
});

test("everything that is said before a sample belongs to one", () => {
  const ids = new Set(blocks.map(({ id }) => id));
  expect([...Object.keys(PREAMBLES), ...Object.keys(SQL)].filter((id) => !ids.has(id))).toEqual([]);
});

describe("a checker finds", () => {
  test.each<[what: string, language: string, code: string, problem: string | RegExp]>([
    ["a language that nobody checks", "cobol", "STOP RUN.", "no checker knows cobol"],
    ["a block without a language", "", "npm ci", "no checker knows"],
    ["an unknown column", "sql", "CREATE TABLE a (b int); SELECT c FROM a;", 'column "c" does not exist'],
    ["a parameter without a value", "sql", "SELECT :a", 'syntax error at or near ":"'],
    ["broken YAML", "yaml", "a: [", "Flow sequence"],
    ["data of no known format", "yaml", "a: 1", "no schema is known for data with the keys a"],
    [
      "an unknown key of a workflow",
      "yaml",
      "on: push\njobs:\n  a:\n    runs-on: x\n    step: []",
      "Unexpected value 'step'",
    ],
    [
      "a wrong expression in a workflow",
      "yaml",
      "on: push\njobs:\n  a:\n    runs-on: x\n    if: github.event = 1\n    steps:\n      - run: x",
      "Unexpected symbol",
    ],
    ["an unknown key of a pipeline", "yaml", "a:\n  script: [b]\n  imag: c", "'imag' property is not expected"],
    ["an unknown key of Compose", "yaml", "services:\n  a:\n    imagee: b", "additional properties"],
    ["a wrong OpenAPI document", "yaml", "openapi: 3.1.0\ninfo: {title: A}\npaths: {}", "version"],
    ["broken JSON", "json", "{a: 1}", "SyntaxError"],
    ["an unknown instruction", "dockerfile", "FROM a@sha256:DIGEST\nRUNN b", "Unknown instruction: RUNN"],
    ["an image without a digest", "dockerfile", "FROM a:1", "DL3006"],
    ["a command in shell form", "dockerfile", "FROM a@sha256:DIGEST\nCMD b", "DL3025"],
    ["a line without a purpose", "text", "src/a  one\nsrc/b", "two columns"],
  ])("%s", async (_what, language, code, problem) => {
    const found = await problemsOf({ id: "a/b", language, code, place: "" });
    expect(found.join("\n")).toMatch(problem);
  });

  // On Windows, `bash` may be a Linux that is not installed.
  test.skipIf(process.platform === "win32")("a shell script that does not parse", async () => {
    const block = { id: "a/b", language: "sh", place: "" };
    expect(await problemsOf({ ...block, code: "if true; then" })).toMatchObject([/unexpected end of file/]);
    expect(await problemsOf({ ...block, code: "npm ci && npm test" })).toEqual([]);
  });

  test("what is right", async () => {
    const compose = "services:\n  a:\n    image: b\n    healthcheck:\n      test: [CMD, c]";
    expect(await problemsOf({ id: "a/b", language: "yaml", code: compose, place: "" })).toEqual([]);
    const openapi = '{"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}}';
    expect(await problemsOf({ id: "a/b", language: "json", code: openapi, place: "" })).toEqual([]);
  });

  test("a type that does not fit, with the block's own line", () => {
    const wrong = modulesOf([
      { id: "session-tokens/sessionCode", language: "ts", code: "const hash = 1;\n", place: "a.md:1" },
      { id: "session-tokens/jwtCode", language: "ts", code: "", place: "a.md:1" },
      {
        id: "session-tokens/refreshCode",
        language: "ts",
        code: "const list: number[] = [];\nconst one: number = list[0];",
        place: "b.md:1",
      },
    ]);
    const [place, removeWrong] = writeModules(
      [...modules.filter(({ name }) => name === "error-handling.errorClass.ts"), ...wrong],
      packages,
    );
    const errors = typeErrors(wrong, place);
    removeWrong();
    expect(errors).toMatchObject([/^authentication\/refreshCode, line 2 \(b\.md:1\): error TS2322/]);
  });

  test.each([
    "const a: any = 1;",
    "a as any",
    "// @ts-expect-error",
    "a as unknown as B",
    "Promise<any>",
    "(a: any[]) => a",
  ])("types hidden by %s", (code) => expect(hidesTypes(code)).toBe(true));
});

async function problemsOf(block: Block): Promise<string[]> {
  const check = checkers[block.language];
  return check === undefined ? [`no checker knows ${block.language}`] : await check(block);
}

/** In code, and not in a comment or a string; a comment that silences the compiler counts. */
function hidesTypes(code: string): boolean {
  const bare = code
    .replace(/"[^"\n]*"/g, "")
    .replace(/\/\*\*.*?\*\//gs, "")
    .replace(/\/\/(?! @ts-).*/g, "");
  return /\bany\b|@ts-|\bas unknown as\b|\bas never\b/.test(bare);
}
