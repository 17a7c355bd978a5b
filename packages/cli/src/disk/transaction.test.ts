import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { hash } from "../files/text.ts";
import type { PlannedArtifact } from "../plan/make-plan.ts";
import { type ChangedFile, comparer, isChanged, type PendingFile, readRecorded } from "./file-status.ts";
import { exclusively } from "./lock.ts";
import { LOCKFILE, type Lockfile } from "./lockfile.ts";
import { readLockfile } from "./read-lockfile.ts";
import { Stager } from "./stager.ts";
import { applyChange } from "./transaction.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-transaction-")));
  return () => rmSync(folder, { recursive: true });
});

const read = (path: string) => readFileSync(join(folder, path), "utf8");

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function files(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
}

function artifact(path: string, text: string, block?: string): PlannedArtifact {
  const made = { path, text, origins: [], persona: "one", targets: ["claude-agent"], source: "p.mjs" };
  return block === undefined ? made : { ...made, block };
}

/** Brings the folder to these artifacts and no others, as a build does. */
function build(...artifacts: readonly PlannedArtifact[]): Promise<void> {
  return buildAfter(() => {}, ...artifacts);
}

/** Whether new files are staged as they are compared. */
let isStaged = false;

/** The same, where something happens between comparing and writing. */
function buildAfter(between: () => void, ...artifacts: readonly PlannedArtifact[]): Promise<void> {
  return exclusively(folder, "build", async (held) => {
    const before = readLockfile(folder);
    const one = comparer(folder, before, { hashes: true });
    const compared = artifacts.flatMap((each) => one(each) ?? []);
    const keys = compared.map(({ key }) => key);
    const records = compared.map(({ key, sha256 = "", artifact: { targets, persona } }) => {
      const gap = before.artifacts[key]?.gap;
      return [key, { sha256, targets, persona, ...(gap === undefined ? {} : { gap }) }] as const;
    });
    const lockfile: Lockfile = {
      ...before,
      personas: artifacts.length === 0 ? {} : { one: { fragments: {} } },
      artifacts: Object.fromEntries(records),
    };
    const removals = readRecorded(folder, before, (key) => !keys.includes(key));
    const stager = new Stager(held);
    const stage = ({ artifact, key, file, before }: ChangedFile): PendingFile | undefined => {
      const { text, origins: _, ...head } = artifact;
      if (!isStaged || artifact.block !== undefined || before !== undefined) return undefined;
      return { key, file, artifact: head, state: "missing", before, ready: stager.stage({ file, text }) };
    };
    const writes = compared.filter(isChanged).map((each) => stage(each) ?? each);
    await stager.end();
    between();
    applyChange(held, before, { writes, removals, lockfile });
  });
}

