import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { exportName, KINDS, moduleText } from "../packages/cli/src/scaffold/templates.ts";
import { ROOT } from "../scripts/workspace.ts";
import { NODE, type Project, packPackages } from "./installed.ts";

// What `new` writes passes everything as it stands, in repositories that are not ours.

const STRICT = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck"];
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");
const newProject = packPackages("personakit");
let project: Project;

// A registry in which nothing was ever published.
const registry = createServer((_, response) => response.writeHead(404).end("{}"));

beforeAll(async () => {
  registry.listen(0, "127.0.0.1");
  await once(registry, "listening");
});

afterAll(() => registry.close());

beforeEach(() => {
  project = newProject();
});

function tsc(...args: readonly string[]): string {
  return spawnSync(process.execPath, [TSC, ...args], { cwd: project.folder, encoding: "utf8" }).stdout;
}

function json(path: string) {
  return JSON.parse(project.read(path));
}

/** What `list` finds in the rules of a persona. */
function findingsIn(source: string): unknown {
  return JSON.parse(project.run("list", source, "--json").out).personas[0].quality.findings;
}

async function semverCheck(...folders: readonly string[]): Promise<string> {
  const { port } = registry.address() as AddressInfo;
  const bin = project.at("node_modules/personakit/dist/bin.js");
  const env = { PATH: process.env.PATH, NO_COLOR: "1", npm_config_registry: `http://127.0.0.1:${port}/` };
  const { stdout } = await promisify(execFile)(NODE, [bin, "semver", ...folders, "--check"], {
    cwd: project.folder,
    env,
  });
  return stdout;
}

describe.each([
  ["TypeScript", "", { name: "@shop/api", devDependencies: { typescript: "^5.9.0" } }],
  ["TypeScript, with packages", "packages/", { private: true, devDependencies: { typescript: "~7.0.2" } }],
  ["JavaScript", "", { name: "shop" }],
  ["JavaScript modules, with packages", "packages/", { name: "@shop/root", type: "module" }],
] as readonly (readonly [language: string, parent: string, manifest: { name?: string }])[])(
  "packages in a repository of %s",
  (language, parent, manifest) => {
    const isTyped = language.startsWith("TypeScript");
    const [persona, fragment, target] = KINDS.map((kind) => `${parent}${kind}-acme`) as [string, string, string];

    let made: Project;

    beforeAll(() => {
      project = made = newProject();
      project.write("package.json", manifest);
      if (parent !== "") project.write(`${parent}other/index.js`, "");
      project.write(".changeset/config.json", {});
      for (const kind of KINDS) expect(project.run("new", kind, "acme")).toMatchObject({ code: 0, err: "" });
      for (const folder of isTyped ? [persona, fragment, target] : []) expect(tsc("-p", folder)).toBe("");
    });

    beforeEach(() => {
      project = made;
    });

    test("compile, pack, add and type-check", () => {
      expect(project.run("pack", persona, fragment)).toMatchObject({ code: 0, err: "" });
      expect(findingsIn(`./${persona}`)).toEqual([]);
      const options = ["--target", `./${target}`, "--strict", "--out", "built"];
      expect(project.run("build", `./${persona}`, ...options)).toMatchObject({ code: 0, err: "" });
      expect(project.read("built/.acme/agents/acme.md")).toContain("1. Take the first step.");
      expect(project.run("add", `./${persona}`)).toMatchObject({ code: 0, err: "" });
      expect(project.run("check")).toMatchObject({ code: 0, err: "" });
      if (isTyped) return;
      const files = [persona, fragment, target].map((folder) => `${folder}/index.js`);
      expect(tsc("--allowJs", "--checkJs", ...STRICT, ...files)).toBe("");
    });

    test("have what their manifests point to, in the version that the manifest says", () => {
      project.run("pack", persona, fragment);
      const there = project.files();
      const scope = manifest.name?.startsWith("@shop/") ? "@shop/" : "";
      for (const folder of [persona, fragment, target]) {
        const { name, exports, files, dependencies } = json(`${folder}/package.json`);
        expect(name).toBe(`${scope}${folder.replace(parent, "")}`);
        const entries = typeof exports["."] === "string" ? [exports["."]] : Object.values(exports["."]);
        const { ".": _, ...others } = exports;
        for (const path of [...entries, ...Object.values(others)]) expect(there).toContain(join(folder, String(path)));
        for (const path of files) expect(there.filter((each) => each.startsWith(`${folder}/${path}`))).not.toEqual([]);
        for (const range of Object.values(dependencies)) expect(range).toMatch(/^\^\d+\.\d+\.\d+/);
      }
      expect(json(`${persona}/dist/document.json`).document.version).toBe(json(`${persona}/package.json`).version);
      expect(project.read(`${fragment}/index.${isTyped ? "ts" : "js"}`)).toContain("version: manifest.version,");
    });

    test("have a changeset for their first release, so that semver --check passes", async () => {
      expect(await semverCheck(persona, fragment)).toContain("the changesets match the changes");
    });
  },
);

