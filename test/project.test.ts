import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../scripts/workspace.ts";
import { packageJson, personaModule } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

const LAMBDA = "@personakit/persona-backend-developer-lambda";
const AGENT = ".claude/agents/backend-developer-lambda.md";
const newProject = packPackages("personakit", LAMBDA);
let project: Project;

beforeEach(() => {
  project = newProject();
});

describe("personakit.config.json", () => {
  test("lists an installed persona, extends it in place, and gives one persona targets and a folder of its own", () => {
    project.write("p.mjs", personaModule("mine"));
    project.write("personakit.config.json", {
      personas: [
        LAMBDA,
        {
          persona: LAMBDA,
          extend: {
            id: "payments",
            params: { "testing-standards": { coverage: 95 } },
            rules: {
              "security-checklist": {
                csrf: { drop: "No cookies." },
                queries: { must: "Use our builder.", why: "Ours." },
              },
              "rest-conventions": { drop: "GraphQL only." },
            },
            addRules: { ledger: { after: "error-handling/typedErrors", rule: { should: "Write to the ledger." } } },
          },
        },
        { persona: "./p.mjs", targets: ["agents-md"], out: "services/api" },
      ],
      targets: ["claude-agent"],
    });
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    const agent = project.read(".claude/agents/payments.md");
    const texts = project.files().filter((path) => path.includes("payments"));
    const payments = texts.map((path) => project.read(path)).join("");
    for (const text of ["- [ ] Use our builder.", "- Write to the ledger.", "95 %"]) expect(payments).toContain(text);
    expect(payments).not.toMatch(/CSRF|## REST/);
    expect(project.read("services/api/AGENTS.md")).toContain("- A.");
    expect(project.run("check", "--frozen")).toMatchObject({ code: 0, err: "" });
    const { out } = project.run("explain", `.claude/agents/payments.md:${lineOf(agent, "Use our builder")}`);
    for (const text of ["changed by  payments", "instead of  must: Bind every value", "csrf by payments: No cookies."])
      expect(out).toContain(text);
  });

  test("says a mistake in it with the nearest name", () => {
    const extend = { id: "mine", rules: { "security-checklist": { csfr: { drop: "No." } } } };
    project.write("personakit.config.json", { personas: [{ persona: LAMBDA, extend }] });
    const { code, err } = project.run("build");
    expect(err).toContain('personakit.config.json, personas[0]: persona "mine", rules["security-checklist"]');
    expect(err).toContain('Did you mean "csrf"?');
    expect(code).toBe(2);
  });

  test("says a change that is none with the file and the persona", () => {
    const extend = { id: "mine", rules: { "security-checklist": { csrf: "No." } } };
    project.write("personakit.config.json", { personas: [{ persona: LAMBDA, extend }] });
    expect(project.run("build").err).toContain(
      'personakit.config.json, personas[0]: persona "mine", extend, rules.security-checklist.csrf: this is not a change to a rule',
    );
  });

  test("may have a byte order mark, and its manifest too", () => {
    project.write("package.json", '\uFEFF{ "type": "module" }');
    project.write("one.ts", personaModule("one"));
    project.write("personakit.config.json", '\uFEFF{ "personas": ["./one.ts"] }');
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
  });

  test.each([
    [
      "a comment",
      '{\n  "personas": ["a"], // b\n}',
      ":2: JSON does not allow comments. Remove this one, or use personakit.config.ts instead.",
    ],
    ["a comma too many", '{\n  "personas": [\n    "a",\n  ]\n}', ":4: cannot be read as JSON: "],
    ["no end", '{\n  "personas": ["a"]\n', ":3: cannot be read as JSON: "],
    ["nothing", "", ":1: cannot be read as JSON: "],
  ])("with %s is an error with its line", (_, text, said) => {
    project.write("personakit.config.json", text);
    const { code, err } = project.run("build");
    expect(err).toContain(`error: personakit.config.json${said}`);
    expect(code).toBe(2);
  });

  test("has a published schema that names what may stand in it", () => {
    const schema = JSON.parse(project.read("node_modules/personakit/config.schema.json"));
    expect(Object.keys(schema.properties)).toEqual([
      "$schema",
      "personas",
      "targets",
      "out",
      "language",
      "phrases",
      "checks",
    ]);
    expect(schema.additionalProperties).toBe(false);
  });
});

describe("a configured project", () => {
  const configure = (...files: readonly string[]) => project.write("personakit.config.json", { personas: files });

  test("loses the files of a persona that is gone, blocks included, and nothing else", () => {
    project.write("one.mjs", personaModule("one"));
    project.write("two.mjs", personaModule("two"));
    project.write("AGENTS.md", "# Ours\n");
    const targets = ["claude-agent", "agents-md"];
    project.write("personakit.config.json", { personas: ["./one.mjs", "./two.mjs"], targets });
    project.run("build");
    project.write("personakit.config.json", { personas: ["./one.mjs"], targets });
    const checked = project.run("check");
    expect(checked.code).toBe(1);
    expect(checked.out).toContain(".claude/agents/two.md: is no longer made by any persona");
    expect(project.run("build").out).toContain("removed: .claude/agents/two.md");
    expect(existsSync(project.at(".claude/agents/two.md"))).toBe(false);
    expect(project.read("AGENTS.md")).not.toContain("personakit:begin two");
    expect(project.run("check").code).toBe(0);
    project.run("remove", "one");
    expect(project.read("AGENTS.md")).toBe("# Ours\n");
    expect(project.files()).toEqual(["AGENTS.md", "one.mjs", "personakit.config.json", "two.mjs"]);
  });

  test("may build one persona for two folders, and not two personas under one id", () => {
    project.write("one.mjs", personaModule("one", { more: 'version: "1.0.0",' }));
    const twice = (extend?: object) => ({
      personas: ["./one.mjs", { persona: "./one.mjs", targets: ["agents-md"], out: "sub", ...(extend && { extend }) }],
      targets: ["claude-agent"],
    });
    project.write("personakit.config.json", twice());
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.run("check", "--frozen").code).toBe(0);
    expect(project.run("update", "--dry-run").out).toContain("Nothing has changed");
    project.write("personakit.config.json", twice({ id: "one", role: "Another." }));
    const { code, err } = project.run("build");
    expect(err).toContain("one: two personas have this id: one from ./one.mjs, one from ./one.mjs. Give one of them");
    expect(code).toBe(2);
  });

  test("keeps an orphan that a hand has changed", () => {
    project.write("one.mjs", personaModule("one"));
    project.write("two.mjs", personaModule("two"));
    configure("./one.mjs", "./two.mjs");
    project.run("build");
    project.write(".claude/agents/two.md", "Mine.\n");
    configure("./one.mjs");
    expect(project.run("build").code).toBe(1);
    expect(project.read(".claude/agents/two.md")).toBe("Mine.\n");
    expect(project.run("build", "--force").code).toBe(0);
    expect(existsSync(project.at(".claude/agents/two.md"))).toBe(false);
  });

  test("leaves what is added alone, and check sees a hand in it", () => {
    project.write("one.mjs", personaModule("one"));
    configure("./one.mjs");
    project.run("build");
    expect(project.run("add", LAMBDA, "--target", "claude-agent")).toMatchObject({ code: 0, err: "" });
    expect(project.run("build").code).toBe(0);
    expect(project.run("check", "--frozen").code).toBe(0);
    project.write(AGENT, `${project.read(AGENT)}Mine.\n`);
    expect(project.run("check").out).toContain(`${AGENT}: was changed by hand`);
    expect(project.run("remove", LAMBDA).code).toBe(1);
    expect(project.run("add", LAMBDA, "--target", "claude-agent").code).toBe(1);
    rmSync(project.at(AGENT));
    expect(project.run("check").out).toContain(`${AGENT}: is missing`);
    expect(project.run("add", LAMBDA, "--target", "claude-agent").code).toBe(0);
    expect(project.run("check").code).toBe(0);
  });

  test("does not add a persona over one of its own", () => {
    project.write("one.mjs", personaModule("backend-developer-lambda"));
    configure("./one.mjs");
    project.run("build");
    const { code, err } = project.run("add", LAMBDA);
    expect(err).toContain("there is already a persona of this name, from the configuration");
    expect(code).toBe(2);
    expect(project.run("add", LAMBDA, "--as", "other").code).toBe(0);
  });

  test("ejects a file, which is the user's from then on", () => {
    project.write("one.mjs", personaModule("one"));
    project.write("personakit.config.json", { personas: ["./one.mjs"], targets: ["claude-agent", "agents-md"] });
    project.run("build");
    expect(project.run("eject", ".claude/agents/on.md").err).toContain('Did you mean ".claude/agents/one.md"?');
    expect(project.run("eject", ".claude/agents/one.md", "AGENTS.md")).toMatchObject({ code: 0, err: "" });
    expect(project.read("AGENTS.md")).not.toContain("personakit:begin");
    project.write(".claude/agents/one.md", "Mine.\n");
    expect(project.run("build").code).toBe(0);
    expect(project.run("check").code).toBe(0);
    expect(project.read(".claude/agents/one.md")).toBe("Mine.\n");
    expect(project.run("explain", ".claude/agents/one.md:1").err).toContain("is ejected, so it is your own text");
  });

  test("lists personas with versions and tokens, and traces a line of a block", () => {
    project.write("personakit.config.json", { personas: [LAMBDA], targets: ["agents-md"] });
    project.write("AGENTS.md", "# Ours\n\nText.\n");
    project.run("build");
    expect(project.run("list").out).toMatch(/backend-developer-lambda@\d.*[\s\S]*agents-md +\d+ tokens +AGENTS\.md/);
    const line = lineOf(project.read("AGENTS.md"), "Bind every value in SQL");
    expect(project.run("explain", `AGENTS.md:${line}`).out).toMatch(/rule +security-checklist\/queries \(must\)/);
    expect(project.run("explain", "AGENTS.md:1").err).toContain("this line is your own text");
    project.write("AGENTS.md", project.read("AGENTS.md").replace("begin backend-developer-lambda -->\n", "$&Mine.\n"));
    expect(project.run("explain", `AGENTS.md:${line + 1}`).out).toMatch(/rule +security-checklist\/queries \(must\)/);
    const mine = lineOf(project.read("AGENTS.md"), "Mine.");
    expect(project.run("explain", `AGENTS.md:${mine}`).err).toContain("this line was changed by hand");
  });
});

