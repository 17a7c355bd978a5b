import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { personaModule } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

// What is the user's own: a file that nobody here has written, what a link leads to, and what was ejected.

const LAMBDA = "@personakit/persona-backend-developer-lambda";
const AGENT = ".claude/agents/backend-developer-lambda.md";
/** A file of somebody else. */
const OUTSIDE = join(realpathSync(mkdtempSync(join(tmpdir(), "personakit-outside-"))), "own.md");
writeFileSync(OUTSIDE, "");

const newProject = packPackages("personakit", LAMBDA);
let project: Project;

beforeEach(() => {
  project = newProject();
});

/** Configures small personas, whose modules are there. */
function configure(targets: readonly string[], ...personas: readonly (string | object)[]): void {
  project.write("one.mjs", personaModule("one"));
  project.write("two.mjs", personaModule("two"));
  project.write("personakit.config.json", { personas, targets });
}

const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], {
    cwd: project.folder,
    encoding: "utf8",
    stdio: "pipe",
  });

describe("a file of the user's where add would write", () => {
  const add = (...more: readonly string[]) => project.run("add", LAMBDA, "--target", "claude-agent", ...more);

  beforeEach(() => {
    project.write(AGENT, "My own agent.\n");
  });

  test("stops it, and its dry run, and another name is the first way out", () => {
    for (const more of [[], ["--dry-run"], ["--yes"]]) {
      const { code, out, err } = add(...more);
      expect(code).toBe(1);
      expect(out).toMatch(new RegExp(`${AGENT} +\\d+ tokens +your own file`));
      expect(err).toContain(`error: ${AGENT}: is your own file`);
      expect(err).toMatch(new RegExp(`Nothing was written\\. To keep both, .*add ${LAMBDA} --as <name>`));
      expect(err).not.toContain("@@");
    }
    expect(project.run("eject", AGENT).err).toContain("It is already your own.");
    const { errors } = JSON.parse(add("--json", "--dry-run").out);
    expect(errors).toMatchObject([{ code: "foreign", place: AGENT }]);
    expect(project.files()).toEqual([AGENT]);
    expect(add("--as", "lambda").code).toBe(0);
    expect(project.read(AGENT)).toBe("My own agent.\n");
  });

  test("is kept beside it with --force, and stands there when the persona is removed", () => {
    expect(add("--force", "--dry-run")).toMatchObject({ code: 0, err: "" });
    const { code, err } = add("--force");
    expect({ code, err }).toEqual({ code: 0, err: `warning: ${AGENT} was yours: your original is ${AGENT}.orig\n` });
    expect(project.read(`${AGENT}.orig`)).toBe("My own agent.\n");
    expect(project.run("check").code).toBe(0);
    expect(add().code).toBe(0);
    const removed = project.run("remove", LAMBDA);
    expect(removed.code).toBe(0);
    expect(removed.out).toContain(`removed: ${AGENT}\n  your original is ${AGENT}.orig`);
    expect(project.files()).toEqual([`${AGENT}.orig`]);
    expect(project.read(`${AGENT}.orig`)).toBe("My own agent.\n");
  });

  test.skipIf(process.platform === "win32")("keeps its mode where it is kept", () => {
    chmodSync(project.at(AGENT), 0o600);
    expect(add("--force").code).toBe(0);
    expect(statSync(project.at(`${AGENT}.orig`)).mode & 0o777).toBe(0o600);
  });

  test("never costs an .orig that already exists", () => {
    project.write(`${AGENT}.orig`, "Older.\n");
    const { code, err } = add("--force");
    expect(code).toBe(2);
    expect(err).toContain(`${AGENT}.orig: already exists`);
    expect([project.read(AGENT), project.read(`${AGENT}.orig`)]).toEqual(["My own agent.\n", "Older.\n"]);
    project.write(`${AGENT}.orig`, "My own agent.\n");
    expect(add("--force").code).toBe(0);
  });

  test("needs no copy where git has it unchanged, and remove says the commit", () => {
    git("init", "--quiet");
    git("add", AGENT);
    git("commit", "--quiet", "--message", "Mine");
    const { code, err } = add("--force");
    const [, show = ""] = /was yours: your original is in git: git (show \S+)\n/.exec(err) ?? [];
    expect(code).toBe(0);
    expect(git(...show.split(" "))).toBe("My own agent.\n");
    expect(existsSync(project.at(`${AGENT}.orig`))).toBe(false);
    expect(project.run("remove", LAMBDA).out).toContain(`your original is in git: git ${show}`);
  });

  test.each([
    ["changed since the commit", () => git("commit", "--quiet", "--message", "Mine", "--", AGENT), "Changed.\n"],
    ["never committed", () => {}, "My own agent.\n"],
  ])("is kept beside it where git has it %s", (_, commit, text) => {
    git("init", "--quiet");
    git("add", AGENT);
    commit();
    project.write(AGENT, text);
    expect(add("--force").code).toBe(0);
    expect(project.read(`${AGENT}.orig`)).toBe(text);
  });
});

