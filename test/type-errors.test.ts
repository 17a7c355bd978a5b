import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";

const MISTAKES = "packages/core/src/define/builder.errors.test-d.ts";
const FIELDS = "packages/targets/src/features/fields.errors.test-d.ts";
const ENTRIES = "packages/core/src/entries";

mkdirSync(join(ROOT, ".build"), { recursive: true });
const folder = mkdtempSync(join(ROOT, ".build/type-errors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An error of the compiler, or the part of one that a comment announces for the next line. */
interface CompilerError {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** The table of kinds as it stands, in a copy where `Entry` has one kind more. */
function kindsWithOneMore(): string {
  const source = readFileSync(join(ROOT, ENTRIES, "kinds.ts"), "utf8");
  const entries = `${relative(folder, join(ROOT, ENTRIES)).replaceAll("\\", "/")}/`;
  return source
    .replace(/(?<= from ")(?=\.)/g, entries)
    .replace("export type Entry = ", 'export type Entry = { readonly kind: "note" } | ')
    .replace("const KINDS:", "// error TS2741: Property 'note' is missing\nconst KINDS:");
}

/** The errors that the comments of a file announce: `// error TS2741: Property 'render' is missing`. */
function announced(file: string): CompilerError[] {
  const lines = readFileSync(join(ROOT, file), "utf8").split(/\r?\n/);
  return lines.flatMap((text, index) => {
    const [, code, message] = /^ *\/\/ error (TS\d+): (.+)$/.exec(text) ?? [];
    return code === undefined || message === undefined ? [] : [{ file, line: index + 2, code, message }];
  });
}

/** The errors that a compiler finds in some files, in one run. */
function reported(files: readonly string[], compiler: string): CompilerError[] {
  const config = {
    extends: join(ROOT, "tsconfig.base.json"),
    compilerOptions: { noEmit: true, types: ["node"] },
    files: files.map((file) => join(ROOT, file)),
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(ROOT, "node_modules", compiler, "bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  // A message may go on in lines that are indented.
  return stdout.split(/\r?\n(?! )/).flatMap((text) => {
    const [, file = "", line, code = "", message = ""] =
      /^(.+)\((\d+),\d+\): error (TS\d+): ([\s\S]+)$/.exec(text) ?? [];
    return line === undefined ? [] : [{ file, line: Number(line), code, message }];
  });
}

/** An error in one line: cut down to what was announced of it, and in full where nothing was. */
function said(error: CompilerError, expected: readonly CompilerError[]): string {
  const known = expected.find(
    ({ file, line, code, message }) =>
      file === error.file && line === error.line && code === error.code && error.message.includes(message),
  );
  return `${error.file}(${error.line}): error ${error.code}: ${(known ?? error).message}`;
}

test("each mistake in a field of a tool is refused with the error that its comment announces, and nothing else is", () => {
  const expected = announced(FIELDS);
  expect(expected.length).toBeGreaterThan(5);
  const found = reported([FIELDS], "typescript").map((error) => said(error, expected));
  expect(found.sort()).toEqual(expected.map((error) => said(error, expected)).sort());
});

test("each mistake is refused with the error that its comment announces, and nothing else is", () => {
  writeFileSync(join(folder, "kinds.ts"), kindsWithOneMore());
  const files = [MISTAKES, relative(ROOT, join(folder, "kinds.ts")).replaceAll("\\", "/")];
  const expected = files.flatMap(announced);
  const found = reported(files, "typescript").map((error) => said(error, expected));
  expect(found.sort()).toEqual(expected.map((error) => said(error, expected)).sort());
});

// Compilers list the members of a union in orders of their own: of the others, only names are compared.
test("TypeScript 5 suggests the same names", () => {
  const suggested = [MISTAKES, FIELDS].flatMap(announced).filter(({ message }) => message.includes("Did you mean"));
  expect(suggested.length).toBeGreaterThan(3);
  const found = reported([MISTAKES, FIELDS], "typescript-5").filter(({ message }) => message.includes("Did you mean"));
  for (const error of suggested) expect(found.map((each) => said(each, suggested))).toContain(said(error, suggested));
});
