import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { personaFiles } from "../packages/cli/src/sources/package-files.ts";
import { loadUnits } from "../scripts/units.ts";
import { ROOT } from "../scripts/workspace.ts";
import { withoutWaits } from "./fixtures.ts";
import { type Registry, startRegistry } from "./registry.ts";

// What a user does, with packages from a registry: the three ways, from an empty folder outside the repository.

const LAMBDA = "@personakit/persona-backend-developer-lambda";
const NEXTJS = "@personakit/persona-backend-developer-nextjs";
const AGENT = ".claude/agents/backend-developer-nextjs.md";
const NODE = process.env.PERSONAKIT_TEST_NODE ?? process.execPath;

let registry: Registry;
/** The command, installed somewhere else: as npx has it, without asking the registry at each call. */
let bin: string;

const { personas } = await loadUnits();
const nextjs = personas.find(({ package: own }) => own.manifest.name === NEXTJS) as (typeof personas)[number];

beforeAll(async () => {
  registry = await startRegistry();
  registry.publishAll();
  const home = newFolder();
  home.succeed("pnpm", "add", "personakit");
  bin = join(home.folder, "node_modules/personakit/dist/bin.js");
});

afterAll(() => registry.stop());

/** An empty folder, and commands run in it as a user would. */
function newFolder(manifest: object | undefined = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-use-")));
  if (manifest !== undefined) writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const env = { ...registry.env, PATH: `${dirname(NODE)}${delimiter}${registry.env.PATH}` };
  const command = (name: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(name, args, {
      cwd: folder,
      env,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    return { code: status, out: stdout, err: withoutWaits(stderr) };
  };
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  return {
    folder,
    command,
    write,
    read: (path: string) => readFileSync(join(folder, path), "utf8"),
    has: (path: string) => existsSync(join(folder, path)),
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .filter((path) => !path.includes("node_modules"))
        .sort(),
    personakit: (...args: readonly string[]) => command(NODE, bin, ...args),
    succeed(name: string, ...args: readonly string[]) {
      const { code, out, err } = command(name, ...args);
      expect(code, `${name} ${args.join(" ")}\n${out}${err}`).toBe(0);
      return out;
    },
  };
}

describe("npx personakit add", () => {
  test("writes a persona for the tools in use, and remove takes away exactly that", () => {
    const project = newFolder(undefined);
    project.write(".claude/settings.json", "{}\n");
    project.write(".github/workflows/ci.yml", "on: push\n");
    const before = project.files();
    const preview = project.succeed("npx", "--yes", "personakit", "add", NEXTJS, "--dry-run");
    expect(preview).toContain("Found: Claude Code (.claude)");
    expect(preview).toMatch(new RegExp(`${AGENT} +\\d+ tokens +new`));
    expect(project.files()).toEqual(before);
    const out = project.succeed("npx", "--yes", "personakit", "add", NEXTJS, "--yes");
    expect(out).toContain("personakit remove backend-developer-nextjs");
    expect(project.read(AGENT)).toMatch(/^---\nname: "backend-developer-nextjs"\n/);
    expect(project.files().filter((path) => path.includes(".github/agents"))).toEqual([]);
    expect(project.has("node_modules")).toBe(false);
    project.succeed(NODE, bin, "check");
    const explained = project.succeed(NODE, bin, "explain", `${AGENT}:24`);
    expect(explained).toMatch(/persona +backend-developer-nextjs@0\.0\.0/);
    expect(project.succeed(NODE, bin, "list")).toContain("security-checklist@0.0.0");
    project.succeed(NODE, bin, "remove", NEXTJS);
    expect(project.files()).toEqual(before);
  });

  test("runs no code of the package", () => {
    registry.publishChanged(NEXTJS, "0.0.1-hostile", (folder) => {
      for (const name of ["index.js", "index.cjs"])
        writeFileSync(join(folder, "dist", name), `require("fs").writeFileSync("ran", ""); throw new Error("ran");\n`);
    });
    const project = newFolder();
    project.succeed(NODE, bin, "add", `${NEXTJS}@0.0.1-hostile`, "--yes");
    expect(project.has(AGENT) && !project.has("ran")).toBe(true);
  });

  test("takes it --as another name, and tells JSON what it wrote", () => {
    const project = newFolder();
    const args = ["add", NEXTJS, "--as", "web-backend", "--target", "agents-md", "--json"];
    const { files, persona } = JSON.parse(project.succeed(NODE, bin, ...args));
    expect(persona).toBe("web-backend");
    expect(files[0]).toMatchObject({ path: "AGENTS.md", targets: ["agents-md"], written: true });
    expect(project.read("AGENTS.md")).toContain("<!-- personakit:begin web-backend -->");
  });

  test("updates to a new version, and says what has changed", () => {
    const project = newFolder();
    project.succeed(NODE, bin, "add", `${NEXTJS}@0.0.0`, "--yes");
    const { document } = nextjs;
    const changed = { ...document, version: "0.2.0", role: "You build the server side of Next.js apps." };
    registry.publishChanged(NEXTJS, "0.2.0", (folder) => {
      for (const { path, text } of personaFiles(changed, "dist/document.json")) writeFileSync(join(folder, path), text);
    });
    const out = project.succeed(NODE, bin, "update");
    expect(out).toContain("backend-developer-nextjs 0.0.0 -> 0.2.0");
    expect(out).toMatch(/changed +role/);
    expect(project.read(AGENT)).toContain("You build the server side of Next.js apps.");
    project.succeed(NODE, bin, "check");
  });

  test.each([
    ["@personakit/persona-nope", "could not be found"],
    ["@personakit/caching", "is a fragment, and add writes personas"],
    ["a;b", "neither a folder nor a package's name"],
  ])("says what is wrong with %s", (spec, message) => {
    const { code, err } = newFolder().personakit("add", spec);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

const CONFIG = `import { drop, must } from "@personakit/core";
import { backendDeveloperLambda } from "${LAMBDA}";
import { defineConfig } from "personakit";

enum Coverage { High = 90 }

export default defineConfig({
  personas: [
    backendDeveloperLambda.extend({
      id: "payments-backend",
      params: { "testing-standards": { coverage: Coverage.High } },
      rules: {
        "security-checklist": { csrf: drop("Token authentication only.") },
        focus: { serverlessFirst: must("Run on Lambda; ask before you take anything else.") },
      },
    }),
  ],
  targets: ["claude-agent", "agents-md"],
});
`;

/** The module of a later version of the persona: its own source, with a rule added and two reworded. */
function changedSource(version: string): string {
  const edits = [
    ['import manifest from "./package.json" with { type: "json" };', `const manifest = { version: "${version}" };`],
    ['"Prefer serverless patterns:', '"Choose serverless patterns:'],
    ["serverlessFirst: should(", 'freeze: must("Deploy nothing on a Friday."),\n        serverlessFirst: should('],
    ['"Add to the closing report each', '"Put into the closing report each'],
  ] as const;
  let source = readFileSync(join(ROOT, "packages/personas/backend-developer-lambda/index.ts"), "utf8");
  for (const [text, other] of edits) {
    expect(source.split(text), text).toHaveLength(2);
    source = source.replace(text, other);
  }
  return stripTypeScriptTypes(source);
}

describe.each([
  ["npm", ["install", "--save-dev"], ["install"]],
  ["pnpm", ["add", "--save-dev"], ["add"]],
] as const)("a project configured with %s", (manager, install, raise) => {
  const next = manager === "npm" ? "0.1.0" : "0.1.1";

  test("builds, checks, keeps hand edits, and updates without losing an override", () => {
    const project = newFolder();
    const personakit = (...args: readonly string[]) =>
      project.command(NODE, join(project.folder, "node_modules/personakit/dist/bin.js"), ...args);
    project.succeed(manager, ...install, "personakit", "@personakit/core", `${LAMBDA}@0.0.0`);
    project.write("personakit.config.ts", CONFIG);
    expect(personakit("build")).toMatchObject({ code: 0, err: "" });
    expect(personakit("check", "--frozen")).toMatchObject({ code: 0, err: "" });
    const agent = ".claude/agents/payments-backend.md";
    expect(project.read(agent)).toContain("- Run on Lambda; ask before you take anything else.");

    const built = project.read(agent);
    project.write(agent, built.replace("Run on Lambda", "Run on my Lambda"));
    const checked = personakit("check");
    expect(checked.code).toBe(1);
    expect(checked.out).toMatch(/^\+- Run on my Lambda/m);
    const refused = personakit("build");
    expect(refused.code).toBe(1);
    for (const way of ["+- Run on my Lambda", "personakit eject", "--force"]) expect(refused.err).toContain(way);
    expect(personakit("build", "--force").code).toBe(0);
    expect(project.read(agent)).toBe(built);

    const module = `node_modules/${LAMBDA}/dist/index.js`;
    const source = project.read(module);
    rmSync(join(project.folder, module));
    project.write(module, source.replace("serverlessFirst:", "serverFirst:"));
    const lost = personakit("update", "--dry-run");
    expect(lost.err).toContain(
      'renamed it since. Remove your change, or make it a rule of your own with addRules. It said: "',
    );
    expect(lost.err).toContain('It said: "should: Prefer serverless');
    project.write(module, source);

    registry.publishChanged(LAMBDA, next, (folder) => {
      writeFileSync(join(folder, "dist/index.js"), changedSource(next));
    });
    project.succeed(manager, ...raise, `${LAMBDA}@${next}`);
    const frozen = personakit("check", "--frozen");
    expect(frozen.code).toBe(1);
    expect(frozen.out).toContain(`extends backend-developer-lambda@0.0.0 -> backend-developer-lambda@${next}`);
    const { code, out } = personakit("update");
    expect(code).toBe(0);
    expect(out).toMatch(/\+ added +focus\/freeze/);
    expect(out).toMatch(/before must: Add to the closing report[\s\S]*after {2}must: Put into the closing report/);
    expect(out).toContain("1 override of yours kept, but the base has changed");
    expect(out).toMatch(
      /before should: Prefer serverless[\s\S]*after {2}should: Choose serverless[\s\S]*yours {2}must: Run/,
    );
    expect(project.read(agent)).toContain("- Run on Lambda; ask before you take anything else.");
    expect(project.read(agent)).toContain("- Deploy nothing on a Friday.");
    expect(personakit("check", "--frozen").code).toBe(0);
    expect(personakit("update").out).toContain("Nothing has changed since the last build.");
    const compared = personakit("diff", `${LAMBDA}@0.0.0`, LAMBDA);
    expect(compared.code).toBe(1);
    expect(compared.out).toMatch(/reworded +deliverables\/report/);
  });
});

test("init proposes what suits the repository, and what it writes builds", () => {
  const project = newFolder({
    dependencies: { next: "16.1.0", "@prisma/client": "7.0.0" },
    devDependencies: { jest: "30.0.0" },
  });
  project.write("pnpm-lock.yaml", "");
  project.write(".cursor/rules/house.mdc", "");
  const out = project.succeed(NODE, bin, "init", "--yes");
  expect(out).toContain("Found: pnpm; framework next; test runner jest; ORM @prisma/client");
  expect(out).toContain(`pnpm add -D personakit @personakit/core ${NEXTJS}`);
  const config = project.read("personakit.config.mts");
  expect(config).toContain('"testing-standards": { runner: "jest" }');
  expect(config).toContain('"quality-gates": { packageManager: "pnpm" }');
  expect(config).toContain('targets: ["cursor-agent"]');
  expect(project.personakit("init", "--yes").code).toBe(2);
  project.write("package.json", "{}");
  project.succeed("npm", "install", "personakit", "@personakit/core", `${NEXTJS}@0.0.0`);
  project.succeed("npx", "personakit", "build");
  expect(project.read(".cursor/references/backend-developer-nextjs/testing.md")).toContain("jest");
});

test("add --set says what to install, and what it writes builds", () => {
  const project = newFolder({ devDependencies: { jest: "30.0.0" } });
  const settings = ["--set", "testing-standards.coverage=91", "--target", "claude-agent"];
  const out = project.succeed(NODE, bin, "add", `${NEXTJS}@0.0.0`, ...settings, "--yes");
  expect(out).toContain(`  npm install --save-dev personakit ${NEXTJS}@0.0.0\n  npx personakit build\n`);
  project.write("package.json", "{}");
  project.succeed("npm", "install", "--save-dev", "personakit", `${NEXTJS}@0.0.0`);
  project.succeed("npx", "personakit", "build");
  const testing = project.read(".claude/references/backend-developer-nextjs/testing.md");
  expect(testing).toContain("at least 91 % of lines, and set `coverageThreshold.global.lines`");
  project.succeed("npx", "personakit", "check", "--frozen");
});

test("what new writes can be installed, built and published as it says", () => {
  const project = newFolder({ name: "shop" });
  for (const kind of ["persona", "fragment"]) {
    const { next } = JSON.parse(project.succeed(NODE, bin, "new", kind, "reviewer", "--json"));
    expect(next).toContain(`cd ${kind}-reviewer && npm install && npm run build`);
    project.succeed("npm", "install", "--prefix", `${kind}-reviewer`);
    project.succeed("npm", "run", "build", "--prefix", `${kind}-reviewer`);
  }
  const published = (folder: string): string[] => {
    const [{ files }] = JSON.parse(
      project.succeed("npm", "pack", `./${folder}`, "--dry-run", "--json", "--ignore-scripts"),
    );
    return files.map(({ path }: { path: string }) => path).sort();
  };
  expect(published("persona-reviewer")).toEqual([
    ...["dist/document.json", "index.js", "package.json", "skills/reviewer/SKILL.md"],
  ]);
  expect(published("fragment-reviewer")).toEqual(["dist/api.json", "index.js", "package.json"]);
  project.succeed(NODE, bin, "add", "./persona-reviewer", "--yes");
  project.succeed(NODE, bin, "check");
});

test("pnpm and skill installers find the skill without a tool of ours", () => {
  const project = newFolder();
  project.succeed("pnpm", "add", `${LAMBDA}@0.0.0`);
  const skill = `node_modules/${LAMBDA}/skills/backend-developer-lambda`;
  expect(project.read(`${skill}/SKILL.md`)).toMatch(/^---\nname: "backend-developer-lambda"\n/);
  for (const [, path = ""] of project.read(`${skill}/SKILL.md`).matchAll(/\]\((references\/[^)]+)\)/g))
    expect(project.has(`${skill}/${path}`)).toBe(true);
});
