import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../scripts/workspace.ts";

type Permissions = string | { readonly [scope: string]: string };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [name: string]: unknown };
}

interface Job {
  readonly permissions?: Permissions;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on?: object | string;
  readonly permissions?: Permissions;
  readonly jobs: { readonly [name: string]: Job };
}

const WORKFLOWS = ".github/workflows";
const EXAMPLE = `examples/persona-repository/${WORKFLOWS}`;
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const own = readdirSync(join(ROOT, WORKFLOWS)).map((name) => `${WORKFLOWS}/${name}`);
const shown = readdirSync(join(ROOT, EXAMPLE)).map((name) => `${EXAMPLE}/${name}`);
const guide = [...read("docs/using.md").matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
const { devEngines } = JSON.parse(read("package.json"));
const temporary = mkdtempSync(join(tmpdir(), "personakit-workflows-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Every workflow that we run, show in an example or have in the guide. */
const all: readonly (readonly [string, Workflow])[] = [
  ...[...own, ...shown].map((path) => [path, parse(read(path))] as const),
  ...guide.map((text, index) => [`docs/using.md, block ${index + 1}`, parse(text)] as const),
];

test("the guide has its three workflows", () => {
  expect(guide.length).toBe(3);
});

describe.each(all)("%s", (_, { on = {}, permissions, jobs }) => {
  const each = Object.values(jobs).map(({ permissions: granted = permissions, steps }) => ({
    writes: mayWrite(granted),
    steps,
    pushes: scriptsOf(steps).some((script) => script.includes("git push")),
  }));

  test("runs no code of packages in a job that may write", () => {
    for (const { steps } of each.filter(({ writes }) => writes)) {
      for (const script of scriptsOf(steps))
        expect(script).not.toMatch(/\b(?:npx|pnpm|node|yarn|bun|corepack)\b|\bnpm (?!view |publish )/);
      for (const { uses = "actions/" } of steps) expect(uses).toMatch(/^actions\//);
    }
  });

  test("keeps the token out of each checkout that does not push", () => {
    for (const { steps, writes, pushes } of each) {
      for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")))
        if (!(writes && pushes)) expect(step.with).toMatchObject({ "persist-credentials": false });
    }
  });

  test("puts no text from outside into a script", () => {
    for (const { steps } of each) for (const script of scriptsOf(steps)) expect(script).not.toContain("${{");
    expect(JSON.stringify(on)).not.toMatch(/pull_request_target|workflow_run/);
  });

  test("installs without running install scripts, with npm", () => {
    for (const script of each.flatMap(({ steps }) => scriptsOf(steps)))
      for (const [command] of script.matchAll(/npm (?:ci|install|i)\b.*/g))
        expect(command).toContain("--ignore-scripts");
  });
});

describe.each(own)("%s", (path) => {
  test("runs the version of pnpm that package.json names, and no other", () => {
    expect(devEngines.packageManager).toMatchObject({
      name: "pnpm",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    const used = [...read(path).matchAll(/\b(?:npx|pnpm)\b(?!-).*/g)].map(([text]) => text);
    expect(used.length).toBeGreaterThan(0);
    for (const text of used) expect(text).toMatch(`npx -y pnpm@${devEngines.packageManager.version} `);
  });

  test("pins each action by its commit, with the version beside it", () => {
    const used = [...read(path).matchAll(/uses: (.*)/g)].map(([, text]) => text);
    for (const text of used) expect(text).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

test("only the job that publishes may prove where a package comes from, and it takes nothing but tarballs", () => {
  const jobs = own.flatMap((path) => Object.entries((parse(read(path)) as Workflow).jobs));
  const proving = jobs.filter(([, { permissions }]) => JSON.stringify(permissions ?? {}).includes("id-token"));
  expect(proving.map(([name, { permissions }]) => [name, permissions])).toEqual([["publish", { "id-token": "write" }]]);
  const steps = proving.flatMap(([, job]) => job.steps);
  expect(steps.flatMap(({ uses = [] }) => uses).map((name) => String(name).split("@", 1)[0])).toEqual([
    "actions/setup-node",
    "actions/download-artifact",
  ]);
  for (const script of scriptsOf(steps)) expect(script).toMatch(/npm publish "\$tarball" .*--ignore-scripts/);
});

test("the guide names the action by a release tag, which a release makes", () => {
  const used = read("docs/using.md").match(/personakit\/personakit@\S+/g) ?? [];
  expect(used).toEqual([
    expect.stringMatching(/^personakit\/personakit@v\d+\.\d+\.\d+$/),
    expect.stringMatching(/^personakit\/personakit@v\d+\.\d+\.\d+$/),
  ]);
  expect(read(`${WORKFLOWS}/release.yml`)).toContain('"v" + .version');
});

describe.skipIf(process.platform === "win32")("in a shell", () => {
  test("the action hands its arguments on as they are", () => {
    const folder = mkdtempSync(join(temporary, "action-"));
    const bin = stub(folder, "npx", 'printf "%s\\n" "$@"');
    const [{ run }] = parse(read("action.yml")).runs.steps;
    const runsWith = (COMMAND: string, ARGUMENTS: string) => {
      const env = { PATH: `${bin}${delimiter}${process.env.PATH}`, COMMAND, ARGUMENTS };
      return spawnSync("bash", ["-e", "-c", run], { cwd: folder, encoding: "utf8", env }).stdout.trim().split("\n");
    };
    const given = ["--frozen", "*", "$(id)", "--out=b"];
    const before = (command: string) => ["--no-install", "personakit", command, "--format", "github"];
    expect(runsWith("check", "--frozen * $(id) --out=b")).toEqual([...before("check"), ...given]);
    expect(runsWith("check", "")).toEqual([...before("check"), "--frozen"]);
    expect(runsWith("doctor", "")).toEqual(before("doctor"));
    expect(runsWith("doctor; id", "")).toEqual(before("doctor; id"));
  });

  test("the action adds what tools read to the job's summary, compared with what it is told", () => {
    const folder = mkdtempSync(join(temporary, "summary-"));
    const bin = stub(folder, "npx", 'printf "%s\\n" "$@"');
    const [, { if: when, run }] = parse(read("action.yml")).runs.steps;
    expect(when).toContain("inputs.context-base != ''");
    const summary = join(folder, "summary.md");
    spawnSync("bash", ["-e", "-c", run], {
      cwd: folder,
      env: {
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        BASE: "origin/a b",
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_OUTPUT: join(folder, "output"),
        RUNNER_TEMP: folder,
      },
    });
    const given = ["--no-install", "personakit", "context", "--base", "origin/a b", "--markdown"];
    expect(readFileSync(summary, "utf8").trim().split("\n")).toEqual(given);
    // The file that the output names has the same table.
    const [, file = ""] = /^file=(.*)$/m.exec(readFileSync(join(folder, "output"), "utf8")) ?? [];
    expect(readFileSync(file, "utf8")).toBe(readFileSync(summary, "utf8"));
  });

  test.each([
    ["is new", "", "--method POST repos/o/r/issues/7/comments"],
    ["was there", "41\n42", "--method PATCH repos/o/r/issues/comments/41"],
  ])("the guide's comment on what tools read is one, and %s", (name, ids, expected) => {
    const folder = mkdtempSync(join(temporary, "comment-"));
    const log = join(folder, "log");
    const bin = stub(folder, "gh", `echo "$@" >> "${log}"\ncase "$*" in *paginate*) printf '${ids}';; esac`);
    const { comment } = (parse(guide[1] ?? "") as Workflow).jobs;
    const [script = "exit 9"] = scriptsOf(comment?.steps ?? []);
    const { status } = spawnSync("bash", ["-e", "-c", script], {
      cwd: folder,
      env: { PATH: `${bin}${delimiter}${process.env.PATH}`, ISSUE: "repos/o/r/issues", NUMBER: "7" },
    });
    const calls = readFileSync(log, "utf8").trim().split("\n");
    expect([name, status, calls.length, calls[1]]).toEqual([
      name,
      0,
      2,
      `api ${expected} --field body=@personakit-context.md`,
    ]);
  });

  test("the action asks no registry for a command that is not installed", () => {
    const folder = mkdtempSync(join(temporary, "empty-"));
    const [{ run, env }] = parse(read("action.yml")).runs.steps;
    const { status, stderr } = spawnSync("bash", ["-e", "-c", run], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        NPM_CONFIG_REGISTRY: "http://127.0.0.1:9/",
        NPM_CONFIG_FETCH_RETRIES: "0",
        ...env,
        COMMAND: "check",
      },
    });
    expect(stderr).toContain("ENOTCACHED");
    expect(status).not.toBe(0);
  });

  test("the guide's second job pushes the files of personas, and nothing else that its patch holds", () => {
    const folder = mkdtempSync(join(temporary, "push-"));
    const git = (...args: string[]) => execFileSync("git", args, { cwd: join(folder, "work"), encoding: "utf8" });
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", join(folder, "origin")]);
    execFileSync("git", ["clone", "--quiet", join(folder, "origin"), join(folder, "work")], { stdio: "pipe" });
    const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
    git("switch", "--quiet", "--create", "renovate/personas");
    git(...identity, "commit", "--quiet", "--allow-empty", "--message", "Start");
    git("push", "--quiet", "--set-upstream", "origin", "renovate/personas");
    const files = [".agents/skills/one/SKILL.md", ".claude/agents/one.md", "personakit.lock.json"];
    for (const path of [...files, ".claude/settings.json", ".github/workflows/a.yml", "src/index.js"]) {
      mkdirSync(join(folder, "work", path, ".."), { recursive: true });
      writeFileSync(join(folder, "work", path), "A.\n");
    }
    mkdirSync(join(folder, "personas"));
    git("add", "--all");
    writeFileSync(join(folder, "personas/build.patch"), git("diff", "--cached", "--binary"));
    git("reset", "--quiet", "--hard");
    const { push } = (parse(guide[2] ?? "") as Workflow).jobs;
    const script = scriptsOf(push?.steps ?? []).find((text) => text.includes("git push")) ?? "exit 9";
    const { status, stderr } = spawnSync("bash", ["-e", "-c", script], {
      cwd: join(folder, "work"),
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: folder, RUNNER_TEMP: folder },
    });
    expect([status, stderr.includes("fatal")]).toEqual([0, false]);
    const pushed = execFileSync("git", ["ls-tree", "-r", "--name-only", "renovate/personas"], {
      cwd: join(folder, "origin"),
      encoding: "utf8",
    });
    expect(pushed.trim().split("\n")).toEqual(files);
  });
});

/** Whether a job's token may write; one that says nothing may. */
function mayWrite(permissions: Permissions | undefined): boolean {
  return permissions === undefined || /\bwrite\b/.test(JSON.stringify(permissions));
}

function scriptsOf(steps: readonly Step[]): string[] {
  return steps.flatMap(({ run = [] }) => run);
}

/** A folder with one program, for the front of PATH. */
function stub(folder: string, name: string, script: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return bin;
}