describe.each([
  ["are in memory", false],
  ["are staged", true],
])("a change whose new texts %s", (_, staged) => {
  beforeEach(() => {
    isStaged = staged;
    return () => {
      isStaged = false;
    };
  });

  test("writes files, their folders and the lockfile, and leaves nothing else behind", async () => {
    await build(artifact(".claude/agents/one.md", "New.\n"));
    expect(read(".claude/agents/one.md")).toBe("New.\n");
    expect(files()).toEqual([".claude", ".claude/agents", ".claude/agents/one.md", LOCKFILE]);
    expect(readLockfile(folder)).toMatchObject({ folders: [".claude"] });
  });

  test("records one hash of each file when it is done", async () => {
    await build(artifact("a.md", "Old.\n"));
    await build(artifact("a.md", "New.\n"));
    expect(readLockfile(folder).artifacts["a.md"]).toEqual({
      sha256: hash("New.\n"),
      targets: ["claude-agent"],
      persona: "one",
    });
  });

  test("removes a file, the folders that were made for it, and an empty lockfile", async () => {
    await build(artifact(".claude/agents/one.md", "New.\n"));
    await build();
    expect(files()).toEqual([]);
  });

  test("keeps a folder that holds something of the user's, and one that was there before", async () => {
    mkdirSync(join(folder, "docs"));
    await build(artifact("docs/one.md", "New.\n"), artifact("made/one.md", "New.\n"));
    write("made/mine.md", "Mine.\n");
    await build();
    expect(files()).toEqual(["docs", "made", "made/mine.md"]);
  });

  test.each([
    ["edited", () => write("a.md", "Mine.\n")],
    ["made", () => write("b.md", "Mine.\n")],
    ["deleted", () => rmSync(join(folder, "a.md"))],
  ])("is refused as a whole when a file is %s between being compared and being written", async (_, between) => {
    await build(artifact("a.md", "Old.\n"), artifact("c.md", "Old.\n"));
    const names = files();
    const next = [artifact("a.md", "New.\n"), artifact("b.md", "New.\n"), artifact("c.md", "New.\n")];
    const issue = expect.objectContaining({ code: "changed-meanwhile" });
    await expect(buildAfter(between, ...next)).rejects.toMatchObject({ exitCode: 1, issues: [issue] });
    expect(read("c.md")).toBe("Old.\n");
    expect(files().filter((name) => !names.includes(name) && name !== "b.md")).toEqual([]);
    for (const name of ["a.md", "b.md"]) if (files().includes(name)) expect(read(name)).toMatch(/Old|Mine/);
  });

  test.skipIf(process.platform === "win32")("meets no link that appears after the comparison", async () => {
    await build(artifact("a.md", "Old.\n"), artifact("sub/b.md", "Old.\n"));
    for (const [path, target] of [
      ["a.md", "mine.md"],
      ["sub", "mine"],
    ] as const) {
      write(target.endsWith(".md") ? target : `${target}/b.md`, "Old.\n");
      const between = () => {
        rmSync(join(folder, path), { recursive: true });
        symlinkSync(target, join(folder, path));
      };
      const next = [artifact("a.md", "New.\n"), artifact("sub/b.md", "New.\n")];
      await expect(buildAfter(between, ...next)).rejects.toThrow(`${path} is a symbolic link`);
      rmSync(join(folder, path));
      write(path === "sub" ? "sub/b.md" : path, "Old.\n");
    }
    expect([read("mine.md"), read("mine/b.md")]).toEqual(["Old.\n", "Old.\n"]);
  });

  test("takes its place beside what was made meanwhile in a new folder", async () => {
    await buildAfter(
      () => write("made/mine.md", "Mine.\n"),
      artifact("made/a.md", "New.\n"),
      artifact("new/b.md", "New.\n"),
    );
    expect(files()).toEqual(["made", "made/a.md", "made/mine.md", "new", "new/b.md", LOCKFILE]);
  });

  test("is refused as a whole when a file stands in its place in a folder that was made meanwhile", async () => {
    const between = () => write("new/b/b.md", "Mine.\n");
    const next = [artifact("made/a.md", "New.\n"), artifact("new/b/b.md", "New.\n"), artifact("new/c.md", "New.\n")];
    await expect(buildAfter(between, ...next)).rejects.toMatchObject({
      issues: [{ code: "changed-meanwhile", place: "new/b/b.md" }],
    });
    expect(files()).toEqual(["new", "new/b", "new/b/b.md"]);
    expect(read("new/b/b.md")).toBe("Mine.\n");
  });

  test("that fails in the middle leaves everything as it was", async () => {
    await build(artifact("a.md", "Old.\n"), artifact("z/b.md", "Old.\n"));
    const before = [files(), read(LOCKFILE)];
    // Where a folder should go there is a file: only the last step sees it.
    const blocked = () => write("made", "Mine.\n");
    await expect(buildAfter(blocked, artifact("a.md", "New.\n"), artifact("made/c.md", "New.\n"))).rejects.toThrow();
    rmSync(join(folder, "made"));
    expect([files(), read(LOCKFILE)]).toEqual(before);
    expect([read("a.md"), read("z/b.md")]).toEqual(["Old.\n", "Old.\n"]);
  });

  test("whose record nobody could read again is not made", async () => {
    const issue = expect.objectContaining({ code: "invalid-lockfile" });
    await expect(build(artifact("a:b.md", "New.\n"))).rejects.toMatchObject({ issues: [issue] });
    expect(files()).toEqual([]);
  });

  test("refuses a read-only file before it touches any other", async () => {
    await build(artifact("a.md", "Old.\n"), artifact("b.md", "Old.\n"));
    chmodSync(join(folder, "b.md"), 0o444);
    const issue = expect.objectContaining({ code: "cannot-write", place: "b.md", problem: "is read-only" });
    await expect(build(artifact("a.md", "New.\n"), artifact("b.md", "New.\n"))).rejects.toMatchObject({
      issues: [issue],
    });
    expect(read("a.md")).toBe("Old.\n");
  });
});