describe("a file of the user's where build would write", () => {
  test("stops it, and check says whose it is", () => {
    configure(["claude-agent"], "./one.mjs", "./two.mjs");
    project.write(".claude/agents/one.md", "Mine.\n");
    const { code, err } = project.run("build");
    expect(code).toBe(1);
    expect(err).toContain(".claude/agents/one.md: is your own file");
    expect(err).toMatch(/To keep both, give the persona another id.*--as <name>/);
    expect(existsSync(project.at(".claude/agents/two.md"))).toBe(false);
    const checked = project.run("check");
    expect(checked.code).toBe(1);
    expect(checked.out).toContain(".claude/agents/one.md: is your own file");
    expect(checked.out).not.toContain("@@");
    expect(project.run("build", "--force").err).toContain("your original is .claude/agents/one.md.orig");
    expect(project.read(".claude/agents/one.md.orig")).toBe("Mine.\n");
    expect(project.run("check").code).toBe(0);
    configure(["claude-agent"], "./two.mjs");
    expect(project.run("build").out).toContain("your original is .claude/agents/one.md.orig");
  });

  test("is told from one of ours that a hand has changed", () => {
    configure(["claude-agent"], "./one.mjs");
    project.run("build");
    project.write(".claude/agents/one.md", `${project.read(".claude/agents/one.md")}Mine.\n`);
    const { code, err } = project.run("build");
    expect(code).toBe(1);
    expect(err).toContain(".claude/agents/one.md: was changed by hand");
    expect(err).not.toContain("--as");
    expect(project.run("build", "--force").code).toBe(0);
    expect(existsSync(project.at(".claude/agents/one.md.orig"))).toBe(false);
  });

  test("is seen by init, which gives the persona another id", () => {
    project.write("package.json", { dependencies: { "@types/aws-lambda": "8.0.0" } });
    mkdirSync(project.at(".claude"));
    project.write(AGENT, "Mine.\n");
    const { out, code } = project.run("init", "--yes");
    expect(code).toBe(0);
    expect(out).toContain(`${AGENT} is your own file, so this persona gets the id personakit-backend-developer-lambda`);
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read(AGENT)).toBe("Mine.\n");
    expect(project.read(".claude/agents/personakit-backend-developer-lambda.md")).toContain("Lambda");
  });
});

