import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { packageJson, personaModule } from "./fixtures.ts";
import { NODE, type Project, packPackages } from "./installed.ts";

// Several projects in one repository, and a command that is started anywhere in it.

const newProject = packPackages("personakit");
let project: Project;

beforeEach(() => {
  project = newProject();
  mkdirSync(project.at(".git"));
});

/** Runs the command in a folder of the repository. */
function run(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const bin = project.at("node_modules/personakit/dist/bin.js");
  const { status, stdout, stderr } = spawnSync(NODE, [bin, ...args], {
    cwd: project.at(folder),
    encoding: "utf8",
    timeout: 50_000,
    env: { PATH: process.env.PATH, NO_COLOR: "1", ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

/** Writes a project with one persona. */
function configure(folder: string, id: string): void {
  project.write(`${folder}/package.json`, packageJson(id, "1.0.0", "./one.js"));
  project.write(`${folder}/one.js`, personaModule(id));
  project.write(`${folder}/personakit.config.json`, { personas: ["./one.js"], targets: ["claude-agent"] });
}

describe("below a project's folder", () => {
  beforeEach(() => {
    configure("packages/web", "web");
    mkdirSync(project.at("packages/web/src/deep"), { recursive: true });
  });

  test("its configuration is used, which is said once, and files are written into its folder", () => {
    const { code, out, err } = run("packages/web/src/deep", ["build"]);
    expect({ code, err }).toEqual({ code: 0, err: "Using ../../personakit.config.json.\n" });
    expect(out).toContain("new  ../../.claude/agents/web.md");
    expect(project.read("packages/web/.claude/agents/web.md")).toContain("- A.");
    expect(existsSync(project.at("packages/web/src/deep/.claude"))).toBe(false);
    expect(run("packages/web/src", ["check"]).out).toBe("1 file compared, no drift.\n");
    expect(run("packages/web/src", ["list"]).out).toContain("web: T");
    expect(run("packages/web/src", ["update", "--dry-run"]).out).toContain("Nothing has changed");
    expect(run("packages/web", ["check"]).err).toBe("");
  });

  test("files on the command line are named from where the user stands", () => {
    run("packages/web", ["build"]);
    expect(run("packages/web/src", ["explain", "../.claude/agents/web.md:12"]).out).toContain("own/a (must)");
    expect(run("packages/web/src", ["eject", "../.claude/agents/web.md"]).out).toContain(
      "ejected: .claude/agents/web.md",
    );
    expect(run("packages/web/src", ["check", "--json"])).toMatchObject({ code: 0, err: "" });
  });

  test("sources that are named are built where the user stands", () => {
    expect(run("packages/web/src", ["build", "../one.js", "--target", "claude-agent"])).toMatchObject({
      code: 0,
      err: "",
    });
    expect(existsSync(project.at("packages/web/src/.claude/agents/web.md"))).toBe(true);
  });

  test("a mistake in its configuration is said with its path", () => {
    project.write("packages/web/personakit.config.json", { personas: ["./one.js"], tragets: [] });
    const { code, err } = run("packages/web/src", ["check"]);
    expect(err).toContain('error: ../personakit.config.json: there is no option "tragets". Did you mean "targets"?');
    expect(code).toBe(2);
  });

  test("what was added in a folder is its project, and build takes the configuration above", () => {
    project.write("packages/web/src/personakit.lock.json", {
      ...{ schemaVersion: 1, personas: {}, ejected: ["AGENTS.md"], folders: [] },
      artifacts: {},
    });
    expect(run("packages/web/src", ["check"])).toMatchObject({
      code: 0,
      err: "",
      out: "0 files compared, no drift.\n",
    });
    expect(run("packages/web/src", ["build"]).err).toBe("Using ../personakit.config.json.\n");
  });

  test("the search ends at the root of the repository", () => {
    mkdirSync(project.at("packages/web/src/.git"));
    const { code, err } = run("packages/web/src/deep", ["check"]);
    expect(err).toContain("there is no personakit.config.* here or in a folder above");
    expect(code).toBe(2);
  });

  test.skipIf(process.getuid?.() !== 0)("outside of a repository, another user's configuration is not run", () => {
    project = newProject();
    project.write("personakit.config.mjs", 'throw new Error("ran");\n');
    mkdirSync(project.at("sub"));
    expect(run("sub", ["check"]).err).toContain("ran");
    chownSync(project.at("personakit.config.mjs"), 12345, 12345);
    const { code, err } = run("sub", ["check"]);
    expect(err).toContain("warning: ../personakit.config.mjs belongs to another user");
    expect(err).not.toContain("ran");
    expect(code).toBe(2);
  });
});

describe("a workspace", () => {
  beforeEach(() => {
    project.write("package.json", { private: true, workspaces: ["packages/*", "./tools/", "!packages/skipped"] });
    for (const name of ["b", "a", "skipped"]) configure(`packages/${name}`, name);
    configure("tools", "tool");
    configure("elsewhere", "other");
    project.write("packages/plain/package.json", { name: "plain" });
  });

  const built = () => project.files().filter((path) => path.includes(".claude/"));

  test("is built and checked in one run, in the order of the folders, and each project is named", () => {
    expect(run(".", ["build", "--workspace"])).toMatchObject({ code: 0, err: "" });
    const folders = ["packages/a", "packages/b", "tools"];
    expect(built().map((path) => path.replace(/\/\.claude.*/, ""))).toEqual(folders);
    const { code, out } = run("packages/plain", ["check", "--workspace", "--frozen"]);
    const said = folders.map((folder) => `../${folder.replace("packages/", "")}:\n1 file compared, no drift.\n`);
    expect(out).toBe(`${said.join("\n").replace("../tools", "../../tools")}\n3 projects: no problems.\n`);
    expect(code).toBe(0);
    expect(run(".", ["list", "--workspace"]).out.match(/^\S+:$/gm)).toEqual(folders.map((folder) => `${folder}:`));
    const { projects } = JSON.parse(run(".", ["update", "--workspace", "--dry-run", "--json"]).out);
    expect(projects).toEqual(
      folders.map((folder) => ({ project: folder, ok: true, updates: [], packages: [], raised: [], unread: [] })),
    );
  });

  test.each([
    ["pnpm's", () => project.write("pnpm-workspace.yaml", "packages:\n  - tools\n  - packages/b # and\n")],
    ["Yarn's", () => project.write("package.json", { workspaces: { packages: ["packages/b", "tools"], nohoist: [] } })],
  ])("may be %s", (_, write) => {
    write();
    const { projects } = JSON.parse(run(".", ["list", "--workspace", "--json"]).out);
    expect(projects.map((each: { project: string }) => each.project)).toEqual(["packages/b", "tools"]);
  });

  test("has its root as its first project, and none in node_modules", () => {
    project.write("package.json", { private: true, type: "module", workspaces: ["**"] });
    project.write("one.js", personaModule("root"));
    project.write("personakit.config.json", { personas: ["./one.js"] });
    configure("tools/node_modules/dependency", "dependency");
    const { projects } = JSON.parse(run("tools", ["list", "--workspace", "--json"]).out);
    const folders = ["..", "../elsewhere", "../packages/a", "../packages/b", "../packages/skipped", "."];
    expect(projects.map((each: { project: string }) => each.project)).toEqual(folders);
  });

  test("ends with the worst exit code, and what is wrong in one project keeps no other from its end", () => {
    run(".", ["build", "--workspace"]);
    project.write("packages/b/.claude/agents/b.md", "Mine.\n");
    const drift = run(".", ["check", "--workspace"]);
    expect(drift.out).toContain("packages/b:\npackages/b/.claude/agents/b.md: was changed by hand");
    expect(drift.out).toMatch(/\n3 projects: problems in packages\/b\.\n$/);
    expect(drift.code).toBe(1);
    project.write("packages/a/personakit.config.json", { personas: ["./nope.js"] });
    project.write("tools/one.js", personaModule("tool", { rule: 'must("B.")' }));
    const { code, out, err } = run(".", ["build", "--workspace"]);
    expect(err).toContain("error: packages/a: ./nope.js: there is no such file or folder");
    expect(err).toContain("error: packages/b/.claude/agents/b.md: was changed by hand");
    expect(out).toMatch(/tools:\n {2}changed .*\n/);
    expect(project.read("tools/.claude/agents/tool.md")).toContain("- B.");
    expect(code).toBe(2);
    const { ok, projects } = JSON.parse(run(".", ["check", "--workspace", "--json"]).out);
    expect(ok).toBe(false);
    expect(projects).toMatchObject([
      { project: "packages/a", ok: false, errors: [{ code: "not-found", place: "packages/a: ./nope.js" }] },
      { project: "packages/b", ok: false, findings: [{ code: "edited" }] },
      { project: "tools", ok: true, findings: [] },
    ]);
  });

  test("is one SARIF log, and one list of annotations", () => {
    run(".", ["build", "--workspace"]);
    for (const name of ["a", "b"]) project.write(`packages/${name}/.claude/agents/${name}.md`, "Mine.\n");
    project.write("tools/personakit.config.json", "{");
    const { runs } = JSON.parse(run("packages", ["check", "--workspace", "--format", "sarif"]).out);
    expect(runs).toHaveLength(1);
    const uris = runs[0].results.map(
      (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        result.locations[0]?.physicalLocation.artifactLocation.uri,
    );
    expect(uris).toEqual(["packages/a/.claude/agents/a.md", "packages/b/.claude/agents/b.md"]);
    expect(runs[0].invocations[0].executionSuccessful).toBe(false);
    const { code, out } = run("packages", ["check", "--workspace", "--format", "github"]);
    expect(out).toMatch(
      /^::error file=packages\/a\/.*\n::error file=packages\/b\/.*\n::error title=.*::\.\.\/tools\/personakit\.config\.json:1: .*\n$/,
    );
    expect(code).toBe(2);
  });

  test("does not hold one project to what a module of another did", () => {
    project.write("packages/a/one.js", `try { process.exit(0); } catch {}\n${personaModule("a")}`);
    const { code, err } = run(".", ["build", "--workspace"]);
    expect(err).toMatch(/^error: packages\/a\/one\.js:1: called process\.exit\(0\)\. .*\n$/);
    expect(built()).toEqual(["packages/b/.claude/agents/b.md", "tools/.claude/agents/tool.md"]);
    expect(code).toBe(2);
  });

  test.each(["build", "check", "list", "update"])(
    "is offered to who runs %s where there is no configuration",
    (command) => {
      for (const folder of [".", "packages/plain"]) {
        const { code, err } = run(folder, [command]);
        expect(err).toContain(
          `This workspace has 3 projects. To run in all of them: personakit ${command} --workspace\n`,
        );
        expect(code).toBe(2);
      }
    },
  );

  test.each([
    [["check", "packages/a", "--workspace"], "packages/a: cannot be combined with --workspace"],
    [["check", "--out", "packages/a", "--workspace"], "--out: cannot be combined with --workspace"],
    [["build", "--watch", "--workspace"], "--watch: cannot be combined with --workspace: only one project"],
  ])("%j is refused", (args, message) => {
    const { code, err } = run(".", args);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test("that there is not, or that cannot be read, is an error", () => {
    project.write("pnpm-workspace.yaml", "packages: [\n");
    expect(run("packages/plain", ["check", "--workspace"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("../../pnpm-workspace.yaml: cannot be read: "),
    });
    project.write("pnpm-workspace.yaml", "packages: [nowhere]\n");
    expect(run(".", ["check", "--workspace"]).err).toContain("no package of this workspace has a personakit.config.*");
    mkdirSync(project.at("elsewhere/.git"));
    const { code, err } = run("elsewhere", ["check", "--workspace"]);
    expect(err).toContain("there is no workspace here");
    expect(code).toBe(2);
  });
});

describe("annotations and SARIF name files from the root of the repository", () => {
  beforeEach(() => {
    configure("packages/web", "web");
    run("packages/web", ["build"]);
    project.write("packages/web/.claude/agents/web.md", "Mine.\n");
  });

  const annotated = (folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    /^::error file=(.*?),/.exec(run(folder, ["check", "--format", "github", ...args], env).out)?.[1];

  test("wherever the command is started", () => {
    expect(annotated("packages/web", [])).toBe("packages/web/.claude/agents/web.md");
    expect(annotated(".", ["--out", "packages/web"])).toBe("packages/web/.claude/agents/web.md");
    const { runs } = JSON.parse(run("packages/web", ["check", "--format", "sarif"]).out);
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      "packages/web/.claude/agents/web.md",
    );
  });

  test("also those that are about the lockfile", () => {
    project.write("packages/web/one.js", personaModule("web", { more: 'version: "2.0.0",' }));
    const { out } = run(".", ["check", "--frozen", "--format", "github", "--out", "packages/web"]);
    expect(out).toContain("::error file=packages/web/personakit.lock.json,line=1,title=personakit%3A version::");
  });

  test("or from GitHub's workspace, where there is no .git", () => {
    const checkout = project;
    project = newProject();
    configure("packages/web", "web");
    expect(annotated("packages/web", [], { GITHUB_WORKSPACE: project.folder })).toBe(
      "packages/web/.claude/agents/web.md",
    );
    expect(annotated("packages/web", [], { GITHUB_WORKSPACE: checkout.folder })).toBe(".claude/agents/web.md");
  });
});
