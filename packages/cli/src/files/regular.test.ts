import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { holdsText, readRegular, SEES_LINKS } from "./regular.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-regular-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(text: string): string {
  const path = join(folder, "file.md");
  writeFileSync(path, text);
  return path;
}

// Around the size that is read in one step, in characters and in bytes.
const SIZES = [0, 1, 6000, 21_845, 21_846, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 200_000];

describe.each(["a", "é", "中", "😀"])("a file of many %s", (letter) => {
  test.each(SIZES)("of %i characters holds its text, and no text that is longer, shorter or another", (size) => {
    const text = letter.repeat(size);
    const path = fileOf(text);
    // A file that is not read in one step is left to who reads it whole.
    if (Buffer.byteLength(text) < 65_536) expect(holdsText(path, { text })).toBe(true);
    for (const other of [
      `${text}a`,
      `b${text}`,
      `${text}${letter}`,
      text.slice(letter.length),
      `${text.slice(0, -1)}b`,
    ])
      if (other !== text) expect(holdsText(path, { text: other })).toBe(false);
    expect(readRegular(path, 2 ** 20, { isBrief: true }).toString("utf8")).toBe(text);
    expect(readRegular(path, Buffer.byteLength(text), { isBrief: true })).not.toBe("too large");
    if (size > 0) expect(readRegular(path, Buffer.byteLength(text) - 1, { isBrief: true })).toBe("too large");
  });
});

test("a file holds a text in two parts where it holds both, in their order, and nothing more", () => {
  const holds = (head: string, page: string) =>
    holdsText(join(folder, "file.md"), { text: head + page, parts: { head, page } });
  fileOf("é\n中\n");
  expect([holds("é\n", "中\n"), holds("", "é\n中\n"), holds("é\n中\n", "")]).toEqual([true, true, true]);
  expect([holds("中\n", "é\n"), holds("é\n", "日\n"), holds("e\n", "中\n")]).toEqual([false, false, false]);
  expect([holds("é\n", "中\n\n"), holds("é\n", "中"), holds("é", "中\n")]).toEqual([false, false, false]);
  // The page is known from the files before.
  fileOf("a\n中\n");
  expect([holds("a\n", "中\n"), holds("b\n", "中\n"), holds("a\n", "日\n")]).toEqual([true, false, false]);
});

test("a file that is not there holds nothing, and a folder or a link no text", () => {
  mkdirSync(join(folder, "folder"));
  expect(holdsText(join(folder, "none.md"), { text: "" })).toBeUndefined();
  expect(holdsText(join(folder, "folder"), { text: "" })).toBe(false);
  if (!SEES_LINKS) return;
  symlinkSync(fileOf("a"), join(folder, "link.md"));
  expect(holdsText(join(folder, "link.md"), { text: "a" })).toBe(false);
});

test.skipIf(process.platform === "win32")("what may never end is not read", () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  for (const path of [pipe, "/dev/zero", "/dev/null"]) {
    expect(readRegular(path, 1000, { isBrief: true })).toBe("irregular");
    expect(holdsText(path, { text: "text" })).toBe(false);
  }
});