test("init writes nothing where no persona fits, and names those that there are", () => {
  project.write("package.json", { type: "module", dependencies: { react: "19" }, devDependencies: { vite: "7" } });
  const { code, err } = project.run("init", "--yes");
  expect(err).toContain("no published persona fits a project with react. All of them are for back ends: @personakit/");
  expect(code).toBe(2);
  expect(project.files()).toEqual(["package.json"]);
});

describe("packages that are not installed", () => {
  const config = `import { drop } from "@personakit/core";
import { persona } from "@acme/persona/deep";
import other from '@acme/other';
import { defineConfig } from "personakit";
export default defineConfig({ personas: [persona, other] });
`;

  test.each([
    ["personakit.config.mjs", {}, "Run: npm install --save-dev @acme/other @acme/persona\n"],
    ["personakit.config.ts", { "pnpm-lock.yaml": "" }, "Run: pnpm add -D @acme/other @acme/persona\n"],
    [
      "personakit.config.mts",
      { "package.json": { devDependencies: { "@acme/persona": "1", "@acme/other": "1" } }, "yarn.lock": "" },
      "Run: yarn install\n",
    ],
  ])("by %s are named, with the command that installs them", (name, files, said) => {
    project.write(name, config);
    for (const [path, content] of Object.entries(files)) project.write(path, content);
    const { code, err } = project.run("build");
    expect(err).toBe(`error: ${name}: @acme/other, @acme/persona are not installed. ${said}`);
    expect(code).toBe(2);
  });

  test("are those that init asks for", () => {
    project.write("package.json", { type: "module", dependencies: { express: "5" } });
    const { install } = JSON.parse(project.run("init", "--json").out);
    const { err } = project.run("build");
    const missing = "@personakit/persona-backend-developer-express";
    expect(install).toBe(`npm install --save-dev personakit @personakit/core ${missing}`);
    expect(err).toBe(
      `error: personakit.config.ts: ${missing} is not installed. Run: npm install --save-dev ${missing}\n`,
    );
  });

  test("by a name in JSON are named too; one that may be a misspelt folder is not", () => {
    project.write("personakit.config.json", { personas: ["@acme/persona", "personsa"] });
    const { err } = project.run("build");
    expect(err).toContain(
      "@acme/persona: there is no such path, and no package with this name is installed here. Run: npm install",
    );
    expect(err).toContain("personsa: there is no such path, and no package with this name is installed here.\n");
  });
});

