import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";

let copy: string;

// A copy of the repository without content, so that new packages do not stand in this one.
beforeAll(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), "personakit-new-")));
  const tools = ["biome.json", "tsconfig.json", "tsconfig.base.json", "vitest.config.ts", "package.json", "README.md"];
  const parts = [
    "packages/core",
    "packages/targets",
    "packages/checks",
    "packages/preview",
    "packages/cli",
    "docs",
    "scripts",
    "test",
    "bench",
  ];
  const filter = (path: string) => !/[/\\](dist|node_modules)$/.test(path);
  for (const path of [...tools, ...parts]) cpSync(join(ROOT, path), join(copy, path), { recursive: true, filter });
  for (const folder of [".", ...parts]) {
    const modules = join(folder, "node_modules");
    if (existsSync(join(ROOT, modules))) symlinkSync(join(ROOT, modules), join(copy, modules), "junction");
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function node(...args: readonly string[]): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
  return { code: status, output: stdout + stderr };
}

test("a new fragment and a new persona pass everything at once", () => {
  expect(node("scripts/new.ts", "fragment", "rate-limits")).toMatchObject({ code: 0 });
  expect(node("scripts/new.ts", "persona", "release-manager")).toMatchObject({ code: 0 });
  expect(node("scripts/sync.ts")).toMatchObject({ code: 0 });
  expect(existsSync(join(copy, "packages/personas/release-manager/agents/release-manager.md"))).toBe(true);
  const types = node(join(ROOT, "node_modules/typescript/bin/tsc"), "-p", ".");
  expect(types.output).toBe("");
  const lint = node(join(ROOT, "node_modules/@biomejs/biome/bin/biome"), "check", "--vcs-enabled=false", "packages");
  expect(lint.code, lint.output).toBe(0);
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const { code, output } = node(vitest, "run", "test/conformance.test.ts", "test/derived.test.ts");
  expect(code, output).toBe(0);
});

test.each([
  [["fragment"], "Usage: pnpm new"],
  [["fragmint", "x"], "Usage: pnpm new"],
  [["fragment", "Not Kebab"], "Usage: pnpm new"],
  [["fragment", "core"], "the name is taken"],
])("pnpm new %j says what is wrong", (args, message) => {
  const { code, output } = node("scripts/new.ts", ...args);
  expect(output).toContain(message);
  expect(code).toBe(2);
});
