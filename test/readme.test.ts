import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { targets } from "@personakit/targets";
import { describe, expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";
import { packPackages } from "./installed.ts";

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, code = ""]) => code);
const newProject = packPackages(
  "personakit",
  "@personakit/persona-backend-developer",
  "@personakit/persona-backend-developer-lambda",
);
const project = newProject();
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

test("the first two sh blocks are the two commands, alone", () => {
  expect(blocks("sh").slice(0, 2)).toEqual(["npx -y pnpm@12 demo\n", "npx -y pnpm@12 test\n"]);
  expect(scripts).toMatchObject({ demo: expect.any(String), test: expect.any(String) });
});

test("the picture shows a line that is compiled so", () => {
  const [, line = ""] = /^ out: {2}(- .*), \.\.\.$/m.exec(readme) ?? [];
  const agent = readFileSync(
    join(ROOT, "packages/personas/backend-developer-lambda/agents/backend-developer-lambda.md"),
    "utf8",
  );
  expect(line.length).toBeGreaterThan(50);
  expect(agent).toContain(`\n${line}`);
});

test("the commands for a user's project run as written", () => {
  writeFileSync(join(project.folder, "package.json"), JSON.stringify({ type: "module" }));
  const commands = readme.match(/^npx personakit .*$/gm) ?? [];
  expect(commands.length).toBe(4);
  for (const command of commands) {
    const { code, err } = project.run(...command.split(" ").slice(2));
    expect(err).toBe("");
    expect(code).toBe(0);
  }
});

test("the number of targets is the one that there is", () => {
  expect(readme).toContain(`shows all ${targets.length} targets:`);
});

describe.each(blocks("ts").map((code, index) => [index, code] as const))("code example %i", (index, code) => {
  const path = `personas/example-${index}.mts`;
  mkdirSync(dirname(join(project.folder, path)), { recursive: true });
  writeFileSync(join(project.folder, path), code);
  const manifest = JSON.stringify({ name: "@acme/personas", version: "1.0.0", type: "commonjs" });
  writeFileSync(join(project.folder, "personas/package.json"), manifest);
  writeFileSync(join(project.folder, "package.json"), JSON.stringify({ type: "commonjs" }));

  test.each(["nodenext", "bundler"])("type-checks with moduleResolution %s", (resolution) => {
    const module = resolution === "bundler" ? "esnext" : resolution;
    const options = [
      "--noEmit",
      "--strict",
      "--target",
      "es2022",
      "--module",
      module,
      "--moduleResolution",
      resolution,
    ];
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "--ignoreConfig", ...options, path], {
      cwd: project.folder,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  });

  test("builds", () => {
    const { code, err, out } = project.run("build", path);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("claude-agent");
  });
});

describe("the guide", () => {
  const guide = readFileSync(join(ROOT, "docs/using.md"), "utf8");
  const blocksOf = (language: string) =>
    [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, code = ""]) => code);
  const [config = "", ...otherConfigs] = blocksOf("ts");
  const [jsonConfig = ""] = blocksOf("json");

  test.each([
    ["personakit.config.ts", config],
    ["personakit.config.json", jsonConfig],
  ])("has a %s that builds in a project of CommonJS", (name, text) => {
    expect(otherConfigs).toEqual([]);
    const fresh = newProject();
    writeFileSync(join(fresh.folder, "package.json"), JSON.stringify({ type: "commonjs" }));
    writeFileSync(join(fresh.folder, name), text);
    expect(fresh.run("build")).toMatchObject({ code: 0, err: "" });
    expect(fresh.run("check", "--frozen")).toMatchObject({ code: 0, err: "" });
  });

  test("names only commands and options that there are", () => {
    const help = project.run("--help").out;
    const used = [...guide.matchAll(/personakit (\w+)((?: --[a-z]+)*)/g)];
    expect(used.length).toBeGreaterThan(10);
    for (const [, command = "", options = ""] of used) {
      expect(help).toContain(`\n  ${command} `);
      for (const option of options.split(" ").filter(Boolean))
        expect(project.run(command, "--help").out).toContain(option);
    }
  });
});