describe("a block", () => {
  test.each(["# Ours", "# Ours\n", "\uFEFF# Ours\r\n\r\nRules.\r\n", "\n"])(
    "goes without a trace from %j",
    async (text) => {
      write("AGENTS.md", text);
      await build(artifact("AGENTS.md", "# T\n", "one"));
      await build(artifact("AGENTS.md", "# Other\n", "one"));
      expect(read("AGENTS.md")).toContain("# Other");
      await build();
      expect(read("AGENTS.md")).toBe(text);
    },
  );

  test("goes with the file that was made for it", async () => {
    await build(artifact("AGENTS.md", "# T\n", "one"));
    await build();
    expect(files()).toEqual([]);
  });

  test.each([
    ["oldest first", ["one", "two", "three"]],
    ["newest first", ["three", "two", "one"]],
    ["from the middle", ["two", "one", "three"]],
  ])("goes without a trace beside others, taken away %s", async (_, order) => {
    for (const text of ["# Ours\n", "# Ours", "# Ours\r\n\r\n"]) {
      write("AGENTS.md", text);
      let blocks = ["one", "two", "three"].map((name) => artifact("AGENTS.md", `# ${name}\n`, name));
      await build(...blocks);
      for (const name of order) {
        blocks = blocks.filter(({ block }) => block !== name);
        await build(...blocks);
        expect(read("AGENTS.md").match(/\n\r?\n\r?\n/)).toBeNull();
      }
      expect(read("AGENTS.md")).toBe(text);
    }
  });

  test.each([
    ["# Mine\n", ["one", "two"]],
    ["# Mine\n", ["two", "one"]],
    ["# Mine", ["one", "two"]],
    ["", ["two", "one"]],
  ])("goes from %j also where a checkout has turned its line ends into CRLF, taken away as %j", async (text, order) => {
    if (text !== "") write("AGENTS.md", text);
    let blocks = ["one", "two"].map((name) => artifact("AGENTS.md", `# ${name}\n`, name));
    await build(...blocks);
    write("AGENTS.md", read("AGENTS.md").replaceAll("\n", "\r\n"));
    for (const name of order) {
      blocks = blocks.filter(({ block }) => block !== name);
      await build(...blocks);
    }
    expect(files().includes("AGENTS.md") ? read("AGENTS.md") : "").toBe(text.replaceAll("\n", "\r\n"));
  });

  test("leaves the line end of what was written right above it", async () => {
    write("AGENTS.md", "# Ours\n");
    await build(artifact("AGENTS.md", "# T\n", "one"));
    write("AGENTS.md", read("AGENTS.md").replace("\n\n<!--", "\n\nMine.\n<!--"));
    await build();
    expect(read("AGENTS.md")).toBe("# Ours\n\nMine.\n");
  });

  test("goes together with all others at once, and with the file that was made for them", async () => {
    const blocks = ["one", "two"].map((name) => artifact("AGENTS.md", `# ${name}\n`, name));
    write("AGENTS.md", "# Ours\n");
    await build(...blocks);
    await build();
    expect(read("AGENTS.md")).toBe("# Ours\n");
    rmSync(join(folder, "AGENTS.md"));
    await build(...blocks);
    await build(blocks[1] as PlannedArtifact);
    expect(read("AGENTS.md").startsWith("<!--")).toBe(true);
    await build();
    expect(files()).toEqual([]);
  });

  test("is found below a byte order mark that an editor has put before it", async () => {
    await build(artifact("AGENTS.md", "# T\n", "one"));
    write("AGENTS.md", `\uFEFF${read("AGENTS.md")}`);
    await build(artifact("AGENTS.md", "# Other\n", "one"));
    expect(read("AGENTS.md").startsWith("\uFEFF<!-- personakit:begin one -->\n# Other\n")).toBe(true);
    await build();
    expect(files()).toEqual([]);
  });

  test("leaves an empty file of the user's where it was", async () => {
    write("AGENTS.md", "");
    await build(artifact("AGENTS.md", "# T\n", "one"));
    await build();
    expect(read("AGENTS.md")).toBe("");
  });

  test("goes from a file that was made for it and holds text of the user's since", async () => {
    await build(artifact("AGENTS.md", "# T\n", "one"));
    write("AGENTS.md", `${read("AGENTS.md")}Mine.\n`);
    await build();
    expect(read("AGENTS.md")).toBe("Mine.\n");
  });
});