describe("check in CI", () => {
  const drift = () => {
    project.write("one.mjs", personaModule("one"));
    project.write("personakit.config.json", { personas: ["./one.mjs"], targets: ["claude-agent"] });
    project.run("build");
    project.write(".claude/agents/one.md", project.read(".claude/agents/one.md").replace("- A.", "- Mine."));
  };

  test("writes SARIF for code scanning", () => {
    drift();
    const { code, out } = project.run("check", "--format", "sarif");
    expect(code).toBe(1);
    const { runs, version } = JSON.parse(out);
    expect(version).toBe("2.1.0");
    expect(runs[0].invocations[0].executionSuccessful).toBe(true);
    const manifest = JSON.parse(project.read("node_modules/personakit/package.json"));
    expect(runs[0].tool.driver.version).toBe(manifest.version);
    const [result] = runs[0].results;
    expect(runs[0].tool.driver.rules[result.ruleIndex].id).toBe("edited");
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe(".claude/agents/one.md");
    project.write("personakit.config.json", "{");
    const failed = project.run("check", "--format", "sarif");
    expect(failed.code).toBe(2);
    expect(JSON.parse(failed.out).runs[0].invocations[0].executionSuccessful).toBe(false);
  });

  test("finds a file that has grown over what its tool reads", () => {
    project.write("one.mjs", personaModule("one"));
    project.write("personakit.config.json", { personas: ["./one.mjs"], targets: ["agents-md"] });
    project.run("build");
    project.write("AGENTS.md", `${"x".repeat(33_000)}\n${project.read("AGENTS.md")}`);
    expect(project.run("check")).toMatchObject({ code: 1, out: expect.stringContaining("above 32768 Codex cuts") });
  });

  test("names a lockfile that is missing once, and a persona that is not in it once", () => {
    project.write("one.mjs", personaModule("one", { more: 'version: "1.0.0",' }));
    project.write("two.mjs", personaModule("two", { more: 'version: "1.0.0",' }));
    const configure = (...personas: readonly string[]) => project.write("personakit.config.json", { personas });
    configure("./one.mjs");
    project.run("build");
    configure("./one.mjs", "./two.mjs");
    const versionsOf = () =>
      JSON.parse(project.run("check", "--frozen", "--json").out).findings.filter(
        ({ code }: { code: string }) => code === "version",
      );
    const hint = "Run personakit build, and commit personakit.lock.json.";
    expect(versionsOf()).toEqual([
      expect.objectContaining({
        place: "two",
        problem: "is not in personakit.lock.json, so the versions that it was built from are unknown",
        hint,
      }),
    ]);
    rmSync(project.at("personakit.lock.json"));
    expect(versionsOf()).toEqual([expect.objectContaining({ place: "personakit.lock.json", hint })]);
  });

  test.skipIf(process.platform === "win32")("runs as the GitHub Action runs it", () => {
    drift();
    const { runs, inputs } = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
    expect(runs.using).toBe("composite");
    mkdirSync(project.at("node_modules.bin"));
    writeFileSync(
      project.at("node_modules.bin/npx"),
      `#!/bin/sh\nshift\nshift\nexec node node_modules/personakit/dist/bin.js "$@"\n`,
      {
        mode: 0o755,
      },
    );
    const env = Object.fromEntries(
      Object.entries(runs.steps[0].env).map(([name, value]) => {
        const input = /inputs\.([\w-]+)/.exec(String(value))?.[1];
        return [name, input === undefined ? value : inputs[input].default];
      }),
    );
    const { status, stdout } = spawnSync("bash", ["-c", runs.steps[0].run], {
      cwd: project.folder,
      encoding: "utf8",
      env: { ...env, PATH: `${project.at("node_modules.bin")}:${dirname(process.execPath)}:${process.env.PATH}` },
    });
    expect(stdout).toContain("::error file=.claude/agents/one.md");
    expect(status).toBe(1);
  });
});

