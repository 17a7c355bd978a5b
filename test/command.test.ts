import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { targets } from "@personakit/targets";
import { beforeEach, describe, expect, test } from "vitest";
import { COMMANDS } from "../packages/cli/src/commands.ts";
import { packageJson, personaModule, REFERENCE } from "./fixtures.ts";
import { NODE, type Project, packPackages } from "./installed.ts";

const PERSONA = "@personakit/persona-backend-developer-lambda";
const AGENT = ".claude/agents/backend-developer-lambda.md";
const FUNCTIONS = ".claude/references/backend-developer-lambda/functions.md";
const newProject = packPackages("personakit", PERSONA);
let project: Project;

beforeEach(() => {
  project = newProject();
});

// Nothing can be written there.
test.runIf(process.platform === "linux")("a command whose messages are lost exits with 2, and does its work", () => {
  const full = openSync("/dev/full", "w");
  const run = (...args: string[]) =>
    spawnSync(NODE, [project.at("node_modules/personakit/dist/bin.js"), ...args], {
      cwd: project.folder,
      stdio: ["ignore", "ignore", full],
    }).status;
  expect(run("build", "--bogus")).toBe(2);
  project.write("p.mjs", `${personaModule("dev")}console.log("printed");\n`);
  expect(run("build", "./p.mjs", "--target", "claude-agent")).toBe(2);
  closeSync(full);
  expect(project.files()).toContain(".claude/agents/dev.md");
});

test.skipIf(process.platform === "win32")("a finding is not lost with a reader that has read enough", () => {
  for (let file = 1; file < 5; file++) project.write(`p${file}.mjs`, personaModule(`p${file}`));
  const sources = [1, 2, 3, 4].map((file) => `./p${file}.mjs`);
  expect(project.run("build", ...sources, "--target", "claude-agent").code).toBe(0);
  for (let file = 1; file < 5; file++) project.remove(`.claude/agents/p${file}.md`);
  const bin = project.at("node_modules/personakit/dist/bin.js");
  // Without their sources, they are compared by their hashes; nobody reads from the start.
  const command = `{ "${NODE}" "${bin}" check; echo $? >&3; } 3>code | true; cat code`;
  expect(spawnSync("sh", ["-c", command], { cwd: project.folder, encoding: "utf8" }).stdout).toBe("1\n");
});

describe("build", () => {
  test("writes an installed persona for every target, and says where and how large", () => {
    const { code, out, err } = project.run("build", PERSONA);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(project.files()).toContain(AGENT);
    expect(project.files()).toContain(".agents/skills/backend-developer-lambda/SKILL.md");
    expect(out).toMatch(new RegExp(`new +${AGENT} +\\d+ files +\\d+ tokens`));
    expect(project.read(AGENT)).toMatch(/^---\nname: "backend-developer-lambda"\n/);
  });

  test("writes only the targets that are asked for, into the folder that is asked for", () => {
    expect(project.run("build", PERSONA, "--target", "agent-skill", "--out", "sub/folder").code).toBe(0);
    const files = project.files();
    expect(files).toContain("sub/folder/.agents/skills/backend-developer-lambda/SKILL.md");
    expect(files.filter((path) => path.includes(".claude"))).toEqual([]);
  });

  test("writes the same bytes again, and touches nothing that is current", () => {
    project.run("build", PERSONA);
    const before = project.read(AGENT);
    const { out } = project.run("build", PERSONA);
    expect(out).toMatch(/^1 persona, \d+ files: nothing has changed\.$/m);
    expect(project.read(AGENT)).toBe(before);
  });

  test("rewrites what it wrote itself when the persona has changed", () => {
    project.write("p.mjs", personaModule("mine"));
    project.run("build", "p.mjs");
    project.write("p.mjs", personaModule("mine", { rule: 'must("B.")' }));
    expect(project.run("build", "p.mjs").code).toBe(0);
    expect(project.read(".claude/agents/mine.md")).toContain("- B.");
  });

  test("takes a folder of packages", () => {
    for (const id of ["one", "two"]) {
      project.write(`personas/${id}/package.json`, packageJson(id, "1.0.0", "./index.js"));
      project.write(`personas/${id}/index.js`, personaModule(id));
    }
    expect(project.run("build", "personas").code).toBe(0);
    expect(project.files()).toEqual(expect.arrayContaining([".claude/agents/one.md", ".claude/agents/two.md"]));
  });

  test("reports as JSON", () => {
    const { files } = JSON.parse(project.run("build", PERSONA, "--json").out);
    expect(files[0]).toMatchObject({
      persona: "backend-developer-lambda",
      targets: ["claude-agent"],
      path: AGENT,
      written: true,
    });
    expect(files[0].tokens).toBeGreaterThan(500);
  });

  test("does not overwrite a file that a hand changed", () => {
    project.run("build", PERSONA);
    project.write(AGENT, `${project.read(AGENT)}\nMine.\n`);
    project.write("p.mjs", personaModule("other"));
    const { code, err } = project.run("build", PERSONA, "p.mjs");
    expect(code).toBe(1);
    expect(err).toContain(`${AGENT}: was changed by hand`);
    expect(project.read(AGENT)).toContain("Mine.");
    expect(project.files()).not.toContain(".claude/agents/other.md");
  });

  test("does not overwrite a file that it never wrote", () => {
    project.write(AGENT, "Somebody's.\n");
    expect(project.run("build", PERSONA).code).toBe(1);
    expect(project.read(AGENT)).toBe("Somebody's.\n");
  });
});

