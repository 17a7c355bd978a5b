import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { installCommand } from "./package-manager.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-manager-"));
  mkdirSync(join(folder, ".git"));
  return () => rmSync(folder, { recursive: true });
});

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
}

test.each([
  ["pnpm-lock.yaml", "pnpm add -D a b"],
  ["yarn.lock", "yarn add -D a b"],
  ["bun.lock", "bun add -d a b"],
  ["package-lock.json", "npm install --save-dev a b"],
  ["README.md", "npm install --save-dev a b"],
])("with %s at the root of the repository, packages are added by %s", (lockfile, command) => {
  write(lockfile, "");
  write("packages/web/package.json", {});
  expect(installCommand(join(folder, "packages/web"), ["a", "b"])).toBe(command);
});

test("what a manifest names already is installed, and only the others are added", () => {
  write("package.json", { packageManager: "pnpm@10.0.0", devDependencies: { a: "1" } });
  write("packages/web/package.json", { peerDependencies: { b: "1" } });
  expect(installCommand(join(folder, "packages/web"), ["a", "b"])).toBe("pnpm install");
  expect(installCommand(join(folder, "packages/web"), ["a", "c"])).toBe("pnpm add -D c");
});

test("a manifest that cannot be read is passed over", () => {
  write("package.json", "{");
  expect(installCommand(folder, ["a"])).toBe("npm install --save-dev a");
});
