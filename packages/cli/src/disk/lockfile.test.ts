import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, definePersona, must, section } from "@personakit/core";
import { beforeEach, describe, expect, test } from "vitest";
import { formatLockfile, LOCKFILE, type Lockfile, readLockfile, recordOf } from "./lockfile.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-lockfile-"));
  return () => rmSync(folder, { recursive: true });
});

const artifact = { sha256: "0", targets: ["claude-agent"], persona: "one" };
const lockfile: Lockfile = {
  schemaVersion: 1,
  personas: { one: { fragments: {} } },
  artifacts: { "a.md": artifact },
  ejected: [],
  folders: [],
};

function read(content: unknown): Lockfile {
  writeFileSync(join(folder, LOCKFILE), typeof content === "string" ? content : JSON.stringify(content));
  return readLockfile(folder);
}

test("where there is none, nothing was written yet", () => {
  expect(readLockfile(folder)).toMatchObject({ personas: {}, artifacts: {}, ejected: [], folders: [] });
});

test("it is written sorted, so that its diff shows what has changed", () => {
  const text = formatLockfile({
    ...lockfile,
    personas: { b: { fragments: {} }, a: { fragments: {} } },
    artifacts: { "b.md": artifact, "a.md": artifact },
    ejected: ["d.md", "c.md"],
    folders: ["f", "e"],
  });
  const { personas, artifacts, ejected, folders } = JSON.parse(text);
  expect([Object.keys(personas), Object.keys(artifacts), ejected, folders]).toEqual([
    ["a", "b"],
    ["a.md", "b.md"],
    ["c.md", "d.md"],
    ["e", "f"],
  ]);
  expect(text.endsWith("}\n")).toBe(true);
});

test("it reads as it was written, also with CRLF line ends", () => {
  expect(read(formatLockfile(lockfile).replaceAll("\n", "\r\n"))).toMatchObject(lockfile);
});

test("a persona may be called what every object inherits", () => {
  expect(readLockfile(folder).personas.constructor).toBeUndefined();
  expect(read(lockfile).personas.constructor).toBeUndefined();
  const named = { ...lockfile, personas: { constructor: { fragments: { topic: "1.0.0" } } } };
  expect(read(formatLockfile(named)).personas.constructor).toEqual({ fragments: { topic: "1.0.0" } });
});

describe("a broken one is refused, with its part", () => {
  const persona = (record: unknown) => ({ ...lockfile, personas: { one: record } });
  const file = (record: unknown) => ({ ...lockfile, artifacts: { "a.md": record } });
  test.each<[problem: string, content: unknown]>([
    ["is not JSON", '{ "schemaVersion": 1, "pers'],
    ['"personas" is broken', { ...lockfile, personas: [] }],
    ['"artifacts" is broken', { ...lockfile, artifacts: undefined }],
    ['"ejected" is broken', { ...lockfile, ejected: {} }],
    ['"ejected" is broken', { ...lockfile, ejected: [1] }],
    ['"folders" is broken', { ...lockfile, folders: "src" }],
    ['the entry "a.md" is broken', file(null)],
    ['the entry "a.md" is broken', file({ ...artifact, sha256: undefined })],
    ['the entry "a.md" is broken', file({ ...artifact, persona: 1 })],
    ['the entry "a.md" is broken', file({ ...artifact, targets: "claude-agent" })],
    ['the entry "one" is broken', persona(null)],
    ['the entry "one" is broken', persona({})],
    ['the entry "one" is broken', persona({ fragments: {}, package: 1 })],
    ['the entry "one" is broken', persona({ fragments: {}, published: { rules: {} } })],
  ])("%s: %j", (problem, content) => {
    const issue = expect.objectContaining({ code: "invalid-lockfile", place: LOCKFILE, problem });
    expect(() => read(content)).toThrow(expect.objectContaining({ issues: [issue] }));
  });

  test.each([2, undefined])("schema version %s", (schemaVersion) => {
    const issue = expect.objectContaining({ code: "newer-schema" });
    expect(() => read({ ...lockfile, schemaVersion })).toThrow(expect.objectContaining({ issues: [issue] }));
  });
});

describe("the record of a persona", () => {
  const description = { does: "D.", when: "W.", notFor: "N." };
  const use = [section({ id: "own", title: "Own", rules: { a: must("A.") } })];
  const document = compile(definePersona({ id: "one", title: "T", role: "R.", description, use }));
  const published = { rules: {}, about: {} };

  test("holds its base and version", () => {
    const extended = { ...document, version: "2.0.0", extends: { id: "base", version: "1.0.0" } };
    expect(recordOf(extended, published)).toEqual({ version: "2.0.0", extends: "base@1.0.0", fragments: {} });
  });

  test("of an added one holds its package, and what it said", () => {
    expect(recordOf(document, published, { package: "@acme/one", version: "1.2.0", document: "abc" })).toEqual({
      version: "1.2.0",
      package: "@acme/one",
      document: "abc",
      fragments: {},
      published,
    });
  });
});
