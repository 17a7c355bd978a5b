import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { IMPORTS, packageJson, personaModule, personaSource } from "./fixtures.ts";
import { packPackages } from "./installed.ts";

const NODE = process.env.PERSONAKIT_TEST_NODE ?? process.execPath;
const newProject = packPackages("personakit", "@personakit/core");
let folder: string;

beforeEach(() => {
  folder = newProject().folder;
});

const at = (path: string) => join(folder, path);
const read = (path: string) => readFileSync(at(path), "utf8");

function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

/** A configuration with some small personas, one of them in the user's AGENTS.md. */
function configure(text: string, names: readonly string[] = ["one", "two"], options = ""): void {
  const rule = `must(${JSON.stringify(text)})`;
  const items = names.map((id) => personaSource(id, { rule }));
  const shared = `{ persona: ${personaSource("shared", { rule })}, targets: ["agents-md"] }`;
  const personas = [...items, shared].join(", ");
  write(
    "personakit.config.mjs",
    `${IMPORTS}export default { personas: [${personas}], targets: ["claude-agent"], ${options} };\n`,
  );
}

const BIN = "node_modules/personakit/dist/bin.js";

/** How a command is run without the right to write everywhere: as root without root's powers, or as somebody else. */
const BOUND =
  process.getuid?.() !== 0
    ? {}
    : spawnSync("setpriv", ["--bounding-set=-all", "true"]).status === 0
      ? { prefix: ["setpriv", "--bounding-set=-all"] }
      : { user: { uid: 65534, gid: 65534 } };

interface RunOptions {
  readonly preload?: string;
  readonly prefix?: readonly string[];
  readonly user?: { readonly uid: number; readonly gid: number };
}

function run(args: readonly string[], { preload, prefix = [], user }: RunOptions = {}) {
  const hooks = preload === undefined ? [] : ["--import", pathToFileURL(preload).href];
  const [command = NODE, ...rest] = [...prefix, NODE, ...hooks, BIN, ...args];
  const { status, signal, stdout, stderr } = spawnSync(command, rest, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH },
    ...user,
  });
  return { code: status, signal, out: stdout, err: stderr };
}

/** Runs a command beside others. */
function start(args: readonly string[]): Promise<{ readonly code: number | null; readonly err: string }> {
  const child = spawn(NODE, [BIN, ...args], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
  return new Promise((done) => child.on("close", (code) => done({ code, err })));
}

/** What a package of a persona exports. */
const EXPORTS = { ".": "./index.mjs", "./document.json": "./dist/document.json", "./package.json": "./package.json" };

const CHANGES = ["writeFileSync", "renameSync", "rmSync", "chmodSync", "mkdirSync", "rmdirSync", "linkSync"];

/** A module that does something at the nth change of the file system. */
function atChange(nth: number, action: string, changes = CHANGES): string {
  const path = at("node_modules-preload.mjs");
  writeFileSync(
    path,
    `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
// The real one: a command does not let its modules end it.
const process = { pid: globalThis.process.pid, kill: globalThis.process.kill.bind(globalThis.process) };
let count = 0;
for (const name of ${JSON.stringify(changes)}) {
  const real = fs[name];
  fs[name] = (...args) => { if (++count === ${nth}) { ${action} } return real(...args); };
}
syncBuiltinESMExports();
`,
  );
  return path;
}

const FILES = [".claude/agents/one.md", ".claude/agents/two.md", "AGENTS.md"];
const state = () => FILES.map((path) => (existsSync(at(path)) ? read(path) : undefined));
const leftovers = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => !path.startsWith("node_modules") && /\.personakit/.test(path),
  );

/** Every third operation is enough for real processes: `every-operation.test.ts` stops at each. */
const STEP = 3;

/** What the run after a killed one may say. */
const UNDONE = /^(?:warning: an earlier run was interrupted, and has been undone\n)?$/;

test("killed at any change of a file, every file is old or new, and the next build repairs", () => {
  write("AGENTS.md", "# Ours\n");
  configure("Old.");
  expect(run(["build"]).code).toBe(0);
  const before = state();
  const manifest = read("personakit.lock.json");
  configure("New.");
  expect(run(["build"]).code).toBe(0);
  const after = state();
  let killed = 0;
  for (let nth = 1; ; nth += STEP) {
    for (const [index, path] of FILES.entries()) write(path, before[index] ?? "");
    write("personakit.lock.json", manifest);
    const { signal } = run(["build"], { preload: atChange(nth, 'process.kill(process.pid, "SIGKILL")') });
    if (signal === null) break;
    killed++;
    for (const [index, text] of state().entries()) expect([before[index], after[index]]).toContain(text);
    // The source moves on before anybody repairs: what the killed build has written is still known as ours.
    configure("Newer.");
    const repaired = run(["build"]);
    expect(repaired.err).toMatch(UNDONE);
    expect(repaired.code).toBe(0);
    expect(run(["check"]).code).toBe(0);
    expect(leftovers()).toEqual([]);
    configure("New.");
  }
  expect(killed).toBeGreaterThan(5);
});