describe("update", () => {
  test("says which rules have changed even where the version is the same", () => {
    const version = 'version: "1.0.0",';
    project.write("one.mjs", personaModule("one", { more: version }));
    project.write("personakit.config.json", { personas: ["./one.mjs"] });
    project.run("build");
    project.write("one.mjs", personaModule("one", { rule: 'should("B.")', more: version }));
    const said = /one: the same versions\n {2}Changed without a new version.*\n {2}! weakened +own\/a\n/;
    expect(project.run("update", "--dry-run").out).toMatch(said);
    const { code, out } = project.run("update", "--json");
    expect(JSON.parse(out).updates).toMatchObject([
      { changes: [], sameVersion: [{ kind: "weakened", path: "own/a" }] },
    ]);
    expect(code).toBe(0);
    expect(project.run("update").out).toBe("Nothing has changed since the last build.\n");
  });
});

describe("diff", () => {
  test("says which rules differ, and exits with 1 when any does", () => {
    project.write("a.mjs", personaModule("one"));
    project.write("b.mjs", personaModule("one", { rule: 'must("B."), more: must("More.")' }));
    expect(project.run("diff", "./a.mjs", "./a.mjs")).toMatchObject({ code: 0, err: "" });
    const { code, out } = project.run("diff", "./a.mjs", "./b.mjs");
    expect(code).toBe(1);
    expect(out).toMatch(/\+ added +own\/more/);
    expect(out).toMatch(/~ reworded +own\/a\n +before must: A\.\n +after {2}must: B\./);
    expect(project.run("diff", "./a.mjs", "./b.mjs", "--markdown").out).toContain("- **reworded** `own/a`");
    project.write("c.mjs", personaModule("one", { rule: 'should("A.")' }));
    expect(project.run("diff", "./a.mjs", "./c.mjs").out).toMatch(/! weakened +own\/a/);
    expect(project.run("diff", "./a.mjs", "./nope.mjs").code).toBe(2);
  });
});

