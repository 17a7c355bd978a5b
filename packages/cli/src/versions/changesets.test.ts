import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { changesetFor, readPending } from "./changesets.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "personakit-changesets-"));
  mkdirSync(join(root, ".changeset"));
  write("config.json", "{}");
  return () => rmSync(root, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(root, ".changeset", name), text);
}

const changeset = (...bumps: readonly string[]) => `---\n${bumps.join("\n")}\n---\n\nText.\n`;

test("the greatest of a package's bumps is what is promised", () => {
  write("a.md", changeset('"@acme/one": patch', '"@acme/two": major'));
  write("b.md", changeset('"@acme/one": minor', '"@acme/two": minor'));
  const pending = readPending(root);
  expect(pending.get("@acme/one")).toEqual({ bump: "minor", onlyOurs: false });
  expect(pending.get("@acme/two")).toEqual({ bump: "major", onlyOurs: false });
});

test("a README, and a package that is not released, promise nothing", () => {
  write("README.md", changeset('"@acme/two": major'));
  write("a.md", changeset('"@acme/one": none'));
  expect([...readPending(root)]).toEqual([]);
});

/** Writes a changeset of ours, as semver does. */
function writeOurs(...given: Parameters<typeof changesetFor>): void {
  const { path, text } = changesetFor(...given);
  writeFileSync(join(root, path), text);
}

test("what we have written is known as ours, until somebody adds to it", () => {
  writeOurs("@acme/one", "minor", "Text.");
  expect(readPending(root).get("@acme/one")).toEqual({ bump: "minor", onlyOurs: true });
  write("mine.md", changeset('"@acme/one": patch'));
  expect(readPending(root).get("@acme/one")).toEqual({ bump: "minor", onlyOurs: false });
});

test("the changeset of a package takes the place of its earlier one", () => {
  writeOurs("@acme/one", "patch", "First.");
  writeOurs("@acme/one", "major", "Second.");
  expect(readdirSync(join(root, ".changeset")).sort()).toEqual(["config.json", "rules-of-acme-one.md"]);
  const text = readFileSync(join(root, ".changeset/rules-of-acme-one.md"), "utf8");
  expect(text).toBe('---\n"@acme/one": major\n---\n\nSecond.\n');
});

test("a repository without changesets is told how to begin", () => {
  rmSync(join(root, ".changeset/config.json"));
  const issue = expect.objectContaining({ code: "no-changesets", hint: "Run changeset init first." });
  expect(() => readPending(root)).toThrow(expect.objectContaining({ issues: [issue] }));
});

test("a file that is not a changeset is named", () => {
  const path = join(root, ".changeset/a.md");
  write("a.md", "---\n: [\n---\n");
  const issue = expect.objectContaining({ code: "no-changesets", place: path, problem: "is not a changeset" });
  expect(() => readPending(root)).toThrow(expect.objectContaining({ issues: [issue] }));
});
