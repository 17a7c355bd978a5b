import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { type Catalogue, paramsOf } from "../packages/cli/src/catalogue/catalogue.ts";
import { paramsOfUnit } from "../packages/cli/src/sources/settings.ts";
import { loadUnits } from "../scripts/units.ts";
import { packageJson, personaModule } from "./fixtures.ts";
import { NODE, type Project, packPackages } from "./installed.ts";

// What add shows, finds and sets, without asking anybody.

const LAMBDA = "@personakit/persona-backend-developer-lambda";
const NEXTJS = "@personakit/persona-backend-developer-nextjs";
const TESTING = ".claude/references/backend-developer-lambda/testing.md";
const newProject = packPackages("personakit", LAMBDA);
const catalogue: Catalogue = JSON.parse(readFileSync("packages/cli/catalogue.json", "utf8"));
const units = await loadUnits();
let project: Project;

beforeEach(() => {
  project = newProject();
});

/** Runs the command where no npm can be found: whatever asked the registry would fail. */
function offline(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(NODE, [project.at("node_modules/personakit/dist/bin.js"), ...args], {
    cwd: project.folder,
    encoding: "utf8",
    env: { PATH: "", NO_COLOR: "1" },
  });
  return { code: status, out: stdout, err: stderr };
}

test("the catalogue has the parameters of every persona as the persona has them", () => {
  for (const { persona } of units.personas) {
    const entry = catalogue.personas.find(({ id }) => id === persona.id);
    const listed = entry === undefined ? [] : paramsOf(entry, catalogue);
    const known = listed.map(({ fragment, name, value }) => ({ fragment, name, value }));
    expect(known).toEqual(paramsOfUnit(persona).map(({ fragment, name, value }) => ({ fragment, name, value })));
  }
});

describe("add without an argument", () => {
  test("shows every persona and fragment, with its tokens and how it is had", () => {
    const { code, out, err } = offline("add");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const { package: name, summary, tokens } of [...catalogue.personas, ...catalogue.fragments]) {
      expect(out).toMatch(new RegExp(`^  ${name} +${tokens} tokens`, "m"));
      expect(out).toContain(`\n      ${summary}\n`);
    }
    expect(out).toContain("npx personakit add <persona>");
    expect(out).toContain("npm install --save-dev <fragment>");
  });

  test("gives a program the same, with the line that adds each, for the project's package manager", () => {
    project.write("package.json", {});
    project.write("pnpm-lock.yaml", "");
    const { personas, fragments, here } = JSON.parse(offline("add", "--json").out);
    expect(personas.map((each: { package: string }) => each.package)).toContain(NEXTJS);
    expect(personas.find((each: { package: string }) => each.package === NEXTJS)).toMatchObject({
      install: `npx personakit add ${NEXTJS}`,
      tokens: expect.any(Number),
    });
    expect(fragments[0].install).toBe(`pnpm add -D ${fragments[0].package}`);
    expect(here).toEqual([]);
  });

  test("shows what is installed and what was written", () => {
    expect(offline("add", LAMBDA, "--target", "claude-agent", "--as", "mine").code).toBe(0);
    const { out } = offline("add");
    expect(out).toContain(`In this project:\n  mine  added from ${LAMBDA}@0.0.0\n`);
    expect(out).toMatch(new RegExp(`^  ${LAMBDA} +\\d+ tokens  installed 0\\.0\\.0$`, "m"));
    const { here, personas } = JSON.parse(offline("add", "--json").out);
    expect(here).toEqual([{ id: "mine", from: `added from ${LAMBDA}@0.0.0` }]);
    expect(personas.filter((each: { installed?: string }) => each.installed !== undefined)).toHaveLength(1);
  });
});

describe("add with words", () => {
  test.each([
    [["next.js", "webhooks"], NEXTJS],
    [["next js webhooks"], NEXTJS],
    [["hash", "passwords"], "@personakit/security-checklist"],
    [["lambda"], LAMBDA],
  ])("%j shows the best matches, and exits with 2, as nothing was added", (words, expected) => {
    const { code, out, err } = offline("add", ...words);
    expect(code).toBe(2);
    expect(err).toContain("nothing was added");
    expect(out).toMatch(new RegExp(`^  ${expected} +\\d+ tokens`, "m"));
    expect(project.files()).toEqual([]);
    const said = JSON.parse(offline("add", ...words, "--json").out);
    expect(said).toMatchObject({ ok: false, errors: [{ code: "no-package" }] });
    expect(said.matches.map((each: { package: string }) => each.package)).toContain(expected);
  });

  test("that nothing has says so", () => {
    const { code, err } = offline("add", "zzzzz", "qqqqq");
    expect(code).toBe(2);
    expect(err).toContain("nothing in the catalogue matches these words. personakit add lists everything in it.");
  });

  test("leaves the way to a package that is called so", () => {
    expect(offline("add", "lambda").err).toContain("personakit add lambda@latest");
    expect(offline("add", "lambda@latest").err).toContain("npm is not installed");
  });

  test("that name two packages says that it takes one", () => {
    expect(offline("add", LAMBDA, NEXTJS).err).toContain(`one package at a time. Run personakit add ${LAMBDA} first.`);
  });
});

