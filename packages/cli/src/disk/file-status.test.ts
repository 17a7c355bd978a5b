import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { hash } from "../files/text.ts";
import type { PlannedArtifact } from "../plan/make-plan.ts";
import { withBlock } from "./block.ts";
import { type ComparedFile, comparer, oversizedFiles, readRecorded } from "./file-status.ts";
import type { ArtifactRecord, Lockfile } from "./lockfile.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-status-")));
  return () => rmSync(folder, { recursive: true });
});

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const artifact: PlannedArtifact = {
  path: "a.md",
  text: "New.\n",
  origins: [],
  persona: "one",
  targets: ["claude-agent"],
  source: "p.mjs",
};
const block: PlannedArtifact = { ...artifact, path: "AGENTS.md", block: "one" };

function lockfileWith(artifacts: Lockfile["artifacts"], ejected: readonly string[] = []): Lockfile {
  return { schemaVersion: 1, personas: {}, artifacts, ejected, folders: [] };
}

/** Compares artifacts one after the other. */
function compare(at: string, artifacts: readonly PlannedArtifact[], lockfile: Lockfile): ComparedFile[] {
  const one = comparer(at, lockfile);
  return artifacts.flatMap((each) => one(each) ?? []);
}

const recordOf = (text: string, more: Partial<ArtifactRecord> = {}): ArtifactRecord => ({
  sha256: hash(text),
  targets: ["claude-agent"],
  persona: "one",
  ...more,
});

describe("a file", () => {
  test.each([
    ["current", "New.\n", undefined],
    ["current", "New.\r\n", recordOf("New.\n")],
    ["missing", undefined, recordOf("New.\n")],
    ["stale", "Old.\n", recordOf("Old.\n")],
    ["stale", "Old.\r\n", recordOf("Old.\n")],
    ["edited", "Mine.\n", recordOf("Old.\n")],
    ["foreign", "Somebody's.\n", undefined],
  ] as const)("is %s with %j on disk and the record %j", (state, text, record) => {
    if (text !== undefined) write("a.md", text);
    const [compared] = compare(folder, [artifact], lockfileWith(record === undefined ? {} : { "a.md": record }));
    expect(compared?.state).toBe(state);
  });

  test("shows what stands there only where it differs, with LF line ends", () => {
    write("a.md", "Mine.\r\n");
    expect(compare(folder, [artifact], lockfileWith({}))).toMatchObject([{ found: "Mine.\n" }]);
    write("a.md", "New.\r\n");
    expect(compare(folder, [artifact], lockfileWith({}))[0]).not.toHaveProperty("found");
  });

  test("that was ejected is left out", () => {
    expect(compare(folder, [artifact], lockfileWith({}, ["a.md"]))).toEqual([]);
  });

  test("that is not UTF-8 is refused: its bytes would be lost", () => {
    write("a.md", Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    expect(() => compare(folder, [artifact], lockfileWith({}))).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ code: "cannot-read" })] }),
    );
  });

  test("that leads out of the project is refused", () => {
    expect(() => compare(folder, [{ ...artifact, path: "../a.md" }], lockfileWith({}))).toThrow("leads out");
  });
});

