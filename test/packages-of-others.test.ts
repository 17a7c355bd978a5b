import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { compile, type Document, definePersona, must, section } from "@personakit/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { packDocument } from "../packages/cli/src/sources/packed-document.ts";
import { tarballOf } from "../packages/cli/src/sources/tarball.testing.ts";
import { packageJson, withoutWaits } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

// A registry, its packages and a lockfile are strangers: what they say of themselves is checked, and nothing of them runs.

const NODE = process.env.PERSONAKIT_TEST_NODE ?? process.execPath;
const AGENT = ".claude/agents/one.md";
const newProject = packPackages("personakit");

/** What the registry says of a version. */
interface Published {
  readonly version: string;
  readonly deprecated?: string;
  readonly dist: { readonly tarball: string; readonly integrity?: string };
}

/** npm repeats what a registry says. */
const NOT_HERE = JSON.stringify({ error: "not here ".repeat(10_000) });

/** A package for which the registry never answers. */
const SILENT = "@acme/silent";

/** One that it gives to nobody. */
const LOCKED = "@acme/locked";

const packages = new Map<string, Published[]>();
const tarballs = new Map<string, Buffer>();
let asked: string[] = [];

// A registry of our own: a real one would not lie.
const registry = createServer(({ url = "" }, response) => {
  const path = decodeURIComponent(url).slice(1);
  asked.push(path);
  if (path === SILENT) return response;
  if (path === LOCKED) return response.writeHead(401).end('{"error":"no token"}');
  const tarball = tarballs.get(path);
  if (tarball !== undefined) return response.end(tarball);
  const versions = packages.get(path);
  if (versions === undefined) return response.writeHead(404).end(NOT_HERE);
  const stable = versions.filter(({ version }) => !version.includes("-")).at(-1) ?? versions.at(-1);
  return response.end(
    JSON.stringify({
      name: path,
      "dist-tags": { latest: stable?.version, next: versions.at(-1)?.version },
      versions: Object.fromEntries(versions.map((each) => [each.version, { name: path, ...each }])),
    }),
  );
});
let address: string;

