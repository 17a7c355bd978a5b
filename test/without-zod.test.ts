import { spawnSync } from "node:child_process";
import { compile, definePersona, must, section } from "@personakit/core";
import { targets } from "@personakit/targets";
import { describe, expect, test } from "vitest";
import { IMPORTS, personaSource } from "./fixtures.ts";
import { NODE, packPackages } from "./installed.ts";

// Loading zod takes as long as a build of ten personas: who has done nothing wrong does not wait for it.

const newProject = packPackages("personakit");

const REFUSING = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({
    resolve(specifier, context, next) {
      if (/^zod(?:\\/|$)/.test(specifier)) throw new Error("zod is loaded");
      return next(specifier, context);
    },
  });
`)}`;

const hasHooks =
  spawnSync(NODE, ["-p", 'typeof require("node:module").registerHooks'], { encoding: "utf8" }).stdout === "function\n";

/** Runs Node in a project, where zod cannot be loaded. */
function node(folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(NODE, ["--import", REFUSING, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH, NO_COLOR: "1" },
  });
  return { code: status, out: stdout, err: stderr };
}

const BIN = "node_modules/personakit/dist/bin.js";
const document = compile(
  definePersona({
    id: "one",
    title: "One",
    role: "You answer.",
    description: { does: "Does.", when: "When.", notFor: "Not.", triggers: ["t"] },
    model: "deep",
    mcpServers: ["docs"],
    color: "red",
    paths: ["src/**"],
    use: [section({ id: "own", title: "Own", rules: { a: must("A."), b: must("B.") } })],
  }),
);

describe.skipIf(!hasHooks)("zod is not loaded", () => {
  test.each<[what: string, files: { readonly [path: string]: string | object }]>([
    [
      "compiled personas",
      {
        "one.json": document,
        "personakit.config.json": { personas: ["./one.json"], targets: targets.map(({ id }) => id) },
      },
    ],
    [
      "personas in JavaScript",
      {
        "personakit.config.js": `${IMPORTS}export default { personas: [${personaSource("one")}] };\n`,
        "CLAUDE.md": "",
      },
    ],
  ])("to build and check %s", (_what, files) => {
    const { folder } = projectWith(files);
    expect(node(folder, BIN, "build")).toMatchObject({ code: 0 });
    // The second time, the lockfile is read as well.
    for (const command of ["build", "check", "list"])
      expect(node(folder, BIN, command)).toMatchObject({ code: 0, err: "" });
  });

  test("to import core", () => {
    const { folder } = projectWith({});
    expect(node(folder, "-e", 'import("@personakit/core")')).toEqual({ code: 0, out: "", err: "" });
  });

  test("until something wrong is to be said", () => {
    const { folder } = projectWith({ "personakit.config.json": { personas: "none" } });
    expect(node(folder, BIN, "check").err).toContain("zod is loaded");
  });
});

function projectWith(files: { readonly [path: string]: string | object }) {
  const project = newProject();
  for (const [path, content] of Object.entries({ "package.json": { type: "module" }, ...files }))
    project.write(path, content);
  return project;
}
