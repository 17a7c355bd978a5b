import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { IMPORTS, type PersonaParts, personaModule, personaSource } from "./fixtures.ts";
import { NODE, type Project, packPackages } from "./installed.ts";

// A user's module runs in the command's process. Whatever it does there, the command speaks for itself.

const newProject = packPackages("personakit");
let project: Project;

beforeEach(() => {
  project = newProject();
});

/** A rule with a parameter: its function is called when the persona is compiled. */
function withRule(body: string): string {
  const fragment = `defineFragment({ id: "late-rules", title: "L", summary: "S.",
  params: { name: z.string().default("x") },
  rules: { late: ({ name }) => {
    ${body}
    return must(name);
  } } })`;
  const imports = `${IMPORTS}import { z } from "zod";\nimport { defineFragment } from "@personakit/core";\n`;
  return `${imports}const fragment = ${fragment};\n${persona({ more: "" }).replace("use: [", "use: [fragment, ")}`;
}

function persona(parts: PersonaParts = {}): string {
  return `export const persona = ${personaSource("one", parts)};\n`;
}

function check(source: string, ...options: readonly string[]): ReturnType<Project["run"]> {
  project.write("one.mjs", source);
  return project.run("check", "./one.mjs", "--timeout", "1", ...options);
}

/** What a module did, said as an error, and nothing else: no stack trace, and one JSON document. */
function expectError(source: string, error: object): void {
  const { code, out, err } = check(source, "--json");
  const { ok, errors } = JSON.parse(out);
  expect({ code, ok, err, errors }).toEqual({ code: 2, ok: false, err: "", errors: [expect.objectContaining(error)] });
}

describe("a module that does not come to an end", () => {
  test("in a loop is stopped, and the line is said", () => {
    const loop = `${IMPORTS}\nfunction spin() {\n  for (;;);\n}\nspin();\n${persona()}`;
    expectError(loop, { code: "time-limit", place: "one.mjs:4", problem: "did not finish within 1 seconds" });
    expect(check(loop).err).toMatch(/^error: one\.mjs:4: did not finish within 1 seconds\. .*--timeout\.\n$/);
  });

  test("in a rule's function is stopped, and the line is said", () => {
    expectError(withRule("for (;;);"), { code: "time-limit", place: "one.mjs:7" });
  });

  test("because nothing will settle its promise is said at once", () => {
    const problem = expect.stringMatching(/^never finishes loading/);
    expectError(`${IMPORTS}await new Promise(() => {});\n${persona()}`, { place: "./one.mjs", problem });
  });

  test("while a timer is open is given up", () => {
    const source = `${IMPORTS}setInterval(() => {}, 1000);\nawait new Promise(() => {});\n${persona()}`;
    expectError(source, { code: "time-limit", place: "./one.mjs", problem: "is still loading after 1 seconds" });
  });

  test("is the configuration's affair as well", () => {
    project.write("personakit.config.mjs", "for (;;);\nexport default {};\n");
    const { code, err } = project.run("build", "--timeout", "1");
    expect(err).toContain("personakit.config.mjs:1: did not finish within");
    expect(code).toBe(2);
  });

  test.each(["0", "-1", "soon", "1e9"])("is given no %s seconds", (seconds) => {
    project.write("one.mjs", personaModule("one"));
    const { code, err } = project.run("check", "./one.mjs", "--timeout", seconds);
    expect(err).toMatch(/^error: --timeout: ".*" is no number of seconds/);
    expect(code).toBe(2);
  });
});