test("a package takes the repository's own TypeScript, unless its range means something only there", () => {
  const rangeIn = (typescript: string) => {
    project = newProject();
    project.write("package.json", { devDependencies: { typescript } });
    project.run("new", "persona", "acme");
    return JSON.parse(project.read("persona-acme/package.json")).devDependencies.typescript;
  };
  expect(rangeIn("~5.9.2")).toBe("~5.9.2");
  expect(rangeIn("catalog:")).toBe(">=5.7");
});

describe.each([
  ["TypeScript", { devDependencies: { typescript: "^5.9.0" } }, "mts"],
  ["TypeScript modules", { type: "module", devDependencies: { typescript: "^5.9.0" } }, "ts"],
  ["JavaScript", {}, "mjs"],
  ["JavaScript modules", { type: "module" }, "js"],
  ["nothing yet", undefined, "mjs"],
])("files in a repository of %s", (_, manifest, ending) => {
  test("are modules that compile and type-check", () => {
    if (manifest !== undefined) project.write("package.json", manifest);
    for (const kind of KINDS) expect(project.run("new", kind, "acme", "--file")).toMatchObject({ code: 0, err: "" });
    const modules = KINDS.map((kind) => `${kind}s/acme.${ending}`);
    expect(project.files()).toEqual([...modules, ...(manifest === undefined ? [] : ["package.json"])].sort());
    expect(findingsIn(`./${modules[0]}`)).toEqual([]);
    expect(project.run("build", `./${modules[0]}`, "--target", `./${modules[2]}`, "--strict")).toMatchObject({
      code: 0,
    });
    expect(project.read(".acme/agents/acme.md")).toContain("1. Take the first step.");
    expect(tsc("--allowJs", "--checkJs", ...STRICT, ...modules)).toBe("");
  });
});

test("no file is ever overwritten, and none is written when one is there", () => {
  project.write("package.json", {});
  project.write("persona-acme/package.json", "mine");
  const { code, err } = project.run("new", "persona", "acme");
  expect(code).toBe(2);
  expect(err).toContain("persona-acme/package.json: is there already");
  expect(err).toContain("Nothing was written.");
  expect(project.read("persona-acme/package.json")).toBe("mine");
  expect(project.files()).toEqual(["package.json", "persona-acme/package.json"]);
  expect(JSON.parse(project.run("new", "persona", "acme", "--json").out).errors).toMatchObject([
    { code: "file-exists" },
  ]);
  expect(project.run("new", "persona", "other", "--file").code).toBe(0);
  expect(project.run("new", "persona", "other", "--file").code).toBe(2);
});

test("--dry-run and --json say what is written and what comes next", () => {
  project.write("package.json", { name: "@shop/api" });
  const { out } = project.run("new", "fragment", "caching", "--dry-run");
  expect(out).toContain("would write  fragment-caching/index.js");
  expect(project.files()).toEqual(["package.json"]);
  expect(JSON.parse(project.run("new", "fragment", "caching", "--json").out)).toEqual({
    ok: true,
    folder: "fragment-caching",
    package: "@shop/fragment-caching",
    files: ["fragment-caching/index.js", "fragment-caching/package.json"],
    written: true,
    next: [
      "edit fragment-caching/index.js",
      "cd fragment-caching && npm install && npm run build",
      "add it to the `use` list of a persona",
    ],
  });
  const { next } = JSON.parse(project.run("new", "persona", "reviewer", "--file", "--json").out);
  expect(next).toEqual([
    "npm install --save-dev personakit @personakit/core",
    "edit personas/reviewer.mjs",
    "npx personakit build ./personas/reviewer.mjs",
  ]);
});

test.each([
  [["persna", "acme"], 'Did you mean "persona"?'],
  [["persona", "Not Kebab"], 'Expected kebab-case, such as "code-reviewer".'],
  [["persona", "../up"], "Expected kebab-case"],
  [["persona", "con"], "the name of a device on Windows"],
])("new %j is refused, and nothing is written", (args, message) => {
  const { code, err } = project.run("new", ...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(project.files()).toEqual([]);
});

// Words of the language, and what the modules import or declare.
const NAMES =
  "class delete new import default await enum static must section fragment manifest text z define-persona type";

test("a fragment can be called as the type that it is made of", () => {
  project.write("package.json", { type: "module", devDependencies: { typescript: "^5.9.0" } });
  project.run("new", "fragment", "named", "--file");
  expect(tsc(...STRICT, "fragments/named.ts")).toBe("");
});

test.each(NAMES.split(" "))("%s is a name like any other", (name) => {
  for (const kind of KINDS) {
    const text = moduleText(kind, name, { language: "JavaScript", isPackage: true });
    const [head = "", body = ""] = text.split(/^(?=\/\*\* )/m);
    const declared = [...head.matchAll(/[{ ,](\w+)(?=[ ,]| from)/g)].map(([, word]) => word);
    expect(declared).not.toContain(exportName(kind, name));
    // A variable that cannot be declared is a syntax error.
    expect(() => new Function(body.replace("export ", ""))).not.toThrow();
  }
});
