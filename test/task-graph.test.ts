import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { ROOT } from "../scripts/workspace.ts";
import { linkMembers, NODE, type Project, packPackages } from "./installed.ts";

// The task graph of examples/persona-repository under turbo itself: what a cached result must not outlive.

const FRAGMENT = "packages/review-rules";
const REVIEWER = "packages/persona-reviewer";
const AGENT = `${REVIEWER}/.claude/agents/acme-reviewer.md`;
const PUBLISHED = "@personakit/persona-backend-developer-express";
const EXTERNAL = { personakit: "1.0.0", "@personakit/core": "1.0.0", [PUBLISHED]: "1.0.0" };
const EVERYTHING = [
  "check api-developer",
  "check reviewer",
  "pack api-developer",
  "pack review-rules",
  "pack reviewer",
];

let project: Project;

test("the guide shows the example's task graph", () => {
  const graph = readFileSync(join(ROOT, "examples/persona-repository/turbo.json"), "utf8");
  expect(readFileSync(join(ROOT, "docs/using.md"), "utf8")).toContain(`\`\`\`jsonc\n${graph}\`\`\`\n`);
});

// The program that turbo calls is a shell script here.
describe.skipIf(process.platform === "win32")("the task graph of the example", () => {
  beforeAll(() => {
    project = packPackages(...Object.keys(EXTERNAL))();
    cpSync(join(ROOT, "examples/persona-repository"), project.folder, {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
    linkMembers(project.folder);
    const { devEngines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    project.write("package.json", { ...JSON.parse(project.read("package.json")), devEngines });
    project.write("pnpm-workspace.yaml", "packages: [packages/*]\nverifyDepsBeforeRun: false\n");
    project.write(".gitignore", "node_modules\n.turbo\n");
    project.write(
      "bin/personakit",
      `#!/bin/sh\nexec "${NODE}" "${project.at("node_modules/personakit/dist/bin.js")}" "$@"\n`,
    );
    execFileSync("chmod", ["+x", project.at("bin/personakit")]);
    writeLock(EXTERNAL);
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    git("commit", "--quiet", "--message", "First");
    expect(turbo("build", "pack", "check")).toMatchObject({ status: 0 });
  }, 60_000);

  afterEach(restore);

  test("makes what is committed, and takes it from the cache afterwards", () => {
    expect(execFileSync("git", ["status", "--porcelain"], { cwd: project.folder, encoding: "utf8" })).toBe("");
    expect(missed()).toEqual([]);
  });

  test.each<[string, () => void, string[]]>([
    ["a rule of a fragment", () => append(`${FRAGMENT}/index.js`, "\n"), EVERYTHING],
    ["a fragment's manifest", () => append(`${FRAGMENT}/package.json`, "\n"), EVERYTHING],
    [
      "a new module of a persona",
      () => project.write(`${REVIEWER}/verdict.js`, ""),
      ["check reviewer", "pack reviewer"],
    ],
    [
      "a persona's configuration",
      () => append(`${REVIEWER}/personakit.config.json`, "\n"),
      ["check reviewer", "pack reviewer"],
    ],
    ["a built file, by hand", () => append(AGENT, "Mine.\n"), ["check reviewer", "pack reviewer"]],
    [
      "the record of built files",
      () => append(`${REVIEWER}/personakit.lock.json`, "\n"),
      ["check reviewer", "pack reviewer"],
    ],
    ["a packed file, by hand", () => append(`${REVIEWER}/document.json`, "\n"), ["check reviewer", "pack reviewer"]],
    ["the installed command", () => writeLock({ ...EXTERNAL, personakit: "1.0.1" }), EVERYTHING],
    ["the installed compiler", () => writeLock({ ...EXTERNAL, "@personakit/core": "1.0.1" }), EVERYTHING],
    ["an installed persona", () => writeLock({ ...EXTERNAL, [PUBLISHED]: "1.0.1" }), EVERYTHING],
  ])("does again what depends on it after a change of %s", (_, change, expected) => {
    change();
    expect(missed()).toEqual(expected);
  });

  test("finds a change by hand each time", () => {
    append(AGENT, "Mine.\n");
    for (const _ of ["first", "second"]) {
      const { status, stdout } = turbo("check", "--filter=@acme/persona-reviewer");
      expect(status).not.toBe(0);
      expect(stdout).toContain("was changed by hand");
    }
  });

  test("takes away the file of a persona that is gone, each time", () => {
    for (const _ of ["first", "second"]) {
      project.write(`${REVIEWER}/personakit.config.json`, { personas: ["./index.js"], targets: ["copilot-agent"] });
      expect(turbo("build", "--filter=@acme/persona-reviewer").status).toBe(0);
      expect(project.files()).not.toContain(AGENT);
      restore();
    }
  });
});

function turbo(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(ROOT, "node_modules/turbo/bin/turbo"), "run", ...args, "--concurrency=2"], {
    cwd: project.folder,
    env: { PATH: `${project.at("bin")}:${process.env.PATH}`, HOME: process.env.HOME, TURBO_TELEMETRY_DISABLED: "1" },
    encoding: "utf8",
  });
}

/** The tasks of which the cache has no result, by name and package. */
function missed(): string[] {
  const { tasks } = JSON.parse(turbo("pack", "check", "--dry=json").stdout);
  return tasks
    .filter(
      ({ command, cache }: { command: string; cache: { status: string } }) =>
        command !== "<NONEXISTENT>" && cache.status === "MISS",
    )
    .map(
      (each: { task: string; package: string }) => `${each.task} ${each.package.replace(/^@acme\/(?:persona-)?/, "")}`,
    )
    .sort();
}

function append(path: string, text: string): void {
  writeFileSync(project.at(path), project.read(path) + text);
}

function restore(): void {
  git("checkout", "--quiet", ".");
  git("clean", "--quiet", "--force", "-d");
}

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: project.folder, stdio: "pipe" });
}

/** The package manager's lockfile, with these versions of the packages that are not of the repository. */
function writeLock(versions: { readonly [name: string]: string }): void {
  const importer = (path: string, key: string) => {
    const wanted: { [name: string]: string } = JSON.parse(project.read(join(path, "package.json")))[key] ?? {};
    const entries = Object.entries(wanted).map(([name, specifier]) => {
      const version = versions[name] ?? (name.startsWith("@acme/") ? `link:../${name.replace("@acme/", "")}` : "4.0.0");
      return [name, { specifier, version }] as const;
    });
    return { [key]: Object.fromEntries(entries) };
  };
  const members = ["review-rules", "persona-reviewer", "persona-api-developer"].map((leaf) => `packages/${leaf}`);
  const all = Object.entries({ ...versions, zod: "4.0.0" }).map(([name, version]) => `${name}@${version}`);
  project.write(
    "pnpm-lock.yaml",
    stringify({
      lockfileVersion: "9.0",
      importers: {
        ".": importer(".", "devDependencies"),
        ...Object.fromEntries(members.map((path) => [path, importer(path, "dependencies")])),
      },
      packages: Object.fromEntries(all.map((id) => [id, { resolution: { integrity: `sha512-${id}` } }])),
      snapshots: Object.fromEntries(all.map((id) => [id, {}])),
    }),
  );
}