describe("a module that ends the process", () => {
  test.each([
    "process.exit(0)",
    "process.reallyExit(0)",
    "process.abort()",
    '(await import("node:process")).exit(0)',
    '(await import("node:process")).kill(process.pid)',
    "process.kill(process.pid)",
    "try { process.exit(0); } catch {}",
    "setTimeout(() => process.exit(0)); await new Promise((done) => setTimeout(done, 50))",
    "setImmediate(() => process.exit(0))",
  ])("by %s is an error", (ending) => {
    expectError(`${IMPORTS}${ending};\n${persona()}`, { code: "ended-process", place: "one.mjs:2" });
  });

  test("in a rule's function is an error", () => {
    expectError(withRule("process.exit(0);"), { code: "ended-process" });
  });

  test("does not choose the exit code, nor keep the command alive", () => {
    const greedy = `process.exitCode = 9;
process.on("exit", () => { process.exitCode = 7; console.log("bye"); });
setInterval(() => {}, 1000);`;
    const { code, out } = check(`${IMPORTS}${greedy}\n${persona()}`);
    expect(code).toBe(1);
    expect(out).toMatch(/is missing\.\n/);
    expect(out).not.toContain("bye");
  });
});

describe("a module that prints", () => {
  test("leaves standard output to the command, and is named", () => {
    const { code, out, err } = check(`${IMPORTS}console.log("hello");\n${persona()}`, "--json");
    expect(JSON.parse(out).findings).toHaveLength(2);
    expect(err).toBe(
      "hello\nwarning: one.mjs:2: printed to standard output, which belongs to the command; it went to standard error instead.\n",
    );
    expect(code).toBe(1);
  });
});

