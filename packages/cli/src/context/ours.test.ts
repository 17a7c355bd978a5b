import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { countTokens } from "@personakit/targets";
import { afterEach, beforeEach, expect, test } from "vitest";
import { formatLockfile } from "../disk/lockfile.ts";
import { partOf } from "./assembly.testing.ts";
import { Ours } from "./ours.ts";
import { ScopedFiles } from "./scoped-files.ts";
import { DISK } from "./source.ts";

let root: string;

beforeEach(() => {
  root = realpathSync.native(mkdtempSync(join(tmpdir(), "personakit-ours-")));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): string {
  const file = `${root}/${path}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function record(folder: string, ...keys: readonly string[]): void {
  const each = { sha256: "0".repeat(64), targets: ["claude-agent"], persona: "dev" };
  const artifacts = Object.fromEntries(keys.map((key) => [key, each]));
  const ejected = keys.filter((key) => key.includes("ejected"));
  write(
    `${folder}personakit.lock.json`,
    formatLockfile({ schemaVersion: 1, personas: {}, artifacts, ejected, folders: [] }),
  );
}

function ours(): Ours {
  return new Ours(root, new ScopedFiles({ root, isOpen: false }, DISK));
}

test("a file that a lockfile lists is a persona's, whole; one that was ejected is not", () => {
  record("packages/api/", ".claude/agents/dev.md", ".claude/agents/ejected.md");
  const [dev, ejected] = ["dev", "ejected"].map((name) => write(`packages/api/.claude/agents/${name}.md`, "T"));
  expect(ours().in(partOf(dev ?? ""), 10)).toEqual({ tokens: 10, personas: ["dev"] });
  expect(ours().in(partOf(ejected ?? ""), 10)).toEqual({ tokens: 0, personas: [] });
});

test("of a file of yours, blocks between markers are, as far as the tool reads them", () => {
  const inner = "Rules of the persona, a whole line of them.";
  const begin = "<!-- personakit:begin dev -->";
  const text = `Yours.\n${begin}\n${inner}\n<!-- personakit:end dev -->\nYours.\n`;
  const path = write("AGENTS.md", text);
  expect(ours().in(partOf(path), 100)).toEqual({ tokens: countTokens(inner), personas: ["dev"] });
  const kept = text.indexOf("a whole");
  const cut = ours().in(partOf(path, { cut: { kept, of: text.length, unit: "bytes" } }), 100);
  expect(cut).toEqual({ tokens: countTokens("Rules of the persona, "), personas: ["dev"] });
});

test("of an import within a text, its share is", () => {
  record("", "docs/dev.md");
  const main = write("GEMINI.md", "@docs/dev.md\n");
  const source = write("docs/dev.md", "x".repeat(30));
  const part = partOf(main, { bytes: 100, imports: [{ source, bytes: 30 }] });
  expect(ours().in(part, 50)).toEqual({ tokens: 15, personas: ["dev"] });
});

test("of a list, the lines of personas are", () => {
  record("", ".claude/skills/dev/SKILL.md");
  const source = write(
    ".claude/skills/dev/SKILL.md",
    "---\nname: dev\ndescription: Writes the back end of it.\n---\nB\n",
  );
  const own = write(".claude/skills/own/SKILL.md", "---\nname: own\ndescription: Mine.\n---\nB\n");
  const list = (shown: "whole" | "name") =>
    partOf("", {
      kind: "skills",
      items: [
        { name: "dev", source, shown },
        { name: "own", source: own, shown },
      ],
    });
  expect(ours().in(list("whole"), 100)).toEqual({
    tokens: countTokens("dev: Writes the back end of it."),
    personas: ["dev"],
  });
  expect(ours().in(list("name"), 100).tokens).toBe(countTokens("dev: "));
});

test("a damaged lockfile is said, and nothing more comes of it", () => {
  write("personakit.lock.json", "{");
  const path = write("CLAUDE.md", "T");
  const found = ours();
  expect(found.in(partOf(path), 10).tokens).toBe(0);
  expect(found.issues).toMatchObject([{ code: "invalid-lockfile" }]);
});
