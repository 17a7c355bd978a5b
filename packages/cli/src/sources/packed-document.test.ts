import type { Document } from "@personakit/core";
import { entriesOf } from "@personakit/core/internal";
import { describe, expect, test } from "vitest";
import { loadUnits } from "../../../../scripts/units.ts";
import { personaFiles } from "./package-files.ts";
import { type PackageFile, type PackedDocument, packDocument, unpackDocument } from "./packed-document.ts";

const LEFT_OUT = ["why", "evidence", "enforcedBy"];
const SKILL = "skills/one/SKILL.md";
const PLACE = "@acme/one";

const { personas, fragments } = await loadUnits();
// Fragments too: a repository without personas has them, and each compiles alone.
const documents: readonly Document[] = [...personas, ...fragments].map(({ document }) => document);

const bare = (document: Document): unknown =>
  JSON.parse(JSON.stringify(document, (key, value) => (LEFT_OUT.includes(key) ? undefined : value)));

function unpack(packed: unknown, files: readonly PackageFile[]): Document {
  const read = (path: string) => files.find((file) => file.path === path)?.text ?? "";
  return unpackDocument(packed as PackedDocument, read, PLACE);
}

test.each(documents.map((document) => [document.id, document] as const))("%s comes back whole", (_, document) => {
  const files = personaFiles(document, "document.json");
  const packed = files.at(-1)?.text ?? "";
  expect(unpack(JSON.parse(packed), files)).toEqual(bare(document));
});

const text = "Bind every value in SQL through a parameter, never through a template.";
const origin = { unit: "own" };
const document = {
  kind: "document",
  schemaVersion: 1,
  id: "one",
  title: "T",
  description: "D.",
  triggers: [],
  examples: [],
  role: "R.",
  mcpServers: [],
  sections: [
    {
      title: "Own",
      list: "bullets",
      origin,
      entries: [{ kind: "rule", strength: "must", text, origin: { ...origin, rule: "a" } }],
    },
  ],
  references: [],
  decisions: {},
  dropped: [],
} satisfies Document;
const files = [{ path: SKILL, text: `- ${text} What follows it.\n` }];
const packed = packDocument(document, files);

test("a rule's dates stay with it, its other notes do not", () => {
  const dates = { reviewed: "2026-11", endOfLife: { subject: "Acme 2", date: "2027-01-31" } };
  const withNotes = (notes: object): Document => ({
    ...document,
    sections: document.sections.map((each) => ({
      ...each,
      entries: each.entries.map((entry) => ({ ...entry, ...notes })),
    })),
  });
  const repacked = packDocument(withNotes({ ...dates, why: "W." }), files);
  expect(unpack(repacked, files)).toEqual(withNotes(dates));
});

test("a text that a file says is not said again", () => {
  expect(JSON.stringify(packed)).not.toContain(text);
  expect(unpack(packed, files)).toEqual(document);
});

test("a text that no file says stays in the document", () => {
  const alone = packDocument(document, []);
  expect(JSON.stringify(alone)).toContain(text);
  expect(unpack(alone, [])).toEqual(document);
});

test("an entry of another origin than its section's keeps it", () => {
  const [section] = document.sections;
  const moved = entriesOf(document).map((entry) => ({
    ...entry,
    origin: { unit: "other", version: "1.0.0", rule: "b" },
  }));
  const changed = { ...document, sections: [{ ...section, entries: moved }] } as Document;
  expect(unpack(packDocument(changed, files), files)).toEqual(changed);
});

describe("what is not as it was packed is refused", () => {
  const inPlace = (place: unknown) => ({ ...packed, document: { ...(packed.document as object), role: { $: place } } });
  const ofFile = (path: string) => ({ ...packed, files: [{ path, sha256: packed.files[0]?.sha256 }] });
  test.each<[name: string, packed: unknown, problem: string]>([
    ["a place in no file", inPlace([9, 0, 3]), "a text of the compiled persona is not where it says"],
    ["a place before its file", inPlace([0, -9, 3]), "a text of the compiled persona is not where it says"],
    ["a place behind its file", inPlace([0, 0, 9999]), "a text of the compiled persona is not where it says"],
    ["a length without end", inPlace([0, 0, 1e99]), "a text of the compiled persona is not where it says"],
    ["another text of the file", inPlace([0, 0, 3]), "the compiled persona is not as it was packed"],
    ["a document that was changed", { ...packed, sha256: "0" }, "the compiled persona is not as it was packed"],
    ["a path out of the package", ofFile("../../../etc/passwd"), "this is not a packed document"],
    ["an absolute path", ofFile("/etc/passwd"), "this is not a packed document"],
    ["a path with .. inside", ofFile("skills/../../x"), "this is not a packed document"],
    ["files that are none", { ...packed, files: "abc" }, "this is not a packed document"],
    ["another kind", { ...packed, kind: "document" }, "this is not a packed document"],
    ["null", null, "this is not a packed document"],
    [
      "no document",
      { ...packed, document: null },
      "this is not a valid compiled persona: Invalid input: expected object, received null",
    ],
  ])("%s", (_, changed, problem) => {
    const issue = expect.objectContaining({ code: "invalid-document", place: PLACE, problem });
    expect(() => unpack(changed, files)).toThrow(expect.objectContaining({ issues: [issue] }));
  });

  test("a file that was changed", () => {
    const tampered = files.map((file) => ({ ...file, text: file.text.replace("never", "or") }));
    expect(() => unpack(packed, tampered)).toThrow(`${SKILL} is not as it was published`);
  });

  test("a later schema", () => {
    const issue = expect.objectContaining({ code: "newer-schema" });
    expect(() => unpack({ ...packed, schemaVersion: 3 }, files)).toThrow(expect.objectContaining({ issues: [issue] }));
  });
});
