import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { targets } from "@personakit/targets";
import { describe, expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";
import { personaModule } from "./fixtures.ts";
import { packPackages } from "./installed.ts";

const blocksIn = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, code = ""]) => code);
const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const blocks = (language: string) => blocksIn(readme, language);
const newProject = packPackages(
  "personakit",
  "@personakit/persona-backend-developer",
  "@personakit/persona-backend-developer-lambda",
);
const project = newProject();
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

test("the first two sh blocks are the two commands, alone", () => {
  expect(blocks("sh").slice(0, 2)).toEqual(["npx -y pnpm@12 demo\n", "npx -y pnpm@12 test\n"]);
  expect(scripts).toMatchObject({ demo: expect.any(String), test: expect.any(String) });
});

test("the picture shows a line that is compiled so", () => {
  const [, line = ""] = /^ out: {2}(- .*), \.\.\.$/m.exec(readme) ?? [];
  const agent = readFileSync(
    join(ROOT, "packages/personas/backend-developer-lambda/agents/backend-developer-lambda.md"),
    "utf8",
  );
  expect(line.length).toBeGreaterThan(50);
  expect(agent).toContain(`\n${line}`);
});

test("the commands for a user's project run as written", () => {
  writeFileSync(join(project.folder, "package.json"), JSON.stringify({ type: "module" }));
  const commands = readme.match(/^npx personakit .*$/gm) ?? [];
  expect(commands.length).toBe(4);
  for (const command of commands) {
    const { code, err } = project.run(...command.split(" ").slice(2));
    expect(err).toBe("");
    expect(code).toBe(0);
  }
});

test("the number of targets is the one that there is", () => {
  expect(readme).toContain(`shows all ${targets.length} targets:`);
});

/** The paths of all examples in the project. */
const examplePaths: string[] = [];
/** What the compiler says of all of them, by resolution: one run takes hardly longer than one for a single example. */
const messages = new Map<string, readonly string[]>();

/** What the compiler says of an example, or of no example in particular. */
function errorsIn(path: string, resolution: string): string {
  const all = messages.get(resolution) ?? check(resolution);
  messages.set(resolution, all);
  return all.filter((text) => !examplePaths.some((other) => other !== path && text.startsWith(other))).join("\n");
}

function check(resolution: string): readonly string[] {
  const module = resolution === "bundler" ? "esnext" : resolution;
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", module, "--moduleResolution", resolution];
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "--ignoreConfig", ...options, ...examplePaths], {
    cwd: project.folder,
    encoding: "utf8",
  });
  return stdout.split(/\r?\n(?! )/).filter((line) => line !== "");
}

/** Writes an example into the project, and returns its path. */
function exampleAt(path: string, code: string): string {
  project.write(path, code);
  project.write("package.json", { type: "commonjs" });
  examplePaths.push(path);
  return path;
}

describe.each(blocks("ts").map((code, index) => [index, code] as const))("code example %i", (index, code) => {
  project.write("personas/package.json", { name: "@acme/personas", version: "1.0.0", type: "commonjs" });
  const path = exampleAt(`personas/example-${index}.mts`, code);

  test.each(["nodenext", "bundler"])("type-checks with moduleResolution %s", (resolution) => {
    expect(errorsIn(path, resolution)).toBe("");
  });

  test("builds", () => {
    const { code, err, out } = project.run("build", path);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}new {2}\.claude\/agents\//m);
  });
});

describe.each(["core", "targets"])("the README of packages/%s", (name) => {
  const text = readFileSync(join(ROOT, "packages", name, "README.md"), "utf8");
  const examples = blocksIn(text, "ts").map((code, index) => exampleAt(`${name}/example-${index}.mts`, code));
  const [printed = ""] = blocksIn(text, "markdown");

  test.each(examples)("has an example, %s, that type-checks and runs", (path) => {
    for (const resolution of ["nodenext", "bundler"]) expect(errorsIn(path, resolution)).toBe("");
    const { status, stdout } = spawnSync(process.execPath, [path], { cwd: project.folder, encoding: "utf8" });
    expect(status).toBe(0);
    if (path === examples[0]) expect(stdout.trimEnd()).toBe(printed.trimEnd());
  });
});

