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
import { packageJson } from "./fixtures.ts";
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

const packages = new Map<string, Published[]>();
const tarballs = new Map<string, Buffer>();
let asked: string[] = [];

// A registry of our own: a real one would not lie.
const registry = createServer(({ url = "" }, response) => {
  const path = decodeURIComponent(url).slice(1);
  asked.push(path);
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

afterAll(() => registry.close());

let project: Project;
let home: string;

beforeEach(() => {
  project = newProject();
  home = mkdtempSync(join(tmpdir(), "personakit-home-"));
  packages.clear();
  tarballs.clear();
  asked = [];
});

/** Runs the command while the registry of this process answers. A program called git is on the way, and says when it was run. */
function personakit(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const bin = join(project.folder, "node_modules/personakit/dist/bin.js");
  writeProgram(join(home, "bin/git"));
  const env = {
    PATH: [join(home, "bin"), process.env.PATH].join(delimiter),
    HOME: home,
    NO_COLOR: "1",
    NPM_CONFIG_REGISTRY: address,
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
  const files = personaFiles(says.name ?? name, says.version ?? version, changed);
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
