import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keptByGit, revisionSource } from "./git-source.ts";
import { ScopedFiles } from "./scoped-files.ts";
import { DISK, LARGEST, type Source } from "./source.ts";

/** What lies above the repository. */
let above: string;
let root: string;

beforeEach(() => {
  above = realpathSync.native(mkdtempSync(join(tmpdir(), "personakit-files-")));
  root = `${above}/repo`;
  mkdirSync(root);
});

afterEach(() => rmSync(above, { recursive: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(`${root}/${path}`), { recursive: true });
  writeFileSync(`${root}/${path}`, content);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(`${root}/${path}`), { recursive: true });
  symlinkSync(target, `${root}/${path}`);
}

function git(...args: readonly string[]): void {
  const author = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
  const { status, stderr } = spawnSync("git", ["-C", root, ...author, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

function atHead(likely: readonly string[] = []): Source {
  git("init", "-q");
  git("add", "--all");
  git("commit", "-qm", "all");
  return revisionSource(root, "HEAD", likely);
}

function textOf(files: ScopedFiles, path: string): string | undefined {
  const file = files.file(path.startsWith("/") ? path : `${root}/${path}`);
  return file && Buffer.from(file.bytes).toString("utf8");
}

const sources: readonly [string, () => Source][] = [
  ["the disk", () => DISK],
  ["a revision", () => atHead()],
  ["a revision, read ahead", () => atHead([`${root}/docs/real.md`, `${root}/none.md`, `${root}/CLAUDE.md`])],
];

describe.each(sources)("files of %s", (_, source) => {
  test("are read, and folders are listed by name", () => {
    write("b.md", "B");
    write("a/deep/c.md", "C");
    write(".hidden.md", "H");
    const files = new ScopedFiles({ root, isOpen: false }, source());
    expect([textOf(files, "b.md"), textOf(files, "a/deep/c.md"), textOf(files, "none.md"), textOf(files, "a")]).toEqual(
      ["B", "C", undefined, undefined],
    );
    const names = (files.folder(root)?.entries ?? []).filter(({ name }) => name !== ".git");
    expect(names).toEqual([
      { name: ".hidden.md", isFolder: false },
      { name: "a", isFolder: true },
      { name: "b.md", isFolder: false },
    ]);
    expect([files.folder(`${root}/none`), files.folder(`${root}/b.md`)]).toEqual([undefined, undefined]);
    expect([files.unread, files.outside]).toEqual([[], []]);
  });

  test("are the ones that links lead to", () => {
    write("docs/real.md", "R");
    link("CLAUDE.md", "docs/real.md");
    link(".claude/rules/shared", "../../docs");
    link("docs/again.md", "./../docs/./real.md");
    const files = new ScopedFiles({ root, isOpen: false }, source());
    for (const path of ["CLAUDE.md", ".claude/rules/shared/real.md", "docs/again.md"]) {
      expect(files.file(`${root}/${path}`)?.realPath).toBe(`${root}/docs/real.md`);
      expect(textOf(files, path)).toBe("R");
    }
    expect(files.folder(`${root}/.claude/rules`)?.entries).toEqual([{ name: "shared", isFolder: true }]);
    expect(files.folder(`${root}/.claude/rules/shared`)).toMatchObject({
      realPath: `${root}/docs`,
      entries: [{ name: "again.md" }, { name: "real.md" }],
    });
  });

  test("end where links lead in circles, and the circles are named", () => {
    link("one.md", "two.md");
    link("two.md", "one.md");
    write("rules/a.md", "A");
    link("rules/up", "..");
    link("rules/other", "../other");
    link("other/back", "../rules");
    const files = new ScopedFiles({ root, isOpen: false }, source());
    expect(files.file(`${root}/one.md`)).toBeUndefined();
    const seen: string[] = [];
    const walk = (folder: string): void => {
      for (const { name, isFolder } of files.folder(folder)?.entries ?? []) {
        seen.push(`${folder}/${name}`.slice(root.length + 1));
        if (isFolder) walk(`${folder}/${name}`);
      }
    };
    walk(`${root}/rules`);
    expect(seen).toEqual(["rules/a.md", "rules/other", "rules/other/back", "rules/up"]);
    const circles = ["one.md", "rules/other/back", "rules/up"];
    expect(files.unread).toEqual(
      circles.map((path) => ({ path: `${root}/${path}`, why: "its links lead in a circle" })),
    );
  });

  test("are read up to 2 MB, whole", () => {
    write("fits.md", "f".repeat(LARGEST));
    write("large.md", "l".repeat(LARGEST + 1));
    const files = new ScopedFiles({ root, isOpen: false }, source());
    expect(textOf(files, "fits.md")).toHaveLength(LARGEST);
    expect(textOf(files, "large.md")).toBeUndefined();
    expect(files.unread).toEqual([{ path: `${root}/large.md`, why: `it is larger than ${LARGEST} bytes` }]);
  });

  test("outside of the repository are left out, also behind links, unless everything may be read", () => {
    writeFileSync(`${above}/CLAUDE.md`, "above");
    link("linked.md", "../CLAUDE.md");
    const from = source();
    const closed = new ScopedFiles({ root, isOpen: false }, from, DISK);
    expect([textOf(closed, `${above}/CLAUDE.md`), textOf(closed, "linked.md"), closed.folder(above)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(closed.outside).toEqual([above, `${above}/CLAUDE.md`, `${root}/linked.md`].sort());
    const open = new ScopedFiles({ root, isOpen: true }, from, DISK);
    expect([textOf(open, `${above}/CLAUDE.md`), textOf(open, "linked.md")]).toEqual(["above", "above"]);
    expect(open.outside).toEqual([]);
  });
});

test("what git ignores does not count where only what it keeps does", () => {
  write(".gitignore", "CLAUDE.local.md\n");
  write("CLAUDE.local.md", "L");
  write("new.md", "N");
  git("init", "-q");
  const files = new ScopedFiles({ root, isOpen: false, only: keptByGit(root) }, DISK);
  expect([textOf(files, "new.md"), textOf(files, "CLAUDE.local.md")]).toEqual(["N", undefined]);
});

test("a revision that is not there, or would be an option of git, is refused", () => {
  write("a.md", "A");
  atHead();
  for (const revision of ["none", "--output=x"])
    expect(() => revisionSource(root, revision, [])).toThrow(/(?:no such|not a) revision/);
});

test.skipIf(process.platform === "win32")(
  "pipes and what may not be read are named, and nothing waits for them",
  () => {
    spawnSync("mkfifo", [`${root}/CLAUDE.md`]);
    write("closed.md", "C");
    chmodSync(`${root}/closed.md`, 0);
    const files = new ScopedFiles({ root, isOpen: false }, DISK);
    expect(textOf(files, "CLAUDE.md")).toBeUndefined();
    expect(files.unread).toEqual([{ path: `${root}/CLAUDE.md`, why: "it is not a regular file" }]);
    // The superuser reads everything.
    if (process.getuid?.() === 0) return;
    expect(textOf(files, "closed.md")).toBeUndefined();
    expect(files.unread.at(-1)).toMatchObject({ path: `${root}/closed.md`, why: expect.stringContaining("EACCES") });
  },
);

test("a repository of endlessly many folders ends, and says so once", () => {
  const entries = ["x", "y"].map((name) => ({ name, isFolder: true, isLink: false }));
  const endless: Source = { realPath: (path) => path, bytes: () => undefined, entries: () => entries };
  const files = new ScopedFiles({ root, isOpen: false }, endless);
  let open = [root];
  for (let level = 0; level < 14; level++) {
    open = open.flatMap((folder) => files.folder(folder)?.entries.map(({ name }) => `${folder}/${name}`) ?? []);
  }
  expect(open).toEqual([]);
  expect(files.unread).toMatchObject([{ why: expect.stringMatching(/^5000 folders were looked at before it/) }]);
});
