import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";

/** An example in the docstring of something that a package's sources export. */
interface DocExample {
  /** `core-markdown-md-raw-0`: package, source, name, number. */
  readonly id: string;
  readonly of: string;
  readonly code: string;
}

const PACKAGES = ["core", "targets", "checks"];
const DOCUMENTED = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:async )?(?:class|const|function|interface|type) (\w+)/g;
const EXAMPLE = /^@example\n```ts\n([\s\S]*?)^```$/gm;

mkdirSync(join(ROOT, ".build"), { recursive: true });
const folder = mkdtempSync(join(ROOT, ".build/doc-examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The examples in a package's sources. */
function examplesOf(name: string): DocExample[] {
  const source = join(ROOT, "packages", name, "src");
  const paths = readdirSync(source, { recursive: true, encoding: "utf8" });
  const sources = paths.filter((path) => path.endsWith(".ts") && !path.includes(".test"));
  return sources.flatMap((path) => {
    const place = `${name}-${path.replace(/\.ts$/, "").replace(/[\\/]/g, "-")}`;
    const documented = readFileSync(join(source, path), "utf8").matchAll(DOCUMENTED);
    return [...documented].flatMap(([, docstring = "", of = ""]) => {
      const text = docstring.replace(/^ *\* ?/gm, "");
      return [...text.matchAll(EXAMPLE)].map(([, code = ""], index) => ({ id: `${place}-${of}-${index}`, of, code }));
    });
  });
}

/** The functions that a package's users import. A class shows its use where it is made. */
async function functionsOf(name: string): Promise<string[]> {
  const exported: object = await import(pathToFileURL(join(ROOT, "packages", name, "index.ts")).href);
  return Object.entries(exported).flatMap(([key, value]) =>
    typeof value === "function" && !String(value).startsWith("class") ? [key] : [],
  );
}

/** What the compiler says of some examples, in one run. */
function errorsIn(examples: readonly DocExample[]): string[] {
  const files = examples.map(({ id }) => `${id}.ts`);
  for (const { id, code } of examples) writeFileSync(join(folder, `${id}.ts`), code);
  const compilerOptions = { noEmit: true, types: ["node"] };
  const config = { extends: join(ROOT, "tsconfig.base.json"), compilerOptions, files };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", ".", "--pretty", "false"], {
    cwd: folder,
    encoding: "utf8",
  });
  // Errors of our own sources are said elsewhere; their paths lead out of the folder.
  return `${stdout}${stderr}`.split(/\r?\n(?! )/).filter((line) => line !== "" && !line.startsWith(".."));
}

const examples = new Map(PACKAGES.map((name) => [name, examplesOf(name)]));

describe.each(PACKAGES)("packages/%s", (name) => {
  test("shows in an example how each function is used", async () => {
    const shown = new Set(examples.get(name)?.map(({ of }) => of));
    const functions = await functionsOf(name);
    expect(functions).not.toEqual([]);
    expect(functions.filter((each) => !shown.has(each))).toEqual([]);
  });
});

test("every example compiles as it stands", () => {
  const all = [...examples.values()].flat();
  expect(all).not.toEqual([]);
  expect(errorsIn(all)).toEqual([]);
});