describe("pack", () => {
  test("lets a package of one's own be added without running it", () => {
    const exports = {
      ".": "./index.mjs",
      "./document.json": "./dist/document.json",
      "./package.json": "./package.json",
    };
    project.write("team/package.json", packageJson("@acme/persona-one", "1.2.0", exports));
    project.write("team/index.mjs", personaModule("one", { more: 'version: "1.2.0",' }));
    expect(project.run("pack", "team")).toMatchObject({ code: 0, err: "" });
    expect(project.read("team/skills/one/SKILL.md")).toContain("- A.");
    project.write("team/index.mjs", "throw new Error('ran');");
    cpSync(project.at("team"), project.at("elsewhere"), { recursive: true });
    expect(project.run("add", "./elsewhere", "--target", "claude-agent")).toMatchObject({ code: 0, err: "" });
    expect(project.read(".claude/agents/one.md")).toContain("- A.");
    project.write("elsewhere/skills/one/SKILL.md", "Another text.\n");
    const { code, err } = project.run("add", "./elsewhere", "--as", "two");
    expect(err).toContain("skills/one/SKILL.md is not as it was published");
    expect(code).toBe(2);
  });

  test("says what a package lacks", () => {
    project.write("team/package.json", packageJson("@acme/persona-one", "1.0.0", "./index.mjs"));
    project.write("team/index.mjs", personaModule("one", { more: 'version: "1.0.0",' }));
    expect(project.run("pack", "team").err).toContain('Add "./document.json": "./dist/document.json"');
    expect(project.run("add", "./team").err).toContain("has no compiled persona");
  });
});

