import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instructionPlaces } from "./instruction-places.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-places-")));
  mkdirSync(join(folder, ".git"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), "Use pnpm.\n");
}

test("the folders are followed that tools look into, and the repository's files outside of the project", () => {
  for (const path of ["AGENTS.md", "notes.md", "packages/api/AGENTS.md", "packages/api-docs/CLAUDE.md"]) write(path);
  const { hidden, outside } = instructionPlaces(join(folder, "packages/api"));
  expect([...hidden]).toEqual(expect.arrayContaining([".claude", ".github", ".cursor", ".codex", ".cursorrules"]));
  expect([...hidden].filter((name) => [".git", ".venv", ".next"].includes(name))).toEqual([]);
  expect([...outside].sort()).toEqual([join(folder, "AGENTS.md"), join(folder, "packages/api-docs/CLAUDE.md")]);
  expect(instructionPlaces(folder).outside).toEqual([]);
});
