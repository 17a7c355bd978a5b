import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { personaModule } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

// Two branches have built; git merges them.

const LOCKFILE = "personakit.lock.json";
const RESOLVED =
  /^warning: resolved the merge conflict in personakit\.lock\.json: \d+ records? the same on both sides, /;
const newProject = packPackages("personakit");
let project: Project;

const IDENTITY = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];

function git(...args: readonly string[]): void {
  execFileSync("git", [...IDENTITY, ...args], { cwd: project.folder, stdio: "pipe" });
}

/** Merges a branch, whatever git says of it. */
function merge(branch: string, ...options: readonly string[]): void {
  spawnSync("git", [...IDENTITY, "merge", "--quiet", ...options, branch], { cwd: project.folder });
}

const configure = (...personas: readonly string[]) =>
  project.write("personakit.config.json", {
    personas: personas.map((id) => `./${id}.mjs`),
    targets: ["claude-agent", "agents-md"],
  });

function buildAndCommit(message: string): void {
  expect(project.run("build")).toMatchObject({ code: 0, err: "" });
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

beforeEach(() => {
  project = newProject();
  project.write(".gitignore", "node_modules\n");
  for (const id of ["one", "two", "three"]) project.write(`${id}.mjs`, personaModule(id));
  configure("one");
  git("init", "--quiet", "--initial-branch=main");
  buildAndCommit("First");
});

/** One branch says another rule; the other one too. */
function rewordOnBothSides(): void {
  git("checkout", "--quiet", "-b", "theirs");
  project.write("one.mjs", personaModule("one", { rule: 'must("Theirs.")' }));
  buildAndCommit("Theirs");
  git("checkout", "--quiet", "main");
  project.write("one.mjs", personaModule("one", { rule: 'must("Ours.")' }));
  buildAndCommit("Ours");
}

describe("build resolves a merge conflict in the lockfile, and says so", () => {
  test.each(["merge", "diff3"])("of what two branches have built, with conflicts shown as %s", (style) => {
    git("config", "merge.conflictStyle", style);
    rewordOnBothSides();
    merge("theirs");
    expect(project.read(LOCKFILE)).toContain("<<<<<<<");
    expect(project.read(".claude/agents/one.md")).toContain("<<<<<<<");
    // Whoever merges decides what the source says.
    project.write("one.mjs", personaModule("one", { rule: 'must("Both.")' }));
    const { code, err } = project.run("build");
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(RESOLVED) });
    expect(project.read(".claude/agents/one.md")).toContain("- Both.");
    expect(project.read(".claude/agents/one.md")).not.toContain("<<<<<<<");
    expect(project.run("check", "--frozen")).toMatchObject({ code: 0, err: "" });
  });

  test("of personas that each branch has added, and of blocks in one file", () => {
    git("checkout", "--quiet", "-b", "theirs");
    configure("one", "two");
    buildAndCommit("Two");
    git("checkout", "--quiet", "main");
    configure("one", "three");
    buildAndCommit("Three");
    merge("theirs");
    git("checkout", "--quiet", "--ours", "AGENTS.md");
    configure("one", "two", "three");
    const { code, err } = project.run("build");
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(RESOLVED) });
    expect(Object.keys(JSON.parse(project.read(LOCKFILE)).personas)).toEqual(["one", "three", "two"]);
    expect(project.run("check", "--frozen")).toMatchObject({ code: 0, err: "" });
  });

  test("and keeps what a hand has changed since", () => {
    rewordOnBothSides();
    merge("theirs");
    project.write("one.mjs", personaModule("one", { rule: 'must("Both.")' }));
    project.write(".claude/agents/one.md", "Mine.\n");
    const { code, err } = project.run("build");
    expect(code, err).toBe(1);
    expect(err).toMatch(RESOLVED);
    expect(err).toContain(".claude/agents/one.md: was changed by hand");
    expect(project.read(".claude/agents/one.md")).toBe("Mine.\n");
    expect(project.read(LOCKFILE)).not.toContain("<<<<<<<");
  });

  test("and a file that one side has ejected stays its owner's", () => {
    git("checkout", "--quiet", "-b", "theirs");
    project.run("eject", ".claude/agents/one.md");
    git("add", "--all");
    git("commit", "--quiet", "--message", "Eject");
    git("checkout", "--quiet", "main");
    project.write("one.mjs", personaModule("one", { rule: 'must("Ours.")' }));
    buildAndCommit("Ours");
    merge("theirs");
    expect(project.read(LOCKFILE)).toContain("<<<<<<<");
    const before = project.read(".claude/agents/one.md");
    expect(project.run("build").code).toBe(0);
    expect(project.read(".claude/agents/one.md")).toBe(before);
    expect(JSON.parse(project.read(LOCKFILE)).ejected).toEqual([".claude/agents/one.md"]);
  });
});

test("every other command names the one that resolves it", () => {
  rewordOnBothSides();
  merge("theirs");
  for (const args of [["check"], ["update"], ["list"], ["remove", "one"]]) {
    const { code, err } = project.run(...args);
    expect({ code, err }, args[0]).toEqual({
      code: 2,
      err: "error: personakit.lock.json: has a merge conflict. Run personakit build, which resolves it.\n",
    });
  }
});

test("without a configuration, build resolves the lockfile and nothing else", () => {
  rewordOnBothSides();
  merge("theirs");
  rmSync(project.at("personakit.config.json"));
  const { code, err } = project.run("build");
  expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(RESOLVED) });
  expect(JSON.parse(project.read(LOCKFILE)).schemaVersion).toBe(1);
  project.write(LOCKFILE, `<<<<<<< a\n${project.read(LOCKFILE)}=======\n${project.read(LOCKFILE)}>>>>>>> b\n`);
  expect(JSON.parse(project.run("build", "--json").out)).toMatchObject({
    ...{ ok: true, files: [] },
    resolved: expect.stringContaining("resolved the merge conflict"),
  });
});

describe("nothing that a lockfile may not say comes in through a conflict", () => {
  const conflict = (ours: string, theirs: string) => `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> theirs\n`;

  test.each([
    ["a path out of the project", (text: string) => text.replaceAll(".claude/agents", "../agents")],
    ["a side that is not JSON", () => "{\n"],
    ["a later schema", (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2')],
  ])("%s", (_, change) => {
    const text = project.read(LOCKFILE);
    for (const sides of [
      [text, change(text)],
      [change(text), text],
    ] as const) {
      const conflicted = conflict(...sides);
      project.write(LOCKFILE, conflicted);
      const { code, err } = project.run("build");
      expect(code).toBe(2);
      expect(err).toMatch(/(?:your|the other) side of its merge conflict is no lockfile/);
      expect(project.read(LOCKFILE)).toBe(conflicted);
    }
  });

  test("a record of a file that no target makes is not followed", () => {
    const text = project.read(LOCKFILE);
    project.write("notes.md", "Mine.\n");
    const sha256 = createHash("sha256").update("Mine.\n").digest("hex");
    const record = { sha256, targets: ["claude-agent"], persona: "one" };
    const { artifacts, ...rest } = JSON.parse(text);
    const forged = `${JSON.stringify({ ...rest, artifacts: { ...artifacts, "notes.md": record } }, null, 2)}\n`;
    project.write(LOCKFILE, conflict(text, forged));
    const { code, err } = project.run("build");
    expect(code).toBe(0);
    expect(err).toContain("notes.md is in personakit.lock.json, but no target makes such a file; it was left alone");
    expect(project.read("notes.md")).toBe("Mine.\n");
  });
});