test("init marks the lockfile as generated where git is in use, says so, and does it once", () => {
  project.write("package.json", {});
  expect(project.run("init", "--dry-run").out).not.toContain(".gitattributes");
  mkdirSync(project.at(".git"));
  project.write(".gitattributes", "*.png binary");
  const line = "personakit.lock.json linguist-generated";
  expect(project.run("init", "--dry-run").out).toContain(`.gitattributes will get the line "${line}"`);
  expect(project.read(".gitattributes")).toBe("*.png binary");
  expect(project.run("init")).toMatchObject({ code: 0, err: "" });
  expect(project.read(".gitattributes")).toBe(`*.png binary\n${line}\n`);
  rmSync(project.at("personakit.config.mts"));
  expect(project.run("init").out).not.toContain(".gitattributes");
  expect(project.read(".gitattributes")).toBe(`*.png binary\n${line}\n`);
});

test("init proposes the persona for any backend where nothing speaks for another", () => {
  project.write("package.json", { dependencies: { pg: "8.0.0" } });
  const { personas, targets, text } = JSON.parse(project.run("init", "--dry-run", "--json").out);
  expect(personas).toEqual([
    { package: "@personakit/persona-backend-developer", id: "backend-developer", because: [], params: {} },
  ]);
  expect(targets).toEqual(["claude-agent", "agent-skill"]);
  expect(text).toContain("personas: [\n    backendDeveloper,\n  ]");
  expect(project.files()).toEqual(["package.json"]);
  rmSync(project.at("package.json"));
  expect(project.run("init").err).toContain("there is no package.json here");
});

test("build --watch builds again when a source changes, and goes on after a mistake", async () => {
  project.write("one.mjs", personaModule("one"));
  const skill = { persona: "./skills/pdf/SKILL.md", format: "agent-skill", targets: ["agent-skill"] };
  project.write("skills/pdf/SKILL.md", "---\nname: pdf\ndescription: Reads PDF.\n---\n\nRun `scripts/read.sh`.\n");
  project.write("skills/pdf/scripts/read.sh", "echo 1\n");
  project.write("personakit.config.json", { personas: ["./one.mjs", skill], targets: ["claude-agent"] });
  const child = spawn(process.execPath, ["node_modules/personakit/dist/bin.js", "build", "--watch"], {
    cwd: project.folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((done) => setTimeout(done, 20));
  };
  const builds = () => output.split("watching").length - 1;
  try {
    await until(() => builds() === 1);
    const rewrite = async (text: string, holds: () => boolean, path = "one.mjs") => {
      while (!holds()) {
        project.write(path, text);
        await new Promise((done) => setTimeout(done, 200));
      }
    };
    const script = "skills/pdf/scripts/read.sh";
    await rewrite("echo 2\n", () => project.read(`.agents/${script}`) === "echo 2\n", script);
    await rewrite(personaModule("one", { rule: 'must("B.")' }), () =>
      project.read(".claude/agents/one.md").includes("- B."),
    );
    await rewrite("export const = 1;", () => output.includes("error: ./one.mjs: could not be loaded"));
    await rewrite(personaModule("one", { rule: 'must("C.")' }), () =>
      project.read(".claude/agents/one.md").includes("- C."),
    );
  } finally {
    child.kill("SIGTERM");
  }
});

function lineOf(text: string, words: string): number {
  return text.split("\n").findIndex((line) => line.includes(words)) + 1;
}
