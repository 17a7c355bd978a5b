import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withSlashes } from "./paths.ts";
import { fileToRead, namesOfToolsIn, placeOf } from "./place.ts";

let above: string;
let root: string;

beforeEach(() => {
  above = withSlashes(realpathSync.native(mkdtempSync(join(tmpdir(), "personakit-place-"))));
  root = `${above}/repo`;
  for (const folder of [".git", "packages/api/src", "packages/web/.cursor", ".claude"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(`${root}/packages/api/src/x.ts`, "");
  writeFileSync(`${above}/outside.ts`, "");
  vi.spyOn(process, "cwd").mockReturnValue(root);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(above, { recursive: true });
});

const from = (cwd: string, home = false) => placeOf({ cwd, home });

test("a folder is in the repository that you are in, and its own repository may be another", () => {
  expect(from(".")).toEqual({ root, cwd: root, gitRoot: root, home: undefined });
  expect(from("packages/api", true)).toEqual({
    root,
    cwd: `${root}/packages/api`,
    gitRoot: root,
    home: withSlashes(homedir()),
  });
  mkdirSync(`${root}/packages/api/.git`);
  expect(from("packages/api")).toMatchObject({ root, gitRoot: `${root}/packages/api` });
});

test("without a repository, the folder that you are in is the outermost", () => {
  rmSync(`${root}/.git`, { recursive: true });
  expect(from("packages/api")).toEqual({ root, cwd: `${root}/packages/api`, gitRoot: undefined, home: undefined });
});

test("a folder that is not there, is a file, or lies outside of the repository is refused, also behind a link", () => {
  symlinkSync(above, `${root}/out`);
  const refused = [
    ["none", "not-found", "there is no such folder"],
    ["packages/api/src/x.ts", "not-found", "there is no such folder"],
    ["..", "outside-project", `lies outside of ${root}`],
    ["out", "outside-project", `lies outside of ${root}`],
  ] as const;
  for (const [cwd, code, problem] of refused) {
    let error: unknown;
    try {
      from(cwd);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ exitCode: 2, issues: [{ code, place: `--cwd ${cwd}`, problem }] });
  }
});

test("the file that is read starts where you are, and the likely mistake is named", () => {
  const place = from("packages/api");
  expect(fileToRead("packages/api/src/x.ts", place)).toBe(`${root}/packages/api/src/x.ts`);
  const hint = "Did you mean packages/api/src/x.ts? Paths start where you are.";
  expect(() => fileToRead("src/x.ts", place)).toThrow(
    expect.objectContaining({ issues: [expect.objectContaining({ hint })] }),
  );
  expect(() => fileToRead("src", place)).toThrow("there is no such file");
  expect(() => fileToRead("../outside.ts", place)).toThrow("lies outside of");
});

test("tools are in use where the folder or one above it in the repository shows a sign of them", () => {
  mkdirSync(`${above}/.qwen`);
  expect(namesOfToolsIn(from("packages/web"))).toEqual(["Cursor", "Claude Code"]);
  expect(namesOfToolsIn(from("."))).toEqual(["Claude Code"]);
});