describe("the README of packages/cli", () => {
  const text = readFileSync(join(ROOT, "packages/cli/README.md"), "utf8");

  test("has a configuration and commands that run as written", () => {
    const [config = "", ...others] = blocksIn(text, "ts");
    expect(others).toEqual([]);
    const fresh = newProject();
    fresh.write("package.json", { type: "module" });
    const commands = text.match(/^npx personakit .*$/gm) ?? [];
    expect(commands.length).toBe(3);
    for (const command of commands) {
      expect(fresh.run(...command.split(" ").slice(2))).toMatchObject({ code: 0, err: "" });
      // The first one needs no configuration.
      fresh.write("personakit.config.ts", config);
    }
  });
});

test("the rule that the example adds is in the agent's own file, where the text says", () => {
  const [code = ""] = blocks("ts");
  const [, rule = ""] = /rule: must\("(.+)"\)/.exec(code) ?? [];
  const fresh = newProject();
  mkdirSync(join(fresh.folder, "personas"));
  writeFileSync(join(fresh.folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(fresh.folder, "personas/payments.mts"), code);
  expect(fresh.run("build", "personas/payments.mts")).toMatchObject({ code: 0, err: "" });
  expect(readFileSync(join(fresh.folder, ".claude/agents/payments-backend.md"), "utf8")).toContain(`\n- ${rule}\n`);
});

describe("the guide", () => {
  const guide = readFileSync(join(ROOT, "docs/using.md"), "utf8");
  const blocksOf = (language: string) => blocksIn(guide, language);
  const [config = "", ...others] = blocksOf("ts");
  const isConfig = (text: string) => text.includes("defineConfig");
  const combinedFrom = others.findIndex((text) => text.includes("databaseReviewer"));
  const combined = others.slice(combinedFrom, combinedFrom + 3);
  const [jsonConfig = ""] = blocksOf("json");

  test.each<readonly [name: string, text: string]>([
    ["personakit.config.ts", config],
    ["personakit.config.json", jsonConfig],
    ...others.filter(isConfig).map((text) => ["personakit.config.ts", text] as const),
  ])("has a %s that builds in a project of CommonJS", (name, text) => {
    const fresh = newProject();
    writeFileSync(join(fresh.folder, "package.json"), JSON.stringify({ type: "commonjs" }));
    writeFileSync(join(fresh.folder, name), text);
    expect(fresh.run("build")).toMatchObject({ code: 0, err: "" });
    expect(fresh.run("check", "--frozen")).toMatchObject({ code: 0, err: "" });
  });

  test("shows personas that build: one of several others, one in another language, one with phrases of its own", () => {
    expect(combined).toHaveLength(3);
    const fresh = newProject();
    fresh.write("package.json", { type: "module" });
    fresh.write(
      "database-reviewer.ts",
      personaModule("database-reviewer").replace("const persona", "const databaseReviewer"),
    );
    for (const [index, text] of combined.entries()) fresh.write(`persona${index}.ts`, text);
    fresh.write("personakit.config.json", {
      personas: combined.map((_, index) => `./persona${index}.ts`),
      targets: ["claude-agent"],
    });
    expect(fresh.run("build")).toMatchObject({ code: 0, err: "" });
    expect(fresh.read(".claude/agents/payments-team.md")).toContain("- A.\n");
    expect(fresh.read(".claude/agents/entwicklung.md")).toContain("\nSofern das Projekt");
    expect(fresh.read(".claude/agents/sviluppatore.md")).toContain("\nSalvo diversa decisione");
  });

  test.each(others.filter((text) => !isConfig(text) && !combined.includes(text)))(
    "has a persona that builds for Claude Code: %#",
    (text) => {
      const fresh = newProject();
      fresh.write("persona.mts", text);
      expect(fresh.run("build", "persona.mts", "--target", "claude-agent")).toMatchObject({ code: 0, err: "" });
    },
  );

  test("names only commands and options that there are", () => {
    const help = project.run("--help").out;
    const used = [...guide.matchAll(/personakit (\w+)((?: --[a-z]+)*)/g)];
    expect(used.length).toBeGreaterThan(10);
    for (const [, command = "", options = ""] of used) {
      expect(help).toContain(`\n  ${command} `);
      for (const option of options.split(" ").filter(Boolean))
        expect(project.run(command, "--help").out).toContain(option);
    }
  });
});
