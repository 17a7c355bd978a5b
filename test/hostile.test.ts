import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { compile, type Document, definePersona, must, section } from "@personakit/core";
import { beforeEach, describe, expect, test } from "vitest";
import { packDocument } from "../packages/cli/src/packed.ts";
import { type Project, packPackages } from "./installed.ts";

// Repositories and packages are other people's: nothing in them may reach beyond its own files.

const LAMBDA = "@personakit/persona-backend-developer-lambda";
const newProject = packPackages("personakit", LAMBDA);
let project: Project;

beforeEach(() => {
  project = newProject();
});

const rules = { a: must("A.") };
const description = { does: "Does.", when: "When.", notFor: "Not." };
const references = { deep: { title: "Deep", when: "deep", use: [section({ id: "deep-section", title: "D", rules })] } };
const use = [section({ id: "own", title: "Own", rules })];
const document = compile(definePersona({ id: "one", title: "T", role: "R.", description, use, references }));

/** A package whose compiled document is not what the compiler writes. */
function writePackage(folder: string, changed: unknown): void {
  const exports = { "./document.json": "./document.json" };
  project.write(`${folder}/package.json`, { name: "@acme/persona-one", version: "1.0.0", exports });
  project.write(`${folder}/document.json`, packDocument(changed as Document, []));
}

describe("a package with a document that no compiler wrote", () => {
  const cases: readonly [string, unknown][] = [
    ["an id that leads out", { ...document, id: "../../esc" }],
    ["a reference that leads out", { ...document, references: [{ ...document.references[0], id: "../../../CLAUDE" }] }],
    ["a server that is a tool", { ...document, tools: ["read"], mcpServers: ["x, Bash"] }],
    ["a model with a line of its own", { ...document, model: { exact: { "claude-agent": "opus\nhooks: x" } } }],
    ["a colour that there is not", { ...document, color: "red\nfoo: bar" }],
    ["a rule of two lines", JSON.parse(JSON.stringify(document).replaceAll('"A."', '"A.\\n# Heading"'))],
    ["triggers that are a text", { ...document, triggers: "abc" }],
  ];
  test.each(cases)("is refused for %s", (_, changed) => {
    writePackage("evil", changed);
    const before = project.files();
    for (const target of ["claude-agent", "agents-md"]) {
      const { code, err } = project.run("add", "./evil", "--target", target);
      expect(err).toMatch(/^error: \.\/evil: the compiled persona is not one, /);
      expect(code).toBe(2);
    }
    project.write("doc.json", changed as object);
    expect(project.run("build", "./doc.json").code).toBe(2);
    expect(project.files().filter((path) => path !== "doc.json")).toEqual(before);
  });

  test.each([
    ["a file outside of it", { files: [{ path: "../../../etc/passwd", sha256: "" }] }],
    ["a place that is in no file", { document: { ...document, role: { $: [9, 0, 1e99] } } }],
    ["a document that is none", { document: null }],
    ["sections that are none", { document: { ...document, sections: 5 } }],
    ["a file that is none", { files: "abc" }],
  ])("is refused for %s", (_, changed) => {
    writePackage("evil", document);
    project.write("evil/document.json", { ...JSON.parse(project.read("evil/document.json")), ...changed });
    const { code, err, out } = project.run("add", "./evil", "--json");
    expect(code).toBe(2);
    expect(err).toBe("");
    expect(JSON.parse(out).errors[0]).toMatch(/^\.\/evil: /);
  });
});

test("a link at the place of a temporary file is not followed", () => {
  project.write("victim.txt", "keep");
  for (const path of [".claude/agents/.backend-developer-lambda.md.personakit", ".personakit.lock.json.personakit"]) {
    mkdirSync(dirname(project.at(path)), { recursive: true });
    symlinkSync(project.at("victim.txt"), project.at(path));
  }
  expect(project.run("add", LAMBDA, "--target", "claude-agent")).toMatchObject({ code: 0, err: "" });
  expect(project.read("victim.txt")).toBe("keep");
  expect(project.run("check").code).toBe(0);
});

test.each(["../../x", "a#b", "(", ".*", "x --> evil", "Upper", "__proto__", "a\nb"])("--as %j is refused", (name) => {
  project.write("AGENTS.md", "# Ours\n");
  const { code, err } = project.run("add", LAMBDA, "--target", "agents-md", "--as", name);
  expect(err).toContain("expected kebab-case of at most 64 characters");
  expect(code).toBe(2);
  expect(project.files()).toEqual(["AGENTS.md"]);
});

