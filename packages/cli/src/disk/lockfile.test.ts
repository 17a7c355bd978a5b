import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, definePersona, must, section } from "@personakit/core";
import { beforeEach, describe, expect, test } from "vitest";
import { formatLockfile, LOCKFILE, type Lockfile, recordOf } from "./lockfile.ts";
import { readLockfile } from "./read-lockfile.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-lockfile-"));
  return () => rmSync(folder, { recursive: true });
});

const artifact = { sha256: "0".repeat(64), targets: ["claude-agent"], persona: "one" };
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

describe("one that the command has not written is refused, with the place", () => {
  const persona = (record: unknown) => ({ ...lockfile, personas: { one: record } });
  const file = (record: unknown) => ({ ...lockfile, artifacts: { "a.md": record } });
  const at = (key: string) => ({ ...lockfile, artifacts: { [key]: artifact } });
  test.each<[problem: string, content: unknown]>([
    ["is not JSON", '{ "schemaVersion": 1, "pers'],
    ["personas", { ...lockfile, personas: [] }],
    ["artifacts", { ...lockfile, artifacts: undefined }],
    ["ejected", { ...lockfile, ejected: {} }],
    ["ejected.0", { ...lockfile, ejected: [1] }],
    ["folders", { ...lockfile, folders: "src" }],
    ["Unrecognized key", { ...lockfile, scripts: {} }],
    ['artifacts["a.md"]', file(null)],
    ['artifacts["a.md"].sha256', file({ ...artifact, sha256: undefined })],
    ['artifacts["a.md"].sha256', file({ ...artifact, sha256: "0" })],
    ['artifacts["a.md"].persona', file({ ...artifact, persona: 1 })],
    ['artifacts["a.md"].persona', file({ ...artifact, persona: "../one" })],
    ['artifacts["a.md"].targets', file({ ...artifact, targets: "claude-agent" })],
    ['artifacts["a.md"].targets.0: expected kebab-case', file({ ...artifact, targets: ["./evil.mjs"] })],
    ['artifacts["a.md"].gap: expected line ends', file({ ...artifact, gap: "Mine." })],
    ["personas.one", persona(null)],
    ["personas.one.fragments", persona({})],
    ["personas.one.package", persona({ fragments: {}, package: 1 })],
    ["personas.one.package", persona({ fragments: {}, package: "git+https://example.com/x.git" })],
    ["personas.one.package", persona({ fragments: {}, package: "github:acme/x" })],
    ["personas.one.package", persona({ fragments: {}, package: "-x" })],
    ["personas.one.version", persona({ fragments: {}, version: "1.0.0\n::warning::" })],
    [
      "personas.one.published.rules.own: expected rules with hashes",
      persona({ fragments: {}, published: { rules: { own: "must: A." }, about: "" } }),
    ],
    ["personas.one.published.about", persona({ fragments: {}, published: { rules: {} } })],
    ["artifacts", at("../x.md")],
    ["artifacts", at("/etc/passwd")],
    ["artifacts", at("a/../../x.md")],
    ["artifacts", at(".git/HEAD")],
    ["artifacts", at("sub/.GIT/config")],
    ["artifacts", at("C:/x.md")],
    ["artifacts", at("a\\b.md")],
    ["artifacts", at("a\0.md")],
    ["artifacts", at("")],
    ["artifacts", at("a.md#../one")],
    ["folders.0: expected a path in the project", { ...lockfile, folders: ["../elsewhere"] }],
    ["folders.0: expected a path in the project", { ...lockfile, folders: [".git"] }],
  ])("%s: %j", (problem, content) => {
    const issue = expect.objectContaining({
      code: "invalid-lockfile",
      place: LOCKFILE,
      problem: expect.stringContaining(problem),
    });
    expect(() => read(content)).toThrow(expect.objectContaining({ issues: expect.arrayContaining([issue]) }));
  });

  test("by its schema version, where a later version of the command has written it", () => {
    const issue = expect.objectContaining({ code: "newer-schema" });
    expect(() => read({ ...lockfile, schemaVersion: 2 })).toThrow(expect.objectContaining({ issues: [issue] }));
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
      published: { rules: {}, about: "" },
    });
  });
});