test("killed at any change of a first build, every file is whole or not there, and the next build repairs", () => {
  configure("Text.");
  expect(run(["build"]).code).toBe(0);
  const after = state();
  let killed = 0;
  for (let nth = 1; ; nth += STEP) {
    expect(run(["remove", "one", "two"]).code).toBe(0);
    const { signal } = run(["build"], { preload: atChange(nth, 'process.kill(process.pid, "SIGKILL")') });
    if (signal === null) break;
    killed++;
    for (const [index, text] of state().entries()) expect([undefined, after[index]]).toContain(text);
    const repaired = run(["build"]);
    expect(repaired.err).toMatch(UNDONE);
    expect(repaired.code).toBe(0);
    expect(state()).toEqual(after);
    expect(leftovers()).toEqual([]);
  }
  expect(killed).toBeGreaterThan(3);
});

test("a build that fails leaves nothing of the files that it had ready", () => {
  configure("Text.");
  const before = readdirSync(folder);
  write("broken.json", '{ "kind": "document", "schemaVersion": 1, "id": "broken" }');
  write("personakit.config.mjs", read("personakit.config.mjs").replace("personas: [", 'personas: ["./broken.json", '));
  expect(run(["build"]).code).toBe(2);
  expect(readdirSync(folder).sort()).toEqual([...before, "broken.json"].sort());
});

test("killed at any change while it removes, the next run finishes", () => {
  for (let nth = 1; ; nth += STEP) {
    configure("Old.");
    run(["build"]);
    const { signal } = run(["remove", "one"], { preload: atChange(nth, 'process.kill(process.pid, "SIGKILL")') });
    expect(run(["build"])).toMatchObject({ code: 0, err: expect.stringMatching(UNDONE) });
    expect(run(["check"]).code).toBe(0);
    expect(leftovers()).toEqual([]);
    if (signal === null) break;
  }
});

test("on a full disk it says so, exits with 2 and loses nothing", () => {
  configure("Old.");
  run(["build"]);
  configure("New.");
  const full =
    'throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });';
  for (const nth of [1, 2, 3, 4, 6]) {
    const { code, err } = run(["build"], { preload: atChange(nth, full, ["writeFileSync"]) });
    expect(err).toMatch(/^error: .*no space left on device/);
    expect(code).toBe(2);
    for (const [index, text] of state().entries()) expect(text, FILES[index]).toMatch(/Old\.|New\./);
  }
  expect(run(["build"]).code).toBe(0);
  expect(state().join()).not.toContain("Old.");
});

test.skipIf(process.platform === "win32")(
  "in a read-only folder it says so and exits with 2, and check still compares",
  () => {
    configure("Old.");
    run(["build"]);
    configure("New.");
    const before = state();
    chmodSync(dirname(realpathSync(at("node_modules"))), 0o755);
    const folders = [folder, at(".claude"), at(".claude/agents")];
    for (const path of folders) chmodSync(path, 0o555);
    try {
      const { code, err } = run(["build"], BOUND);
      expect(err).toMatch(/^error: .*(EACCES|EROFS|EPERM)/);
      expect(code).toBe(2);
      expect(state()).toEqual(before);
      expect(run(["check"], BOUND).code).toBe(1);
    } finally {
      for (const path of folders) chmodSync(path, 0o755);
    }
  },
);

/** What a command may say that had to wait. */
const WAITED = /^(?:warning: .* is writing here: waiting for up to, at most 30 seconds\n)*$/;

test("of builds at once, one writes and the others wait for it", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `agent-${index}`);
  configure("Text.", names);
  const builds = Array.from({ length: 4 }, () => start(["build"]));
  for (const { code, err } of await Promise.all(builds))
    expect([code, err]).toEqual([0, expect.stringMatching(WAITED)]);
  expect(run(["check"])).toMatchObject({ code: 0 });
  expect(leftovers()).toEqual([]);
});

test("of what is added at the same time, nothing is lost", async () => {
  const names = ["one", "two", "three"];
  for (const name of names) {
    write(`${name}/package.json`, JSON.stringify(packageJson(`@acme/${name}`, "1.0.0", EXPORTS)));
    write(`${name}/index.mjs`, personaModule(name, { more: 'version: "1.0.0",' }));
    expect(run(["pack", name]).code).toBe(0);
  }
  const added = await Promise.all(names.map((name) => start(["add", `./${name}`, "--target", "claude-plugin"])));
  for (const { code } of added) expect(code).toBe(0);
  expect(Object.keys(JSON.parse(read("personakit.lock.json")).personas)).toEqual([...names].sort());
  const { plugins } = JSON.parse(read(".claude-plugin/marketplace.json"));
  expect(plugins.map((plugin: { name: string }) => plugin.name)).toEqual([...names].sort());
  expect(run(["check"])).toMatchObject({ code: 0 });
  for (const name of names) expect(run(["remove", name]).code).toBe(0);
  for (const path of [".claude-plugin", "plugins", "personakit.lock.json"])
    expect(existsSync(at(path)), path).toBe(false);
});

