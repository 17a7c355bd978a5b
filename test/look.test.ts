import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { packages } from "../scripts/workspace.ts";
import { personaModule } from "./fixtures.ts";
import { NODE, type Project, packPackages } from "./installed.ts";

// What a person sees: how long an answer is, what stands out in it, and in what colours.

const PERSONAS = packages()
  .filter(({ kind }) => kind === "persona")
  .map(({ manifest }) => manifest.name);
const newProject = packPackages("personakit", ...PERSONAS);

/** The lines of the smallest terminal that people use. */
const SCREEN = 24;

describe("a build of all our personas", () => {
  const project = newProject();
  project.write("personakit.config.json", {
    personas: PERSONAS.slice(0, 5),
    targets: ["claude-agent", "agent-skill", "copilot-agent", "codex-agent"],
  });
  const first = project.run("build");

  test("fits one screen, and says what was written for each persona, what it costs and what was lost", () => {
    expect(first).toMatchObject({ code: 0, err: "" });
    const lines = first.out.trimEnd().split("\n");
    expect(lines.length).toBeLessThan(SCREEN);
    for (const name of PERSONAS.slice(0, 5)) {
      const id = name.replace("@personakit/persona-", "");
      expect(first.out).toMatch(
        new RegExp(`^ {2}new {2}${id} +4 targets, \\d+ files +\\d{4} tokens, \\d+ more in other files$`, "m"),
      );
    }
    expect(first.out).toMatch(
      /^ {2}agent-skill +model +(?:\d personas|every persona) +a skill runs in the model that/m,
    );
    expect(lines.at(-1)).toMatch(/^5 personas, (\d+) files: \1 written\. .* --verbose lists every file\.$/);
  });

  test("says what was kept only when it is asked", () => {
    expect(first.out).not.toContain("kept");
    const { out } = project.run("build", "--verbose");
    expect(out).toMatch(/^backend-developer, claude-agent: \d kept$/m);
    for (const { path } of JSON.parse(project.run("build", "--json").out).files) expect(out).toContain(` ${path}\n`);
  });

  test("says nothing twice when nothing has changed", () => {
    const { out } = project.run("build");
    expect(out).toMatch(/^(?:warning: .*\n)+5 personas, \d+ files: nothing has changed\.\n$/);
  });
});

test("a build with few changes names each file, its tokens, and how many they were", () => {
  const project = newProject();
  project.write("one.mjs", personaModule("one"));
  expect(project.run("build", "one.mjs", "--target", "claude-agent").out).toMatch(
    /^ {2}new {2}\.claude\/agents\/one\.md {2}\d+ tokens\n/,
  );
  project.write("one.mjs", personaModule("one", { rule: 'must("Bind every value in SQL as a parameter.")' }));
  expect(project.run("build", "one.mjs", "--target", "claude-agent").out).toMatch(
    /^ {2}changed {2}\.claude\/agents\/one\.md {2}\d+ tokens \(\+\d+\)\n/,
  );
});

test("the prompt that add suggests is a sentence, whatever a persona is called for", () => {
  const { out } = newProject().run("add", "@personakit/persona-backend-developer", "--target", "claude-agent");
  expect(out).toMatch(/^ {2}in Claude Code, .*: "Use backend-developer to review the last commit\."$/m);
});

test("without a lockfile, check --frozen says once that versions are unknown", () => {
  const project = newProject();
  project.write("personakit.config.json", { personas: ["@personakit/persona-backend-developer"] });
  project.run("build");
  rmSync(project.at("personakit.lock.json"));
  const { code, out } = project.run("check", "--frozen");
  expect(code).toBe(1);
  expect(out).toMatch(
    /^personakit\.lock\.json: is missing, so the versions .* unknown\. Run personakit build.*\n1 finding /,
  );
});

describe("a diff", () => {
  const project = newProject();
  project.write("one.mjs", personaModule("one", { rule: 'must("Give it 60 seconds at most.")' }));
  project.run("build", "one.mjs", "--target", "claude-agent");
  const path = ".claude/agents/one.md";
  project.write(path, project.read(path).replace("60", "30"));
  const check = (env: NodeJS.ProcessEnv, of = project) =>
    runIn(of, env, "check", "one.mjs", "--target", "claude-agent");

  test("is plain where it is no terminal that it goes to", () => {
    expect(check({})).toContain("\n-- Give it 60 seconds at most.\n+- Give it 30 seconds at most.\n");
    expect(check({})).not.toContain("\u001B");
  });

  test("is coloured with FORCE_COLOR, word by word, and not with NO_COLOR", () => {
    const out = check({ FORCE_COLOR: "1" });
    expect(out).toContain("\u001B[31m\u001B[7m60\u001B[27m");
    expect(out).toContain("\u001B[32m\u001B[7m30\u001B[27m");
    expect(check({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(check({}));
  });

  test("shows escapes of a file and does not obey them, in colours too", () => {
    const hostile = newProject();
    hostile.write("one.mjs", personaModule("one"));
    hostile.run("build", "one.mjs", "--target", "claude-agent");
    hostile.write(path, `${hostile.read(path)}\u001B[2J\n`);
    expect(check({ FORCE_COLOR: "1" }, hostile)).toContain("\\u{1b}[2J");
  });
});

test("two wordings of a rule are compared word by word in a terminal, and plain in a pipe", () => {
  const project = newProject();
  for (const [id, seconds] of [
    ["one", 60],
    ["two", 30],
  ]) {
    project.write(`${id}.mjs`, personaModule("one", { rule: `must("Give it ${seconds} seconds at most.")` }));
  }
  const diff = (env: NodeJS.ProcessEnv) => runIn(project, env, "diff", "one.mjs", "two.mjs");
  expect(diff({})).toContain(
    "before must: Give it 60 seconds at most.\n      after  must: Give it 30 seconds at most.\n",
  );
  expect(diff({ FORCE_COLOR: "1" })).toContain("\u001B[32m\u001B[7m30\u001B[27m");
});

/** What a command writes to standard output, with no colours asked for or refused but by `env`. */
function runIn(project: Project, env: NodeJS.ProcessEnv, ...args: readonly string[]): string {
  const bin = project.at("node_modules/personakit/dist/bin.js");
  const options = { cwd: project.folder, encoding: "utf8", env: { PATH: process.env.PATH, ...env } } as const;
  return spawnSync(NODE, [bin, ...args], options).stdout;
}
