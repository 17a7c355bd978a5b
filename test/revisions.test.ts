import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { type Project, packPackages } from "./installed.ts";

// A repository whose packages are compiled: what their package.json leads to is in `dist`, which git ignores.

const newProject = packPackages("personakit", "@personakit/core");
let project: Project;

/** The source of a fragment, in two files, as TypeScript is written for ES modules. */
function writeFragment(text: string, limit = 100): void {
  project.write("packages/rules/src/texts.ts", `export const text: string = ${JSON.stringify(text)};\n`);
  project.write(
    "packages/rules/src/index.ts",
    `import { defineFragment, must } from "@personakit/core";
import { z } from "zod";
import manifest from "../package.json" with { type: "json" };
import { text } from "./texts.js";
const params = { limit: z.number().max(${limit}).default(10) };
const rules = { a: must(text) };
export const topic = defineFragment({ id: "topic", version: manifest.version, title: "T", summary: "S.", params, rules });
`,
  );
}

function writePersona(role: string): void {
  project.write(
    "packages/dev/src/index.ts",
    `import { definePersona } from "@personakit/core";
import { topic } from "@acme/rules";
import manifest from "../package.json" with { type: "json" };
const description = { does: "Does.", when: "When.", notFor: "Not." };
export const dev = definePersona({ id: "dev", version: manifest.version, title: "D", role: "${role}", description, use: [topic] });
`,
  );
}

/** What a compiler would make of a package's sources. */
function compile(name: string): void {
  for (const file of ["index", "texts"]) {
    const source = `packages/${name}/src/${file}.ts`;
    if (project.files().includes(source)) {
      project.write(`packages/${name}/dist/${file}.js`, project.read(source).replace("text: string", "text"));
    }
  }
}

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: project.folder, stdio: "pipe" });
}

function link(from: string, to: string): void {
  mkdirSync(dirname(project.at(from)), { recursive: true });
  symlinkSync(project.at(to), project.at(from), "junction");
}

beforeEach(() => {
  project = newProject();
  for (const [name, report] of [
    ["rules", "./api.json"],
    ["dev", "./document.json"],
  ] as const) {
    const entry = { types: "./dist/index.d.ts", default: "./dist/index.js" };
    const exports = { ".": entry, [report]: `./dist/${report.slice(2)}`, "./package.json": "./package.json" };
    project.write(`packages/${name}/package.json`, {
      name: `@acme/${name}`,
      version: "1.0.0",
      type: "module",
      exports,
    });
  }
  link("packages/dev/node_modules/@acme/rules", "packages/rules");
  project.write(".gitignore", "node_modules\ndist\n");
  writeFragment("Check the input.");
  writePersona("One.");
  for (const name of ["rules", "dev"]) compile(name);
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "First");
});

describe("packages that are compiled are read from their sources at a revision", () => {
  test("by diff", () => {
    writeFragment("Check all input.");
    compile("rules");
    const { code, out, err } = project.run("diff", "--markdown", "HEAD");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("before: must: Check the input.");
  });

  test("by semver", () => {
    writePersona("Two.");
    compile("dev");
    const { code, out, err } = project.run("semver", "packages", "--git", "HEAD");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("@acme/dev@HEAD -> patch\n");
    expect(out).toContain("@acme/rules@HEAD -> nothing has changed\n");
  });

  test("and where there is no source, the error says what to do, with no path of the copy", () => {
    git("rm", "--quiet", "-r", "--cached", "packages/rules/src");
    git("commit", "--quiet", "--message", "Without sources");
    for (const args of [
      ["diff", "HEAD"],
      ["semver", "packages", "--git", "HEAD"],
    ]) {
      const { code, err } = project.run(...args);
      expect(code).toBe(2);
      expect(err).toContain("at HEAD");
      expect(err).toContain("personakit semver <folder> compares with what is published");
      expect(err).not.toMatch(/personakit-revision/);
    }
  });
});

test("a package that is not compiled yet is named once, with what to do", () => {
  rmSync(project.at("packages/rules/dist"), { recursive: true });
  const { code, err } = project.run("semver", "packages/rules", "--git", "HEAD");
  expect(code).toBe(2);
  expect(err.match(/packages\/rules/g)).toHaveLength(1);
  expect(err).toContain("its entry dist/index.js is not there. Build the package first");
});

test("a pull request shows what a fragment takes less of, though no persona says another word", () => {
  writeFragment("Check the input.", 50);
  compile("rules");
  const { code, out } = project.run("diff", "--markdown", "HEAD");
  expect(code).toBe(1);
  expect(out).toContain("| `@acme/rules` | major, 1 change |");
  expect(out).toContain("**changed** `param limit`");
  expect(out).not.toContain("@acme/dev");
  writeFragment("Check the input.");
  compile("rules");
  expect(project.run("diff", "HEAD")).toMatchObject({ code: 0, out: "No persona or fragment has changed.\n" });
});
