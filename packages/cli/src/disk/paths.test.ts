import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileOf, pathInside, projectPath } from "./paths.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-paths-")));
mkdirSync(join(folder, "real"));
writeFileSync(join(folder, "real/file.md"), "");
symlinkSync(join(folder, "real"), join(folder, "linked"), "junction");
symlinkSync(join(folder, "nowhere"), join(folder, "dangling"), "junction");

test.each(["a.md", "new/deep/a.md", "real/file.md", "..name/a.md"])("%s is inside of the folder", (path) => {
  expect(pathInside(folder)(path)).toBe(join(folder, path));
});

test.each(["../x.md", "a/../../x.md", "..", ".", "", join(tmpdir(), "x.md")])("%j leads out of it", (path) => {
  const issue = { code: "outside-project", place: path, problem: "leads out of the project" };
  expect(() => pathInside(folder)(path)).toThrow(expect.objectContaining({ issues: [issue] }));
});

test.each([
  ["linked/file.md", "linked is a symbolic link (to REAL)"],
  ["linked", "linked is a symbolic link (to REAL)"],
  ["dangling/file.md", "dangling is a symbolic link (to nothing)"],
])("%s goes through a link, which is refused", (path, problem) => {
  const issue = { code: "outside-project", place: path, problem: problem.replace("REAL", join(folder, "real")) };
  expect(() => pathInside(folder)(path)).toThrow(expect.objectContaining({ issues: [expect.objectContaining(issue)] }));
});

test("a link is refused also after its folder was looked at", () => {
  const inside = pathInside(folder);
  inside("a.md");
  expect(() => inside("linked/a.md")).toThrow("symbolic link");
});

test("a path of the project and its file lead to each other", () => {
  expect(projectPath(folder, fileOf(folder, "sub/a.md"))).toBe("sub/a.md");
});

describe("a link that is followed", () => {
  const at = (path: string) => pathInside(folder, "follow")(path);
  mkdirSync(join(folder, ".git"));
  symlinkSync(join(folder, ".git"), join(folder, "hooks"), "junction");
  symlinkSync(folder, join(folder, "self"), "junction");
  symlinkSync(tmpdir(), join(folder, "out"), "junction");

  test.each([
    ["linked/file.md", "real/file.md"],
    ["linked/new/file.md", "real/new/file.md"],
    ["self/linked/file.md", "real/file.md"],
    ["real/file.md", "real/file.md"],
  ])("%s is %s", (path, place) => {
    expect(at(path)).toBe(join(folder, place));
  });

  test.each(["dangling/a.md", "hooks/a.md", "out/a.md", "self/out/a.md", "self/.git/a.md"])("%s is refused", (path) => {
    expect(() => at(path)).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ place: path })] }));
  });
});

test("a file in the place of a folder is named", () => {
  expect(() => pathInside(folder)("real/file.md/deep/a.md")).toThrow(
    "real/file.md is a file, but a folder is needed here",
  );
});