test.each([["init"], ["semver", "one", "--write"]])("%s, killed at any change, is begun again", (...args) => {
  write("package.json", JSON.stringify({ type: "module", dependencies: { pg: "8.0.0" } }));
  write(".changeset/config.json", "{}");
  write("one/package.json", JSON.stringify(packageJson("@acme/one", "1.0.0", EXPORTS)));
  const more = 'version: "1.0.0",';
  write("one/index.mjs", personaModule("one", { more }));
  spawnSync("git", ["init", "--quiet"], { cwd: folder });
  const command = args[0] === "semver" ? [...args, "--base", "./base.tgz"] : args;
  if (args[0] === "semver") {
    run(["pack", "one"]);
    spawnSync("npm", ["pack", "--pack-destination", ".."], { cwd: at("one") });
    renameSync(at("acme-one-1.0.0.tgz"), at("base.tgz"));
    write("one/index.mjs", personaModule("one", { rule: 'must("Other.")', more }));
  }
  const written = args[0] === "semver" ? ".changeset/rules-of-acme-one.md" : "personakit.config.ts";
  for (let nth = 1; ; nth += STEP) {
    rmSync(at(written), { force: true });
    const { signal } = run(command, { preload: atChange(nth, 'process.kill(process.pid, "SIGKILL")') });
    if (signal === null) break;
    if (existsSync(at(written))) rmSync(at(written));
    expect(run(command).code, `killed at ${nth}`).toBe(0);
    expect(existsSync(at(written))).toBe(true);
    expect(leftovers()).toEqual([]);
  }
});

test("a file keeps its permissions", () => {
  write("AGENTS.md", "# Ours\n");
  chmodSync(at("AGENTS.md"), 0o600);
  configure("Text.");
  run(["build"]);
  expect(spawnSync("ls", ["-l", "AGENTS.md"], { cwd: folder, encoding: "utf8" }).stdout).toMatch(/^-rw-------/);
});

describe("bad input exits with 2, says where, and loses nothing", () => {
  const cases: readonly [name: string, prepare: () => void, message: RegExp][] = [
    [
      "a configuration that throws",
      () => write("personakit.config.mjs", "\nthrow new Error('boom');"),
      /personakit\.config\.mjs: could not be loaded: boom \(.*config\.mjs:2/,
    ],
    [
      "a configuration without a default export",
      () => write("personakit.config.mjs", "export const config = {};"),
      /there is no default export/,
    ],
    [
      "a misspelt option",
      () => write("personakit.config.mjs", 'export default { personas: ["./p.mjs"], tragets: [] };'),
      /there is no option "tragets"\. Did you mean "targets"\?/,
    ],
    [
      "a misspelt option of a persona",
      () => write("personakit.config.mjs", 'export default { personas: [{ persona: "./p.mjs", target: [] }] };'),
      /personas\[0\]: there is no option "target"\. Did you mean "targets"\?/,
    ],
    [
      "no personas",
      () => write("personakit.config.mjs", "export default { personas: [] };"),
      /personas: the list of personas is empty/,
    ],
    [
      "two configurations",
      () => write("personakit.config.json", "{}"),
      /personakit\.config\.mjs and personakit\.config\.json: there are two/,
    ],
    [
      "an output folder outside the project",
      () => configure("Text.", ["one"], 'out: "../x"'),
      /out: "\.\.\/x" leads out of the project/,
    ],
    ["a manifest that is cut off", () => write("personakit.lock.json", '{ "schemaVersion": 1, "pers'), /is not JSON/],
    [
      "a manifest that leads out of the project",
      () => {
        run(["build"]);
        const artifacts = { "../x.md": { sha256: "", targets: [], persona: "gone" } };
        write("personakit.lock.json", JSON.stringify({ ...JSON.parse(read("personakit.lock.json")), artifacts }));
      },
      /artifacts\["\.\.\/x\.md"\]: /,
    ],
  ];

  test.each(cases)("%s", (_, prepare, message) => {
    write("AGENTS.md", "# Ours\n");
    configure("Text.");
    prepare();
    const before = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort().join();
    const texts = state();
    for (const command of ["build", "check"]) {
      const { code, err } = run([command]);
      expect(err).toMatch(message);
      expect(code).toBe(2);
    }
    expect(readdirSync(folder, { recursive: true, encoding: "utf8" }).sort().join()).toBe(before);
    expect(state()).toEqual(texts);
  });
});
