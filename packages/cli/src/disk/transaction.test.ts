import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { PlannedArtifact } from "../plan/make-plan.ts";
import { compare, readRecorded } from "./file-status.ts";
import { LOCKFILE, type Lockfile, readLockfile } from "./lockfile.ts";
import { hash } from "./text.ts";
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
function build(...artifacts: readonly PlannedArtifact[]): void {
  const before = readLockfile(folder);
  const compared = compare(folder, artifacts, before);
  const keys = compared.map(({ key }) => key);
  const records = compared.map(({ key, artifact: { text, targets, persona } }) => {
    return [key, { sha256: hash(text), targets, persona }] as const;
  });
  const lockfile: Lockfile = {
    ...before,
    personas: artifacts.length === 0 ? {} : { one: { fragments: {} } },
    artifacts: Object.fromEntries(records),
  };
  applyChange(folder, before, {
    writes: compared.filter(({ state }) => state !== "current"),
    removals: readRecorded(folder, before, (key) => !keys.includes(key)),
    lockfile,
  });
}

describe("a change", () => {
  test("writes files, their folders and the lockfile, and leaves nothing else behind", () => {
    build(artifact(".claude/agents/one.md", "New.\n"));
    expect(read(".claude/agents/one.md")).toBe("New.\n");
    expect(files()).toEqual([".claude", ".claude/agents", ".claude/agents/one.md", LOCKFILE]);
    expect(readLockfile(folder)).toMatchObject({ folders: [".claude"] });
  });

  test("records one hash of each file when it is done", () => {
    build(artifact("a.md", "Old.\n"));
    build(artifact("a.md", "New.\n"));
    expect(readLockfile(folder).artifacts["a.md"]).toEqual({
      sha256: hash("New.\n"),
      targets: ["claude-agent"],
      persona: "one",
    });
  });

  test("removes a file, the folders that were made for it, and an empty lockfile", () => {
    build(artifact(".claude/agents/one.md", "New.\n"));
    build();
    expect(files()).toEqual([]);
  });

  test("keeps a folder that holds something of the user's, and one that was there before", () => {
    mkdirSync(join(folder, "docs"));
    build(artifact("docs/one.md", "New.\n"), artifact("made/one.md", "New.\n"));
    write("made/mine.md", "Mine.\n");
    build();
    expect(files()).toEqual(["docs", "made", "made/mine.md"]);
  });

  test("clears what a killed process has left beside its files", () => {
    build(artifact("a.md", "Old.\n"));
    write(".a.md.personakit", "half");
    write(".personakit.pid", "999999999");
    build(artifact("a.md", "Old.\n"));
    expect(files()).toEqual(["a.md", LOCKFILE]);
  });

  test("is refused while another process writes here", () => {
    // The process that runs this test's.
    write(".personakit.pid", String(process.ppid));
    const issue = expect.objectContaining({ code: "cannot-write" });
    expect(() => build(artifact("a.md", "New.\n"))).toThrow(expect.objectContaining({ issues: [issue] }));
    expect(existsSync(join(folder, "a.md"))).toBe(false);
  });

  test("that fails in the middle leaves each file known as ours", () => {
    build(artifact("a.md", "Old.\n"), artifact("b.md", "Old.\n"));
    mkdirSync(join(folder, ".b.md.personakit"));
    expect(() => build(artifact("a.md", "New.\n"), artifact("b.md", "New.\n"))).toThrow();
    const states = compare(
      folder,
      ["a.md", "b.md"].map((path) => artifact(path, "Newer.\n")),
      readLockfile(folder),
    );
    expect(states.map(({ state, found }) => [state, found])).toEqual([
      ["stale", "New.\n"],
      ["stale", "Old.\n"],
    ]);
  });
});

describe("a block", () => {
  test.each(["# Ours", "# Ours\n", "\uFEFF# Ours\r\n\r\nRules.\r\n", "\n"])("goes without a trace from %j", (text) => {
    write("AGENTS.md", text);
    build(artifact("AGENTS.md", "# T\n", "one"));
    build(artifact("AGENTS.md", "# Other\n", "one"));
    expect(read("AGENTS.md")).toContain("# Other");
    build();
    expect(read("AGENTS.md")).toBe(text);
  });

  test("goes with the file that was made for it", () => {
    build(artifact("AGENTS.md", "# T\n", "one"));
    build();
    expect(files()).toEqual([]);
  });

  test("leaves an empty file of the user's where it was", () => {
    write("AGENTS.md", "");
    build(artifact("AGENTS.md", "# T\n", "one"));
    build();
    expect(read("AGENTS.md")).toBe("");
  });

  test("goes from a file that was made for it and holds text of the user's since", () => {
    build(artifact("AGENTS.md", "# T\n", "one"));
    write("AGENTS.md", `${read("AGENTS.md")}Mine.\n`);
    build();
    expect(read("AGENTS.md")).toBe("Mine.\n");
  });
});