test("a persona may be called what every object inherits", () => {
  expect(project.run("add", LAMBDA, "--target", "claude-agent", "--as", "constructor").code).toBe(0);
  expect(project.run("check").code).toBe(0);
});

test("a manifest cannot have folders deleted that are not the project's, nor folders of the user's", () => {
  project.run("add", LAMBDA, "--target", "claude-agent");
  mkdirSync(project.at(".claude/commands/mine"), { recursive: true });
  const manifest = JSON.parse(project.read("personakit.lock.json"));
  project.write("personakit.lock.json", { ...manifest, folders: [...manifest.folders, "../elsewhere"] });
  const refused = project.run("remove", LAMBDA);
  expect(refused.err).toContain("../elsewhere: leads out of the project");
  expect(refused.code).toBe(2);
  project.write("personakit.lock.json", manifest);
  expect(project.run("remove", LAMBDA).code).toBe(0);
  expect(existsSync(project.at(".claude/commands/mine"))).toBe(true);
  expect(existsSync(project.at(".claude/agents"))).toBe(false);
});

test("what was added from a folder is never looked for in the registry", () => {
  writePackage("private", document);
  expect(project.run("add", "./private", "--target", "claude-agent").code).toBe(0);
  expect(JSON.parse(project.read("personakit.lock.json")).personas.one.package).toBe("./private");
  project.write("private/moved.txt", "");
  writePackage("private", { ...document, role: "New." });
  expect(project.run("update").out).toMatch(/changed +role/);
  expect(project.read(".claude/agents/one.md")).toContain("New.");
});

describe("what a user has decided is not lost without a word", () => {
  const configure = (extend: object) =>
    project.write("personakit.config.json", { personas: [{ persona: LAMBDA, extend: { id: "mine", ...extend } }] });

  test.each([
    [{ csrf: { must: "Do it.", should: "Or not." } }, "this is two things: must and should"],
    [{ csrf: { drop: "x", must: "y" } }, "this is two things: drop and must"],
    [{ csrf: { must: "x", evidnce: [] } }, 'there is no option "evidnce". Did you mean "evidence"?'],
    [{ csrf: "x" }, "this is no change of a rule"],
  ])("in JSON: %j", (changes, message) => {
    configure({ rules: { "security-checklist": changes } });
    const { code, err } = project.run("build");
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test("an override whose rule is gone says what it was", () => {
    configure({ rules: { "security-checklist": { csrf: { must: "Ours." } } } });
    project.run("build");
    const manifest = JSON.parse(project.read("personakit.lock.json"));
    manifest.personas.mine.published.rules["security-checklist/crossSite"] = "must: Send a token.";
    project.write("personakit.lock.json", manifest);
    configure({ rules: { "security-checklist": { crossSite: { must: "Ours." } } } });
    const { code, err } = project.run("update");
    expect(err).toContain('its package has removed or renamed it since. It said: "must: Send a token."');
    expect(code).toBe(2);
  });

  test("an added persona that is configured now is the configuration's", () => {
    project.run("add", LAMBDA, "--target", "claude-agent");
    project.write("personakit.config.json", { personas: [LAMBDA], targets: ["plain"] });
    expect(project.run("build").code).toBe(0);
    expect(project.run("check")).toMatchObject({ code: 0, err: "" });
  });

  test("text below a block stays where it is when the block goes", () => {
    project.write("AGENTS.md", "mine");
    project.run("add", LAMBDA, "--target", "agents-md");
    project.write("AGENTS.md", `${project.read("AGENTS.md")}after\n`);
    project.run("remove", LAMBDA);
    expect(project.read("AGENTS.md")).toBe("mine\n\nafter\n");
  });

  test("an ejected file is named when its persona is added again, and written when it is gone", () => {
    const agent = ".claude/agents/backend-developer-lambda.md";
    project.run("add", LAMBDA, "--target", "claude-agent");
    project.run("eject", agent);
    expect(project.run("add", LAMBDA, "--target", "claude-agent").out).toContain(`${agent}  ejected: left alone`);
    rmSync(project.at(agent));
    expect(project.run("add", LAMBDA, "--target", "claude-agent").code).toBe(0);
    expect(project.read(agent)).toContain("backend-developer-lambda");
    const misspelt = project.run("explain", ".claude/agents/backend-developer-lamda.md:3");
    expect(misspelt.err).toContain(`Did you mean "${agent}"?`);
  });
});
