import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { compile, definePersona, must, section } from "@personakit/core";
import { beforeEach, describe, expect, test } from "vitest";
import { personaModule } from "./fixtures.ts";
import { NODE, type Project, packPackages } from "./installed.ts";

// Most of a run is loading: what a command does not need is not loaded.

const newProject = packPackages("personakit");
let project: Project;

const SMALL = compile(
  definePersona({
    ...{ id: "one", title: "One", role: "R.", description: { does: "Does.", when: "When.", notFor: "Not." } },
    use: [section({ id: "own", title: "Own", rules: { a: must("A.") } })],
  }),
);

beforeEach(() => {
  project = newProject();
  project.write("package.json", { type: "module" });
  project.write("one.json", SMALL);
  project.write("one.js", personaModule("one"));
});

/** Says on stderr, at the end, each module that was loaded, parts of Node and streams included, however they are asked for. */
const TRACE = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  import { registerHooks } from "node:module";
  const loaded = [];
  const { getBuiltinModule } = process;
  process.getBuiltinModule = (name) => {
    loaded.push(name);
    return getBuiltinModule(name);
  };
  for (const name of ["stdout", "stderr"]) {
    const { get } = Object.getOwnPropertyDescriptor(process, name);
    Object.defineProperty(process, name, { configurable: true, get() { loaded.push("stream:" + name); return get.call(process); } });
  }
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  const say = () => writeSync(2, loaded.splice(0).map((url) => "loaded " + url + "\\n").join(""));
  process.on("exit", say);
  // After a module of the user's, the command asks no listeners.
  const { reallyExit } = process;
  process.reallyExit = (code) => { say(); reallyExit.call(process, code); };
`)}`;

const hasHooks =
  spawnSync(NODE, ["-p", 'typeof require("node:module").registerHooks'], { encoding: "utf8" }).stdout === "function\n";

function start(env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  return spawnSync(NODE, args, {
    cwd: project.folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
}

/** The files of the command, our files in all, the packages and parts of Node, and the streams, that a command line loads. */
function loadedBy(...args: readonly string[]): {
  readonly files: number;
  readonly ours: number;
  readonly others: readonly string[];
  readonly readers: number;
  readonly streams: readonly string[];
} {
  const { stderr } = start({}, "--import", TRACE, project.at("node_modules/personakit/dist/bin.js"), ...args);
  const urls = [...stderr.matchAll(/^loaded (.*)$/gm)].map(([, url = ""]) => url);
  const own = urls.filter((url) => url.includes("/node_modules/personakit/"));
  const modules = urls.filter((url) => !url.startsWith("stream:"));
  const others = modules.filter((url) => !own.includes(url) && !url.startsWith(`file://${project.folder}/one`));
  const names = others.map((url) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? url);
  const readers = urls.filter((url) => url.endsWith("/dist/read.js")).length;
  const ours = urls.filter((url) => /\/node_modules\/(?:@personakit\/(?:core|targets)|personakit)\//.test(url)).length;
  const streams = [...new Set(urls)].filter((url) => url.startsWith("stream:"));
  return { files: own.length, ours, others: [...new Set(names)].sort(), readers, streams };
}

/** What compiles and compares is made of. */
const NEEDED = [
  ...["node:buffer", "node:fs", "node:module", "node:os", "node:path", "node:url", "node:util"],
  ...["@personakit/core", "@personakit/targets"],
];

describe.skipIf(!hasHooks)("what is loaded", () => {
  test.each([["--version"], ["-V"], ["--help"], ["-h"], ["help"]])("for %s is the answer", (arg) => {
    const { files, others } = loadedBy(arg);
    expect(files).toBeLessThanOrEqual(3);
    expect(others).toEqual([]);
  });

  test.each([
    // What is written has a hash.
    ["build", "one.json", ["node:crypto"], []],
    ["check", "one.json", [], []],
    // A thread watches a module, and what it prints is caught.
    ["check", "one.js", ["node:worker_threads"], ["stream:stdout", "stream:stderr"]],
  ])("for %s of %s is what compiles and compares", (command, persona, more, opened) => {
    project.write("personakit.config.json", { personas: [`./${persona}`] });
    project.run("build");
    const { files, ours, others, streams } = loadedBy(command);
    expect(opened).toEqual(expect.arrayContaining([...streams]));
    expect(others.filter((name) => !NEEDED.includes(name))).toEqual(more);
    expect(files).toBeLessThanOrEqual(3);
    // To find and load a file takes as long as to compile a persona.
    expect(ours).toBeLessThanOrEqual(6);
  });

  test("to read Markdown is what reads it, for a file of yours alone", () => {
    project.write("personakit.config.json", { personas: ["./one.json"] });
    project.run("build");
    expect([loadedBy("check").readers, loadedBy("list").readers]).toEqual([0, 0]);
    project.write("personas/two.md", "---\nname: two\ndescription: Does it.\n---\n\nDo it.\n");
    project.write("personakit.config.json", { personas: [{ persona: "./personas/two.md", format: "claude-agent" }] });
    project.run("build");
    expect(loadedBy("check").readers).toBe(2);
  });

  test("to show a difference is what writes diffs", () => {
    project.write("personakit.config.json", { personas: ["./one.json"] });
    project.run("build");
    project.write(".claude/agents/one.md", "By hand.\n");
    expect(loadedBy("check").others).toContain("diff");
  });
});

describe.skipIf(process.platform === "win32")("compiled code", () => {
  const run = () => start({ TMPDIR: project.at("tmp") }, project.at("node_modules/personakit/dist/bin.js"), "targets");
  const cache = () => project.at(`tmp/personakit-${process.getuid?.()}`);

  test("is kept where no other user can write", () => {
    mkdirSync(project.at("tmp"));
    expect(run().status).toBe(0);
    expect(statSync(cache()).mode & 0o777).toBe(0o700);
    expect(existsSync(project.at("tmp/node-compile-cache"))).toBe(false);
  });

  test.skipIf(!hasHooks)("holds what build and check run, but for methods", () => {
    mkdirSync(project.at("tmp"));
    project.write("personakit.config.json", { personas: ["./one.json"] });
    project.run("build");
    const log = project.at("v8.log");
    const args = ["--log-function-events", `--logfile=${log}`, "--no-logfile-per-isolate"];
    // The first run keeps what the second one loads.
    for (let run = 0; run < 2; run++) {
      const bin = project.at("node_modules/personakit/dist/bin.js");
      expect(start({ TMPDIR: project.at("tmp") }, ...args, bin, "check").status).toBe(0);
    }
    const events = project.read("v8.log").split("\n");
    const ours = new Set(
      events.flatMap((line) => /^script-details,(\d+),.*personakit.*\/dist\//.exec(line)?.[1] ?? []),
    );
    const compiled = events.filter((line) => ours.has(/^function,parse-function,(\d+),/.exec(line)?.[1] ?? ""));
    // Without the marks of `pnpm build`, there are 386.
    expect(ours.size).toBeGreaterThan(3);
    expect(compiled.length).toBeLessThan(100);
  });

  test("is neither read nor kept where another user can", () => {
    mkdirSync(cache(), { recursive: true });
    chmodSync(cache(), 0o777);
    expect(run()).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(cache())).toEqual([]);
  });
});