describe.skipIf(process.platform === "win32")("a link", () => {
  const link = (path: string, target: string) => {
    mkdirSync(dirname(project.at(path)), { recursive: true });
    symlinkSync(target, project.at(path));
  };
  const isLink = (path: string) => lstatSync(project.at(path)).isSymbolicLink();
  const MARKER = "<!-- personakit:begin one -->";

  test("to a file of the project is followed: the block is written there, traced, checked and removed", () => {
    configure(["agents-md"], "./one.mjs");
    project.write("CLAUDE.md", "# Ours\n");
    link("AGENTS.md", "CLAUDE.md");
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(isLink("AGENTS.md")).toBe(true);
    expect(project.read("CLAUDE.md")).toMatch(new RegExp(`^# Ours\n\n${MARKER}\n`));
    expect(project.run("check").code).toBe(0);
    const line = project.read("CLAUDE.md").split("\n").indexOf("- A.") + 1;
    for (const file of ["AGENTS.md", "CLAUDE.md"])
      expect(project.run("explain", `${file}:${line}`).out).toMatch(/rule +own\/a \(must\)/);
    project.write("CLAUDE.md", project.read("CLAUDE.md").replace("- A.", "- Mine."));
    expect(project.run("build").code).toBe(1);
    expect(project.run("build", "--force").code).toBe(0);
    expect(project.run("remove", "one").code).toBe(0);
    expect(project.read("CLAUDE.md")).toBe("# Ours\n");
    expect(isLink("AGENTS.md")).toBe(true);
  });

  test("that makes one file of two with a block each has one block, which goes with the last of them", () => {
    project.write("services/api/CLAUDE.md", "# Ours\n");
    link("AGENTS.md", "services/api/CLAUDE.md");
    link("services/api/AGENTS.md", "CLAUDE.md");
    const both = ["./one.mjs", { persona: "./one.mjs", out: "services/api" }];
    configure(["agents-md"], ...both);
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read("services/api/CLAUDE.md").split(MARKER)).toHaveLength(2);
    expect(project.run("check").code).toBe(0);
    configure(["agents-md"], "./one.mjs");
    expect(project.run("build").code).toBe(0);
    expect(project.read("services/api/CLAUDE.md").split(MARKER)).toHaveLength(2);
    configure(["agents-md"], ...both);
    expect(project.run("build").code).toBe(0);
    expect(project.run("eject", "services/api/CLAUDE.md").code).toBe(0);
    expect(project.read("AGENTS.md")).not.toContain("personakit:");
    expect(project.run("check").code).toBe(0);
  });

  test("that makes one file of two leaves it as it was when both go", () => {
    project.write("services/api/CLAUDE.md", "# Ours\n");
    link("AGENTS.md", "services/api/CLAUDE.md");
    link("services/api/AGENTS.md", "CLAUDE.md");
    const below = (persona: string) => ({ persona, out: "services/api" });
    configure(["agents-md"], below("./one.mjs"), "./one.mjs", below("./two.mjs"));
    for (const order of [
      ["one", "two"],
      ["two", "one"],
    ]) {
      expect(project.run("build")).toMatchObject({ code: 0, err: "" });
      for (const name of order) expect(project.run("remove", name).code).toBe(0);
      expect(project.read("services/api/CLAUDE.md")).toBe("# Ours\n");
    }
  });

  test("that makes one file of two that would differ is an error, and nothing is written", () => {
    mkdirSync(project.at(".claude/agents"), { recursive: true });
    link(".cursor/agents", "../.claude/agents");
    configure(["claude-agent", "cursor-agent"], "./one.mjs");
    project.write("one.mjs", personaModule("one", { more: 'model: "fast",' }));
    const { code, err } = project.run("build");
    expect(code).toBe(2);
    expect(err).toContain(
      ".claude/agents/one.md: a symbolic link makes .claude/agents/one.md and .cursor/agents/one.md the same file, but their texts differ",
    );
    configure(["claude-agent"], "./one.mjs");
    expect(project.run("build").code).toBe(0);
    configure(["claude-agent", "cursor-agent"], "./one.mjs");
    project.write("one.mjs", personaModule("one", { more: 'model: "fast",' }));
    for (const command of ["build", "check"]) expect(project.run(command).code).toBe(2);
  });

  test("to a folder of the project is followed, and what was written there is removed", () => {
    configure(["claude-agent"], "./one.mjs");
    mkdirSync(project.at("shared/claude"), { recursive: true });
    link(".claude", "shared/claude");
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read("shared/claude/agents/one.md")).toContain("- A.");
    expect(project.run("check").code).toBe(0);
    expect(project.run("explain", ".claude/agents/one.md:1").code).toBe(0);
    expect(project.run("remove", "one").code).toBe(0);
    expect(existsSync(project.at("shared/claude/agents"))).toBe(false);
    expect(readlinkSync(project.at(".claude"))).toBe("shared/claude");
  });

  test.each([
    ["out of the project", OUTSIDE, `is a symbolic link (to ${OUTSIDE})`],
    ["to nothing", "nowhere.md", "is a symbolic link (to nothing)"],
    ["into git's folder", ".git/config", "(to .git/config, where personas are never written)"],
    ["into installed packages", "sub/node_modules/own.md", "where personas are never written)"],
    ["to the lockfile", "personakit.lock.json", "(to personakit.lock.json, where personas are never written)"],
  ])("%s is refused", (_, target, problem) => {
    configure(["agents-md"], "./one.mjs", "./two.mjs");
    project.write(".git/config", "");
    project.write("sub/node_modules/own.md", "");
    project.write("personakit.lock.json", { schemaVersion: 1, personas: {}, artifacts: {}, ejected: [], folders: [] });
    link("AGENTS.md", target);
    const { code, err } = project.run("build");
    expect(code).toBe(2);
    expect(err).toContain("error: AGENTS.md: ");
    expect(err).toContain(problem);
    expect(project.read(".git/config")).toBe("");
  });

  test("in the place of a file of ours never has a file with another name written or deleted", () => {
    configure(["claude-agent"], "./one.mjs", "./two.mjs");
    project.run("build");
    project.write("src/index.md", project.read(".claude/agents/one.md"));
    rmSync(project.at(".claude/agents/one.md"));
    link(".claude/agents/one.md", "../../src/index.md");
    const text = project.read("src/index.md");
    project.write("one.mjs", personaModule("one", { rule: 'must("B.")' }));
    expect(project.run("build")).toMatchObject({ code: 2, err: expect.stringContaining("a file with another name") });
    expect(project.run("remove", "one").code).toBe(2);
    expect(project.read("src/index.md")).toBe(text);
  });
});