describe.skipIf(process.platform === "win32")("a link in the place of a file, or of a folder above it", () => {
  test("is refused where it leads out of the project", () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), "personakit-outside-")));
    writeFileSync(join(outside, "a.md"), "New.\n");
    symlinkSync(join(outside, "a.md"), join(folder, "a.md"));
    expect(() => compare(folder, [artifact], lockfileWith({}))).toThrow("a.md is a symbolic link");
    symlinkSync(outside, join(folder, "docs"));
    const below = { ...artifact, path: "docs/a.md" };
    for (const each of [below, { ...below, path: "docs/b.md" }])
      expect(() => compare(folder, [each], lockfileWith({}))).toThrow("docs is a symbolic link");
    rmSync(outside, { recursive: true });
  });

  test("is followed where it stays in the project", () => {
    write("elsewhere/deep/a.md", "New.\n");
    symlinkSync("elsewhere/deep/a.md", join(folder, "a.md"));
    symlinkSync("elsewhere", join(folder, "docs"));
    const file = join(folder, "elsewhere/deep/a.md");
    const below = { ...artifact, path: "docs/deep/a.md" };
    expect(compare(folder, [artifact, below], lockfileWith({}))).toMatchObject([
      { state: "current", file },
      { state: "current", file },
    ]);
    const missing = { ...artifact, path: "docs/deep/b.md" };
    expect(compare(folder, [missing], lockfileWith({}))).toMatchObject([
      { state: "missing", file: join(folder, "elsewhere/deep/b.md") },
    ]);
  });

  test("is refused where it gives a file of ours another name, and not where it holds a block", () => {
    write("elsewhere/other.md", "New.\n");
    symlinkSync("elsewhere/other.md", join(folder, "a.md"));
    expect(() => compare(folder, [artifact], lockfileWith({}))).toThrow("a file with another name");
    expect(compare(folder, [{ ...block, path: "a.md" }], lockfileWith({}))).toMatchObject([{ state: "missing" }]);
  });
});

describe("a block", () => {
  test.each([
    ["missing", "# Ours\n"],
    ["current", withBlock("# Ours\n", "one", "New.\n", "AGENTS.md")],
    ["current", withBlock("# Ours\r\n", "one", "New.\n", "AGENTS.md")],
    ["stale", withBlock("# Ours, changed\n", "one", "Old.\n", "AGENTS.md")],
    ["edited", withBlock("# Ours\n", "one", "Mine.\n", "AGENTS.md")],
  ])("is %s in %j, whatever stands around it", (state, text) => {
    write("AGENTS.md", text);
    const record = { "AGENTS.md#one": recordOf("Old.\n") };
    expect(compare(folder, [block], lockfileWith(record))).toMatchObject([{ state }]);
  });
});

describe("a recorded file", () => {
  test.each([
    ["untouched", "Old.\n"],
    ["untouched", "Old.\r\n"],
    ["edited", "Mine.\n"],
    ["gone", undefined],
  ])("is %s with %j on disk", (state, text) => {
    if (text !== undefined) write("a.md", text);
    const recorded = readRecorded(folder, lockfileWith({ "a.md": recordOf("Old.\n") }), () => true);
    expect(recorded).toMatchObject([{ key: "a.md", state }]);
  });

  test("is looked at only where it is asked for", () => {
    const lockfile = lockfileWith({ "a.md": recordOf("A."), "b.md": recordOf("B.", { persona: "two" }) });
    const recorded = readRecorded(folder, lockfile, (_, { persona }) => persona === "two");
    expect(recorded.map(({ key }) => key)).toEqual(["b.md"]);
  });
});

describe("a file that its tool reads only in part", () => {
  const limited = (name: string, text: string): PlannedArtifact => ({
    ...block,
    text,
    persona: name,
    block: name,
    fileLimit: { bytes: 200, beyond: "the tool cuts" },
  });
  const over = (...artifacts: readonly PlannedArtifact[]) =>
    oversizedFiles(compare(folder, artifacts, lockfileWith({})));

  test("is found with what is the user's in it", () => {
    write("AGENTS.md", `${"x".repeat(150)}\n`);
    const size = Buffer.byteLength(withBlock(`${"x".repeat(150)}\n`, "one", "New.\n", "AGENTS.md"));
    expect(over(limited("one", "New.\n"))).toMatchObject([
      {
        path: "AGENTS.md",
        problem: `would have ${size} bytes; above 200 the tool cuts`,
        hint: "Personas in it: one (5).",
      },
    ]);
  });

  test("counts all blocks in it, in bytes", () => {
    expect(over(limited("one", `${"é".repeat(40)}\n`))).toEqual([]);
    const found = over(limited("one", `${"é".repeat(40)}\n`), limited("two", "New.\n"));
    expect(found).toMatchObject([{ hint: "Personas in it: one (81), two (5)." }]);
  });

  test("is none where there is no limit", () => {
    write("AGENTS.md", "x".repeat(1000));
    expect(over(block)).toEqual([]);
  });
});
