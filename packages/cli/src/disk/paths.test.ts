import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
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