describe("what is said", () => {
  test("remove and build say that only a block went", () => {
    project.write("AGENTS.md", "# Ours\n");
    configure(["agents-md"], "./one.mjs", "./two.mjs");
    project.run("build");
    configure(["agents-md"], "./one.mjs");
    expect(project.run("build").out).toContain("removed from AGENTS.md: the block of two\n");
    const { out } = project.run("remove", "one");
    expect(out).toContain("removed from AGENTS.md: the block of one\n");
    expect(out).not.toContain("removed: ");
    rmSync(project.at("AGENTS.md"));
    project.run("build");
    expect(project.run("remove", "one").out).toContain("removed: AGENTS.md\n");
  });

  test.each(["agents-md", "claude-agent"])("the line that add suggests to explain is a rule of %s", (target) => {
    project.write("AGENTS.md", "# Ours\n".repeat(40));
    const { out } = project.run("add", LAMBDA, "--target", target);
    const [, place = ""] = /personakit explain (\S+)/.exec(out) ?? [];
    expect(project.run("explain", place)).toMatchObject({ code: 0, out: expect.stringMatching(/^rule /m) });
  });

  test("explain finds a file that was built into another folder, and asks for its source", () => {
    configure([]);
    project.run("build", "./one.mjs", "--out", "sub");
    const place = "sub/.claude/agents/one.md:3";
    const { code, err } = project.run("explain", place);
    expect(code).toBe(2);
    expect(err).toContain(`Name the source: personakit explain ${place} <source>`);
    expect(project.run("explain", place, "./one.mjs")).toMatchObject({ code: 0 });
  });

  test("a file in the place of a folder is said by its name", () => {
    configure(["claude-agent"], "./one.mjs");
    project.write(".claude/agents", "Mine.\n");
    const { code, err } = project.run("build");
    expect(code).toBe(2);
    expect(err).toContain("error: .claude/agents/one.md: .claude/agents is a file, but a folder is needed here");
    expect(err).not.toContain("ENOTDIR");
  });

  test("remove takes a package's name also where the configuration has extended it", () => {
    project.write("personakit.config.json", {
      personas: [LAMBDA, { persona: LAMBDA, extend: { id: "payments" } }],
      targets: ["claude-agent"],
    });
    expect(project.run("build").code).toBe(0);
    expect(project.run("remove", LAMBDA).out).toContain("backend-developer-lambda, payments: the next build");
    expect(existsSync(project.at(".claude"))).toBe(false);
  });
});

describe("an ejected file", () => {
  const FILE = ".claude/agents/one.md";

  beforeEach(() => {
    configure(["claude-agent", "agents-md"], "./one.mjs");
    project.run("build");
  });

  test("is named by build and list", () => {
    project.run("eject", FILE);
    expect(project.run("build").out).toContain(`ejected: ${FILE}, left alone`);
    expect(JSON.parse(project.run("build", "--json").out).ejected).toEqual([FILE]);
    expect(project.run("list").out).toMatch(new RegExp(`${FILE.replaceAll(".", "\\.")} +ejected`));
    expect(JSON.parse(project.run("list", "--json").out).personas[0].files).toMatchObject([
      { path: FILE, ejected: true },
      { path: "AGENTS.md", ejected: false },
    ]);
  });

  test("comes back with --undo, and what it says by then is kept", () => {
    project.run("eject", FILE, "AGENTS.md");
    for (const file of [FILE, "AGENTS.md"]) expect(project.run("eject", file).err).toContain("is already ejected");
    expect(project.run("explain", "AGENTS.md:1").err).toContain("is ejected");
    project.write(FILE, "Mine.\n");
    expect(project.run("eject", "--undo", FILE)).toMatchObject({ code: 0, err: "" });
    expect(project.run("eject", "--undo", FILE)).toMatchObject({
      code: 2,
      err: expect.stringContaining("is not ejected"),
    });
    expect(project.run("build").code).toBe(1);
    expect(project.run("build", "--force").code).toBe(0);
    expect(project.read(`${FILE}.orig`)).toBe("Mine.\n");
    expect(project.run("check").code).toBe(0);
    rmSync(project.at("AGENTS.md"));
    expect(project.run("eject", "--undo", "AGENTS.md").out).toContain("The next build adds the block to AGENTS.md");
    expect(project.run("build").code).toBe(0);
    expect(project.read("AGENTS.md")).toContain("- A.");
  });
});