test.skipIf(process.platform === "win32")("a reader that has gone away is no error, with a module or without", () => {
  project.write("one.mjs", personaModule("one"));
  const command = 'for args in targets "check ./one.mjs"; do "$0" "$1" $args | true; echo ${PIPESTATUS[0]}; done';
  const bin = project.at("node_modules/personakit/dist/bin.js");
  const { stdout, stderr } = spawnSync("bash", ["-c", command, NODE, bin], { cwd: project.folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^0\n[01]\n$/);
});

describe("a module that throws", () => {
  test.each([
    ["nothing", "undefined", "undefined"],
    ["what throws when it is read", "{ toString() { throw 1; } }", "an error that cannot be read"],
    ["a proxy", "new Proxy({}, { getPrototypeOf() { throw 1; } })", "an error that cannot be read"],
    [
      "a getter",
      "Object.defineProperty(new Error(), 'message', { get() { throw 1; } })",
      "an error that cannot be read",
    ],
    ["what only looks like our errors", 'Object.assign(new Error("x"), { name: "PersonaKitError", issues: [1] })', "x"],
    ["a long text", '"x".repeat(1e7)', `${"x".repeat(2000)}...`],
  ])("%s is an error", (_, thrown, cause) => {
    const said = expect.stringMatching(new RegExp(`^${cause.replaceAll(".", "\\.")}( \\(|$)`));
    expectError(`${IMPORTS}throw ${thrown};\n`, { code: "cannot-load", place: "./one.mjs", cause: said });
  });

  test.each([
    [
      "in a timer",
      'setTimeout(() => { throw new Error("boom"); }); await new Promise((done) => setTimeout(done, 50));',
    ],
    ["in a promise that nobody waits for", 'Promise.reject(new Error("boom"));'],
  ])("%s is an error", (_, statement) => {
    const problem = "threw an uncaught error";
    expectError(`${IMPORTS}${statement}\n${persona()}`, { place: "one.mjs:2", problem, cause: "boom" });
  });
});

/** A target that somebody made without `defineTarget`. */
const TARGET = `const TARGET = {
  kind: "target", schemaVersion: 1, id: "acme", tool: "Acme", readers: ["Acme"], restricts: false,
  files: { main: "acme/<name>.md", reference: "acme/<name>/<reference>.md" },
  compile: () => ({ artifacts: [{ path: "acme/one.md", text: "A.\\n", origins: [{ unit: "one" }] }], fidelity: [] }),
};
`;

describe("a configuration or a persona", () => {
  test("may have a target that measures by the text whose tokens count", () => {
    project.write("one.mjs", personaModule("one"));
    const limit = `{ what: "all", unit: "tokens", max: 2, beyond: "cuts", severity: "error", measure: () => "Read it all." }`;
    project.write(
      "personakit.config.mjs",
      `${TARGET}export default { personas: ["./one.mjs"], targets: [{ ...TARGET, limits: [${limit}] }] };\n`,
    );
    const { code, err } = project.run("check");
    expect(err).toContain("acme: all takes 4 tokens; above 2 the tool cuts. Largest: one (4).");
    expect(code).toBe(2);
  });

  test("may have a target that is plain data and functions", () => {
    project.write("one.mjs", personaModule("one"));
    project.write(
      "personakit.config.mjs",
      `${TARGET}export default { personas: ["./one.mjs"], targets: [TARGET, TARGET] };\n`,
    );
    const { code, err } = project.run("build");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(project.read("acme/one.md")).toBe("A.\n");
  });

  test.each([
    ["with a getter that throws", '{ get personas() { throw new Error("no"); } }', "cannot be read: no"],
    ["with a getter in an entry", '{ personas: [{ persona: "x", get extend() { throw new Error("no"); } }] }', ": no"],
    ["that is a proxy", 'new Proxy({}, { ownKeys() { throw new Error("no"); } })', "cannot be read: no"],
    ["with nothing but gaps", "{ personas: new Array(4e9) }", "a list of 4000000000 items is too long"],
    ["with a gap", "{ personas: [, './one.mjs'] }", "personas[0]: expected a package's name"],
    ["that contains itself", "(() => { const a = {}; a.a = a; return a; })()", "cannot be read: it contains itself"],
    ["of a class", "{ personas: [new (class { kind = 'persona' })()] }", "personas[0]: expected a package's name"],
    ["without an id", "{ personas: [{ kind: 'persona', schemaVersion: 1 }] }", "its id is not text"],
    [
      "whose extend makes no persona",
      "{ personas: [{ persona: { kind: 'persona', schemaVersion: 1, id: 'x', extend: () => 1 }, extend: { id: 'y' } }] }",
      "extend: this is not a persona",
    ],
    [
      "with a target that is none",
      `{ personas: ["./one.mjs"], targets: [{ kind: "target", schemaVersion: 1, id: "x" }] }`,
      "this is not a target: tool: ",
    ],
    [
      "with a target that has been revoked",
      "{ personas: ['./one.mjs'], targets: [(() => { const r = Proxy.revocable({}, {}); r.revoke(); return r.proxy; })()] }",
      "cannot be read: Cannot perform",
    ],
    [
      "with a target that makes no files",
      `{ personas: ["./one.mjs"], targets: [{ ...TARGET, compile: () => ({ artifacts: [{ path: 1 }], fidelity: [] }) }] }`,
      "target acme: it makes no files: artifacts: 0: path: ",
    ],
    [
      "with a target that measures nothing",
      `{ personas: ["./one.mjs"], targets: [{ ...TARGET, limits: [{ what: "all", unit: "bytes", max: 1, beyond: "cuts", severity: "error", measure: () => "x" }] }] }`,
      "target acme: it does not measure all: ",
    ],
    ["with a text that is long", "{ personas: ['./one.mjs'], targets: ['a'.repeat(1e6)] }", "there is no such target"],
  ])("%s is an error of its own", (_, config, said) => {
    project.write("one.mjs", personaModule("one"));
    project.write("personakit.config.mjs", `${TARGET}export default ${config};\n`);
    const { code, err } = project.run("check");
    expect(err.length).toBeLessThan(10_000);
    expect(err).toMatch(/^error: personakit\.config\.mjs.*\.\n$/);
    expect(err).toContain(said);
    expect(code).toBe(2);
  });

  test("that is a proxy is an error of its own", () => {
    const problem = "cannot be read";
    expectError('export const persona = new Proxy({}, { get() { throw "no"; } });\n', { code: "cannot-load", problem });
  });
});

describe("a source", () => {
  test.each(["node:fs", "data:text/javascript,1", "https://example.com/persona.js"])("cannot be %s", (source) => {
    const { code, err } = project.run("check", source);
    expect(err).toMatch(
      new RegExp(`^error: ${source.slice(0, 7)}.*Name a file, a folder, or an installed package\\.\n$`),
    );
    expect(code).toBe(2);
  });

  test.skipIf(process.platform === "win32").each([
    ["one.mjs", ["check", "./one.mjs"]],
    ["one.json", ["check", "./one.json"]],
    ["personakit.config.json", ["check"]],
    ["personakit.config.mjs", ["check"]],
    ["team/package.json", ["check", "./team"]],
  ])("cannot be a pipe: %s", (path, args) => {
    project.write("team/index.mjs", "");
    execFileSync("mkfifo", [project.at(path)]);
    const { code, err } = project.run(...args);
    expect(err).toMatch(/^error: .*(is not a file|is neither a file nor a folder)\.\n$/);
    expect(code).toBe(2);
  });
});

describe.skipIf(process.platform === "win32")("build --watch", { timeout: 120_000 }, () => {
  let child: ChildProcess;
  let output: string;

  function start(...options: readonly string[]): void {
    output = "";
    const bin = project.at("node_modules/personakit/dist/bin.js");
    const started = spawn(NODE, [bin, "build", "--watch", ...options], {
      cwd: project.folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    const listen = (data: Buffer) => {
      // What the one before said before it was killed may be heard only now.
      if (child === started) output += data;
    };
    for (const stream of [started.stdout, started.stderr]) stream.on("data", listen);
  }

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await pause(10);
  }

  const pause = (time: number) => new Promise((done) => setTimeout(done, time));
  const ended = () => new Promise((done) => child.once("exit", (code, signal) => done(signal ?? code)));
  const save = (rule: string) => project.write("one.mjs", personaModule("one", { rule: `must("${rule}")` }));
  const agent = ".claude/agents/one.md";
  const built = (rule: string) => existsSync(project.at(agent)) && project.read(agent).includes(`- ${rule}`);
  const builds = () => output.split("watching").length - 1;

  beforeEach(() => {
    save("First.");
    project.write("personakit.config.json", { personas: ["./one.mjs"], targets: ["claude-agent"] });
    return () => {
      child.kill("SIGKILL");
    };
  });

  test("builds the last of two saves, however near they are", async () => {
    start();
    await until(() => builds() === 1);
    for (const gap of [5, 15, 25, 30, 35, 40, 45, 55]) {
      // The next thread has to be ready, as it is between two edits of a person: only then it reads between the saves.
      await pause(1000);
      save(`Before ${gap}.`);
      await pause(gap);
      save(`After ${gap}.`);
      await until(() => built(`After ${gap}.`));
    }
  });

  test("goes on after a module that never ends, in a loop or waiting", async () => {
    // Long enough for the good module on a busy machine too.
    start("--timeout", "5");
    await until(() => built("First."));
    for (const [index, hang] of ["for (;;);", "setInterval(() => {}, 9); await new Promise(() => {});"].entries()) {
      project.write("one.mjs", hang);
      const before = output.length;
      await until(() => /error: .* (within|after) 5 seconds.*\n(.*\n)*watching/.test(output.slice(before)));
      save(`Good ${index}.`);
      await until(() => built(`Good ${index}.`));
    }
  });

  test("goes on after a module that ends its thread, prints, or leaves a timer open", async () => {
    start();
    await until(() => builds() === 1);
    project.write("one.mjs", "process.exit(0);");
    await until(() => output.includes("called process.exit(0)"));
    project.write("one.mjs", `setInterval(() => {}, 9);\n${personaModule("one", { rule: 'must("Open.")' })}`);
    await until(() => built("Open."));
    save("Good.");
    await until(() => built("Good."));
  });

  test.each(["SIGINT", "SIGTERM"] as const)("ends at the first %s, between builds and within one", async (signal) => {
    start();
    await until(() => builds() === 1);
    const first = ended();
    child.kill(signal);
    expect(await first).toBe(0);

    project.write("one.mjs", `import { writeSync } from "node:fs"; writeSync(2, "held"); for (;;);`);
    start();
    await until(() => output.includes("held"));
    const second = ended();
    child.kill(signal);
    expect(await second).toBe(0);
  });
});