beforeAll(async () => {
  await new Promise<void>((listening) => registry.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
});

afterAll(() => {
  registry.close();
  registry.closeAllConnections();
});

let project: Project;
let home: string;

beforeEach(() => {
  project = newProject();
  home = mkdtempSync(join(tmpdir(), "personakit-home-"));
  packages.clear();
  tarballs.clear();
  asked = [];
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command while the registry of this process answers. */
async function personakit(...args: readonly string[]): Promise<Ended> {
  const ended = await start(args);
  return { ...ended, err: withoutWaits(ended.err) };
}

/** Runs the command with a registry. A program called git is on the way, and says when it was run. */
function start(args: readonly string[], at = address): Promise<Ended> {
  const bin = join(project.folder, "node_modules/personakit/dist/bin.js");
  writeProgram(join(home, "bin/git"));
  const env = {
    PATH: [join(home, "bin"), process.env.PATH].join(delimiter),
    HOME: home,
    NO_COLOR: "1",
    NPM_CONFIG_REGISTRY: at,
    NPM_CONFIG_USERCONFIG: join(home, "npmrc"),
    NPM_CONFIG_CACHE: join(home, "cache"),
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
  };
  return new Promise((resolve) => {
    execFile(NODE, [bin, ...args], { cwd: project.folder, env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

/** A program that leaves a sign when it is run. */
function writeProgram(path: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, `#!/bin/sh\ntouch "${join(home, "ran")}"\nexit 1\n`);
  chmodSync(path, 0o755);
}

const ran = () => existsSync(join(home, "ran"));

const description = { does: "Does.", when: "When.", notFor: "Not." };
const use = [section({ id: "own", title: "Own", rules: { a: must("A.") } })];
const document = compile(definePersona({ id: "one", title: "T", role: "R.", description, use }));

/** The files of a persona's package. */
function personaFiles(name: string, version: string, changed: Partial<Document> = {}) {
  return {
    "package.json": JSON.stringify(packageJson(name, version, { "./document.json": "./document.json" })),
    "document.json": JSON.stringify(packDocument({ ...document, ...changed }, [])),
  };
}

/** Publishes a version; `says` is what its package.json says instead. */
async function publish(
  name: string,
  version: string,
  {
    says = {},
    changed,
    ...more
  }: { says?: { name?: string; version?: string }; changed?: Partial<Document> } & Partial<Published> = {},
): Promise<void> {
  await publishFiles(name, version, personaFiles(says.name ?? name, says.version ?? version, changed), more);
}

async function publishFiles(
  name: string,
  version: string,
  files: { readonly [path: string]: string },
  more: Partial<Published> = {},
): Promise<void> {
  const path = `tarballs/${name}-${version}.tgz`;
  const tarball = await tarballOf({ files });
  tarballs.set(path, tarball);
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  const dist = { tarball: `${address}${path}`, integrity };
  packages.set(name, [...(packages.get(name) ?? []), { version, dist, ...more }]);
}

const add = (spec: string, ...more: readonly string[]) => personakit("add", spec, "--target", "claude-agent", ...more);
const lockfile = () => JSON.parse(project.read("personakit.lock.json"));

function changeRecord(change: object): void {
  const { personas, ...rest } = lockfile();
  project.write("personakit.lock.json", { ...rest, personas: { one: { ...personas.one, ...change } } });
}

describe("a package that is not the one that was asked for is refused", () => {
  test.each([
    ["another name", { name: "@good/one" }, "@evil/two: the package says that it is @good/one"],
    [
      "another version",
      { version: "9.9.9" },
      "the registry has it as version 1.0.0, and the package says that it is 9.9.9",
    ],
    ["no version", { version: "1.0.0\n::warning::" }, "its version is not a semantic version"],
  ])("%s", async (_, says, problem) => {
    await publish("@evil/two", "1.0.0", { says });
    const { code, err } = await add("@evil/two");
    expect(err).toContain(problem);
    expect(code).toBe(2);
    expect(project.files()).toEqual([]);
  });

  test("a tag leads to the version that the registry has for it", async () => {
    await publish("@acme/one", "1.0.0");
    await publish("@acme/one", "2.0.0-beta.1");
    expect(await add("@acme/one@next")).toMatchObject({ code: 0, err: "" });
    expect(lockfile().personas.one).toMatchObject({ package: "@acme/one", version: "2.0.0-beta.1" });
  });

  test("one that is installed under the name of another", async () => {
    const files = personaFiles("@evil/two", "1.0.0");
    for (const [path, text] of Object.entries(files)) project.write(`app/node_modules/@good/one/${path}`, text);
    const { code, out } = await add("@good/one", "--out", "app", "--json");
    expect(JSON.parse(out).errors).toMatchObject([{ code: "another-package", place: "@good/one" }]);
    expect(code).toBe(2);
  });
});

describe("no program is run", () => {
  test.each([
    "git+https://127.0.0.1:1/one.git",
    "github:acme/one",
    "acme/one",
    "https://127.0.0.1:1/one.tgz",
    "one@git+https://127.0.0.1:1/one.git",
  ])("for %s", async (spec) => {
    const { code, err } = await add(spec);
    expect(err).toContain("A package is named by its name");
    expect({ code, ran: ran() }).toEqual({ code: 2, ran: false });
  });

  test("but git for a repository, with --allow-git", async () => {
    expect((await add("git+https://127.0.0.1:1/one.git", "--allow-git")).code).toBe(2);
    expect(ran()).toBe(true);
  });

  test.each(["git+https://127.0.0.1:1/one.git", "git+ssh://git@127.0.0.1/acme/one.git"])(
    "where the registry names %s as the place of a tarball, and an .npmrc the program",
    async (tarball) => {
      writeProgram(project.at("evil-git"));
      project.write(".npmrc", `git=${project.at("evil-git")}\nallow-git=all\n`);
      await publish("@acme/one", "1.0.0", { dist: { tarball } });
      expect((await add("@acme/one")).code).toBe(2);
      expect(ran()).toBe(false);
    },
  );

  test("for what a lockfile names", async () => {
    await publish("@acme/one", "1.0.0");
    await add("@acme/one");
    writeProgram(project.at("evil-git"));
    project.write(".npmrc", `git=${project.at("evil-git")}\n`);
    changeRecord({ package: "git+https://127.0.0.1:1/one.git" });
    for (const args of [["list"], ["update"], ["update", "--dry-run"], ["explain", `${AGENT}:3`], ["check"]]) {
      const { code, err } = await personakit(...args);
      expect(err, args.join(" ")).toContain("personas.one.package: expected a package's name or a path");
      expect({ code, ran: ran() }, args.join(" ")).toEqual({ code: 2, ran: false });
    }
  });

  test("nor a module that a lockfile names as a target", async () => {
    await publish("@acme/one", "1.0.0");
    await add("@acme/one");
    const module = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(join(home, "ran"))}, "");`;
    project.write("evil.mjs", module);
    const { artifacts, ...rest } = lockfile();
    project.write("personakit.lock.json", {
      ...rest,
      artifacts: { [AGENT]: { ...artifacts[AGENT], targets: ["./evil.mjs"] } },
    });
    for (const args of [["list"], ["update", "--dry-run"], ["explain", `${AGENT}:3`], ["check"]]) {
      const { code, err } = await personakit(...args);
      expect(err, args.join(" ")).toContain(".targets.0: expected kebab-case");
      expect({ code, ran: ran() }).toEqual({ code: 2, ran: false });
    }
  });
});

test("a small tarball that unpacks to gigabytes is refused", async () => {
  writeFileSync(project.at("bomb.tgz"), await tarballOf({ files: { "package.json": "\0".repeat(2 ** 28) } }));
  const { code, err } = await add("./bomb.tgz");
  expect(err).toContain("bomb.tgz: unpacks to more than 33554432 bytes");
  expect(code).toBe(2);
});

describe("where the registry does not give a package, the error says its answer and the way out", () => {
  test("a name that nobody has published, with the nearest of ours", async () => {
    const { code, err } = await add("@personakit/persona-backend-developer-nextj");
    expect(err).toContain(
      "error: @personakit/persona-backend-developer-nextj: is not published under this name: Not Found - GET",
    );
    expect(err).toContain("Did you mean @personakit/persona-backend-developer-nextjs?");
    expect(code).toBe(2);
    expect((await add("@acme/none")).err).not.toContain("Did you mean");
  });

  test("a version that there is not", async () => {
    await publish("@acme/one", "1.0.0");
    const { code, err } = await add("@acme/one@9.9.9");
    expect(err).toContain("error: @acme/one@9.9.9: no such version is published: No matching version found");
    expect(err).toContain("npm view @acme/one versions prints those that there are.");
    expect(code).toBe(2);
  });

  test("a package that the registry keeps from the user", async () => {
    const { code, err } = await add(LOCKED);
    expect(err).toContain("error: @acme/locked: the registry refuses access: ");
    expect(err).toContain("Log in with npm login, or set the token for this registry in .npmrc.");
    expect(code).toBe(2);
  });

  test("a registry that is not there", async () => {
    const { code, err } = await start(["add", "@acme/one"], "http://127.0.0.1:1/");
    expect(err).toMatch(/error: @acme\/one: the registry cannot be reached: .*ECONNREFUSED/);
    expect(err).toContain("Check the network, the proxy, and the address that npm config get registry prints.");
    expect(code).toBe(2);
  });

  test("a registry that does not answer: what is waited for is said, and --timeout is the limit", async () => {
    const { code, err } = await start(["add", SILENT, "--timeout", "3"]);
    expect(err).toContain("warning: still waiting for the registry: @acme/silent; at most 3 seconds\n");
    expect(err).toMatch(/error: @acme\/silent: the registry has not answered in (?:time|3 seconds)/);
    expect(err).toContain("or wait longer with --timeout <seconds>.");
    expect(code).toBe(2);
  });
});

test("what a registry answers is not repeated at length", async () => {
  const { code, err } = await add("@acme/none");
  expect(err).toContain("not here");
  expect(err.length).toBeLessThan(700);
  expect(code).toBe(2);
});

test("a deprecated version is named as one", async () => {
  const deprecated = "Use @acme/two.\nReally.";
  await publish("@acme/one", "1.0.0", { deprecated });
  const { code, out } = await add("@acme/one", "--dry-run");
  expect(out).toContain("warning: its author has deprecated this version: Use @acme/two. Really.\n");
  expect(code).toBe(0);
  expect(JSON.parse((await add("@acme/one@^1", "--json")).out)).toMatchObject({ ok: true, deprecated });
});

test("to add a persona again says what that changes, and warns where the version is older", async () => {
  await publish("@acme/one", "1.0.0");
  await publish("@acme/one", "2.0.0", { changed: { role: "Two." } });
  await add("@acme/one");
  const { code, out } = await add("@acme/one@1.0.0");
  expect(code).toBe(0);
  expect(out).toContain("warning: this is older than the version that was added before, 2.0.0\nChanges since 2.0.0:\n");
  expect(out).toMatch(/~ changed +role\n +before Two\.\n +after {2}R\.\n/);
  const up = await add("@acme/one@2.0.0", "--json");
  expect(JSON.parse(up.out).since).toMatchObject({ version: "1.0.0", isNewer: false, changes: [{ path: "role" }] });
  expect((await add("@acme/one@2.0.0")).out).not.toMatch(/Changes since|warning/);
});

describe("update", () => {
  test("never goes down", async () => {
    await publish("@acme/one", "1.0.0");
    await publish("@acme/one", "2.0.0-beta.1", { changed: { role: "Beta." } });
    await add("@acme/one@next");
    expect(await personakit("update")).toMatchObject({ code: 0, out: "Nothing has changed since the last build.\n" });
    expect(lockfile().personas.one.version).toBe("2.0.0-beta.1");
    expect(project.read(AGENT)).toContain("Beta.");
    await publish("@acme/one", "2.0.0", { changed: { role: "Stable." } });
    expect((await personakit("update")).out).toContain("one 2.0.0-beta.1 -> 2.0.0");
    expect(project.read(AGENT)).toContain("Stable.");
  });

  test("shows what a package changes whose persona says no version", async () => {
    const install = (changed: Partial<Document>) => {
      const exports = { ".": "./plain.json", "./document.json": "./document.json" };
      const manifest = JSON.stringify(packageJson("@acme/one", "1.0.0", exports));
      const files = { ...personaFiles("@acme/one", "1.0.0", changed), "package.json": manifest };
      const all = { ...files, "plain.json": JSON.stringify({ ...document, ...changed }) };
      for (const [path, text] of Object.entries(all)) project.write(`app/node_modules/@acme/one/${path}`, text);
    };
    install({});
    project.write("app/personakit.config.json", { personas: ["@acme/one"], targets: ["claude-agent"] });
    await personakit("build", "--out", "app");
    expect((await personakit("update", "--out", "app")).out).toContain("Nothing has changed");
    install({ role: "Another." });
    expect((await personakit("update", "--out", "app")).out).toMatch(/~ changed +role\n +after {2}Another\.\n/);
  });

  test("does not follow a path that leads out of the project", async () => {
    for (const [path, text] of Object.entries(personaFiles("@acme/one", "1.0.0")))
      project.write(`shared/${path}`, text);
    const args = ["--out", "app", "--target", "claude-agent"];
    mkdirSync(project.at("app"));
    expect((await personakit("add", "./shared", ...args)).code).toBe(0);
    for (const command of ["update", "list"]) {
      const { code, out, err } = await personakit(command, "--out", "app");
      expect(`${out}${err}`).toContain("one: was added from ../shared, which is not inside the project");
      expect(`${out}${err}`).toContain("Run personakit add ../shared again");
      expect(code).toBe(0);
    }
    const checked = JSON.parse((await personakit("check", "--out", "app", "--json")).out);
    expect(checked).toMatchObject({ ok: true, unverified: ["one"] });
  });
});

describe("which versions are in reach", () => {
  /** A version of the persona, and the version of its rules that it asks for. */
  function personaWith(
    version: string,
    rules: string,
    more: Partial<Parameters<typeof definePersona>[0]>,
    text = "A.",
  ) {
    const use = [section({ id: "own", title: "Own", rules: { a: must(text) } })];
    const made = compile(definePersona({ id: "one", version, title: "T", role: "R.", description, use, ...more }));
    const exports = { ".": "./plain.json", "./document.json": "./document.json" };
    const manifest = { ...packageJson("@acme/one", version, exports), dependencies: { "@acme/rules": rules } };
    return {
      "package.json": JSON.stringify(manifest),
      "plain.json": JSON.stringify(made),
      "document.json": JSON.stringify(packDocument(made, [])),
    };
  }

  function rulesWith(version: string, text: string) {
    const manifest = packageJson("@acme/rules", version, { "./api.json": "./api.json" });
    const api = JSON.stringify({ rules: { "rules/a": text }, about: {} });
    return { "package.json": JSON.stringify(manifest), "api.json": api };
  }

  function install(name: string, files: { readonly [path: string]: string }): void {
    for (const [path, text] of Object.entries(files)) project.write(`app/node_modules/${name}/${path}`, text);
  }

  /** A project with the first version of each; a range allows the second of the persona, and not the third. */
  beforeEach(async () => {
    const personas = [
      ["1.0.0", "1.0.0", {}],
      // What its rules say is a patch, whatever the number.
      ["1.1.0", "1.0.1", { role: "Another." }],
      ["2.0.0", "1.1.0", { mcpServers: ["context7"] }],
    ] as const;
    const deprecated = "It leaks.";
    for (const [version, rules, changed] of personas) {
      const more = version === "1.0.0" ? { deprecated } : {};
      await publishFiles("@acme/one", version, personaWith(version, rules, changed), more);
    }
    await publishFiles("@acme/rules", "1.0.1", rulesWith("1.0.1", "must: A."));
    await publishFiles("@acme/rules", "1.1.0", rulesWith("1.1.0", "should: A."));
    install("@acme/one", personaWith("1.0.0", "1.0.0", {}));
    install("@acme/rules", rulesWith("1.0.0", "must: A."));
    project.write("app/package.json", '{\n\t"devDependencies": { "@acme/one" : "^1.0.0" }, "name": "@acme/one"\n}\n');
    project.write("app/personakit.config.json", { personas: ["@acme/one"], targets: ["claude-agent"] });
    expect(await personakit("build", "--out", "app")).toMatchObject({ code: 0, err: "" });
  });

  test("is a table with the class of what their rules change, and with what is deprecated", async () => {
    const { code, out, err } = await personakit("update", "--dry-run", "--out", "app");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(`Nothing has changed since the last build.

Package        Current  Wanted                  Latest
@acme/one      1.0.0    1.1.0 (patch)           2.0.0 (major)
  @acme/rules  1.0.0    1.0.1 (the same rules)  1.1.0 (major)
warning: @acme/one@1.0.0 is deprecated: It leaks.
`);
    const { packages: found } = JSON.parse((await personakit("update", "-n", "--json", "--out", "app")).out);
    expect(found).toEqual([
      {
        name: "@acme/one",
        current: "1.0.0",
        wanted: { version: "1.1.0", bump: "patch" },
        latest: { version: "2.0.0", bump: "major" },
        deprecated: "It leaks.",
      },
      {
        name: "@acme/rules",
        of: "@acme/one",
        current: "1.0.0",
        wanted: { version: "1.0.1" },
        latest: { version: "1.1.0", bump: "major" },
      },
    ]);
  });

  test("and --latest raises the range in package.json, and nothing else of it", async () => {
    const before = project.read("app/package.json");
    const dry = await personakit("update", "--latest", "--dry-run", "--out", "app");
    expect(dry.out).toContain("package.json: @acme/one ^1.0.0 -> ^2.0.0\n");
    expect(project.read("app/package.json")).toBe(before);
    const { code, out } = await personakit("update", "--latest", "--out", "app");
    expect(code).toBe(0);
    expect(out).toContain("Now run npm install, and then personakit update to see and build what they change.");
    expect(project.read("app/package.json")).toBe(before.replace("^1.0.0", "^2.0.0"));
  });

  test("of what was added, --latest takes the registry's newest before the installed one", async () => {
    rmSync(project.at("app/personakit.config.json"));
    rmSync(project.at("app/personakit.lock.json"));
    rmSync(project.at("app/.claude"), { recursive: true });
    await add("@acme/one", "--out", "app");
    expect((await personakit("update", "--out", "app")).out).toContain("Nothing has changed");
    const { out } = await personakit("update", "--latest", "--out", "app");
    expect(out).toMatch(/one 1\.0\.0 -> 2\.0\.0\n {2}~ changed +mcpServers/);
  });

  test("an update shows what a rule said before, from the registry, or else says which rule it was", async () => {
    install("@acme/one", personaWith("1.1.0", "1.0.1", {}, "B."));
    const shown = await personakit("update", "--out", "app", "--json", "--dry-run");
    expect(JSON.parse(shown.out).updates).toMatchObject([
      { changes: [{ kind: "reworded", path: "own/a", before: "must: A.", after: "must: B." }] },
    ]);
    rmSync(join(home, "cache"), { recursive: true });
    const { code, out, err } = await start(["update", "--out", "app"], "http://127.0.0.1:1/");
    expect(out).toMatch(/~ reworded +own\/a\n +after {2}must: B\.\n/);
    expect(err).toContain("warning: @acme/one@1.0.0: the registry cannot be reached");
    expect(err).toContain("warning: one: the earlier texts of own/a cannot be shown.");
    expect(code).toBe(0);
    expect(project.read(`app/${AGENT}`)).toContain("- B.");
  });

  test("a registry that cannot be reached keeps nobody from what is installed", async () => {
    const { code, out, err } = await start(["update", "--dry-run", "--out", "app"], "http://127.0.0.1:1/");
    expect(out).toBe("Nothing has changed since the last build.\n");
    expect(err).toContain("warning: @acme/one: the registry cannot be reached");
    expect(code).toBe(0);
  });
});

describe("check compares added files with what their document compiles to", () => {
  beforeEach(async () => {
    await publish("@acme/one", "1.0.0");
    expect(await add("@acme/one")).toMatchObject({ code: 0, err: "" });
    asked = [];
  });

  /** Changes a file and its hash in the lockfile together. */
  function forge(folder = ""): void {
    const text = project.read(folder + AGENT).replace("A.", "A, or not.");
    project.write(folder + AGENT, text);
    const { artifacts, ...rest } = lockfile();
    const sha256 = createHash("sha256").update(text).digest("hex");
    const changed = { ...rest, artifacts: { [AGENT]: { ...artifacts[AGENT], sha256 } } };
    project.write(`${folder}personakit.lock.json`, changed);
  }

  test("so that a file and its hash that were changed together are found, without the network", async () => {
    expect(JSON.parse((await personakit("check", "--json")).out)).toMatchObject({
      ok: true,
      checked: 1,
      unverified: [],
    });
    forge();
    const { code, out } = await personakit("check");
    expect(out).toContain(`${AGENT}: differs from what your personas compile to now`);
    expect(out).toContain("-- A, or not.\n+- A.\n");
    expect(code).toBe(1);
    expect(asked).toEqual([]);
  });

  test("in the package that is installed", async () => {
    rmSync(join(home, "cache"), { recursive: true });
    for (const path of [AGENT, "personakit.lock.json"]) project.write(`app/${path}`, project.read(path));
    for (const [path, text] of Object.entries(personaFiles("@acme/one", "1.0.0")))
      project.write(`app/node_modules/@acme/one/${path}`, text);
    const before = JSON.parse((await personakit("check", "--out", "app", "--json")).out);
    expect(before).toMatchObject({ ok: true, unverified: [] });
    forge("app/");
    expect((await personakit("check", "--out", "app")).code).toBe(1);
  });

  test("and says so where the document is not on this machine", async () => {
    rmSync(join(home, "cache"), { recursive: true });
    forge();
    const { code, out } = await personakit("check");
    expect(out).toContain("1 file compared by its recorded hash only: the package is not installed or cached.");
    expect(out).toContain("npm cache add @acme/one@1.0.0");
    expect(code).toBe(0);
    expect(JSON.parse((await personakit("check", "--json")).out)).toMatchObject({ ok: true, unverified: ["one"] });
    expect(asked).toEqual([]);
  });

  test("and a document that is not the recorded one is a finding", async () => {
    changeRecord({ document: "0".repeat(64) });
    const { code, out } = await personakit("check", "--json");
    expect(JSON.parse(out).findings).toMatchObject([{ code: "other-document", place: "one" }]);
    expect(code).toBe(1);
  });
});
