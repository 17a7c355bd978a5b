import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { compile, type Document, definePersona, must, section } from "@personakit/core";
import { beforeEach, describe, expect, test } from "vitest";
import { packDocument } from "../packages/cli/src/sources/packed-document.ts";
import { packageJson, personaModule } from "./fixtures.ts";
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
function writePackage(folder: string, changed: unknown, name = "@acme/persona-one"): void {
  const exports = { "./document.json": "./document.json" };
  project.write(`${folder}/package.json`, packageJson(name, "1.0.0", exports));
  project.write(`${folder}/document.json`, packDocument(changed as Document, []));
}

describe("a package with a document that no compiler wrote", () => {
  test("is refused, packed or alone, and nothing is written", () => {
    const changed = { ...document, id: "../../esc" };
    writePackage("evil", changed);
    project.write("doc.json", changed);
    const before = project.files();
    for (const args of [
      ["add", "./evil", "--target", "claude-agent"],
      ["add", "./evil", "--target", "agents-md"],
      ["build", "./doc.json"],
    ]) {
      const { code, err } = project.run(...args);
      expect(err).toMatch(/^error: \.\/(?:evil|doc\.json): this is not a valid compiled persona, id: /);
      expect(code).toBe(2);
    }
    expect(project.files()).toEqual(before);
  });

  test("is refused where it would read a file outside of its package", () => {
    writePackage("evil", document);
    const files = [{ path: "../../../etc/passwd", sha256: "" }];
    project.write("evil/document.json", { ...JSON.parse(project.read("evil/document.json")), files });
    const { code, err, out } = project.run("add", "./evil", "--json");
    expect({ code, err }).toEqual({ code: 2, err: "" });
    expect(JSON.parse(out).errors).toMatchObject([{ code: "invalid-document", place: "./evil" }]);
  });
});

