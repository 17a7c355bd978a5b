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
const project = packPackages("personakit", "@personakit/persona-backend-developer-lambda")();
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
  const commands = readme.match(/^npx personakit .*$/gm) ?? [];
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    const { code, err } = project.run(...command.split(" ").slice(2));
    expect(err).toBe("");
    expect(code).toBe(0);
  }
});

test("the number of targets is the one that there is", () => {
  expect(readme).toContain("shows all seventeen:");
  expect(targets).toHaveLength(17);
});

describe.each(blocks("ts").map((code, index) => [index, code] as const))("code example %i", (index, code) => {
  const path = `personas/example-${index}.mts`;
  mkdirSync(dirname(join(project.folder, path)), { recursive: true });
  writeFileSync(join(project.folder, path), code);
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

  // The README says which Node loads TypeScript.
  test.skipIf(process.env.PERSONAKIT_TEST_NODE !== undefined)("builds", () => {
    const { code, err, out } = project.run("build", path);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("claude-agent");
  });
});
