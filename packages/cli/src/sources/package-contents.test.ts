import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openFolder, openTarball } from "./package-contents.ts";

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "personakit-contents-"));
  folder = join(root, "package");
  mkdirSync(folder);
});

const write = (manifest: object) => writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
const read = async (path: string) => (await openFolder(folder, "p")).read([path]);

test.each([
  [{ name: "@acme/one" }, "there is no name and version in it"],
  [{ name: "one\n::warning::", version: "1.0.0" }, "its name is not one that a package can have"],
  [{ name: "../one", version: "1.0.0" }, "its name is not one that a package can have"],
  [{ name: "one", version: "latest" }, "its version is not a semantic version"],
  [{ name: "one", version: "v1.0.0" }, "its version is not a semantic version"],
  [{ name: "one", version: "1.0.0 \n" }, "its version is not a semantic version"],
])("a package.json of %j is refused", async (manifest, problem) => {
  write(manifest);
  await expect(openFolder(folder, "p")).rejects.toMatchObject({ issues: [{ code: "not-a-package", problem }] });
});

describe("a folder's file", () => {
  beforeEach(() => write({ name: "one", version: "1.0.0" }));

  test("may be behind a link inside of the package, and the package behind one too", async () => {
    writeFileSync(join(folder, "real.json"), "1");
    symlinkSync("real.json", join(folder, "document.json"));
    symlinkSync(folder, join(root, "linked"), "junction");
    const contents = await openFolder(join(root, "linked"), "p");
    expect([...(await contents.read(["document.json"]))]).toEqual([["document.json", "1"]]);
  });

  test("is not read through a link that leads out of the package", async () => {
    writeFileSync(join(root, "secret.json"), "1");
    symlinkSync("../secret.json", join(folder, "document.json"));
    await expect(read("document.json")).rejects.toThrow("document.json is a link that leads out of the package");
  });

  test("is not read where it is larger than a package's file may be", async () => {
    writeFileSync(join(folder, "document.json"), "");
    truncateSync(join(folder, "document.json"), 2 ** 40);
    await expect(read("document.json")).rejects.toThrow("document.json has more than 4194304 bytes");
  });

  test("counts towards what all of them may have", async () => {
    const paths = Array.from({ length: 9 }, (_, index) => `${index}.md`);
    for (const path of paths) writeFileSync(join(folder, path), "a".repeat(2 ** 22));
    const contents = await openFolder(folder, "p");
    expect((await contents.read([...paths.slice(1), ...paths.slice(1)])).size).toBe(8);
    await expect(contents.read(paths)).rejects.toThrow("has more than 33554432 bytes to read");
  });

  test.skipIf(process.platform === "win32")("is not waited for where it is a named pipe", async () => {
    execFileSync("mkfifo", [join(folder, "document.json")]);
    await expect(read("document.json")).rejects.toThrow("document.json is not a regular file");
  });
});

test("a tarball that is larger than a package may be is not read", async () => {
  const file = join(root, "large.tgz");
  writeFileSync(file, "");
  truncateSync(file, 2 ** 40);
  await expect(openTarball(file, "large.tgz")).rejects.toThrow("has more than 10485760 bytes");
});