describe("a package that writes more than its lines", () => {
  const ESCAPES = "\u001B[2J\u001B]8;;https://evil.example\u0007x\n::warning::forged\n  ##[error]forged\r\u202E\u009B";

  /** What a terminal would obey, what nobody would see, and what a build server would obey. */
  function expectHarmless({ out, err }: { readonly out: string; readonly err: string }): void {
    for (const line of `${out}${err}`.split("\n")) {
      expect(line).not.toMatch(/(?!\t)[\p{Cc}\p{Cf}]|^\s*::|##\[/u);
      expect(line).not.toMatch(/^\s*forged/);
    }
  }

  test("reaches the terminal as the text that it is", () => {
    const manifest = packageJson("@acme/persona-one", "1.0.0", { "./document.json": "./document.json" });
    const hostile = { ...document, triggers: [ESCAPES] };
    project.write("evil/document.json", packDocument(hostile as Document, []));
    for (const more of [{ name: `@acme/${ESCAPES}` }, { version: `1.0.0${ESCAPES}` }, {}]) {
      project.write("evil/package.json", { ...manifest, ...more });
      for (const args of [
        ["add", "./evil", "--target", "plain"],
        ["list"],
        ["check"],
        ["explain", "prompts/one.md:3"],
        ["update", "--dry-run"],
      ]) {
        const said = project.run(...args);
        expectHarmless(said);
        expect(`${said.out}${said.err}`).not.toBe("");
      }
    }
    expect(project.read("prompts/one.md")).toContain("R.");
  });

  test("is refused for it in what it would write, and the refusal shows it", () => {
    writePackage("evil", { ...document, title: `T${ESCAPES}`, role: `R\u{1D173}`, paths: ["src/\u202E**", "\u001B*"] });
    const said = project.run("add", "./evil", "--target", "cursor-rule");
    expect(said.code).toBe(2);
    expect(said.err).toContain("there are invisible characters: U+1D173");
    expect(said.err).toContain("there are invisible characters: U+202E");
    expect(said.err).toContain("there are invisible characters: U+001B");
    expectHarmless(said);
  });

  test("cannot speak through the lockfile", () => {
    project.run("add", LAMBDA, "--target", "plain");
    const lockfile = JSON.parse(project.read("personakit.lock.json"));
    const [record] = Object.values(lockfile.artifacts);
    lockfile.artifacts["::warning::forged.md"] = record;
    lockfile.artifacts["a\n::warning::forged"] = record;
    project.write("personakit.lock.json", lockfile);
    for (const args of [["check"], ["check", "--format", "github"], ["list"], ["update", "--dry-run"]]) {
      const { out, err } = project.run(...args);
      const ours = out.replace(/^::error /gm, "");
      expectHarmless({ out: ours, err });
    }
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

test.each(["../../x", "x --> evil", "__proto__", "con"])("--as %j is refused", (name) => {
  project.write("AGENTS.md", "# Ours\n");
  const { code, err } = project.run("add", LAMBDA, "--target", "agents-md", "--as", name);
  expect(err).toContain("Expected kebab-case of at most 64 characters");
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
  expect(refused.err).toMatch(/folders\.\d: expected a path in the project/);
  expect(refused.code).toBe(2);
  project.write("personakit.lock.json", manifest);
  expect(project.run("remove", LAMBDA).code).toBe(0);
  expect(existsSync(project.at(".claude/commands/mine"))).toBe(true);
  expect(existsSync(project.at(".claude/agents"))).toBe(false);
});

describe("a lockfile that somebody else has written", () => {
  const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
  const forge = (artifacts: object) => {
    const lockfile = JSON.parse(project.read("personakit.lock.json"));
    project.write("personakit.lock.json", { ...lockfile, artifacts: { ...lockfile.artifacts, ...artifacts } });
  };
  const record = (path: string, more: object = {}) => ({
    sha256: hashOf(project.read(path)),
    targets: ["claude-agent"],
    persona: "gone",
    ...more,
  });

  beforeEach(() => {
    project.write("one.mjs", personaModule("one"));
    project.write("personakit.config.json", { personas: ["./one.mjs"], targets: ["claude-agent"] });
    expect(project.run("build").code).toBe(0);
    for (const path of ["src/index.js", ".git/HEAD", "AGENTS.md", ".claude/agents/mine.md"])
      project.write(path, "Mine.\n");
  });

  test("does not have a file deleted that no target makes for its persona", () => {
    forge({
      "src/index.js": record("src/index.js"),
      "AGENTS.md": record("AGENTS.md", { targets: ["agents-md"] }),
      ".claude/agents/mine.md": record(".claude/agents/mine.md"),
    });
    const checked = project.run("check");
    expect(checked.code).toBe(1);
    expect(checked.out).toContain("src/index.js: is in personakit.lock.json, but no target makes such a file");
    const { code, err } = project.run("build");
    expect(code).toBe(0);
    for (const path of ["src/index.js", "AGENTS.md", ".claude/agents/mine.md"]) {
      expect(err).toContain(`${path} is in personakit.lock.json, but no target makes such a file; it was left alone`);
      expect(project.read(path)).toBe("Mine.\n");
    }
    expect(project.run("check")).toMatchObject({ code: 0, err: "" });
  });

  test("nor one of git's, nor one that is removed by name", () => {
    forge({ ".git/HEAD": record(".git/HEAD") });
    expect(project.run("build")).toMatchObject({ code: 2, err: expect.stringContaining('artifacts[".git/HEAD"]') });
    expect(project.read(".git/HEAD")).toBe("Mine.\n");
    forge({ ".git/HEAD": undefined, "src/index.js": record("src/index.js", { persona: "one" }) });
    expect(project.run("remove", "one").code).toBe(0);
    expect(project.read("src/index.js")).toBe("Mine.\n");
    expect(existsSync(project.at(".claude/agents/one.md"))).toBe(false);
  });
});

test("a plugin that is added beside another takes its place in the catalogue, and leaves nothing when both go", () => {
  writePackage("one", document);
  writePackage("two", { ...document, id: "two" }, "@acme/persona-two");
  const plugins = () =>
    JSON.parse(project.read(".claude-plugin/marketplace.json")).plugins.map(({ name }: { name: string }) => name);
  for (const name of ["one", "two"]) expect(project.run("add", `./${name}`, "--target", "claude-plugin").code).toBe(0);
  expect(plugins()).toEqual(["one", "two"]);
  expect(project.run("check")).toMatchObject({ code: 0, err: "" });
  expect(project.run("update").code).toBe(0);
  project.write("three.mjs", personaModule("three"));
  project.write("personakit.config.json", { personas: ["./three.mjs"], targets: ["claude-plugin"] });
  expect(project.run("build").code).toBe(0);
  expect(plugins()).toEqual(["one", "three", "two"]);
  expect(project.run("remove", "one").code).toBe(0);
  expect(plugins()).toEqual(["three", "two"]);
  expect(project.run("check")).toMatchObject({ code: 0, err: "" });
  expect(project.run("remove", "two", "three").code).toBe(0);
  for (const path of [".claude-plugin", "plugins", "personakit.lock.json"])
    expect(existsSync(project.at(path))).toBe(false);
});

describe("a marketplace that has lost what it said of others", () => {
  const marketplace = ".claude-plugin/marketplace.json";

  beforeEach(() => {
    writePackage("one", document);
    writePackage("two", { ...document, id: "two" }, "@acme/persona-two");
    expect(project.run("add", "./one", "--target", "claude-plugin").code).toBe(0);
  });

  test("is not written without them: update writes all of it", () => {
    rmSync(project.at(marketplace));
    const { code, err } = project.run("add", "./two", "--target", "claude-plugin");
    expect(err).toContain(`${marketplace}: no longer has its entries for one. Restore it from version control`);
    expect(code).toBe(2);
    expect(project.run("update").code).toBe(0);
    expect(project.run("add", "./two", "--target", "claude-plugin").code).toBe(0);
    expect(project.run("check")).toMatchObject({ code: 0, err: "" });
  });

  test("not with --force either", () => {
    expect(project.run("add", "./two", "--target", "claude-plugin").code).toBe(0);
    project.write(marketplace, project.read(marketplace).replace('"source"', '"category": "mine", "source"'));
    expect(project.run("remove", "one", "--force").code).toBe(2);
    expect(project.read(marketplace)).toContain("two");
  });

  test("is at its own place: no other file of that form is one", () => {
    project.write("src/m.json", project.read(marketplace));
    const lockfile = JSON.parse(project.read("personakit.lock.json"));
    const record = { ...lockfile.artifacts[marketplace], targets: ["claude-plugin"], persona: "*" };
    project.write("personakit.lock.json", { ...lockfile, artifacts: { ...lockfile.artifacts, "src/m.json": record } });
    const before = project.read("src/m.json");
    project.run("add", "./two", "--target", "claude-plugin");
    project.run("remove", "two");
    expect(project.read("src/m.json")).toBe(before);
  });
});

describe("a target of somebody else", () => {
  const target = `import { defineTarget, dropped, kept, mapped, unrestricted } from "@personakit/targets";
const unread = dropped("Acme reads no descriptions");
export const acme = defineTarget({
  id: "acme", tool: "Acme", readers: ["Acme"],
  checked: { date: "2026-11-21", version: "1", source: "https://acme.example" },
  files: { main: ".acme/<name>.md", reference: ".acme/<name>/<reference>.md" },
  features: {
    description: mapped("Acme asks which persona to use"), examples: unread, model: unread, tools: unrestricted,
    mcpServers: kept, color: unread, paths: unread,
  },
});
`;

  beforeEach(() => {
    project.write("t.mjs", target);
    project.write("one.mjs", personaModule("one"));
    project.write("personakit.config.json", { personas: ["./one.mjs"], targets: ["./t.mjs"] });
    expect(project.run("build").code).toBe(0);
  });

  test("says which files are its own when they are removed", () => {
    expect(project.run("remove", "one")).toMatchObject({ code: 0, err: "" });
    expect(existsSync(project.at(".acme"))).toBe(false);
  });

  test("that has left the configuration leaves its files and their records, and a file that is gone only a record less", () => {
    project.write("personakit.config.json", { personas: ["./one.mjs"], targets: ["plain"] });
    const { code, err } = project.run("build");
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringContaining(".acme/one.md was written for acme, which is not known here"),
    });
    expect(project.read(".acme/one.md")).toContain("A.");
    rmSync(project.at(".acme"), { recursive: true });
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read("personakit.lock.json")).not.toContain(".acme");
  });
});

test("check says how to write an added persona again, for the targets that it was added for", () => {
  writePackage("one", document);
  project.run("add", "./one", "--target", "codex-agent");
  rmSync(project.at(".codex"), { recursive: true });
  const [, args = ""] = /personakit (add .*?) writes what is missing/.exec(project.run("check").out) ?? [];
  expect(project.run(...args.split(" ")).code).toBe(0);
  expect(project.run("check")).toMatchObject({ code: 0, err: "" });
  expect(existsSync(project.at(".claude"))).toBe(false);
});

test("a persona called constructor is nobody else's, and one whose files are all ejected is in order", () => {
  project.write("c.mjs", personaModule("constructor", { more: 'version: "1.0.0",' }));
  project.write("personakit.config.json", { personas: ["./c.mjs"], targets: ["agents-md"] });
  expect(project.run("build").code).toBe(0);
  expect(project.run("update").out).toContain("Nothing has changed");
  rmSync(project.at("personakit.config.json"));
  expect(project.run("eject", "AGENTS.md").code).toBe(0);
  expect(project.run("check")).toMatchObject({ code: 0, err: "" });
});

test("what was added from a folder is never looked for in the registry", () => {
  writePackage("private", document);
  expect(project.run("add", "./private", "--target", "claude-agent").code).toBe(0);
  expect(JSON.parse(project.read("personakit.lock.json")).personas.one.package).toBe("./private");
  project.write("private/moved.txt", "");
  writePackage("private", { ...document, role: "New." });
  const { out, err } = project.run("update");
  expect(out).toMatch(/changed +role\n +after {2}New\./);
  // The folder has only what stands there now.
  expect(err).toContain("warning: one: the earlier texts of role cannot be shown.");
  expect(project.read(".claude/agents/one.md")).toContain("New.");
});

describe("what a user has decided is not lost without a word", () => {
  const configure = (extend: object) =>
    project.write("personakit.config.json", { personas: [{ persona: LAMBDA, extend: { id: "mine", ...extend } }] });

  test("in JSON, two words for one rule", () => {
    configure({ rules: { "security-checklist": { csrf: { must: "Do it.", should: "Or not." } } } });
    const { code, err } = project.run("build");
    expect(err).toContain("this is two things: must and should");
    expect(code).toBe(2);
  });

  test("an override whose rule is gone says that it was there", () => {
    configure({ rules: { "security-checklist": { csrf: { must: "Ours." } } } });
    project.run("build");
    const manifest = JSON.parse(project.read("personakit.lock.json"));
    manifest.personas.mine.published.rules["security-checklist"] += " K7gNU3sdo-0crossSite";
    project.write("personakit.lock.json", manifest);
    configure({ rules: { "security-checklist": { crossSite: { must: "Ours." } } } });
    const { code, err } = project.run("update");
    expect(err).toContain("its package has removed or renamed it since. Remove your change, or make");
    expect(code).toBe(2);
  });

  test("an added persona that is configured now is the configuration's", () => {
    project.run("add", LAMBDA, "--target", "claude-agent");
    project.write("personakit.config.json", { personas: [LAMBDA], targets: ["plain"] });
    expect(project.run("build").code).toBe(0);
    expect(project.run("check")).toMatchObject({ code: 0, err: "" });
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
