import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { tarballOf } from "./tarball.testing.ts";
import { PACKAGE_LIMITS, readTarball } from "./tarball.ts";

const files = { "package.json": "{}", "skills/a/SKILL.md": "# A", "dist/index.js": "throw 1" };

test("gives the files that are asked for, and no others", async () => {
  const texts = await readTarball(await tarballOf({ files }), ["package.json", "skills/a/SKILL.md", "none.md"], "p");
  expect(Object.fromEntries(texts)).toEqual({ "package.json": "{}", "skills/a/SKILL.md": "# A" });
});

test("says what is wrong with a tarball that is cut off, or is none", async () => {
  const whole = await tarballOf({ files });
  await expect(readTarball(whole.subarray(0, -40), ["package.json"], "p")).rejects.toThrow();
  await expect(readTarball(gzipSync("no archive".repeat(100)), ["package.json"], "p")).rejects.toThrow();
});

describe("is bounded", () => {
  const many = Array.from({ length: PACKAGE_LIMITS.entries + 1 }, (_, index) => ({
    header: { name: `package/${index}`, size: 0 },
  }));
  const named = (name: string) => [{ header: { name: `package/${name}`, size: 0 } }];

  test.each([
    ["unpacks to more than 33554432 bytes", { files: { "a.bin": "\0".repeat(PACKAGE_LIMITS.unpacked) } }],
    ["package.json has more than 4194304 bytes", { files: { "package.json": " ".repeat(PACKAGE_LIMITS.file + 1) } }],
    ["has more than 10000 entries", { entries: many }],
    ["is more than 32 folders deep", { entries: named("a/".repeat(40)) }],
    ["is a path of more than 512 characters", { entries: named("a".repeat(600)) }],
  ])("%s", async (problem, parts) => {
    const issues = [{ code: "package-too-large", place: "p", problem: expect.stringContaining(problem) }];
    await expect(readTarball(await tarballOf(parts), ["package.json"], "p")).rejects.toMatchObject({ issues });
  });
});

describe("refuses what is not one file in the package", () => {
  const header = (name: string, more: object = {}) => [{ header: { name, size: 0, ...more } }];

  test.each([
    ["../../etc/cron.d/x", header("package/../../etc/cron.d/x")],
    ["/etc/passwd", header("/etc/passwd")],
    ["..\\\\x", header("package\\..\\x")],
    ["C:x", header("C:x")],
    [
      "package.json is not a regular file",
      header("package/package.json", { type: "symlink", linkname: "/etc/passwd" }),
    ],
    ["package.json is not a regular file", header("package/package.json", { type: "link", linkname: "package/a" })],
    ["package.json is in it twice", [...header("package/package.json"), ...header("other/package.json")]],
  ])("%s", async (problem, entries) => {
    const issues = [{ code: "unsafe-package", problem: expect.stringContaining(problem) }];
    await expect(readTarball(await tarballOf({ entries }), ["package.json"], "p")).rejects.toMatchObject({ issues });
  });

  test("but a link that nobody asks for is passed over", async () => {
    const entries = header("package/LICENSE", { type: "symlink", linkname: "/etc/passwd" });
    const texts = await readTarball(await tarballOf({ files, entries }), ["package.json"], "p");
    expect([...texts.keys()]).toEqual(["package.json"]);
  });
});