describe("add with a name", () => {
  test("takes the short name of a persona of ours", () => {
    expect(offline("add", "backend-developer-lambda", "--target", "claude-agent")).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(project.read("personakit.lock.json")).personas).toMatchObject({
      "backend-developer-lambda": { package: LAMBDA },
    });
    // The registry is asked for the package by its full name.
    expect(offline("add", "backend-developer-nextjs").err).toContain("npm is not installed");
  });

  test("takes another package that is installed under such a name", () => {
    project = newProject();
    const named = catalogue.personas[0]?.id ?? "";
    project.write(`apart/node_modules/${named}/package.json`, packageJson(named, "1.0.0", "./index.js"));
    project.write(`apart/node_modules/${named}/index.js`, personaModule("one"));
    expect(offline("add", named, "--out", "apart").err).toContain("has no compiled persona");
  });

  test.each(["testing-standards", "@personakit/testing-standards"])(
    "says that %s is a fragment, and who has it",
    (name) => {
      const { code, err } = offline("add", name);
      expect(code).toBe(2);
      expect(err).toContain("is a fragment, and add writes personas");
      expect(err).toContain("npm install --save-dev @personakit/testing-standards");
      expect(err).toContain(LAMBDA);
    },
  );
});

describe("add --set", () => {
  const set = (...settings: readonly string[]) => settings.flatMap((setting) => ["--set", setting]);
  const config = () => JSON.parse(project.read("personakit.config.json"));

  test("puts the persona into a configuration, which build, check and update keep", () => {
    project.write("package.json", { devDependencies: { jest: "30.0.0" } });
    const { code, out, err } = offline(
      "add",
      LAMBDA,
      ...set("testing-standards.coverage=93"),
      "--target",
      "claude-agent",
    );
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Set: testing-standards.coverage=93");
    expect(out).toContain("Found in this repository: testing-standards.runner=jest");
    expect(out).toContain("Written. Next:\n  npx personakit build\n");
    expect(offline("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read(TESTING)).toContain("at least 93 % of lines, and set `coverageThreshold.global.lines`");
    expect(offline("check", "--frozen")).toMatchObject({ code: 0, err: "" });
    expect(offline("update").code).toBe(0);
    expect(project.read(TESTING)).toContain("at least 93 % of lines");
  });

  test("takes over a persona that was added with its defaults", () => {
    project.write("package.json", {});
    offline("add", LAMBDA, "--target", "claude-agent");
    expect(project.read(TESTING)).toContain("at least 80 % of lines");
    offline("add", LAMBDA, ...set("testing-standards.coverage=93"), "--target", "claude-agent");
    expect(offline("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read(TESTING)).toContain("at least 93 % of lines");
    expect(offline("check", "--frozen").code).toBe(0);
  });

  test("does not take over a persona of another package", () => {
    project.write("package.json", {});
    offline("add", LAMBDA, "--target", "claude-agent", "--as", "mine");
    const { code, err } = offline("add", NEXTJS, ...set("testing-standards.coverage=93"), "--as", "mine");
    expect(code).toBe(2);
    expect(err).toContain(`there is already a persona of this name, from ${LAMBDA}`);
    expect(project.files()).not.toContain("personakit.config.json");
  });

  test("knows our personas before they are installed, and says what to install", () => {
    project.write("package.json", {});
    project.write("pnpm-lock.yaml", "");
    const { code, out } = offline("add", "backend-developer-nextjs@1.2.0", ...set("testing-standards.coverage=93"));
    expect(code).toBe(0);
    expect(out).toContain(`Next:\n  pnpm add -D ${NEXTJS}@1.2.0\n  npx personakit build\n`);
    expect(config().personas).toEqual([
      {
        persona: NEXTJS,
        extend: {
          id: "backend-developer-nextjs",
          params: {
            "testing-standards": { coverage: 93 },
            "quality-gates": { packageManager: "pnpm" },
            deployment: { packageManager: "pnpm" },
          },
        },
      },
    ]);
  });

  test("changes a value, and adds a second persona, in a configuration in JSON", () => {
    project.write("package.json", {});
    project.write("personakit.config.json", '{\n    "personas": ["./one.mjs"],\n    "targets": ["plain"]\n}\n');
    offline("add", LAMBDA, ...set("testing-standards.coverage=93", "testing-standards.runner=jest"));
    offline("add", LAMBDA, ...set("testing-standards.coverage=95"));
    offline("add", LAMBDA, ...set("testing-standards.coverage=70"), "--as", "two", "--target", "agents-md");
    expect(config()).toEqual({
      personas: [
        "./one.mjs",
        {
          persona: LAMBDA,
          extend: { id: "backend-developer-lambda", params: { "testing-standards": { coverage: 95, runner: "jest" } } },
        },
        {
          persona: LAMBDA,
          extend: { id: "two", params: { "testing-standards": { coverage: 70 } } },
          targets: ["agents-md"],
        },
      ],
      targets: ["plain"],
    });
    expect(project.read("personakit.config.json")).toMatch(/^\{\n {4}"personas": \[\n {8}"/);
  });

  test("gives parameters to a persona that is in the configuration by its name", () => {
    project.write("package.json", {});
    project.write("personakit.config.json", { personas: [LAMBDA] });
    offline("add", LAMBDA, ...set("testing-standards.coverage=93"));
    expect(config().personas).toEqual([
      {
        persona: LAMBDA,
        extend: { id: "backend-developer-lambda", params: { "testing-standards": { coverage: 93 } } },
      },
    ]);
  });

  test("sets the parameters of anybody's persona that is installed, or is a folder", () => {
    project.write("package.json", {});
    project.write("apart/package.json", packageJson("@acme/own", "1.0.0", "./index.mjs"));
    project.write(
      "apart/index.mjs",
      `import { defineFragment, definePersona, md, must } from "@personakit/core";
import { z } from "zod";
const topic = defineFragment({
  id: "topic", title: "T", summary: "S.", params: { days: z.number().default(3) },
  rules: { a: ({ days }) => must(md\`Answer in \${days} days.\`) },
});
export const own = definePersona({
  id: "own", title: "T", role: "R.", description: { does: "D.", when: "W.", notFor: "N." }, use: [topic],
});
`,
    );
    const { code, err } = offline("add", "./apart", ...set("topic.days=5"), "--target", "plain");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(offline("build").code).toBe(0);
    expect(project.read("prompts/own.md")).toContain("Answer in 5 days.");
    expect(offline("add", "./apart", ...set("topic.day=5")).err).toContain('Did you mean "days"?');
    // A configuration in another folder sees the package from there.
    project.write("web/package.json", {});
    expect(offline("add", "./apart", ...set("topic.days=7"), "--target", "plain", "--out", "web").code).toBe(0);
    expect(JSON.parse(project.read("web/personakit.config.json")).personas[0].persona).toBe("../apart");
    expect(offline("build", "--out", "web").code).toBe(0);
    expect(project.read("web/prompts/own.md")).toContain("Answer in 7 days.");
  });

  test.each([
    [
      "a value that is refused",
      ["testing-standards.coverage=400"],
      'does not take "400". Expected a whole number from 0 to 100',
    ],
    ["a misspelt fragment", ["testing-standard.coverage=90"], 'Did you mean "testing-standards"?'],
  ])("writes nothing for %s", (_, settings, message) => {
    project.write("package.json", {});
    const { code, err } = offline("add", NEXTJS, ...set(...settings));
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(project.files()).toEqual(["package.json"]);
  });

  test("leaves a configuration in code as it is, and says what to paste", () => {
    project.write("package.json", {});
    project.write("personakit.config.mjs", "export default {};\n");
    const { code, err } = offline("add", LAMBDA, ...set("testing-standards.coverage=93"));
    expect(code).toBe(2);
    expect(err).toContain(
      `Add to its personas: {"persona":"${LAMBDA}","extend":{"id":"backend-developer-lambda","params":{"testing-standards":{"coverage":93}}}}`,
    );
    expect(project.files()).toEqual(["package.json", "personakit.config.mjs"]);
  });

  test.each([
    ["a package whose code is not here", "@acme/absent", "npm install --save-dev @acme/absent, then this again"],
    ["a tarball", "./one.tgz", "takes an installed package or a folder"],
  ])("refuses %s", (_, spec, message) => {
    project.write("package.json", {});
    const { code, err } = offline("add", spec, ...set("a.b=1"));
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("with --dry-run shows the configuration, and writes nothing", () => {
    project.write("package.json", {});
    const { code, out } = offline("add", NEXTJS, ...set("testing-standards.coverage=93"), "--dry-run");
    expect(code).toBe(0);
    expect(out).toContain('"coverage": 93');
    expect(out).toContain("Nothing was written.");
    expect(project.files()).toEqual(["package.json"]);
  });
});

test("add says what the repository shows that the package's defaults are not, and how to use it", () => {
  project.write("package.json", { devDependencies: { jest: "30.0.0", zod: "4.0.0" } });
  const { out } = offline("add", LAMBDA, "--target", "claude-agent");
  expect(out).toContain("Found in this repository: testing-standards.runner=jest.");
  expect(out).toContain(`npx personakit add ${LAMBDA} --set testing-standards.runner=jest\n`);
  expect(JSON.parse(offline("add", LAMBDA, "--json").out).detected).toEqual(["testing-standards.runner=jest"]);
  project.write("package.json", { devDependencies: { vitest: "5.0.0" } });
  expect(offline("add", LAMBDA).out).not.toContain("Found in this repository");
  project.write("package.json", "not JSON");
  expect(offline("add", LAMBDA).code).toBe(0);
});