describe("check", () => {
  test("is content with what build wrote, also with CRLF line ends", () => {
    project.run("build", PERSONA);
    expect(project.run("check", PERSONA).code).toBe(0);
    project.write(AGENT, project.read(AGENT).replaceAll("\n", "\r\n"));
    expect(project.run("check", PERSONA).code).toBe(0);
    expect(project.run("build", PERSONA).code).toBe(0);
  });

  test("fails with a diff when a file was edited, and writes nothing", () => {
    project.run("build", PERSONA);
    const edited = project.read(AGENT).replace("# AWS", "# My AWS");
    project.write(AGENT, edited);
    const { code, out } = project.run("check", PERSONA);
    expect(code).toBe(1);
    expect(out).toContain(`${AGENT}: was changed by hand`);
    expect(out).toMatch(/^-# AWS/m);
    expect(out).toMatch(/^\+# My AWS/m);
    expect(project.read(AGENT)).toBe(edited);
  });

  test("tells a missing file from a stale one", () => {
    project.write("p.mjs", personaModule("mine"));
    expect(project.run("check", "p.mjs").out).toContain(".claude/agents/mine.md: is missing");
    project.run("build", "p.mjs");
    project.write("p.mjs", personaModule("mine", { rule: 'must("B.")' }));
    const { findings } = JSON.parse(project.run("check", "p.mjs", "--json").out);
    expect(findings.map(({ code }: { code: string }) => code)).toEqual(["stale", "stale"]);
  });
});

test("list shows fragments with versions, and tokens for each target", () => {
  const { code, out } = project.run("list", PERSONA);
  expect(code).toBe(0);
  expect(out).toMatch(/backend-developer-lambda@\d+\.\d+\.\d+: /);
  expect(out).toMatch(/claude-agent +\d+ tokens/);
  expect(out).toMatch(/security-checklist@\d+\.\d+\.\d+/);
  const { personas } = JSON.parse(project.run("list", PERSONA, "--json").out);
  expect(personas[0].fragments).toContainEqual({ id: "security-checklist", version: expect.any(String) });
});

describe("list and dates", () => {
  const endOfLife = { subject: "Acme 2", date: "2027-01-31" };
  const rule = `must("Run Acme 2.", { reviewed: "2026-11", endOfLife: ${JSON.stringify(endOfLife)} })`;
  const outOfDate = (...args: string[]) => JSON.parse(project.run("list", "p.mjs", "--json", ...args).out).personas[0];

  test("are shown with each rule that has some, and names none out of date without a day", () => {
    project.write("p.mjs", personaModule("mine", { rule }));
    const { dated, outOfDate: named } = outOfDate();
    expect(dated).toEqual([{ rule: expect.any(String), reviewed: "2026-11", endOfLife }]);
    expect(named).toEqual([]);
  });

  test("name what is out of date on the day that is given", () => {
    project.write("p.mjs", personaModule("mine", { rule }));
    expect(outOfDate("--on", "2027-01-31").outOfDate).toEqual([]);
    const [found] = outOfDate("--on", "2027-02-01").outOfDate;
    expect(found.problem).toBe("support for Acme 2 ended on 2027-01-31");
    expect(project.run("list", "p.mjs", "--on", "2028-01-01").out).toMatch(/outdated +\S+: last reviewed in 2026-11/);
  });

  test("need a day", () => {
    const { code, err } = project.run("list", PERSONA, "--on", "tomorrow");
    expect(code).toBe(2);
    expect(err).toContain('--on: "tomorrow" is not a day');
  });
});

test("targets shows every target with its file and the date of its facts", () => {
  const { code, out } = project.run("targets");
  expect(code).toBe(0);
  for (const { id, checked } of targets) expect(out).toMatch(new RegExp(`${id} .*${checked.date}`));
  expect(JSON.parse(project.run("targets", "--json").out).targets).toHaveLength(targets.length);
});

describe("targets of one build", () => {
  test("that one tool would both load are named", () => {
    const { code, out } = project.run("build", PERSONA, "--target", "claude-agent,copilot-agent");
    expect(code).toBe(0);
    expect(out).toContain("warning: claude-agent and copilot-agent: GitHub Copilot loads both");
  });

  test("say what they lose, and in JSON also what they keep", () => {
    const { out } = project.run("build", PERSONA, "--target", "cursor-agent");
    expect(out).toMatch(/^Lost, .*\n {2}cursor-agent +model +backend-developer-lambda +Cursor inherits the model/m);
    const { fidelity } = JSON.parse(project.run("build", PERSONA, "--target", "cursor-agent", "--json").out);
    expect(fidelity).toContainEqual(expect.objectContaining({ feature: "references", status: "kept" }));
  });

  test("fail on a loss with --strict, and write nothing", () => {
    const { code, err } = project.run("build", PERSONA, "--target", "cursor-agent", "--strict");
    expect(err).toContain("model dropped");
    expect(code).toBe(2);
    expect(project.files()).toEqual([]);
    expect(project.run("build", PERSONA, "--target", "claude-agent", "--strict").code).toBe(0);
  });

  test("fail with the numbers when they do not fit together", () => {
    const long = personaModule("long", { rule: 'must("x".repeat(33000))' });
    project.write("p.mjs", long);
    const { code, err } = project.run("build", "p.mjs", "--target", "agents-md");
    expect(code).toBe(2);
    expect(err).toMatch(/AGENTS\.md: would have 33\d+ bytes; above 32768 Codex cuts .*Personas in it: long \(33\d+\)/);
    project.write("AGENTS.md", "x".repeat(32_700));
    project.write("short.mjs", personaModule("short"));
    expect(project.run("build", "short.mjs", "--target", "agents-md").err).toContain("AGENTS.md: would have 32");
    expect(project.read("AGENTS.md")).toBe("x".repeat(32_700));
  });
});

describe("a block in AGENTS.md", () => {
  const build = (id: string) => {
    project.write(`${id}.mjs`, personaModule(id));
    return project.run("build", `${id}.mjs`, "--target", "agents-md");
  };

  test("leaves the rest of the file as it is", () => {
    project.write("AGENTS.md", "# Ours\n\nHouse rules.\n");
    expect(build("one").code).toBe(0);
    expect(build("two").code).toBe(0);
    project.write("AGENTS.md", project.read("AGENTS.md").replace("House rules.", "New house rules."));
    project.write("one.mjs", personaModule("one", { rule: 'must("B.")' }));
    expect(project.run("build", "one.mjs", "--target", "agents-md").code).toBe(0);
    const text = project.read("AGENTS.md");
    expect(text).toMatch(
      /^# Ours\n\nNew house rules\.\n\n<!-- personakit:begin one -->\n# T\n[\s\S]*- B\.\n<!-- personakit:end one -->\n/,
    );
    expect(text).toContain("<!-- personakit:begin two -->");
    expect(project.run("check", "one.mjs", "two.mjs", "--target", "agents-md").code).toBe(0);
  });

  test("cannot hold a marker", () => {
    const rule = 'example("html", "<!-- personakit:end mine -->")';
    project.write("p.mjs", personaModule("mine", { rule }));
    expect(project.run("build", "p.mjs", "--target", "agents-md").err).toContain("one of its lines is a block marker");
  });
});

test("a file that its persona does not make any more is found, and removed when it is untouched", () => {
  project.write("p.mjs", personaModule("mine", { more: REFERENCE }));
  project.run("build", "p.mjs");
  project.write("p.mjs", personaModule("mine"));
  expect(project.run("check", "p.mjs").out).toContain(
    ".claude/references/mine/deep.md: is no longer made by any persona",
  );
  expect(project.run("build", "p.mjs").out).toContain("removed: .claude/references/mine/deep.md");
  expect(project.files()).not.toContain(".claude/references/mine/deep.md");
  expect(project.run("check", "p.mjs").code).toBe(0);
});

test("a reference that two targets share stays while one of them needs it", () => {
  const shared = ".claude/references/mine/deep.md";
  project.write("p.mjs", personaModule("mine", { more: REFERENCE }));
  project.run("build", "p.mjs", "--target", "claude-agent");
  project.run("build", "p.mjs", "--target", "claude-output-style");
  project.write("p.mjs", personaModule("mine"));
  project.run("build", "p.mjs", "--target", "claude-output-style");
  expect(project.files()).toContain(shared);
  expect(project.run("build", "p.mjs", "--target", "claude-output-style,claude-agent").out).toContain(
    `removed: ${shared}`,
  );
});

test.each([["--json"], ["-j"], ["-yj"]])(
  "a usage error is said in JSON with %s, and not where that is another option's value",
  (flag) => {
    expect(JSON.parse(project.run("add", flag, "--nonsense").out).errors).toMatchObject([{ code: "usage" }]);
    expect(project.run("add", "--as", flag, "--nonsense").out).toBe("");
    expect(project.run("add", "--nonsense", "--", flag).out).toBe("");
  },
);

test("a catalogue of plugins does not lose those of an earlier build", () => {
  project.write("a.mjs", personaModule("one"));
  project.write("b.mjs", personaModule("two"));
  expect(project.run("build", "a.mjs", "--target", "claude-plugin").code).toBe(0);
  expect(project.run("build", "b.mjs", "--target", "claude-plugin").code).toBe(0);
  const pluginsIn = () => JSON.parse(project.read(".claude-plugin/marketplace.json")).plugins;
  expect(pluginsIn()).toMatchObject([{ name: "one" }, { name: "two" }]);
  expect(project.run("remove", "one").code).toBe(0);
  expect(pluginsIn()).toMatchObject([{ name: "two" }]);
  expect(project.run("remove", "two").code).toBe(0);
  expect(project.files()).toEqual(["a.mjs", "b.mjs"]);
});

test("a target of another package is named by its module", () => {
  project.write(
    "acme.mjs",
    `import { defineTarget, dropped, kept, mapped, unrestricted } from "@personakit/targets";
const unread = dropped("Acme reads no descriptions");
export const acme = defineTarget({
  id: "acme", tool: "Acme", readers: ["Acme"],
  checked: { date: "2026-11-21", version: "1", source: "https://acme.example" },
  files: { main: "acme/<name>.md", reference: "acme/<name>/<reference>.md" },
  features: {
    description: mapped("Acme asks which persona to use"), examples: unread, model: unread, tools: unrestricted,
    mcpServers: kept, color: unread, paths: unread,
  },
});
`,
  );
  project.write("p.mjs", personaModule("mine"));
  const { code, err } = project.run("build", "p.mjs", "--target", "./acme.mjs");
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(project.files()).toContain("acme/mine.md");
  expect(project.run("build", "p.mjs", "--target", "./p.mjs").err).toContain(
    "./p.mjs: exports no target. It exports: persona.",
  );
});

test("a model for a target that there is not is an error", () => {
  project.write("p.mjs", personaModule("mine", { more: 'model: { tier: "deep", exact: { "claud-agent": "x" } },' }));
  expect(project.run("build", "p.mjs").err).toContain(
    'model.exact: there is no target "claud-agent". Did you mean "claude-agent"?',
  );
});

test("the same persona, exported or named twice, is built once", () => {
  project.write("p.mjs", `${personaModule("mine")}\nexport default persona;\n`);
  expect(project.run("build", "p.mjs", "./p.mjs").out).toContain("1 persona, 2 files");
});

describe("explain", () => {
  const lineOf = (path: string, words: string) =>
    project
      .read(path)
      .split("\n")
      .findIndex((line) => line.includes(words)) + 1;

  test("traces a line to its rule, fragment and version, with what is known about it", () => {
    project.run("build", PERSONA);
    const line = lineOf(AGENT, "Bind every value in SQL");
    const { code, out } = project.run("explain", `${AGENT}:${line}`, PERSONA);
    expect(code).toBe(0);
    expect(out).toMatch(/rule +security-checklist\/queries \(must\)/);
    expect(out).toMatch(/fragment +security-checklist@\d+\.\d+\.\d+/);
    expect(out).toMatch(/persona +backend-developer-lambda@\d/);
    expect(out).toMatch(/evidence +OWASP/);
  });

  test("says when a rule was reviewed, and what ends when", () => {
    project.run("build", PERSONA);
    const { out } = project.run("explain", `${FUNCTIONS}:${lineOf(FUNCTIONS, "Write new functions in")}`, PERSONA);
    expect(out).toMatch(/reviewed +\d{4}-\d\d/);
    expect(out).toMatch(/ends +Lambda's nodejs\d\d\.x, on \d{4}-\d\d-\d\d/);
  });

  test("shows who changed a rule, and what was dropped and why", () => {
    const changed = `import { backendDeveloperLambda as base } from "${PERSONA}";
import { drop, must } from "@personakit/core";
export const mine = base.extend({
  id: "mine",
  rules: { "security-checklist": { csrf: drop("No cookies here."), queries: must("Use our query builder.") } },
});
`;
    project.write("mine.mjs", changed);
    project.run("build", "mine.mjs");
    const path = ".claude/agents/mine.md";
    const { out } = project.run("explain", `${path}:${lineOf(path, "Use our query builder")}`, "mine.mjs");
    expect(out).toMatch(/changed by +mine/);
    expect(out).toMatch(/dropped +security-checklist\/csrf by mine: No cookies here\./);
    const json = JSON.parse(project.run("explain", `${path}:1`, "mine.mjs", "--json").out);
    expect(json).toMatchObject({ ok: true, persona: "mine", origin: { unit: "mine" } });
  });

  test.each([
    [["nowhere.md:3"], "nowhere.md: these personas do not build this file"],
    [[".claude/agents/backend-developer-lambda.md"], "expected a file and a line"],
    [[".claude/agents/backend-developer-lambda.md:9999"], "the compiled file has only"],
  ])("says what is wrong with %j", (args, message) => {
    const { code, err } = project.run("explain", ...args, PERSONA);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

describe("bad input exits with 2, says what and where, and writes nothing", () => {
  interface Case {
    readonly files?: { readonly [path: string]: string };
    readonly args?: readonly string[];
    readonly code: string;
    readonly message: string | RegExp;
  }
  const cases: { readonly [name: string]: Case } = {
    "a missing description": {
      files: { "p.mjs": personaModule("mine", { more: "description: undefined," }) },
      code: "missing-text",
      message: 'p.mjs: persona "mine": the description is missing',
    },
    "a name that leads out of the folder": {
      files: { "p.mjs": personaModule("../../evil") },
      code: "invalid-id",
      message: "the id is not kebab-case",
    },
    "two personas with one path": {
      files: { "a.mjs": personaModule("mine"), "b.mjs": personaModule("mine") },
      args: ["a.mjs", "b.mjs"],
      code: "shared-path",
      message: ".claude/agents/mine.md: both mine (a.mjs) and mine (b.mjs) would be written here",
    },
    "an unknown target": {
      files: { "p.mjs": personaModule("mine") },
      args: ["p.mjs", "--target", "claude-agnt"],
      code: "unknown-target",
      message: 'Did you mean "claude-agent"?',
    },
    "a path that is not there": {
      files: { "p.mjs": personaModule("mine") },
      args: ["./q.mjs"],
      code: "not-found",
      message: './q.mjs: there is no such file or folder. Did you mean "p.mjs"?',
    },
    "a package that is not installed": {
      args: ["@acme/nope"],
      code: "not-found",
      message: "@acme/nope: there is no such path, and no package with this name",
    },
    "a folder without packages": {
      files: { "empty/readme.txt": "" },
      args: ["empty"],
      code: "not-a-package",
      message: "empty: this folder is not a package, and holds none",
    },
    "a module without a persona": {
      files: { "p.mjs": "export const a = 1;" },
      code: "no-unit",
      message: "p.mjs: exports no persona. It exports: a.",
    },
    "a module that throws": {
      files: { "p.mjs": "\nthrow new Error('boom');" },
      code: "cannot-load",
      message: /p\.mjs: could not be loaded: boom \(.*p\.mjs:2/,
    },
    "a module that does not parse": {
      files: { "p.mjs": "export const = 1;" },
      code: "cannot-load",
      message: /p\.mjs: could not be loaded: Unexpected token/,
    },
    "a persona of a newer schema": {
      files: { "p.mjs": `${personaModule("mine")}export const next = { ...persona, schemaVersion: 3 };` },
      code: "newer-schema",
      message:
        'persona "mine" has schema version 3; this version of personakit reads 1 to 2. It needs a newer personakit: npm i -D personakit@latest',
    },
    "a description that a target would cut": {
      files: {
        "p.mjs": personaModule("mine", { more: 'description: { does: "x".repeat(1100), when: "W.", notFor: "" },' }),
      },
      code: "invalid-front-matter",
      message: "description: it has 1103 characters; the specification allows 1024",
    },
  };

  test.each(Object.entries(cases))("%s", (_, { files = {}, args = ["p.mjs"], code, message }) => {
    for (const [path, text] of Object.entries(files)) project.write(path, text);
    const before = project.files();
    const printed = project.run("build", ...args);
    expect(printed.err).toMatch(message);
    expect(printed).toMatchObject({ code: 2, out: "" });
    expect(project.files()).toEqual(before);
    const json = JSON.parse(project.run("build", ...args, "--json").out);
    expect(json.ok).toBe(false);
    const issue = json.errors.find((each: { code: string }) => each.code === code);
    expect(issue.message).toMatch(message);
  });

  test("a folder at the output path", () => {
    project.write("p.mjs", personaModule("mine"));
    mkdirSync(join(project.folder, ".claude/agents/mine.md"), { recursive: true });
    const { code, err } = project.run("build", "p.mjs");
    expect(code).toBe(2);
    expect(err).toMatch(/mine\.md: cannot be read/);
  });

  test("every source and target at once", () => {
    const { err } = project.run("build", "./nope.mjs", "./nope2.mjs", "--target", "bogus");
    for (const word of ["./nope.mjs:", "./nope2.mjs:", "--target bogus:"]) expect(err).toContain(word);
  });

  test("a link at the output path that leads out of the project", () => {
    project.write("sub/p.mjs", personaModule("mine"));
    project.write("elsewhere/keep.txt", "keep");
    symlinkSync(join(project.folder, "elsewhere"), join(project.folder, "sub/.claude"), "junction");
    const { code, err } = project.run("build", "./sub/p.mjs", "--out", "sub");
    expect(code).toBe(2);
    expect(err).toContain(".claude/agents/mine.md: .claude is a symbolic link");
    expect(project.files().filter((path) => path.includes("agents"))).toEqual([]);
  });

  test.each([
    [[], "Usage: personakit"],
    [["build"], "there is no personakit.config.* here or in a folder above. Run personakit init"],
    [["new", "persona"], "missing required argument 'name'"],
    [["biuld", "."], "Did you mean build?"],
    [["biuld", "--help"], "Did you mean build?"],
    [["help", "biuld"], "Did you mean build?"],
    [["build", ".", "--tarket", "x"], "Did you mean --target?"],
  ])("usage: %j", (args, message) => {
    const { code, err } = project.run(...args);
    expect(err).toContain(message);
    expect(code).toBe(2);
    if (args.length > 0) expect(JSON.parse(project.run(...args, "--json").out)).toMatchObject({ ok: false });
  });
});

describe("help", () => {
  const { code, out } = newProject().run("--help");

  test("shows every command once, on one line of a narrow terminal, grouped by what it is for", () => {
    expect(code).toBe(0);
    const groups = [...out.matchAll(/^(Start|Every day|Change what was built|For authors):\n((?: {2}.*\n)+)/gm)];
    expect(groups.map(([, title]) => title)).toEqual(["Start", "Every day", "Change what was built", "For authors"]);
    const lines = groups.flatMap(([, , text = ""]) => text.trimEnd().split("\n"));
    expect(lines.map((line) => /^ {2}(\w+)/.exec(line)?.[1]).sort()).toEqual(Object.keys(COMMANDS).sort());
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test("says what exit codes mean", () => {
    expect(out).toContain("Exit codes: 0 clean, 1 drift or findings, 2 bad input or usage.");
  });

  test("of a command shows its options, and defaults only where they say something", () => {
    const build = project.run("build", "--help");
    for (const word of ["[source...]", "--target", "--out", "--json", "--strict", '(default: "30")'])
      expect(build.out).toContain(word);
    expect(build.out).not.toContain("default: false");
    expect(project.run("help", "build")).toEqual(build);
  });
});
