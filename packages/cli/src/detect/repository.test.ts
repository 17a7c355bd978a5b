import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { lookAt } from "./repository.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-repository-"));
  return () => rmSync(folder, { recursive: true });
});

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
}

test("the dependencies of a workspace are those of all its packages, sorted", () => {
  write("package.json", { devDependencies: { vitest: "1" } });
  write("apps/web/package.json", { dependencies: { next: "1", vitest: "1" } });
  write("packages/db/package.json", { dependencies: { "@prisma/client": "1" } });
  write("packages/readme.txt", "");
  const { dependencies, uses } = lookAt(folder);
  expect(dependencies).toEqual(["@prisma/client", "next", "vitest"]);
  expect(uses).toEqual({ framework: ["next"], "test runner": ["vitest"], ORM: ["@prisma/client"] });
});

test.each([
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["package-lock.json", "npm"],
])("%s means %s, whatever the manifest declares", (lockfile, packageManager) => {
  write("package.json", { packageManager: lockfile === "yarn.lock" ? "npm@10.0.0" : "yarn@4.1.0" });
  write(lockfile, "");
  expect(lookAt(folder)).toMatchObject({ packageManager });
});

test.each([
  ["yarn@4.1.0", "yarn"],
  ["vlt@1.0.0", undefined],
  [undefined, undefined],
])("without a lockfile, packageManager %o means %o", (declared, packageManager) => {
  write("package.json", { packageManager: declared });
  expect(lookAt(folder).packageManager).toBe(packageManager);
});

test.each([
  ["module", true],
  ["commonjs", false],
  [undefined, false],
])("type %o: files are ES modules %o", (type, isModule) => {
  write("package.json", { type });
  expect(lookAt(folder).isModule).toBe(isModule);
});

test("without a package.json there is nothing to look at", () => {
  const issue = expect.objectContaining({ code: "no-package-json" });
  expect(() => lookAt(folder)).toThrow(expect.objectContaining({ issues: [issue] }));
});

test.each(["package.json", "packages/db/package.json"])("%s that is not JSON is named", (path) => {
  write("package.json", {});
  write(path, "{");
  const issue = expect.objectContaining({ code: "not-a-package", place: path });
  expect(() => lookAt(folder)).toThrow(expect.objectContaining({ issues: [issue] }));
});
